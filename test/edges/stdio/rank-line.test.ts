import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rankLines } from "../../../src/edges/stdio/rank-line.ts";

function talk(): (line: unknown) => Record<string, unknown> {
  const answer = rankLines();
  return (line) => {
    const said = answer(typeof line === "string" ? line : JSON.stringify(line));
    assert.ok(typeof said === "object" && said !== null);
    return { ...said };
  };
}

const declared = {
  op: "step",
  id: "restart",
  minutes: 8,
  risk: "reversible",
  prior: { "*": 0.05, latency: 0.2 },
};
const opened = {
  op: "open",
  incident: "1",
  service: "checkout",
  symptom: "latency",
  flags: { deploy: true, flag: false },
  text: "…",
  severity: 2,
  at: 1_732_262_400,
};

describe("rank --stdio", () => {
  it("answers each line in the shape of the contract", () => {
    const tell = talk();
    assert.deepEqual(tell({ op: "config", seed: 1, explore: true, slots: 5 }), { ok: true });
    assert.deepEqual(tell(declared), { ok: true });
    assert.deepEqual(tell({ op: "step", id: "read-logs", role: "check" }), { ok: true });
    assert.deepEqual(tell(opened), { ok: true });
    const { order } = tell({ op: "rank", incident: "1" });
    assert.ok(Array.isArray(order) && order.length === 2);
    for (const item of order) {
      assert.deepEqual(Object.keys(item), [
        "step",
        "role",
        "p",
        "minutes",
        "propensity",
        "tried",
        "resolved",
        "explore",
      ]);
    }
    assert.deepEqual(
      tell({
        op: "outcome",
        incident: "1",
        step: "restart",
        label: "resolved",
        by: "u1",
        minutes: 6,
        confidence: 1,
        at: 1_732_262_800,
      }),
      { ok: true },
    );
    assert.deepEqual(
      tell({
        op: "close",
        incident: "1",
        cause: "deploy",
        resolvedBy: "restart",
        at: 1_732_263_000,
      }),
      { ok: true },
    );
    assert.deepEqual(Object.keys(tell({ op: "evaluate" })), [
      "snips",
      "sndr",
      "ess",
      "n",
      "verdict",
    ]);
  });

  it("only names are needed, null is the same as missing, and numbers survive JSON", () => {
    const tell = talk();
    assert.deepEqual(
      tell({ op: "step", id: "a", role: null, minutes: null, risk: null, prior: null }),
      { ok: true },
    );
    assert.deepEqual(tell({ op: "open", incident: "1", flags: null, text: null }), { ok: true });
    const ranked = tell({ op: "rank", incident: "1" });
    assert.deepEqual(JSON.parse(JSON.stringify(ranked)), ranked);
    assert.deepEqual(tell({ op: "outcome", incident: "1", step: "a", label: "no_effect" }), {
      ok: true,
    });
    assert.deepEqual(tell({ op: "rank", incident: "1" }), { order: [] });
    assert.deepEqual(tell({ op: "close", incident: "1" }), { ok: true });
  });

  it("what is not declared or opened is an error that names it, and the next line is answered", () => {
    const tell = talk();
    tell(declared);
    assert.deepEqual(tell({ op: "rank", incident: "9" }), {
      error: 'incident: "9" was not opened',
    });
    tell(opened);
    assert.deepEqual(tell({ op: "outcome", incident: "1", step: "x", label: "helped" }), {
      error: 'step: "x" was not declared',
    });
    assert.deepEqual(tell({ op: "outcome", incident: "9", step: "restart", label: "helped" }), {
      error: 'incident: "9" was not opened',
    });
    assert.deepEqual(tell({ op: "close", incident: "1", resolvedBy: "x" }), {
      error: 'resolvedBy: "x" was not declared',
    });
    assert.ok("order" in tell({ op: "rank", incident: "1" }));
  });

  const bad: readonly (readonly [unknown, RegExp])[] = [
    ["{", /^line: not JSON/],
    [[], /^(line|op): /],
    [{ op: "sing" }, /^op: /],
    [{ op: "step" }, /^id: /],
    [{ op: "step", id: "" }, /^id: /],
    [{ op: "step", id: "a", minutes: -1 }, /^minutes: /],
    [{ op: "step", id: "a", risk: "mild" }, /^risk: /],
    [{ op: "step", id: "a", prior: { latency: 1.5 } }, /^prior/],
    [{ op: "open", incident: 7 }, /^incident: /],
    [{ op: "open", incident: "1", flags: { deploy: "yes" } }, /^flags\.deploy: /],
    [
      '{"op":"outcome","incident":"1","step":"restart","label":"resolved","minutes":1e999}',
      /^minutes: /,
    ],
    [
      { op: "outcome", incident: "1", step: "restart", label: "resolved", minutes: -3 },
      /^minutes: /,
    ],
    [
      { op: "outcome", incident: "1", step: "restart", label: "resolved", confidence: 1.1 },
      /^confidence: /,
    ],
    [{ op: "outcome", incident: "1", step: "restart", label: "cured" }, /^label: /],
    [{ op: "close", incident: "1", cause: 4 }, /^cause: /],
    [{ op: "config", slots: 0 }, /^slots: /],
  ];
  for (const [line, wanted] of bad) {
    it(`${JSON.stringify(line)} is told by its first offending field`, () => {
      const tell = talk();
      tell(declared);
      tell(opened);
      assert.match(String(tell(line)["error"]), wanted);
    });
  }

  it("minutes beyond a day are taken as a day, so that one slip of the pen decides nothing", () => {
    const tell = talk();
    tell(declared);
    tell(opened);
    tell({ op: "outcome", incident: "1", step: "restart", label: "resolved", minutes: 1e300 });
    tell({ op: "close", incident: "1", resolvedBy: "restart" });
    tell({ ...opened, incident: "2" });
    const { order } = tell({ op: "rank", incident: "2" });
    assert.ok(Array.isArray(order) && Number.isFinite(order[0].minutes) && order[0].minutes < 60);
  });

  it("a line that is too long is told so", () => {
    assert.match(
      String(rankLines()(null) && JSON.stringify(rankLines()(null))),
      /line: longer than/,
    );
  });
});
