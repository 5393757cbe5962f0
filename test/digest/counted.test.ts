import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  addTo,
  factsOf,
  newestIn,
  startCount,
  type CountedIncident,
  type CountedLedger,
  type Said,
} from "../../src/digest/counted.ts";
import { after, incidentFacts } from "./facts.ts";

const { ending: _ending, fix: _fix, firstOffered: _first, ...times } = incidentFacts();
const began = times.beganAt;
const ms = (minutes: number) => after(began, minutes).getTime();
const known = new Map(
  ["restart", "roll-back", "locks"].map((id) => [id, { role: "fix", name: `The ${id}` } as const]),
);

function ledger(rest: Partial<CountedLedger> = {}): CountedLedger {
  return { offered: [], firstOffered: null, said: [], fix: null, ...rest };
}

function list(number: number, at: number, steps: readonly string[], place = 1) {
  return { list: number, at: ms(at), place, steps };
}

function incident(...ledgers: readonly CountedLedger[]): CountedIncident {
  const named = ledgers.map((each, index) => [`inc_${index}`, each] as const);
  return { ...times, credit: null, ledgers: new Map(named) };
}

function counted(...incidents: readonly CountedIncident[]) {
  const count = startCount(after(began, 60));
  for (const each of incidents) addTo(count, each);
  return { count, facts: factsOf(count, known, null) };
}

const said = (stepId: string, rest: Partial<Record<"worked" | "helped", true>> = {}): Said => [
  stepId,
  "fix",
  rest.worked ?? false,
  rest.helped ?? false,
  0.4,
  ms(10),
  "out_1",
];

describe("what is kept of incidents comes to", () => {
  test("the mean places of a step, of late and before, and how many incidents showed it", () => {
    const early = ledger({ offered: [list(1, 5, ["roll-back", "restart"])] });
    const both = ledger({ offered: [list(1, 59, ["restart"]), list(2, 60, ["restart"], 4)] });
    const [restart] = counted(incident(early), incident(both)).facts.steps;
    assert.deepEqual(restart, {
      stepId: "restart",
      role: "fix",
      name: "The restart",
      shown: 2,
      tried: 0,
      helped: 0,
      worked: 0,
      place: { late: 4, early: 1.5 },
      lists: { late: 1, early: 2 },
    });
  });

  test("a step that no list had offered was not shown, and told no chance", () => {
    const named: Said = ["restart", "fix", true, false, null, null, null];
    const { facts } = counted(
      incident(ledger({ offered: [list(0, 5, ["restart"])], said: [named] })),
    );
    const [restart] = facts.steps;
    assert.deepEqual([restart?.shown, restart?.tried, restart?.worked], [0, 1, 1]);
    assert.deepEqual(facts.told, []);
  });

  test("each step once, where an incident took another in: it worked if it worked in either, by the chance that was told first", () => {
    const offered = [list(1, 5, ["restart"])];
    const first: Said = ["restart", "fix", false, true, 0.2, ms(8), "out_2"];
    const own = ledger({ offered, said: [said("restart", { worked: true })] });
    const { facts } = counted(incident(own, ledger({ offered, said: [first] })));
    const [restart] = facts.steps;
    assert.deepEqual(
      [restart?.shown, restart?.tried, restart?.worked, restart?.helped, restart?.lists.early],
      [1, 1, 1, 0, 2],
    );
    assert.deepEqual(facts.told, [{ p: 0.2, hasWorked: true }]);
  });

  test("of words that were first at the same moment that with the lesser id tells the chance", () => {
    const offered = [list(1, 5, ["restart"])];
    const same = (p: number, id: string): Said => ["restart", "fix", true, false, p, ms(8), id];
    const parts = [same(0.2, "out_b"), same(0.7, "out_a")].map((each) =>
      ledger({ offered, said: [each] }),
    );
    assert.deepEqual(counted(incident(...parts)).facts.told, [{ p: 0.7, hasWorked: true }]);
  });

  test("the last fix, at its place in the incident's own first list, in minutes from that list on", () => {
    const fixed = (stepId: string, at: number) => ({
      id: "out_1",
      at: ms(at),
      stepId,
      title: stepId,
    });
    const own = ledger({
      offered: [
        list(0, 2, ["locks"]),
        list(1, 5, ["roll-back", "locks"]),
        list(1, 7, ["restart"], 3),
        list(2, 9, ["locks"]),
      ],
      firstOffered: "roll-back",
      fix: fixed("locks", 12),
    });
    const taken = ledger({ fix: fixed("restart", 20) });
    const [alone] = counted(incident(own)).facts.incidents;
    assert.deepEqual(alone?.fix, { stepId: "locks", title: "locks", place: 2, minutes: 7 });
    const [merged] = counted(incident(own, taken)).facts.incidents;
    assert.deepEqual(merged?.fix, { stepId: "restart", title: "restart", place: 3, minutes: 15 });
    assert.deepEqual([merged?.ending, merged?.firstOffered], ["step", "roll-back"]);
    const [late] = counted(incident(ledger(), taken)).facts.incidents;
    assert.deepEqual(late?.fix, { stepId: "restart", title: "restart", place: null, minutes: 0 });
  });

  test("no ending where nobody could tell, else what was answered", () => {
    const answered = (credit: CountedIncident["credit"]) =>
      counted({ ...incident(ledger()), credit }).facts.incidents[0]?.ending;
    assert.deepEqual(
      [answered("cannot-tell"), answered("by-itself"), answered(null)],
      [null, "by-itself", null],
    );
  });

  test("where each step was offered last, in every incident of the same moment", () => {
    const { count } = counted(
      incident(ledger({ offered: [list(1, 5, ["restart", "locks"])] })),
      incident(ledger(), ledger({ offered: [list(1, 5, ["restart"]), list(2, 5, ["restart"])] })),
      incident(ledger({ offered: [list(1, 3, ["restart"])] })),
    );
    assert.deepEqual(newestIn(count), [
      { stepId: "restart", incidents: ["inc_0", "inc_1"] },
      { stepId: "locks", incidents: ["inc_0"] },
    ]);
  });

  test("incidents by their beginning, and what a model cost for each step that helped", () => {
    const offered = [list(1, 5, ["restart", "locks"])];
    const helped = ledger({ offered, said: [said("restart", { helped: true }), said("locks")] });
    const count = startCount(began);
    for (const [number, minutes] of [
      [7, 2],
      [9, 1],
      [8, 1],
    ] as const)
      addTo(count, { ...incident(helped), number, beganAt: after(began, minutes) });
    const { incidents, model } = factsOf(count, known, 1.5);
    assert.deepEqual(
      incidents.map(({ number }) => number),
      [8, 9, 7],
    );
    assert.deepEqual(model, { cost: 1.5, helpful: 3 });
  });
});
