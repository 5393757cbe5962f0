import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { versionsOnPrometheus } from "../../../src/edges/prometheus/versions.ts";
import { someService } from "../some-service.ts";
import { isPrometheusInstalled, startPrometheus, type RealPrometheus } from "./real-prometheus.ts";
import { onset, shopWindow } from "./shop-metrics.ts";

const skip = (await isPrometheusInstalled()) ? false : "prometheus and promtool are not installed";
const onsetS = onset.getTime() / 1000;
/** Between two scrapes, four minutes before the onset. */
const rolloutS = onsetS - 245;

/** Eight hours: checkout and cart get a version, payments only begins to be measured, and a rehearsal runs apart. */
function versionMetrics(): string {
  const lines = ["# TYPE app_build_info gauge"];
  const each = (rows: (at: number, isNew: boolean) => string[]) => {
    for (let at = onsetS - 8 * 3_600; at <= onsetS + 900; at += 60) {
      lines.push(...rows(at, at > rolloutS).map((row) => `${row} 1 ${at}`));
    }
  };
  each((_at, isNew) => [
    `app_build_info{service="checkout",version="1.${isNew ? 5 : 4}.0",revision="${isNew ? "77bd0e1a" : "3f2a91c4"}",env="production"}`,
    ...(isNew ? [`app_build_info{job="payments",version="9.0.0"}`] : []),
  ]);
  lines.push("# TYPE go_build_info gauge");
  each((_at, isNew) => [`go_build_info{service="checkout",version="v0.${isNew ? 1 : 2}.0"}`]);
  lines.push("# TYPE kube_pod_container_info gauge");
  each((_at, isNew) => [
    `kube_pod_container_info{job="kube-state-metrics",container="cart",image="reg.example:5000/shop/cart:v${isNew ? 42 : 41}"}`,
  ]);
  return [...lines, "# EOF", ""].join("\n");
}

describe("versions in a real Prometheus", { skip }, () => {
  let server: RealPrometheus;
  before(async () => {
    server = await startPrometheus(versionMetrics());
  });
  after(() => server[Symbol.asyncDispose]());
  const read = (...services: Parameters<typeof someService>[]) =>
    versionsOnPrometheus({ name: "Prometheus", key: "", url: server.url }).recent(
      services.map((each) => someService(...each)),
      shopWindow,
      AbortSignal.timeout(20_000),
    );

  it("tell when one went live: by its build information, and by its image's tag", async () => {
    const { items, leftOut } = await read(["checkout"], ["cart"]);
    assert.deepEqual(leftOut, []);
    assert.deepEqual(
      items.map(({ title, kind, service, environment, deploys }) => [
        title,
        kind,
        service,
        environment,
        deploys,
      ]),
      [
        [
          "Version 3f2a91c4 → 77bd0e1a of checkout",
          "deploy",
          "checkout",
          "production",
          ["77bd0e1a"],
        ],
        ["Version v41 → v42 of cart", "deploy", "cart", undefined, ["v42"]],
      ],
    );
    for (const { at } of items) assert.ok(Math.abs(at - rolloutS) <= 60, String(at - rolloutS));
  });

  it("are found by the catalog's selector as well", async () => {
    const metrics = { selector: '{service="checkout"}', queries: [] };
    const { items } = await read(["shop-checkout", { metrics }]);
    assert.deepEqual(
      items.map(({ service, deploys }) => [service, deploys]),
      [["shop-checkout", ["77bd0e1a"]]],
    );
  });

  it("tell nothing of a service that only began to be measured", async () => {
    assert.deepEqual((await read(["payments"])).items, []);
  });
});
