import assert from "node:assert/strict";
import { test } from "node:test";

import { diagnose } from "../../src/evidence/diagnose.ts";
import type { EvidenceInput, Series } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";

const bad = { before: 0.4, after: 4 };
const calls = [
  ["frontend", "checkout"],
  ["checkout", "payments"],
  ["payments", "bank"],
  ["frontend", "search"],
] as const;

function latency(service: string, made = {}): Series {
  return madeSeries({ service, made: { before: 0.4, salt: service.length, ...made } });
}

function ranked(input: Omit<EvidenceInput, "onset">): string[] {
  return diagnose({ onset, ...input }).services.map(({ service }) => service);
}

test("the walk goes from the alerting service along slow services to the last slow one", () => {
  const series = [
    latency("frontend", bad),
    latency("checkout", bad),
    latency("payments", bad),
    latency("bank"),
    latency("search"),
  ];
  const alert = { service: "frontend", metric: "latency_p99", kind: "latency" } as const;
  assert.equal(ranked({ series, calls, alert })[0], "payments");
});

test("a slow service that the alerting one does not reach comes behind", () => {
  const series = [latency("checkout", { after: 2 }), latency("payments"), latency("search", bad)];
  const alert = { service: "checkout", metric: "latency_p99", kind: "latency" } as const;
  assert.equal(ranked({ series, calls, alert })[0], "checkout");
});

test("a dependency's latency, measured at the caller, is blamed on the callee", () => {
  const series = [
    latency("checkout"),
    madeSeries({ service: "checkout", callee: "redis", name: "redis_latency", made: bad }),
  ];
  const names = ranked({ series });
  assert.equal(names[0], "redis");
});

test("a callee that answers as ever by its own measure is not blamed for what a saturated caller measures", () => {
  const own = latency("checkout", { after: 1 });
  const loop = {
    service: "checkout",
    name: "event_loop_lag",
    kind: "saturation",
    made: bad,
  } as const;
  const call = { service: "checkout", callee: "db", name: "db_call_latency", made: bad } as const;
  const series = [own, madeSeries(call), latency("db")];
  const alert = { service: "checkout", kind: "latency" } as const;
  assert.equal(ranked({ series, alert })[0], "db");
  assert.equal(ranked({ series: [...series, madeSeries(loop)], alert })[0], "checkout");
  const late = [own, madeSeries(call), latency("db", bad), madeSeries(loop)];
  const calls = [["checkout", "db"]] as const;
  assert.equal(ranked({ series: late, calls, alert })[0], "db");
});

test("a caller that one callee denies is not believed of another that measures nothing itself", () => {
  const measured = (callee: string) =>
    madeSeries({ service: "checkout", callee, name: `${callee}_call_latency`, made: bad });
  const loop = madeSeries({
    service: "checkout",
    name: "lag",
    kind: "saturation",
    made: { before: 1, after: 1.5 },
  });
  const alert = { service: "checkout", kind: "latency" } as const;
  const own = latency("checkout", { after: 1 });
  assert.equal(ranked({ series: [own, loop, measured("bank")], alert })[0], "bank");
  const series = [own, loop, measured("bank"), measured("db"), latency("db")];
  assert.equal(ranked({ series, alert })[0], "checkout");
});

test("without a call graph and without an alert the strongest shift leads", () => {
  const series = [
    latency("cart", { before: 0.4, after: 0.6, noise: 0.1 }),
    madeSeries({ service: "orders", name: "cpu", kind: "cpu", made: { before: 0.2, after: 0.9 } }),
    latency("search"),
  ];
  assert.equal(ranked({ series })[0], "orders");
});

test("more requests at a callee explain nothing at its caller", () => {
  const series = [
    latency("checkout", bad),
    madeSeries({
      service: "payments",
      name: "rps",
      kind: "requests",
      made: { before: 9, after: 400 },
    }),
  ];
  const alert = { service: "checkout", metric: "latency_p99", kind: "latency" } as const;
  assert.equal(ranked({ series, calls, alert })[0], "checkout");
});

