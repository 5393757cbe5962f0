import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Constraint, Forbidden } from "../../src/catalog/catalog.ts";
import { noDraw } from "../../src/suggestion/draw.ts";
import { constraintsOf } from "../../src/catalog/rule.ts";
import { proposeSteps } from "../../src/suggestion/propose.ts";
import { mechanisms, risks, severities, symptoms } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { tally } from "./rows.ts";
import { liveDeploy, situation, step } from "./situation.ts";

const stepIds = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"] as const;
const programs = ["kubectl", "fly", "psql", "curl"] as const;

const steps = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom(...stepIds),
      role: fc.constantFrom("fix", "check"),
      mechanism: fc.constantFrom(...mechanisms),
      risk: fc.constantFrom(...risks),
      minutes: fc.integer({ min: 1, max: 30 }),
      prior: fc.double({ min: 0, max: 1, noNaN: true }),
      program: fc.constantFrom(...programs),
      undo: fc.option(fc.constantFrom(...programs), { nil: undefined }),
    })
    .map(({ prior, program, undo, ...rest }) =>
      step({
        ...rest,
        priors: { "*": prior },
        boosts: [{ when: { shiftedKind: "latency" }, odds: 1.01 }],
        ways: [
          {
            command: `${program} delete {service}`,
            ...(undo === undefined ? {} : { undo: `${undo} create {service}` }),
          },
        ],
      }),
    ),
  { selector: (each) => each.id, maxLength: 8 },
);

const forbidden: fc.Arbitrary<Forbidden> = fc.oneof(
  fc.record({ kind: fc.constant("step" as const), id: fc.constantFrom(...stepIds) }),
  fc.record({ kind: fc.constant("risk" as const), risk: fc.constantFrom(...risks) }),
  fc.record({ kind: fc.constant("mechanism" as const), mechanism: fc.constantFrom(...mechanisms) }),
  fc.record({
    kind: fc.constant("command" as const),
    words: fc.constantFrom(...programs).map((program) => [program]),
  }),
);
const constraints: fc.Arbitrary<Constraint[]> = fc.array(
  fc.record({
    forbid: fc.array(forbidden, { minLength: 1, maxLength: 3 }),
    because: fc.constant("a rule"),
  }),
  { maxLength: 3 },
);
const tallies = fc.array(
  fc
    .record({
      stepId: fc.constantFrom(...stepIds),
      symptom: fc.constantFrom(...symptoms),
      trials: fc.integer({ min: 0, max: 20 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ share, ...rest }) => tally({ ...rest, successes: rest.trials * share })),
  { maxLength: 12 },
);
const world = fc.record({
  steps,
  constraints,
  tallies,
  done: fc.uniqueArray(fc.constantFrom(...stepIds), { maxLength: 4 }),
  severity: fc.constantFrom(...severities),
  isLive: fc.boolean(),
  suggestionsMax: fc.integer({ min: 1, max: 6 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function propose(each: World) {
  return proposeSteps({
    steps: each.steps,
    tallies: each.tallies,
    chances: new Map(),
    draw: noDraw,
    done: each.done,
    suggestionsMax: each.suggestionsMax,
    situation: situation({
      ...(each.isLive ? liveDeploy : {}),
      severity: each.severity,
      constraints: each.constraints,
    }),
  });
}

function isForbidden(id: string, each: World): boolean {
  const told = each.steps.find((one) => one.id === id);
  assert.ok(told);
  const commands = told.ways.flatMap((way) => [way.command, way.undo ?? ""]);
  return each.constraints
    .flatMap((constraint) => constraint.forbid)
    .some((rule) => {
      switch (rule.kind) {
        case "step":
          return rule.id === id;
        case "risk":
          return rule.risk === told.risk;
        case "mechanism":
          return rule.mechanism === told.mechanism;
        case "command":
          return commands.some((command) => command.startsWith(`${rule.words[0]} `));
      }
    });
}

function written(rule: Forbidden): string {
  switch (rule.kind) {
    case "step":
      return rule.id;
    case "risk":
      return `risk:${rule.risk}`;
    case "mechanism":
      return `mechanism:${rule.mechanism}`;
    case "command":
      return `command:${rule.words.join(" ")}`;
  }
}

/** At least 1,000 worlds even in the short run: what is forbidden must never be seen. */
const options = { numRuns: Math.max(1_000, runs(4_000)), seed };

describe("whatever the playbook, the rules, the record and the deeds", () => {
  it("a forbidden step is never shown, and every one is counted as hidden", () => {
    fc.assert(
      fc.property(world, (each) => {
        const { offered, hiddenByRule } = propose(each);
        for (const { stepId } of offered) assert.ok(!isForbidden(stepId, each), stepId);
        const expected = each.steps.map(({ id }) => id).filter((id) => isForbidden(id, each));
        assert.deepEqual(new Set(hiddenByRule.map(({ stepId }) => stepId)), new Set(expected));
      }),
      options,
    );
  });

  it("so is none that a rule given in the chat forbids, in the words that people write", () => {
    fc.assert(
      fc.property(world, (each) => {
        const rules = each.constraints.map(({ forbid, because }, index) => {
          return { id: `rul_${index}` as const, forbid: forbid.map(written), because, by: "UANA" };
        });
        const { offered } = propose({ ...each, constraints: constraintsOf(rules) });
        for (const { stepId } of offered) assert.ok(!isForbidden(stepId, each), stepId);
      }),
      options,
    );
  });

  it("the list does not depend on the order of steps, rules, tallies or deeds", () => {
    const reordered = world.chain((each) =>
      fc.tuple(
        fc.constant(each),
        fc.record({
          steps: shuffled(each.steps),
          tallies: shuffled(each.tallies),
          done: shuffled(each.done),
        }),
      ),
    );
    fc.assert(
      fc.property(reordered, ([each, other]) => {
        assert.deepEqual(propose({ ...each, ...other }), propose(each));
      }),
      options,
    );
  });

  it("no step is offered twice, none that was done, no more than asked for, and all are accounted for", () => {
    fc.assert(
      fc.property(world, (each) => {
        const { offered, hiddenByRule, leftOutAsDone, setAside, more } = propose(each);
        const ids = offered.map(({ stepId }) => stepId);
        assert.equal(new Set(ids).size, ids.length);
        assert.ok(ids.length <= each.suggestionsMax);
        assert.ok(ids.every((id) => !each.done.some((done) => done === id)));
        const counted = [offered, hiddenByRule, leftOutAsDone, setAside].map((list) => list.length);
        assert.equal(
          counted.reduce((total, count) => total + count, more),
          each.steps.length,
        );
      }),
      options,
    );
  });

  it("an irreversible step is never first, nor a rollback of what was not live", () => {
    fc.assert(
      fc.property(world, (each) => {
        const [first] = propose(each).offered;
        if (first === undefined) return;
        assert.notEqual(first.risk, "irreversible");
        const takesBack = ["deploy", "configuration", "flag"].includes(first.mechanism);
        if (!each.isLive) assert.ok(first.role === "check" || !takesBack);
      }),
      options,
    );
  });
});

function shuffled<T>(all: readonly T[]) {
  return fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
}
