import assert from "node:assert/strict";
import { test } from "node:test";

import { changeName } from "../../src/evidence/change-name.ts";
import { diagnose } from "../../src/evidence/diagnose.ts";
import type { ChangeRecord, EvidenceInput, SourcedSeries } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";

const source = { query: "histogram_quantile(0.99, …)", unit: "seconds" };
const p99: SourcedSeries = { ...madeSeries({ made: { before: 0.4, after: 4.1 } }), source };
const pool: ChangeRecord = {
  id: "3f2a91cde7b1c9e04f2a91cde7b1c9e04f2a91cd",
  kind: "commit",
  at: onset - 90,
  live: true,
  service: "checkout",
  title: "Merge pull request #311 from ana/latency-fix: Shrink the latency pool by Ana Silva",
  author: "Ana Silva",
  files: ["db/pool.yaml"],
  diff: "-max: 50\n+max: 5",
};

function textsOf(told: Partial<EvidenceInput>): string[] {
  return diagnose({ onset, ...told }).findings.map(({ text }) => text);
}

test("a shift is one sentence with its numbers, units and time, and cites the metric", () => {
  const { findings } = diagnose({ onset, series: [p99] });
  assert.deepEqual(findings[0], {
    text: "p99 of checkout 0.4 s → 4.1 s since 14:02",
    cites: ["metric:0"],
  });
});

test("a dependency's latency is said as calls from the caller to it", () => {
  const made = { before: 0.1, after: 3.8 };
  const series = { ...madeSeries({ callee: "payments", made }), source };
  assert.equal(
    textsOf({ series: [series] })[0],
    "p99 of calls checkout → payments 0.1 s → 3.8 s since 14:02",
  );
});

test("a scope is said with its share", () => {
  const series = [
    madeSeries({ labels: { version: "41" }, made: { before: 0.4, after: 4 } }),
    madeSeries({ labels: { version: "40" }, made: { before: 0.4 } }),
  ];
  const texts = textsOf({ series, alert: { service: "checkout", kind: "latency" } });
  assert.ok(texts.includes("only version 41 (100 % of the shift)"), texts.join("\n"));
});

test("a change is in flight when it began, and is cited", () => {
  const { findings } = diagnose({ onset, series: [p99], changes: [pool] });
  const finding = findings.find(({ cites }) => cites.includes(`change:${pool.id}`));
  assert.match(finding?.text ?? "", /live 14:00:30, 90 s before onset: in flight when it began$/);
});

test("a change that went live hours before it began is not said to have been in flight", () => {
  const early = { ...pool, at: onset - 5 * 3_600 };
  const { findings } = diagnose({ onset, series: [p99], changes: [early] });
  const finding = findings.find(({ cites }) => cites.includes(`change:${early.id}`));
  assert.match(finding?.text ?? "", /live 09:02:00, 5 h before onset$/);
});

test("a new log line is said with its count and its template", () => {
  const logs = [
    { at: onset - 60, service: "checkout", text: "ok" },
    {
      at: onset + 5,
      service: "checkout",
      level: "error",
      text: "pool exhausted, waited 212 ms",
      count: 1_204,
    },
  ];
  const texts = textsOf({ series: [p99], logs });
  assert.ok(
    texts.includes('new log line of checkout, 1,204× since 14:02: "pool exhausted, waited <n> ms"'),
    texts.join("\n"),
  );
});

test("where nothing shifted the finding says so, with what was examined", () => {
  const { confidence, metrics, findings } = diagnose({
    onset,
    series: [madeSeries(), madeSeries({ service: "cart" })],
  });
  assert.equal(confidence, "none");
  assert.equal(metrics.length, 0);
  assert.equal(findings[0]?.text, "nothing shifted since 14:02; examined: 2 series of 2 services");
  assert.equal(textsOf({})[0], "no metric and no log line was there to read");
});

test("where only log lines were there to read these are what was examined", () => {
  const line = { at: onset - 60, service: "cart", text: "listening" };
  const { findings } = diagnose({ onset, logs: [line, { ...line, at: onset + 60 }] });
  assert.equal(findings[0]?.text, "nothing shifted since 14:02; examined: 2 log lines");
});

test("no finding and no name of a change names its author", () => {
  const names = ["ana", "Ana", "Silva"];
  const { findings, changes } = diagnose({ onset, series: [p99], changes: [pool] });
  const said = [
    changeName(pool),
    ...findings.map(({ text }) => text),
    ...changes.flatMap(({ because }) => because),
  ];
  for (const text of said) for (const name of names) assert.ok(!text.includes(name), text);
  assert.equal(changeName(pool), 'PR #311 "Shrink the latency pool"');
});

test("a change is called by its pull request, else by its kind and short hash", () => {
  const told = { kind: "commit", at: 0 } as const;
  assert.equal(
    changeName({ ...told, id: "a", title: "Shrink the pool (#7)" }),
    'PR #7 "Shrink the pool"',
  );
  assert.equal(
    changeName({ ...told, id: pool.id, title: "Shrink it\n\nBody" }),
    'commit 3f2a91c "Shrink it"',
  );
  assert.equal(
    changeName({ ...told, kind: "flag", id: "x", title: "new-retry off → on" }),
    'flag "new-retry off → on"',
  );
  assert.equal(
    changeName({ ...told, id: "x", title: "Thank @ana <ana@example.org>" }),
    'commit "Thank"',
  );
  assert.equal(changeName({ ...told, kind: "deploy", id: "x", title: "" }), "deploy");
});

test("no sentence speaks of causes", () => {
  const texts = textsOf({
    series: [p99],
    changes: [pool],
    logs: [{ at: onset, service: "a", text: "x failed", count: 9 }],
  });
  assert.ok(texts.length >= 3);
  for (const text of texts) assert.doesNotMatch(text, /\bcauses?d?\b|because of|due to/i);
});

test("every cite leads into the answer's own lists", () => {
  const { findings, metrics, logs, changes } = diagnose({ onset, series: [p99], changes: [pool] });
  for (const cite of findings.flatMap(({ cites }) => cites)) {
    const [kind, id = ""] = cite.split(/:(.*)/s);
    if (kind === "metric") assert.ok(metrics[Number(id)] !== undefined, cite);
    else if (kind === "log") assert.ok(logs[Number(id)] !== undefined, cite);
    else
      assert.ok(
        changes.some((change) => change.id === id),
        cite,
      );
  }
});
