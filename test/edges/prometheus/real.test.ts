import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { SourcedSeries } from "../../../src/evidence/input.ts";
import { metricsOnPrometheus } from "../../../src/edges/prometheus/metrics.ts";
import { metricsContract } from "../../flows/metrics-contract.ts";
import { silent, startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { isPrometheusInstalled, startPrometheus, type RealPrometheus } from "./real-prometheus.ts";
import { onset, shopMetrics, shopWindow } from "./shop-metrics.ts";

const isInstalled = await isPrometheusInstalled();
const skip = isInstalled ? false : "prometheus and promtool are not installed";
const deadline = () => AbortSignal.timeout(10_000);

describe("against a real Prometheus", { skip }, () => {
  let server: RealPrometheus;
  before(async () => {
    server = await startPrometheus(shopMetrics());
  });
  after(() => server[Symbol.asyncDispose]());
  const metrics = () => metricsOnPrometheus({ name: "Prometheus", key: "", url: server.url });

  it("finds a service's shifted latency, errors and slow callee without a catalog", async () => {
    const { items, leftOut } = await metrics().series(
      [someService("checkout")],
      shopWindow,
      deadline(),
    );
    assert.deepEqual(leftOut, []);
    const p99 = the(items, "http_request_duration_seconds_p99");
    assert.deepEqual([p99.kind, p99.source.unit], ["latency", "seconds"]);
    assertShift(p99, { before: 0.25, after: 5 });
    const errors = the(items, "http_requests_error_ratio", "errors");
    assert.equal(errors.source.unit, "ratio");
    assertShift(errors, { before: 0, after: 0.2 });
    const requests = the(items, "http_requests_total", "requests");
    assertShift(requests, { before: 20, after: 20 });
    const payments = items.find((one) => one.callee === "payments" && one.kind === "latency");
    const redis = items.find((one) => one.callee === "redis" && one.kind === "latency");
    assert.ok(payments && redis);
    assertShift(payments, { before: 0.1, after: 5 });
    assertShift(redis, { before: 0.1, after: 0.1 });
  });

  it("learns how often the service is scraped, though several of its metrics bear the same labels", async () => {
    const { items } = await metrics().series([someService("checkout")], shopWindow, deadline());
    const requests = the(items, "http_requests_total", "requests");
    assert.match(requests.source.query, /\[(59|60)s\]/, "four scrapes of 15 s");
  });

  it("reads of several services at once what it reads of each alone", async () => {
    const services = ["checkout", "cart", "inventory"].map((name) => someService(name));
    const read = async (...some: typeof services) =>
      (await metrics().series(some, shopWindow, deadline())).items
        .map((one) => JSON.stringify(one))
        .toSorted();
    const alone = [];
    // oxlint-disable-next-line no-await-in-loop -- one at a time is what is compared
    for (const service of services) alone.push(...(await read(service)));
    assert.ok(alone.length > 10);
    assert.deepEqual(await read(...services), alone.toSorted());
  });

  it("reads counters as rates, gauges as they are, and leaves what measures nothing", async () => {
    const { items } = await metrics().series([someService("checkout")], shopWindow, deadline());
    const cpu = the(items, "process_cpu_seconds_total");
    assert.deepEqual([cpu.kind, cpu.source.unit], ["cpu", "cores"]);
    assertShift(cpu, { before: 0.3, after: 0.3 });
    const memory = the(items, "process_resident_memory_bytes");
    assert.deepEqual([memory.kind, memory.source.unit], ["memory", "bytes"]);
    assert.ok(!items.some(({ name }) => name.includes("build_info")));
  });

  it("finds a service by its job where no service label has its name, and says where none has", async () => {
    const services = [someService("inventory"), someService("nowhere")];
    const { items, leftOut } = await metrics().series(services, shopWindow, deadline());
    assert.deepEqual([...new Set(items.map(({ service }) => service))], ["inventory"]);
    assert.match(leftOut.join("\n"), /^nowhere: nothing measured under the labels service, job/);
  });

  it("finds the shifted series by the catalog's queries, with the labels that they keep", async () => {
    const query = {
      name: "failed",
      kind: "errors" as const,
      by: ["status"],
      query: 'sum by (status) (rate(http_requests_total{service="checkout"}[1m]))',
    };
    const checkout = someService("checkout", { metrics: { queries: [query] } });
    const { items } = await metrics().series([checkout], shopWindow, deadline());
    assert.deepEqual(
      items.map(({ name, labels }) => [name, labels]),
      [
        ["failed", { status: "200" }],
        ["failed", { status: "503" }],
      ],
    );
    assertShift(items[1], { before: 0, after: 4 });
  });

  it("says which of the catalog's queries Prometheus refuses, and reads the others", async () => {
    const queries = [
      { name: "broken", kind: "other" as const, query: "sum(" },
      { name: "fine", kind: "cpu" as const, query: "sum(rate(process_cpu_seconds_total[1m]))" },
    ];
    const checkout = someService("checkout", { metrics: { queries } });
    const { items, leftOut } = await metrics().series([checkout], shopWindow, deadline());
    assert.deepEqual(
      items.map(({ name }) => name),
      ["fine"],
    );
    assert.match(leftOut.join("\n"), /^broken of checkout: .*parse error/);
  });

  it("does not ask for services of another source", async () => {
    const elsewhere = someService("checkout", { metrics: { source: "eu", queries: [] } });
    const { items } = await metrics().series([elsewhere], shopWindow, deadline());
    assert.deepEqual(items, []);
  });

  it("reads a month on a coarser step instead of being refused", async () => {
    const month = { ...shopWindow, from: new Date(onset.getTime() - 30 * 86_400_000) };
    const { items } = await metrics().series([someService("checkout")], month, deadline());
    assert.ok(items.length > 0);
  });

  it("tells the version to whoever checks it", async () => {
    const checked = await metrics().check(deadline());
    assert.equal(checked.ok, true);
    assert.match(checked.said, /^Prometheus \d+\.\d+/);
  });

  metricsContract("a real Prometheus", async () => {
    const none = await startOddServer(silent);
    return {
      metrics: metrics(),
      services: [someService("checkout"), someService("cart")],
      window: shopWindow,
      silent: metricsOnPrometheus({ name: "Prometheus", key: "", url: none.url }),
      stop: async () => {
        await none[Symbol.asyncDispose]();
      },
    };
  });
});

function the(items: readonly SourcedSeries[], start: string, kind?: string): SourcedSeries {
  const found = items.filter(
    (one) =>
      one.name.startsWith(start) && one.callee === undefined && (kind ?? one.kind) === one.kind,
  );
  assert.equal(found.length, 1, `${start}: ${items.map(({ name }) => name).join(", ")}`);
  const [only] = found;
  assert.ok(only);
  return only;
}

/** Medians well before the onset and well after it, within a tenth. */
function assertShift(
  series: SourcedSeries | undefined,
  wanted: { before: number; after: number },
): void {
  assert.ok(series);
  const at = onset.getTime() / 1000;
  const halves = {
    before: series.points.filter(([time]) => time < at),
    after: series.points.filter(([time]) => time > at + 180),
  };
  for (const half of ["before", "after"] as const) {
    const found = median(halves[half].map(([, value]) => value));
    const isNear = Math.abs(found - wanted[half]) <= 0.1 * wanted[half] + 1e-9;
    assert.ok(isNear, `${series.name} ${half}: ${found}`);
  }
}

function median(values: readonly number[]): number {
  assert.ok(values.length > 0);
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
