import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { metricsOnPrometheus } from "../../../src/edges/prometheus/metrics.ts";
import { json, startOddServer, type Behave } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { discovery, matrix, onset, window, type Rows } from "./pretended.ts";

const deadline = () => AbortSignal.timeout(20_000);
const on = (url: string) => metricsOnPrometheus({ name: "Prometheus", key: "", url });
const onsetS = onset.getTime() / 1000;
const cart = someService("cart");

/** A server with these metrics, whose range queries are answered by `rows`. */
function answering(names: readonly string[], rows: (query: string) => Rows): Behave {
  const others = discovery(names);
  return (asked, response) => {
    if (asked.path !== "/api/v1/query_range") return others(asked, response);
    return matrix(response, rows(asked.parameters.get("query") ?? ""));
  };
}

describe("more than can be read of a Prometheus", () => {
  it("is 10,000 series of one reading: the busiest callees are told apart, the rest counted", async () => {
    const rows: Rows = Array.from({ length: 10_000 }, (_, index) => [
      { hindsight: "0", server_address: `10.0.${index >> 8}.${index & 255}`, status: "200" },
      [[onsetS, String(index)]],
    ]);
    await using server = await startOddServer(answering(["calls_total"], () => rows));
    const { items, leftOut } = await on(server.url).series([cart], window, deadline());
    assert.equal(items.length, 20);
    assert.ok(
      items.some(({ callee }) => callee === "10.0.39.15"),
      "the busiest",
    );
    assert.deepEqual(leftOut, ["calls_total of cart: 9980 of 10000 callees: the limit is 20"]);
  });

  it("is read as a whole where its callees are too many for an answer, and that is said", async () => {
    const behave = answering(["calls_total", "cart_size"], () => [
      [{ hindsight: "0" }, [[onsetS, "7"]]],
    ]);
    await using server = await startOddServer((asked, response) => {
      const isCut = asked.parameters.get("query")?.includes("server_address") ?? false;
      if (!isCut) return behave(asked, response);
      return json(
        response,
        { status: "error", errorType: "execution", error: "too many series" },
        422,
      );
    });
    const { items, leftOut } = await on(server.url).series([cart], window, deadline());
    assert.deepEqual(items.map(({ name }) => name).toSorted(), ["calls_total", "cart_size"]);
    assert.deepEqual(leftOut, [
      "calls_total of cart, cart_size of cart: too many series; read without its callees and statuses",
    ]);
  });

  it("is 100,000 names: 5,000 are looked at, the most telling of these are read, the others counted", async () => {
    const names = Array.from(
      { length: 100_000 },
      (_, index) => `thing_${index}_of_a_long_name_total`,
    );
    await using server = await startOddServer(discovery(["request_errors_total", ...names]));
    const { items, leftOut } = await on(server.url).series([cart], window, deadline());
    assert.equal(items[0]?.name, "request_errors_total");
    assert.deepEqual(leftOut, [
      "4800 of 5000 metrics of cart: the limit is 200",
      "cart: 95001 of 100001 names: the limit is 5000",
    ]);
  });

  it("is said where the labels that name services are not told, though the cluster tells of the service", async () => {
    const others = discovery(["kube_pod_status_ready"]);
    await using server = await startOddServer((asked, response) => {
      const isName = /\/label\/(?!__name__|container)/.test(asked.path);
      if (!isName) return others(asked, response);
      return json(response, { status: "error", errorType: "timeout", error: "timed out" }, 503);
    });
    const { items, leftOut } = await on(server.url).series([cart], window, deadline());
    assert.deepEqual(
      items.map(({ name }) => name),
      ["kube_pod_ready_ratio"],
    );
    assert.deepEqual(leftOut, ["cart: HTTP 503"]);
  });

  it("is what takes longer than a reading may: the most telling of all services is asked first and kept", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `thing_${index}_size`);
    const others = discovery([...names, "request_errors_total"]);
    await using server = await startOddServer((asked, response) => {
      const isSlow = asked.parameters.get("query")?.includes("_size") ?? false;
      return isSlow ? undefined : others(asked, response);
    });
    const metrics = metricsOnPrometheus({
      name: "Prometheus",
      key: "",
      url: server.url,
      readingTimeoutMs: 2_000,
    });
    const metricsOf = (name: string) => ({ selector: `service="${name}"`, queries: [] });
    const services = Array.from({ length: 24 }, (_, index) =>
      someService(`s${index}`, { metrics: metricsOf(`s${index}`) }),
    );
    const { items, leftOut } = await metrics.series(services, window, deadline());
    assert.deepEqual(
      items.map(({ name, service }) => `${name} ${service}`),
      services.map(({ name }) => `request_errors_total ${name}`),
    );
    assert.match(leftOut.join(), /^thing_0_size of s0, .* and 3597 more: no answer in time$/);
  });

  it("is where it happened, if the labels are not told: the rest is read, and that is said", async () => {
    const points = Array.from({ length: 120 }, (_, index): [number, string] => [
      onsetS + (index - 60) * 15,
      index < 60 ? String(1 + (index % 3) / 100) : "9",
    ]);
    const others = answering(["cart_latency_seconds"], () => [[{ hindsight: "0" }, points]]);
    await using server = await startOddServer((asked, response) => {
      if (asked.path !== "/api/v1/labels") return others(asked, response);
      return json(response, { status: "error", errorType: "timeout", error: "timed out" }, 503);
    });
    const { items, leftOut } = await on(server.url).series([cart], window, deadline());
    assert.deepEqual(
      items.map(({ name }) => name),
      ["cart_latency_seconds"],
    );
    assert.deepEqual(leftOut, ["labels of cart: HTTP 503"]);
  });

  it("is the types of all metrics: without them the names tell, and that is said", async () => {
    const others = discovery(["thing_total"]);
    await using server = await startOddServer((asked, response) => {
      if (asked.path !== "/api/v1/metadata") return others(asked, response);
      const data = { thing: [{ type: "gauge", help: "x".repeat(9_000_000) }] };
      return json(response, { status: "success", data });
    });
    const { items, leftOut } = await on(server.url).series([cart], window, deadline());
    assert.match(items[0]?.source.query ?? "", /rate\(thing_total/);
    assert.deepEqual(leftOut, ["types of metrics: more than 8 MB"]);
  });

  it("is what a server leaves out by itself: its warnings are passed on from every question, infos are not", async () => {
    const others = discovery(["thing_total"]);
    await using server = await startOddServer((asked, response) => {
      if (asked.path === "/api/v1/label/__name__/values") {
        const warnings = ["results truncated due to limit"];
        return json(response, { status: "success", data: ["thing_total"], warnings });
      }
      if (asked.path !== "/api/v1/query_range") return others(asked, response);
      const result = [{ metric: { hindsight: "0" }, values: [[onsetS, "1"]] }];
      const data = { resultType: "matrix", result };
      const infos = ["metric might not be a counter"];
      return json(response, { status: "success", isPartial: true, data, infos });
    });
    const { leftOut } = await on(server.url).series([cart], window, deadline());
    assert.deepEqual(leftOut, [
      "the server warns: results truncated due to limit",
      "the server warns: the answer is partial",
    ]);
  });

  it("is a flood of warnings: three are passed on, the others counted, on a re-read too", async () => {
    const warnings = Array.from({ length: 5 }, (_, index) => `store ${index} is away`);
    await using server = await startOddServer((_asked, response) => {
      const result = [{ metric: {}, values: [[onsetS, "1"]] }];
      json(response, { status: "success", data: { resultType: "matrix", result }, warnings });
    });
    const query = { service: "cart", name: "cpu", kind: "cpu" as const, query: "cpu" };
    const { leftOut } = await on(server.url).again([query], window, deadline());
    assert.deepEqual(leftOut, [
      "the server warns: store 0 is away",
      "the server warns: store 1 is away",
      "the server warns: store 2 is away",
      "2 of 5 warnings of the server: the limit is 3",
    ]);
  });
});