test("services that call each other do not hang the walk", () => {
  const series = [latency("checkout", bad), latency("payments", bad)];
  const alert = { service: "checkout", kind: "latency" } as const;
  const loop = [
    ["checkout", "payments"],
    ["payments", "checkout"],
    ["checkout", "checkout"],
  ] as const;
  assert.equal(ranked({ series, calls: loop, alert }).length, 2);
});

test("every name of the input is listed once, those of which nothing is known with 0", () => {
  const { services } = diagnose({
    onset,
    alert: { service: "a" },
    series: [madeSeries({ service: "b", callee: "c", made: bad })],
    calls: [["d", "e"]],
    changes: [{ id: "1", kind: "flag", at: onset - 60, service: "f", title: "" }],
    logs: [{ at: onset, service: "g", text: "hello" }],
  });
  assert.deepEqual(services.map(({ service }) => service).toSorted(), [
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
  ]);
  assert.equal(services.find(({ service }) => service === "e")?.score, 0);
});

test("what was looked at and did not shift is named as examined", () => {
  const { examined } = diagnose({
    onset,
    series: [
      latency("checkout", bad),
      latency("cart"),
      madeSeries({ service: "cart", callee: "redis" }),
    ],
  });
  assert.deepEqual(examined.toSorted(), ["cart", "redis"]);
});

test("surging error lines speak for the service that writes them", () => {
  const logs = Array.from({ length: 40 }, (_, index) => ({
    at: onset + index,
    service: "payments",
    level: "error",
    text: `pool exhausted, waited ${index} ms`,
  }));
  const before = { at: onset - 600, service: "cart", level: "info", text: "started" };
  assert.equal(ranked({ logs: [before, ...logs] })[0], "payments");
});

test("a service's own memory and cpu are its own, however slow what it calls has become", () => {
  const series = [
    latency("checkout", { after: 0.8 }),
    madeSeries({ service: "checkout", name: "cpu", kind: "cpu", made: { before: 0.2, after: 2 } }),
    madeSeries({ service: "payments", name: "cpu", kind: "cpu", made: { before: 0.2 } }),
    latency("payments", { after: 0.8, salt: 3 }),
    latency("search"),
  ];
  assert.equal(ranked({ series, calls })[0], "checkout");
});

test("a resource that moves at every service alike tells of none of them", () => {
  const network = (service: string) =>
    madeSeries({ service, name: "node_bytes", kind: "network", made: { before: 10, after: 90 } });
  const services = ["frontend", "checkout", "payments", "search"];
  const series = [...services.map(network), latency("search", { after: 0.6 })];
  assert.equal(ranked({ series })[0], "search");
});

test("a service of which nothing is measured is walked through", () => {
  const series = [latency("frontend", bad), latency("payments", bad)];
  const alert = { service: "frontend", metric: "latency_p99", kind: "latency" } as const;
  assert.equal(ranked({ series, calls, alert })[0], "payments");
});

test("requests that a server calls cancelled were given up by its caller", () => {
  const errors = (service: string, name: string) =>
    madeSeries({ service, name, kind: "errors", made: { before: 0.01, after: 0.6 } });
  const series = [
    errors("checkout", "rpc_client_error_rate"),
    errors("payments", "rpc_server_cancelled_rate"),
  ];
  assert.equal(ranked({ series, calls })[0], "checkout");
});

test("what a probe or the users see is the entry's, which they reach", () => {
  const cpu = (service: string) => madeSeries({ service, name: "cpu", kind: "cpu" });
  const availability = madeSeries({
    service: "visitors",
    name: "success_rate",
    kind: "availability",
    made: { before: 100, after: 40 },
  });
  const running = ["frontend", "checkout", "payments"].map(cpu);
  assert.equal(ranked({ series: [...running, availability], calls })[0], "frontend");
  assert.equal(ranked({ series: [availability], calls })[0], "visitors");
});

test("a long chain and a ring of services of which nothing is measured take no time", () => {
  const chain = Array.from({ length: 40_000 }, (_, at) => [`s${at}`, `s${at + 1}`] as const);
  const ring = [["s40000", "s0"]] as const;
  const series = [latency("s0", bad), latency("s39999", bad)];
  const alert = { service: "s0", metric: "latency_p99", kind: "latency" } as const;
  assert.equal(ranked({ series, calls: [...chain, ...ring], alert }).length, 40_001);
});
