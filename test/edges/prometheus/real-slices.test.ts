import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { metricsOnPrometheus } from "../../../src/edges/prometheus/metrics.ts";
import { diagnose } from "../../../src/evidence/diagnose.ts";
import type { SourcedSeries } from "../../../src/evidence/input.ts";
import type { Reading, Window } from "../../../src/flows/ports.ts";
import { someService } from "../some-service.ts";
import { isPrometheusInstalled, startPrometheus, type RealPrometheus } from "./real-prometheus.ts";
import { onset, shopWindow } from "./shop-metrics.ts";
import { sliceMetrics } from "./slice-metrics.ts";

const isInstalled = await isPrometheusInstalled();
const skip = isInstalled ? false : "prometheus and promtool are not installed";

describe("what shifted on a real Prometheus", { skip }, () => {
  let server: RealPrometheus;
  before(async () => {
    server = await startPrometheus(sliceMetrics());
  });
  after(() => server[Symbol.asyncDispose]());

  const till = someService("till");
  const read = (window: Window, hurryMs = 20_000): Promise<Reading<SourcedSeries>> =>
    metricsOnPrometheus({
      hurryMs,
      name: "Prometheus",
      key: "",
      url: server.url,
      questionTimeoutMs: 20_000,
      readingTimeoutMs: 30_000,
    }).series([till], window, AbortSignal.timeout(30_000));
  const scopeIn = (series: readonly SourcedSeries[], kind: "latency" | "errors") =>
    diagnose({ onset: onset.getTime() / 1000, series, alert: { service: "till", kind } }).scope;

  it("is told apart by version, route and zone, so that the narrowest slice can be said", async () => {
    const { items } = await read(shopWindow);
    const labels = { version: "3f2a91c", route: "/pay" };
    for (const kind of ["latency", "errors"] as const) {
      assert.deepEqual(scopeIn(items, kind), { everywhere: false, labels, share: 1 }, kind);
    }
    const cut = new Set(items.flatMap((one) => Object.keys(one.labels ?? {})));
    assert.deepEqual([...cut].toSorted(), ["route", "version", "zone"]);
  });

  it("is not told apart by a label with more than fifty values, and that is said", async () => {
    const { leftOut } = await read(shopWindow);
    assert.deepEqual(leftOut, ["instance of till: not told apart, 60 values: the limit is 50"]);
  });

  it("is told apart at the next reading where somebody waits for a slow first one, and that is said", async () => {
    const waited = { ...shopWindow, isWaitedFor: true };
    const { items, leftOut } = await read(waited, 0);
    assert.ok(items.length > 0 && items.every(({ labels }) => labels === undefined));
    assert.deepEqual(leftOut, ["versions, routes and copies: left for the next reading"]);
    assert.ok((await read(waited)).items.some(({ labels }) => labels !== undefined));
    assert.ok((await read(shopWindow, 0)).items.some(({ labels }) => labels !== undefined));
  });

  it("is told apart too where nobody has said when it began", async () => {
    const { items } = await read({ ...shopWindow, onset: shopWindow.to });
    assert.equal(scopeIn(items, "latency")?.labels["version"], "3f2a91c");
  });

  it("is told apart by queries that give the same slice again", async () => {
    const { items } = await read(shopWindow);
    const slices = items.filter(({ labels }) => labels?.["route"] === "/pay");
    assert.deepEqual(slices.map(({ kind }) => kind).toSorted(), ["errors", "latency"]);
    const metrics = metricsOnPrometheus({ name: "Prometheus", key: "", url: server.url });
    const queries = slices.map((one) => ({ ...one, query: one.source.query }));
    const again = await metrics.again(queries, shopWindow, AbortSignal.timeout(30_000));
    assert.deepEqual(
      again.items.map(({ points }) => points.at(-1)),
      slices.map(({ points }) => points.at(-1)),
    );
  });

  it("is asked for only after a shift: before the trouble nothing is told apart", async () => {
    const hour = 3_600_000;
    const calm = {
      from: shopWindow.from,
      onset: new Date(onset.getTime() - hour / 2),
      to: new Date(onset.getTime() - 60_000),
    };
    const { items, leftOut } = await read(calm);
    assert.ok(items.length > 0);
    assert.deepEqual([items.filter(({ labels }) => labels !== undefined), leftOut], [[], []]);
  });
});
