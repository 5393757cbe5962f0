import assert from "node:assert/strict";
import { test } from "node:test";

import { changesMax, notLiveMax, unknownLiveMax } from "../../src/evidence/changes.ts";
import { diagnose } from "../../src/evidence/diagnose.ts";
import type { ChangeRecord, EvidenceInput } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";

const slow = madeSeries({ name: "db_pool_wait_seconds", made: { before: 0.01, after: 3 } });
const calm = madeSeries({ service: "cart" });
const log = { at: onset - 600, service: "checkout", level: "info", text: "handled" };
const errors = Array.from({ length: 60 }, (_, index) => ({
  at: onset + index,
  service: "checkout",
  level: "error",
  text: `connection pool exhausted after ${index} ms`,
}));

function judged(changes: readonly ChangeRecord[], told: Partial<EvidenceInput> = {}) {
  return diagnose({ onset, series: [slow, calm], logs: [log, ...errors], changes, ...told });
}

function change(id: string, told: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    id,
    kind: "commit",
    at: onset - 600,
    service: "checkout",
    live: true,
    title: `Change ${id}`,
    ...told,
  };
}

function pOf(diagnosis: ReturnType<typeof judged>, id: string): number {
  return diagnosis.changes.find((one) => one.id === id)?.p ?? Number.NaN;
}

const poolDiff = "-  maxConnections: 50\n+  maxConnections: 5";

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

test("a merge is not a deploy: what is not known to run keeps a small probability, and the text says so", () => {
  const { live: _live, ...unknown } = change("unknown", {
    diff: poolDiff,
    title: "Shrink the pool",
  });
  const diagnosis = judged([unknown]);
  assert.ok(pOf(diagnosis, "unknown") <= unknownLiveMax);
  assert.ok(diagnosis.noChange >= 1 - unknownLiveMax);
  assert.match(
    diagnosis.changes[0]?.because.join() ?? "",
    /merged 13:52; whether it was live is not known/,
  );
  const merged = judged([change("merged", { live: false, diff: poolDiff })]);
  assert.ok(pOf(merged, "merged") <= notLiveMax);
});

test("a deploy hands its probability to the commits that it names, and keeps a little", () => {
  const {
    live: _live,
    service: _service,
    ...commit
  } = change("c1", { at: onset - 9_000, diff: poolDiff, title: "Shrink the pool" });
  const diagnosis = judged([
    commit,
    change("d1", { kind: "deploy", at: onset - 90, title: "v42", deploys: ["c1"] }),
  ]);
  assert.equal(diagnosis.changes[0]?.id, "c1");
  assert.ok(pOf(diagnosis, "c1") > 10 * pOf(diagnosis, "d1"));
  assert.ok(pOf(diagnosis, "d1") > 0);
  assert.match(diagnosis.changes[0]?.because.join() ?? "", /live 90 s before onset/);
});

test("a deploy that names no commit of the input keeps its own probability", () => {
  const diagnosis = judged([
    change("d1", { kind: "deploy", title: "v42", deploys: ["elsewhere"] }),
  ]);
  assert.ok(pOf(diagnosis, "d1") > 0.3, String(pOf(diagnosis, "d1")));
});

test("a commit merged before its service's next deploy is taken to be in it", () => {
  const { live: _live, ...commit } = change("c1", {
    at: onset - 3_000,
    diff: poolDiff,
    title: "Shrink the pool",
  });
  const diagnosis = judged([
    commit,
    change("d1", { kind: "deploy", at: onset - 90, title: "v42" }),
  ]);
  assert.equal(diagnosis.changes[0]?.id, "c1");
  assert.ok(pOf(diagnosis, "c1") > unknownLiveMax);
});

test("what ran in staging is never a suspect for production", () => {
  const changes = [
    change("staging", { kind: "deploy", environment: "staging", at: onset - 60 }),
    change("prod", { kind: "deploy", environment: "prod" }),
  ];
  const told = judged(changes);
  assert.equal(pOf(told, "staging"), 0);
  assert.ok(pOf(told, "prod") > 0);
  const inStaging = judged(changes, { environment: "staging" });
  assert.equal(pOf(inStaging, "prod"), 0);
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