describe("native histograms in the answers of a Prometheus", () => {
  const histogram = { count: "12", sum: "3.5", buckets: [[1, "0.5", "1", "12"]] };

  it("are no numbers: a row of them alone is as if it were not there, mixed ones keep their numbers", async () => {
    await using server = await startOddServer((_asked, response) => {
      const result = [
        { metric: { route: "/a" }, histograms: [[onsetS, histogram]] },
        {
          metric: { route: "/b" },
          values: [[onsetS, "1"]],
          histograms: [[onsetS + 15, histogram]],
        },
        { metric: { route: "/c" }, values: [[onsetS, "2"]] },
      ];
      json(response, { status: "success", data: { resultType: "matrix", result } });
    });
    const query = { name: "cpu", kind: "cpu" as const, query: "cpu" };
    const queried = someService("cart", { metrics: { queries: [query] } });
    const { items } = await on(server.url).series([queried], window, deadline());
    assert.deepEqual(
      items.map(({ labels, points }) => [labels, points]),
      [
        [{ route: "/b" }, [[onsetS, 1]]],
        [{ route: "/c" }, [[onsetS, 2]]],
      ],
    );
  });

  it("do not hide how often a service is scraped", async () => {
    const others = discovery(["thing_total"]);
    await using server = await startOddServer((asked, response) => {
      if (asked.path !== "/api/v1/query") return others(asked, response);
      const result = [{ metric: {}, histogram: [onsetS, histogram] }];
      return json(response, { status: "success", data: { resultType: "vector", result } });
    });
    const { items, leftOut } = await on(server.url).series([cart], window, deadline());
    assert.match(items[0]?.source.query ?? "", /\[240s\]/);
    assert.deepEqual(leftOut, []);
  });

  it("are told apart from gauges by the type in the metadata, exemplars or not", async () => {
    const others = discovery(["http_request_duration_seconds"]);
    await using server = await startOddServer((asked, response) => {
      if (asked.path !== "/api/v1/metadata") return others(asked, response);
      const told = { type: "histogram", help: "", unit: "", exemplars: [{ value: "1" }] };
      return json(response, { status: "success", data: { http_request_duration_seconds: [told] } });
    });
    const { items } = await on(server.url).series([cart], window, deadline());
    assert.deepEqual(items.map(({ name }) => name).toSorted(), [
      "http_request_duration_seconds_count",
      "http_request_duration_seconds_p99",
    ]);
  });
});
