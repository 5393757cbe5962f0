import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  chancesOf,
  type Here,
  type Ledger,
  type PastIncident,
} from "../../src/suggestion/learned.ts";
import type { Foretold } from "../../src/suggestion/suggestion.ts";
import type { LedgerRow } from "../../src/suggestion/tally.ts";
import { outcomeLabels } from "../../src/vocabulary.ts";
import type { OutcomeLabel } from "../../src/vocabulary.ts";
import { at } from "../incident/timeline.ts";
import { runs, seed } from "../property-runs.ts";
import { row } from "./rows.ts";
import { poolWaits, restart, rollBack, step } from "./situation.ts";

const steps = [rollBack, restart, poolWaits];
const here: Here = {
  service: "checkout",
  symptom: "latency",
  flags: [],
  text: "checkout is slow",
  outcomes: [],
};

/** Ended incidents of these ids, as the rows say of their steps. */
function ledgerOf(rows: readonly LedgerRow[], told: Partial<PastIncident> = {}): Ledger {
  const incidents = [...new Map(rows.map((each) => [each.incidentId, each])).values()].map(
    ({ incidentId: id, service, symptom, at: openedAt }): PastIncident => ({
      id,
      title: "slow",
      service,
      symptom,
      flags: [],
      credit: null,
      openedAt,
      closedAt: new Date(openedAt.getTime() + 20 * 60_000),
      cause: null,
      ...told,
    }),
  );
  return { incidents, rows };
}

const many = (count: number, told: Partial<LedgerRow>) =>
  Array.from({ length: count }, (_, n) => row({ incidentId: `inc_${n}`, ...told }));

function chance(ledger: Ledger, told: Partial<Here> = {}, id = "roll-back-deploy"): number {
  const found = chancesOf(steps, ledger, { ...here, ...told }).get(id);
  assert.ok(found, `${id} is not among them`);
  return found.p;
}

const nothing: Ledger = { incidents: [], rows: [] };

