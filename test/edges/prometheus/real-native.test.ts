import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { metricsOnPrometheus } from "../../../src/edges/prometheus/metrics.ts";
import { diagnose } from "../../../src/evidence/diagnose.ts";
import type { SourcedSeries } from "../../../src/evidence/input.ts";
import { until } from "../../until.ts";
import type { OddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { startNativeProgram } from "./native-metrics.ts";
import {
  isPrometheusInstalled,
  scrapingPrometheus,
  type RealPrometheus,
} from "./real-prometheus.ts";

const skip = (await isPrometheusInstalled()) ? false : "prometheus and promtool are not installed";
const onsetS = Math.floor(Date.now() / 15_000) * 15 - 900;
const window = {
  from: new Date((onsetS - 1_800) * 1000),
  onset: new Date(onsetS * 1000),
  to: new Date((onsetS + 600) * 1000),
};

describe("native histograms in a real Prometheus", { skip }, () => {
  let program: OddServer;
  let server: RealPrometheus;
  let items: readonly SourcedSeries[];
  let leftOut: readonly string[];
  before(async () => {
    program = await startNativeProgram(onsetS);
    server = await scrapingPrometheus(program.url, "cart");
    const metrics = metricsOnPrometheus({ name: "Prometheus", key: "", url: server.url });
    ({ items, leftOut } = await until("the program was scraped", async () => {
      const read = await metrics.series([someService("cart")], window, AbortSignal.timeout(20_000));
      return read.items.some(({ name }) => name.endsWith("_p99")) && read;
    }));
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await program[Symbol.asyncDispose]();
  });

  it("are read as a quantile, as requests and as the share that failed", () => {
    const at = (name: string, time: number) =>
      items.find((one) => one.name === name)?.points.find(([each]) => each === time)?.[1] ?? NaN;
    const [calm, trouble] = [onsetS - 600, onsetS + 300];
    const p99 = "http_request_duration_seconds_p99";
    assert.ok(
      at(p99, calm) <= 0.25 && at(p99, trouble) > 2,
      `${at(p99, calm)} ${at(p99, trouble)}`,
    );
    const requests = "http_request_duration_seconds_count";
    assert.ok(Math.abs(at(requests, trouble) - 20) < 0.5, String(at(requests, trouble)));
    const errors = "http_request_duration_seconds_error_ratio";
    assert.ok(Math.abs(at(errors, trouble) - 0.2) < 0.01, String(at(errors, trouble)));
  });

  it("name what shifted; what carries exemplars is read beside them", () => {
    const { metrics } = diagnose({ onset: onsetS, end: onsetS + 600, series: items });
    assert.deepEqual(leftOut, []);
    assert.ok(items.some(({ name }) => name === "orders_total"));
    assert.deepEqual(metrics.map(({ name }) => name).toSorted(), [
      "http_request_duration_seconds_error_ratio",
      "http_request_duration_seconds_p99",
    ]);
  });
});
