import assert from "node:assert/strict";
import { test } from "node:test";

import { changesMax } from "../../src/evidence/changes.ts";
import { calm, change, errors, judged, log, pOf, poolDiff } from "./judged.ts";
import { onset } from "./made-series.ts";

test("probabilities and no change at all add up to one", () => {
  const diagnosis = judged([
    change("a"),
    change("b", { kind: "flag" }),
    change("c", { live: false }),
  ]);
  const sum = diagnosis.changes.reduce((total, { p }) => total + p, diagnosis.noChange);
  assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
});

test("without any change no change is certain", () => {
  assert.equal(judged([]).noChange, 1);
});

test("the change whose diff speaks of what went wrong leads, though another is newer", () => {
  const diagnosis = judged([
    change("newer", {
      at: onset - 30,
      title: "Rename a button",
      files: ["web/button.ts"],
      diff: "+label = 'Buy'",
    }),
    change("pool", {
      at: onset - 900,
      title: "Shrink the pool",
      files: ["db/pool.yaml"],
      diff: poolDiff,
    }),
  ]);
  assert.equal(diagnosis.changes[0]?.id, "pool");
  assert.ok(pOf(diagnosis, "pool") > 0.5, String(pOf(diagnosis, "pool")));
  assert.match(
    diagnosis.changes[0]?.because.join() ?? "",
    /live 15 min before onset.*pool.*50 → .*5/,
  );
});

test("what went live after the onset hardly counts, but clocks may differ by a minute", () => {
  const diagnosis = judged([
    change("before"),
    change("skewed", { at: onset + 30 }),
    change("after", { at: onset + 600 }),
  ]);
  assert.ok(pOf(diagnosis, "after") < 0.05 * pOf(diagnosis, "before"));
  assert.ok(pOf(diagnosis, "skewed") > 0.3 * pOf(diagnosis, "before"));
});

test("a change to another service that did not shift counts less", () => {
  const diagnosis = judged([change("here"), change("there", { service: "cart" })]);
  assert.ok(pOf(diagnosis, "there") < 0.5 * pOf(diagnosis, "here"));
});

test("docs, tests, styles and comments are no suspects", () => {
  const inert = [
    change("docs", { files: ["docs/pool.md", "README.md"], diff: poolDiff }),
    change("tests", { files: ["db/pool_test.go"], diff: poolDiff }),
    change("styles", { files: ["web/theme.css"], diff: "+color: red" }),
    change("comments", {
      files: ["db/pool.go"],
      diff: "-// pool of connections\n+// the connection pool",
    }),
  ];
  const diagnosis = judged([change("code", { files: ["db/pool.go"], diff: poolDiff }), ...inert]);
  for (const { id } of inert) assert.ok(pOf(diagnosis, id) < 0.03, `${id} ${pOf(diagnosis, id)}`);
});

test("lines that only log are hardly a suspect", () => {
  const logging =
    '+import { log } from "./log.ts";\n+  log("debug", `pool of ${size} connections`);';
  const diagnosis = judged([
    change("logs", { files: ["db/pool.ts"], diff: logging }),
    change("code", { files: ["db/pool.ts"], diff: "+  pool.size = size / connections;" }),
  ]);
  assert.ok(pOf(diagnosis, "logs") < 0.3 * pOf(diagnosis, "code"));
});

test("where nothing shifted no change is by far the likeliest", () => {
  const diagnosis = judged([change("a", { diff: poolDiff }), change("b")], {
    series: [calm],
    logs: [],
  });
  assert.ok(diagnosis.noChange > 0.9, String(diagnosis.noChange));
});

test("where nothing could be read a live change on the alerting service stays a suspect", () => {
  const alert = { service: "checkout" };
  const diagnosis = judged([change("here"), change("there", { service: "cart" })], {
    series: [],
    logs: [],
    alert,
  });
  assert.equal(diagnosis.confidence, "none");
  assert.ok(pOf(diagnosis, "here") > 0.15, String(pOf(diagnosis, "here")));
  assert.ok(pOf(diagnosis, "here") > 3 * pOf(diagnosis, "there"));
});

test("a change without a time is listed and counted, and takes nothing from the others", () => {
  const diagnosis = judged([change("a"), change("timeless", { at: Number.NaN })]);
  assert.equal(pOf(diagnosis, "timeless"), 0);
  assert.ok(pOf(diagnosis, "a") > 0);
  assert.match(diagnosis.leftOut?.join() ?? "", /1 change without a time/);
});

test("error lines that name a provider make no change likelier", () => {
  const outside = errors.map((line) => ({ ...line, text: "payment provider returned 503" }));
  const plain = errors.map((line) => ({ ...line, text: "payment backend returned 503" }));
  const [named, unnamed] = [outside, plain].map((lines) => {
    const diagnosis = judged([change("a")], { logs: [log, ...lines] });
    return diagnosis.noChange / pOf(diagnosis, "a");
  });
  assert.ok((named ?? 0) > 3 * (unnamed ?? Infinity), `${named} ${unnamed}`);
});

test("of too many changes those nearest to the onset are weighed, and the rest are listed and counted", () => {
  const many = Array.from({ length: changesMax + 10 }, (_, index) =>
    change(`c${index}`, { at: onset - index * 60 }),
  );
  const diagnosis = judged(many);
  assert.equal(diagnosis.changes.length, changesMax + 10);
  assert.equal(pOf(diagnosis, `c${changesMax + 9}`), 0);
  assert.match(
    diagnosis.leftOut?.join() ?? "",
    /10 changes without a time or beyond the limit of 1000/,
  );
});