describe("what earlier incidents teach", () => {
  test("is nothing where there were none: the playbook's chance and minutes stand", () => {
    const known = chancesOf(steps, nothing, here);
    assert.ok(Math.abs((known.get("roll-back-deploy")?.p ?? 0) - 0.2) < 0.02);
    assert.ok(Math.abs((known.get("roll-back-deploy")?.minutes ?? 0) - 6) < 1e-9);
  });

  test("is that a step which resolved them is likelier, most where symptom and service are the same", () => {
    const resolved = (told: Partial<LedgerRow>) => chance(ledgerOf(many(6, told)));
    const [same, otherService, otherSymptom] = [
      resolved({}),
      resolved({ service: "cart" }),
      resolved({ service: "cart", symptom: "errors" }),
    ];
    assert.ok(same > otherService && otherService > otherSymptom && otherSymptom > 0.2);
    assert.ok(same > 0.5, `${same}`);
  });

  test("is that a step which did nothing is less likely", () => {
    assert.ok(chance(ledgerOf(many(6, { label: "no_effect" }))) < 0.15);
  });

  test("is how long a step takes", () => {
    const quick = ledgerOf(many(8, { minutes: 2 }));
    const { minutes = 0 } = chancesOf(steps, quick, here).get("roll-back-deploy") ?? {};
    assert.ok(minutes > 2 && minutes < 4, `${minutes}`);
  });

  test("counts what failed in this incident: what the same causes need is less likely too", () => {
    const ledger = ledgerOf([
      ...many(5, {}),
      ...many(5, { stepId: "restart-service" }).map((each) => ({
        ...each,
        incidentId: `${each.incidentId}_b` as const,
      })),
    ]);
    const failed = {
      stepId: "roll-back-deploy",
      label: "no_effect",
      by: "U1",
      at: at("14:10"),
    } as const;
    const before = chance(ledger, {}, "restart-service");
    assert.ok(chance(ledger, { outcomes: [failed] }, "restart-service") > before);
  });

  test("holds no step that was done here, and none that two people in two incidents found harmful", () => {
    const done = {
      stepId: "roll-back-deploy",
      label: "no_effect",
      by: "U1",
      at: at("14:10"),
    } as const;
    assert.ok(!chancesOf(steps, nothing, { ...here, outcomes: [done] }).has("roll-back-deploy"));
    const wrong = ["U1", "U2"].map((actor, n) =>
      row({ incidentId: `inc_${n}`, actor, label: "wrong" }),
    );
    assert.ok(!chancesOf(steps, ledgerOf(wrong), here).has("roll-back-deploy"));
  });

  test("is learned without a word on steps that the playbook has no more", () => {
    const known = chancesOf([step({ id: "read-traces" })], ledgerOf(many(5, {})), here);
    assert.deepEqual([...known.keys()], ["read-traces"]);
  });

  test("is that nobody mended what healed by itself, unless somebody named a step that did", () => {
    const helped = many(6, { label: "helped" });
    const said = (credit: PastIncident["credit"], rows = helped) =>
      chance(ledgerOf(rows, { credit }));
    assert.ok(said("by-itself") < chance(nothing) && chance(nothing) < said(null));
    assert.equal(said("something-else"), said(null));
    assert.equal(said("by-itself", many(6, {})), said(null, many(6, {})));
  });

  test("is nothing of a word that was taken back: not even that the step was tried", () => {
    const taken = many(6, { stepId: "restart-service", label: "helped", confidence: 0 });
    const told = ledgerOf(many(6, {}));
    const both = { ...told, rows: [...told.rows, ...taken] };
    assert.deepEqual(chancesOf(steps, both, here), chancesOf(steps, told, here));
  });

  test("is a person's latest word on a step, whichever list it was offered in", () => {
    const worded = (...labels: readonly (readonly [list: string, label: OutcomeLabel])[]) =>
      labels.map(([list, label]) => row({ suggestionId: `sug_${list}`, label }));
    const last = ledgerOf(worded(["a", "no_effect"], ["b", "no_effect"], ["a", "resolved"]));
    const plain = ledgerOf(worded(["b", "no_effect"], ["a", "resolved"]));
    const p = (ledger: Ledger) => chance({ ...ledger, incidents: [] });
    assert.equal(p(last), p(plain));
    assert.ok(p(last) > p(nothing));
  });

  test("is how far the estimates were off, once a hundred outcomes stand beside what was said", () => {
    const restarts = many(120, { stepId: "restart-service", label: "no_effect" });
    const told = (count: number, foretold: Foretold) =>
      ledgerOf(restarts.map((each, n) => (n < count ? { ...each, foretold } : each)));
    const sure = { said: [0, 0, 0], odds: 1 } as const;
    const unmoved = chance(ledgerOf(restarts));
    assert.equal(chance(told(99, sure)), unmoved);
    assert.ok(chance(told(120, sure)) < unmoved - 0.02);
  });

  test("does not put down to the estimates what the evidence made of them", () => {
    const odd = many(120, { stepId: "restart-service" }).map((each, n) => ({
      ...each,
      label: n % 2 === 0 ? ("resolved" as const) : ("no_effect" as const),
    }));
    const said = [-2, -2, -2] as const;
    const told = (odds: number) =>
      chance(ledgerOf(odd.map((each) => ({ ...each, foretold: { said, odds } }))));
    const usual = chance(ledgerOf(odd));
    assert.ok(told(1) > usual + 0.02, "half of them worked, and far less was said");
    assert.ok(Math.abs(told(Math.exp(2)) - usual) < Math.abs(told(1) - usual) / 4);
  });

  test("does not depend on what was told for the lists before: fewer words, others, or other ends", () => {
    const word = fc.record({
      incident: fc.integer({ min: 0, max: 6 }),
      stepId: fc.constantFrom(...steps.map(({ id }) => id)),
      label: fc.constantFrom(...outcomeLabels),
      actor: fc.constantFrom("U1", "U2"),
      confidence: fc.constantFrom(0, 0.6, 1),
    });
    const list = fc.record({
      kept: fc.nat({ max: 12 }),
      title: fc.constantFrom("slow", "pool exhausted", "slow, restart-service killed"),
      cause: fc.constantFrom("deploy" as const, null),
      credit: fc.constantFrom("by-itself" as const, null),
    });
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.array(list, { minLength: 2, maxLength: 4 }),
        (words, lists) => {
          const rows = words.map(({ incident, ...rest }) =>
            row({ incidentId: `inc_${incident}`, ...rest }),
          );
          const known = [...steps];
          for (const { kept, ...facts } of lists) {
            const ledger = ledgerOf(rows.slice(0, kept), facts);
            assert.deepEqual(chancesOf(known, ledger, here), chancesOf([...steps], ledger, here));
          }
        },
      ),
      { numRuns: runs(200), seed },
    );
  });

  test("does not depend on the order of the rows or of the incidents", () => {
    const rows = fc.array(
      fc.record({
        incident: fc.integer({ min: 0, max: 8 }),
        stepId: fc.constantFrom(...steps.map(({ id }) => id)),
        label: fc.constantFrom(...outcomeLabels),
        actor: fc.constantFrom("U1", "U2"),
        confidence: fc.constantFrom(0, 0.6, 1),
      }),
      { maxLength: 30 },
    );
    const ledgers = rows.chain((told) => {
      const made = told.map(({ incident, ...rest }) =>
        row({ incidentId: `inc_${incident}`, ...rest }),
      );
      const ledger = ledgerOf(made);
      const shuffled = <T>(all: readonly T[]) =>
        fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
      return fc.record({
        ledger: fc.constant(ledger),
        other: fc.record({ rows: shuffled(ledger.rows), incidents: shuffled(ledger.incidents) }),
      });
    });
    fc.assert(
      fc.property(ledgers, ({ ledger, other }) => {
        const known = chancesOf(steps, ledger, here);
        assert.deepEqual(chancesOf(steps, other, here), known);
        for (const { p, minutes, saves } of known.values())
          assert.ok(p > 0 && p < 1 && Number.isFinite(minutes) && saves > 0 && saves <= 1);
      }),
      { numRuns: runs(1_000), seed },
    );
  });
});
