import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { metricsOnPrometheus } from "../../../src/edges/prometheus/metrics.ts";
import { diagnose } from "../../../src/evidence/diagnose.ts";
import type { Diagnosis } from "../../../src/evidence/diagnosis.ts";
import type { SourcedSeries } from "../../../src/evidence/input.ts";
import { someService } from "../some-service.ts";
import { familyMetrics, oddNames, troubles } from "./family-metrics.ts";
import { isPrometheusInstalled, startPrometheus, type RealPrometheus } from "./real-prometheus.ts";
import { onset, shopWindow } from "./shop-metrics.ts";

const skip = (await isPrometheusInstalled()) ? false : "prometheus and promtool are not installed";

describe("every family's trouble in a real Prometheus", { skip }, () => {
  let server: RealPrometheus;
  let series: readonly SourcedSeries[];
  let diagnosis: Diagnosis;
  before(async () => {
    server = await startPrometheus(familyMetrics());
    const metrics = metricsOnPrometheus({ name: "Prometheus", key: "", url: server.url });
    const services = Object.keys(troubles).map((name) => someService(name));
    const read = await metrics.series(services, shopWindow, AbortSignal.timeout(30_000));
    assert.deepEqual(read.leftOut, []);
    series = read.items;
    diagnosis = diagnose({
      onset: onset.getTime() / 1000,
      end: shopWindow.to.getTime() / 1000,
      series,
    });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const [service, names] of Object.entries(troubles)) {
    it(`of ${service} is found by name alone: ${names.join(", ")}`, () => {
      const shifted = diagnosis.metrics
        .filter((metric) => metric.service === service)
        .map(({ name, callee }) => (callee === null ? name : `${name} → ${callee}`));
      assert.deepEqual(
        names.filter((name) => !shifted.includes(name)),
        [],
        shifted.join(", "),
      );
    });
  }

  it("is measured of the service's own pods and containers alone", () => {
    const cpu = series.find(({ name }) => name === "container_cpu_usage_seconds_total");
    assert.ok(Math.abs((cpu?.points.at(-1)?.[1] ?? 0) - 1) < 0.01, "not of cart-worker, nor twice");
  });

  it("of memory that is held but not in use is said so", () => {
    const own = series.filter(({ service }) => service === "front");
    const { findings } = diagnose({
      onset: onset.getTime() / 1000,
      end: shopWindow.to.getTime() / 1000,
      series: own,
    });
    assert.ok(
      findings.some(({ text }) => /^resident memory of front .*: fragmentation/.test(text)),
      findings.map(({ text }) => text).join("\n"),
    );
  });

  it("is found beside the catalog's selector where the catalog says that it runs on Kubernetes, and only there", async () => {
    const metrics = metricsOnPrometheus({ name: "Prometheus", key: "", url: server.url });
    const namesFor = async (platform: "kubernetes" | "other") => {
      const own = { selector: 'job="cart"', queries: [] };
      const cart = someService("cart", { platform, metrics: own });
      const { items } = await metrics.series([cart], shopWindow, AbortSignal.timeout(30_000));
      return items.map(({ name }) => name);
    };
    assert.deepEqual(await namesFor("other"), ["cart_orders_pending"]);
    const names = await namesFor("kubernetes");
    for (const name of troubles["cart"] ?? []) assert.ok(names.includes(name), name);
    const wrong = { selector: 'job="carts"', queries: [] };
    const cart = someService("cart", { platform: "kubernetes", metrics: wrong });
    const { items, leftOut } = await metrics.series(
      [cart],
      shopWindow,
      AbortSignal.timeout(30_000),
    );
    assert.ok(items.length > 0);
    assert.deepEqual(leftOut, ['cart: nothing measured for job="carts"']);
  });

  it("is not that of another environment, where the catalog names it", async () => {
    const metrics = metricsOnPrometheus({ name: "Prometheus", key: "", url: server.url });
    const newest = async (environments: string[]) => {
      const quotes = someService("quotes", { environments });
      const read = await metrics.series([quotes], shopWindow, AbortSignal.timeout(30_000));
      return read.items.map(({ name, points }) => [name, points.at(-1)?.[1]]);
    };
    assert.deepEqual(await newest(["production", "staging"]), [
      ["kube_pod_ready_ratio", 1],
      ["quotes_pending", 50],
    ]);
    assert.deepEqual(await newest(["production"]), [
      ["kube_pod_ready_ratio", 0.5],
      ["quotes_pending", 950],
    ]);
  });

  it("is found whatever characters are in the labels, and its query can be asked again", async () => {
    const metrics = metricsOnPrometheus({ name: "Prometheus", key: "", url: server.url });
    const odd = someService(oddNames.service);
    const read = await metrics.series([odd], shopWindow, AbortSignal.timeout(30_000));
    const mean = read.items.find(({ name }) => name === "odd_call_duration_seconds_mean");
    assert.equal(mean?.callee, oddNames.callee);
    assert.deepEqual(read.leftOut, []);
    const again = { ...mean, query: mean.source.query };
    const reread = await metrics.again([again], shopWindow, AbortSignal.timeout(30_000));
    assert.deepEqual(reread.items[0]?.points.at(-1), mean.points.at(-1));
  });

  it("is cited by queries that the server answers", async () => {
    for (const { source, name } of series) {
      const query = new URLSearchParams({
        query: source.query,
        time: String(shopWindow.to.getTime() / 1000),
      });
      // oxlint-disable-next-line no-await-in-loop -- one at a time is enough for a test
      const answer = await fetch(`${server.url}/api/v1/query`, { method: "POST", body: query });
      assert.equal(answer.status, 200, `${name}: ${source.query}`);
    }
  });
});
