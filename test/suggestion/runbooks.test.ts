import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Constraint } from "../../src/catalog/catalog.ts";
import type { RunbookSource } from "../../src/playbook/step.ts";
import { noDraw } from "../../src/suggestion/draw.ts";
import { proposeSteps, type ProposeInput } from "../../src/suggestion/propose.ts";
import { tally } from "./rows.ts";
import { poolWaits, restart, situation, step } from "./situation.ts";

const runbook: RunbookSource = {
  title: "checkout",
  link: "https://wiki.example.com/checkout",
  quote: "Flush the price cache",
  hasCommand: true,
  isClassKnown: true,
};
const flush = step({
  id: "runbook:checkout-1a2b3/flush-the-price-cache",
  role: "fix",
  title: "Flush the price cache of {service}",
  mechanism: "data",
  risk: "disruptive",
  minutes: 8,
  priors: { "*": 0.1 },
  ways: [{ command: "redis-cli -h {service} flushdb" }],
  boosts: [{ when: { shiftedKind: "latency" }, odds: 1.01 }],
  runbook,
});

function propose(told: Partial<ProposeInput> = {}) {
  return proposeSteps({
    steps: [restart, poolWaits, flush],
    situation: situation(),
    tallies: [],
    chances: new Map(),
    draw: noDraw,
    done: [],
    suggestionsMax: 5,
    ...told,
  });
}

const fixes = (told?: Partial<ProposeInput>) =>
  propose(told).offered.filter(({ role }) => role === "fix");
const under = (constraint: Partial<Constraint>): Partial<ProposeInput> => ({
  situation: situation({ constraints: [{ forbid: [], because: "sale week", ...constraint }] }),
});

describe("a step of a runbook in a list", () => {
  it("comes before one that is good for any service, where both fit as well", () => {
    assert.deepEqual(
      fixes().map(({ stepId }) => stepId),
      [flush.id, restart.id],
    );
  });

  it("comes after it where the record says so", () => {
    const worked = new Map([
      [restart.id, { p: 0.6, minutes: 8, saves: 1, said: [0, 0, 0] as const }],
    ]);
    assert.equal(fixes({ chances: worked })[0]?.stepId, restart.id);
  });

  it("is shown with its command as it is written, gaps of its own too", () => {
    const [first] = fixes();
    assert.deepEqual(first?.how, { command: "redis-cli -h {service} flushdb", isFilled: true });
    assert.deepEqual(first?.runbook, runbook);
    const gap = { ...flush, ways: [{ command: "kubectl delete pod <pod-name>" }] };
    assert.equal(fixes({ steps: [gap] })[0]?.how?.isFilled, false);
  });

  it("needs evidence as any fix does; that an alert names its runbook is some", () => {
    const silent = { ...flush, boosts: [] };
    assert.deepEqual(fixes({ steps: [silent] }), []);
    const named = { ...silent, runbook: { ...runbook, alert: "HighLatency" } };
    assert.deepEqual(fixes({ steps: [named] })[0]?.why, {
      text: 'the alert "HighLatency" names this runbook',
      cites: [],
    });
  });

  it("is left out where it was done, and set aside where it is not for this service", () => {
    assert.equal(propose({ done: [flush.id] }).leftOutAsDone[0]?.stepId, flush.id);
    const tallies = [tally({ stepId: flush.id, isNotForUs: true })];
    assert.equal(propose({ tallies }).setAside[0]?.stepId, flush.id);
  });

  const rules: readonly (readonly [string, Partial<Constraint>])[] = [
    ["its id", { forbid: [{ kind: "step", id: flush.id }] }],
    ["its risk", { forbid: [{ kind: "risk", risk: "disruptive" }] }],
    ["its mechanism", { forbid: [{ kind: "mechanism", mechanism: "data" }] }],
    ["its command", { forbid: [{ kind: "command", words: ["redis-cli", "flushdb"] }] }],
  ];
  for (const [what, rule] of rules) {
    it(`is hidden by a rule that forbids ${what}`, () => {
      const { hiddenByRule, offered } = propose(under(rule));
      assert.ok(!offered.some(({ stepId }) => stepId === flush.id));
      const hidden = hiddenByRule.find(({ stepId }) => stepId === flush.id);
      assert.equal(hidden?.constraint.because, "sale week");
    });
  }

  it("is hidden by any rule that holds now, where it changes something and is not the playbook's", () => {
    const rule = { forbid: [{ kind: "step", id: "scale-out-service" }] } as const;
    const { hiddenByRule } = propose(under(rule));
    assert.deepEqual(
      hiddenByRule.map(({ stepId }) => stepId),
      [flush.id],
    );
    assert.match(hiddenByRule[0]?.constraint.because ?? "", /is not known \(sale week\)$/);
    assert.deepEqual(propose(under({ ...rule, severity: [4] })).hiddenByRule, []);
    const look = { ...flush, role: "check", risk: "read-only" } as const;
    assert.deepEqual(propose({ ...under(rule), steps: [look] }).hiddenByRule, []);
  });
});
