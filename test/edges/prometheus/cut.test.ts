import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Row } from "../../../src/edges/prometheus/answers.ts";
import { seriesOf } from "../../../src/edges/prometheus/cut.ts";
import { rateOf } from "../../../src/edges/prometheus/readings.ts";

const found = { service: "cart", names: [], selectorOf: () => 'job="cart"', rateWindowS: 60 };
const row = (labels: Row["labels"], value: number): Row => ({ labels, points: [[15, value]] });

function read(name: string, ...rows: Row[]) {
  const { series } = seriesOf(rateOf(found, name, "requests"), rows, (query) => query);
  return series.map(({ name: called, kind, callee, points, source }) => ({
    read: [called, kind, callee, points[0]?.[1]],
    query: source.query,
  }));
}

describe("how requests ended", () => {
  it("is a share of them, unknown where there were none", () => {
    const [all, failed] = read(
      "http_requests_total",
      row({ code: "200" }, 6),
      row({ code: "503" }, 2),
    );
    assert.deepEqual(all?.read, ["http_requests_total", "requests", undefined, 8]);
    assert.deepEqual(failed?.read, ["http_requests_error_ratio", "errors", undefined, 0.25]);
    const idle = read("http_requests_total", row({ code: "200" }, 0), row({ code: "503" }, 0));
    assert.deepEqual(idle[1]?.read, ["http_requests_error_ratio", "errors", undefined, undefined]);
  });

  it("is told by the status where there is one, else by the error", () => {
    const name = "http_client_request_duration_seconds_count";
    const callee = { server_address: "till" };
    const [, failed] = read(
      name,
      row({ ...callee, http_response_status_code: "200" }, 5),
      row({ ...callee, http_response_status_code: "404", error_type: "404" }, 2),
      row({ ...callee, http_response_status_code: "500", error_type: "500" }, 2),
      row({ ...callee, error_type: "timeout" }, 1),
    );
    assert.deepEqual(failed?.read.at(-1), 0.3, "a 404 is the caller's");
    const parts = failed.query.split(" + ");
    assert.match(parts[0] ?? "", /server_address="till",http_response_status_code=~"5\.\./);
    assert.match(parts[1] ?? "", /http_response_status_code="",error_type=~"\.\+"/);
  });
});

describe("whom a service calls", () => {
  it("is one callee under all its addresses", () => {
    const series = read(
      "calls_total",
      row({ server_address: "till.shop.svc.cluster.local:8080" }, 1),
      row({ server_address: "till:9090" }, 2),
      row({ server_address: "api.example.com" }, 4),
    );
    assert.deepEqual(
      series.map((one) => one.read),
      [
        ["calls_total", "requests", "till", 3],
        ["calls_total", "requests", "api.example.com", 4],
      ],
    );
    assert.match(
      series[0]?.query ?? "",
      /=~"till\\\\\.shop\\\\\.svc\\\\\.cluster\\\\\.local:8080\|till:9090"/,
    );
  });

  it("is never itself, and calls to nobody knows whom are no load of its own", () => {
    assert.deepEqual(read("calls_total", row({ server_address: "cart.shop.svc" }, 1))[0]?.read, [
      "calls_total",
      "requests",
      undefined,
      1,
    ]);
    const kind = (name: string) => read(name, row({}, 1))[0]?.read[1];
    assert.equal(kind("http_client_requests_total"), "other");
    assert.equal(kind("http_server_requests_total"), "requests");
  });
});
