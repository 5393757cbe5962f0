import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { hearReaction } from "../../src/flows/hear-reaction.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { withLinks } from "../../src/suggestion/led-to.ts";
import { recordOf } from "../../src/suggestion/record.ts";
import { latestVotes, tallyOf } from "../../src/suggestion/tally.ts";
import type { LedgerRow } from "../../src/suggestion/tally.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { outcomeLabels } from "../../src/vocabulary.ts";
import { runs, seed } from "../property-runs.ts";
import { ana, begunWorld, bo, bot, incidentChannel, type FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;
const outsider = "UCHIDI";
const user = fc.constantFrom(ana, bo, outsider, bot);
const step = fc.nat(4);

type Deed =
  | { readonly kind: "claim" | "take-back"; readonly user: string; readonly step: number }
  | { readonly kind: "answer"; readonly user: string; readonly credit: string }
  | { readonly kind: "click"; readonly user: string; readonly step: number; readonly label: string }
  | { readonly kind: "point"; readonly user: string; readonly step: number; readonly check: number }
  | { readonly kind: "say"; readonly user: string; readonly text: string }
  | {
      readonly kind: "react";
      readonly user: string;
      readonly step: number;
      readonly name: string;
      readonly isAdded: boolean;
    }
  | { readonly kind: "resolve"; readonly user: string };

const reaction: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constant("react" as const),
  user: fc.constantFrom(ana, ana, bo, outsider),
  step: fc.nat(1),
  name: fc.constantFrom("+1", "-1", "eyes"),
  isAdded: fc.boolean(),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { arbitrary: reaction, weight: 6 },
  fc.record({ kind: fc.constant("claim" as const), user, step }),
  fc.record({ kind: fc.constant("take-back" as const), user, step }),
  fc.record({
    kind: fc.constant("answer" as const),
    user,
    credit: fc.constantFrom("by-itself", "several"),
  }),
  fc.record({
    kind: fc.constant("click" as const),
    user,
    step,
    label: fc.constantFrom(...outcomeLabels),
  }),
  fc.record({ kind: fc.constant("point" as const), user, step, check: step }),
  fc.record({
    kind: fc.constant("say" as const),
    user,
    text: fc.constantFrom(
      "rolled back, that fixed it",
      "rolled back, no luck",
      "rolled back already",
      "nothing to see here",
    ),
  }),
  fc.record({ kind: fc.constant("resolve" as const), user }),
);

async function act(fake: FakeWorld, each: Deed, index: number): Promise<void> {
  const event = { job: fake.job(), channel, user: each.user };
  const click = (actionId: string, value: string) =>
    handleClick(fake.world, { ...event, actionId, value });
  const of = (place: number): Suggestion => {
    const found = fake.store.suggestions[place % fake.store.suggestions.length];
    if (found === undefined) throw new Error("nothing was offered");
    return found;
  };
  switch (each.kind) {
    case "claim":
      return click(actionIds.claim, of(each.step).id);
    case "take-back":
      return click(actionIds.outcome, `${of(each.step).id} take-back`);
    case "answer":
      return click(`${actionIds.credit}:${each.credit}`, `${of(0).incidentId} ${each.credit}`);
    case "click":
      return click(`${actionIds.outcome}:${each.label}`, `${of(each.step).id} ${each.label}`);
    case "point":
      return click(`${actionIds.pointer}:1`, `${of(each.step).id} ${of(each.check).id}`);
    case "say": {
      const ts = `${fake.world.now().getTime() / 1000}.${String(index).padStart(6, "0")}`;
      return hearMessage(fake.world, { ...event, ts, text: each.text });
    }
    case "react": {
      const { id, incidentId } = of(each.step);
      const ts = `ts of ${incidentId}:try:${id}`;
      return hearReaction(fake.world, { ...event, ts, name: each.name, isAdded: each.isAdded });
    }
    case "resolve":
      return click(actionIds.resolve, of(0).incidentId);
  }
}

async function played(deeds: readonly Deed[]) {
  const fake = await begunWorld();
  // Their messages are what is reacted to.
  for (const claimed of [0, 1]) await act(fake, { kind: "claim", user: bo, step: claimed }, 0);
  for (const [index, each] of deeds.entries()) {
    fake.pass(0.1);
    await act(fake, each, index);
  }
  const { outcomes, links, suggestions } = fake.store;
  const rows = outcomes.flatMap((outcome): LedgerRow[] => {
    const of = suggestions.find(({ id }) => id === outcome.suggestionId);
    if (of === undefined) return [];
    return [{ ...outcome, role: of.role, symptom: of.symptom, service: of.service }];
  });
  return { fake, rows, links };
}

const recordsOf = (rows: readonly LedgerRow[], links: Parameters<typeof withLinks>[1]) => {
  const tallies = tallyOf(withLinks(rows, links));
  const about = { symptom: "latency", service: "checkout" } as const;
  return [...new Set(rows.map(({ stepId }) => stepId))]
    .toSorted()
    .map((stepId) => recordOf(stepId, about, tallies));
};

describe("whatever people do, in whatever order", () => {
  test("what the timeline says of the steps is what the ledger says when it is read from the beginning", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 20, size: "max" }), async (deeds) => {
        const { fake, rows } = await played(deeds);
        const incident = foldIncident(fake.store.incidents()[0]?.entries ?? []);
        const told = incident.outcomes.map(
          ({ suggestion, by, label }) => `${suggestion} ${by} ${label}`,
        );
        const rebuilt = latestVotes(rows)
          .filter(({ confidence }) => confidence > 0)
          .map(({ suggestionId, actor, label }) => `${suggestionId} ${actor} ${label}`);
        assert.deepEqual(told.toSorted(), rebuilt.toSorted());
        assert.ok(rows.every(({ actor }) => actor === ana || actor === bo));
      }),
      { numRuns: runs(60), seed },
    );
  });

  test("the records are the same in whatever order the rows arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { maxLength: 20, size: "max" }),
        fc.nat(),
        async (deeds, turn) => {
          const { rows, links } = await played(deeds);
          const shuffled = <T>(all: readonly T[]): T[] =>
            all
              .map((each, index) => ({ each, place: (index * 7_919 + turn) % 101 }))
              .toSorted((a, b) => a.place - b.place)
              .map(({ each }) => each);
          assert.deepEqual(recordsOf(shuffled(rows), shuffled(links)), recordsOf(rows, links));
        },
      ),
      { numRuns: runs(60), seed },
    );
  });
});
