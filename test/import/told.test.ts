import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { builtInFiles } from "../playbook/built-in.ts";
import { pastIncidentOf } from "../../src/import/rows.ts";
import { toldInCsv, toldInJsonLines, type ToldIncident } from "../../src/import/told.ts";
import { parsePlaybook } from "../../src/playbook/parse.ts";

const { steps } = parsePlaybook(builtInFiles);
const line = (told: object) =>
  JSON.stringify({
    id: "OPS-7",
    title: "checkout slow",
    service: "checkout",
    symptom: "latency",
    startedAt: "2026-09-01T10:00:00Z",
    resolvedAt: "2026-09-01T10:40:00+00:00",
    severity: 2,
    cause: "deploy",
    flags: { deploy: true },
    ...told,
  });
const pastOf = (told: ToldIncident | undefined) => {
  assert.ok(told !== undefined);
  const past = pastIncidentOf(told, steps, (words) => `uuid of ${words}`);
  assert.ok(past !== null);
  return past;
};
const stepsIn = (told: ToldIncident | undefined) =>
  pastOf(told).suggestions.map(({ stepId, role, list }) => [stepId, role, list]);

describe("past incidents of another tool", () => {
  test("are read a line each as JSON, with empty lines between", () => {
    const { incidents, mistakes } = toldInJsonLines(`${line({})}\n\n${line({ id: "OPS-8" })}\n`);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      incidents.map(({ id, severity, startedAt }) => [id, severity, startedAt.toISOString()]),
      [
        ["OPS-7", 2, "2026-09-01T10:00:00.000Z"],
        ["OPS-8", 2, "2026-09-01T10:00:00.000Z"],
      ],
    );
  });

  test("are refused by line and field, with what is wanted", () => {
    const { mistakes } = toldInJsonLines(
      [
        line({ symptom: "slow" }),
        "{",
        line({ startedAt: "yesterday" }),
        line({ resolvedAt: "2026-09-01T09:00:00Z" }),
        line({ steps: [{ step: "roll-back-deploy", label: "worked" }] }),
        line({}),
        line({}),
        line({ flags: { moon: true } }),
      ].join("\n"),
    );
    assert.deepEqual(
      mistakes.map(({ line: number, words }) => `${number} ${words.split(",")[0]}`),
      [
        "1 symptom: is not one of latency",
        "2 is no JSON",
        "3 startedAt: Invalid ISO datetime",
        "4 resolvedAt: lies before startedAt",
        "5 steps.0.label: is not one of resolved",
        '7 id: "OPS-7" stands in line 6 too',
        '8 flags: Unrecognized key: "moon"',
      ],
    );
  });

  test("are the rows of one id in a CSV, a step a row", () => {
    const cells = {
      id: "OPS-7",
      title: "'=slow",
      service: "checkout",
      symptom: "latency",
      startedAt: "2026-09-01T10:00:00Z",
      resolvedAt: "2026-09-01T10:40:00Z",
      severity: "2",
      cause: "",
      flags: "deploy flag",
      step: "roll-back-deploy",
      label: "resolved",
      minutes: "6",
    };
    const { incidents, mistakes } = toldInCsv([
      { line: 2, cells },
      { line: 3, cells: { ...cells, step: "restart-service", label: "no_effect", minutes: "" } },
      { line: 4, cells: { ...cells, id: "OPS-9", step: "", label: "", minutes: "" } },
    ]);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      incidents.map(({ id, title, steps: own }) => [id, title, own.map(({ step }) => step)]),
      [
        ["OPS-7", "=slow", ["roll-back-deploy", "restart-service"]],
        ["OPS-9", "=slow", []],
      ],
    );
    assert.deepEqual(pastOf(incidents[0]).suggestions[0]?.flags, ["deploy", "flag"]);
  });

  test("have the playbook's steps where the words tell of one, and their own where they do not", () => {
    const told = ["roll-back-deploy", "Rolled back", "renewed the certificate", "Prayed a lot"];
    const { incidents } = toldInJsonLines(
      line({ steps: told.map((step) => ({ step, label: "helped" })) }),
    );
    assert.deepEqual(stepsIn(incidents[0]), [
      ["roll-back-deploy", "fix", 0],
      ["renew-certificate", "fix", 0],
      ["told-prayed-a-lot", "fix", 0],
    ]);
  });

  test("keep each person's word, its time and its minutes; what nobody spoke of has none", () => {
    const at = "2026-09-01T10:20:00Z";
    const { incidents } = toldInJsonLines(
      line({
        steps: [
          { step: "roll-back-deploy", label: "resolved", minutes: 6, at, list: 1, position: 2 },
          { step: "roll-back-deploy", label: "no_effect", list: 1, position: 2 },
          { step: "read-pool-waits", list: 1, position: 1, p: 0.4 },
        ],
      }),
    );
    const { suggestions, outcomes } = pastOf(incidents[0]);
    assert.deepEqual(
      suggestions.map(({ stepId, list, position }) => [stepId, list, position]),
      [
        ["roll-back-deploy", 1, 2],
        ["read-pool-waits", 1, 1],
      ],
    );
    assert.equal(suggestions[1]?.p, 0.4);
    assert.deepEqual(
      outcomes.map((row) => [row.label, row.minutes, row.actor, row.at.toISOString()]),
      [
        ["resolved", 6, "import", "2026-09-01T10:20:00.000Z"],
        ["no_effect", null, "import-2", "2026-09-01T10:40:00.000Z"],
      ],
    );
  });

  test("are left out while they are open, or where they continue in another", () => {
    const { incidents } = toldInJsonLines(
      `${line({ resolvedAt: null })}\n${line({ id: "b", mergedInto: 3 })}`,
    );
    assert.deepEqual(
      incidents.map((told) => pastIncidentOf(told, steps, (words) => words)),
      [null, null],
    );
  });
});
