import assert from "node:assert/strict";
import { test } from "node:test";

import { notLiveMax, unknownLiveMax } from "../../src/evidence/changes.ts";
import { change, judged, pOf, poolDiff } from "./judged.ts";
import { onset } from "./made-series.ts";

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

test("a deploy that nobody says runs stays a suspect as an unknown, and makes no commit live", () => {
  const { live: _live, ...commit } = change("c1", { at: onset - 9_000, diff: poolDiff });
  const rollout = change("d1", {
    kind: "deploy",
    live: "unknown",
    title: "Release v42",
    deploys: ["c1"],
  });
  const diagnosis = judged([commit, rollout]);
  assert.ok(pOf(diagnosis, "d1") > notLiveMax && pOf(diagnosis, "d1") <= unknownLiveMax);
  const words = diagnosis.changes.map(({ because }) => because.join()).join("; ");
  assert.match(words, /of 13:52; whether it was live is not known/);
  assert.doesNotMatch(words, /before onset/);
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

test("a commit that the next deploy does not name was not brought by it", () => {
  const { live: _live, ...commit } = change("old", { at: onset - 3_000, diff: poolDiff });
  for (const deploys of [[], ["x", "y"]]) {
    const deploy = change("d1", { kind: "deploy", at: onset - 90, title: "v42", deploys });
    assert.ok(pOf(judged([commit, deploy]), "old") <= unknownLiveMax, deploys.join());
  }
  const months = { ...commit, at: onset - 90 * 86_400 };
  const deploy = change("d1", { kind: "deploy", at: onset - 90, title: "v42" });
  assert.ok(pOf(judged([months, deploy]), "old") < 0.01);
});

test("a commit is where the deployed commits beside it in the tree are", () => {
  const {
    live: _live,
    service: _service,
    ...beside
  } = change("beside", { at: onset - 3_000, files: ["services/checkout/pool.go"], diff: poolDiff });
  const diagnosis = judged([
    beside,
    change("known", { at: onset - 4_000, files: ["services/checkout/main.go"] }),
    change("d1", { kind: "deploy", at: onset - 90, title: "v42" }),
  ]);
  assert.match(
    diagnosis.changes.find(({ id }) => id === "beside")?.because.join() ?? "",
    /live 90 s before onset.*on checkout, the first suspect/,
  );
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
