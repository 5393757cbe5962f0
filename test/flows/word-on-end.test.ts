import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import {
  ana,
  backAfter,
  begunWorld,
  bo,
  incidentChannel,
  metricsOf,
  type FakeWorld,
} from "./fake-world.ts";

const { id: channel } = incidentChannel;
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const click = (fake: FakeWorld, user: string, actionId: string, value: string) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
const claim = (fake: FakeWorld, user: string, { id }: Suggestion) =>
  click(fake, user, actionIds.claim, id);
const press = (fake: FakeWorld, user: string, { id }: Suggestion, label: string) =>
  click(fake, user, `${actionIds.outcome}:${label}`, `${id} ${label}`);

let said = 0;
async function say(fake: FakeWorld, user: string, text: string): Promise<void> {
  said += 1;
  const seconds = Math.floor(fake.world.now().getTime() / 1000);
  const ts = `${seconds}.${String(said).padStart(6, "0")}`;
  await hearMessage(fake.world, { job: fake.job(), channel, ts, user, text });
}

const rows = (fake: FakeWorld) =>
  fake.store.outcomes.map(({ actor, stepId, label, confidence, source }) => [
    actor,
    stepId,
    label,
    confidence,
    source,
  ]);

function offered(fake: FakeWorld, fits: (step: Suggestion) => boolean): Suggestion {
  const found = fake.store.suggestions.find(fits);
  assert.ok(found);
  return found;
}
const rollback = (fake: FakeWorld) => offered(fake, ({ stepId }) => stepId === "roll-back-deploy");
const otherFix = (fake: FakeWorld) =>
  offered(fake, ({ role, stepId }) => role === "fix" && stepId !== "roll-back-deploy");

/** Begun at 14:07, back to normal since 14:12, read at 14:17. */
async function backWorld(): Promise<FakeWorld> {
  const fake = await begunWorld();
  fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
  fake.pass(10);
  await fake.work();
  assert.ok(incident(fake).evidence?.backSince !== undefined);
  return fake;
}
const resolvedRows = (fake: FakeWorld) => rows(fake).filter(([, , label]) => label === "resolved");
const byAna = [ana, "roll-back-deploy", "resolved", 0.6, "phrase"];

describe("a deed and its end, said by one person", () => {
  test("is a word that this step resolved it, in one message", async () => {
    const fake = await backWorld();
    await say(fake, ana, "rolled back the deploy, everything is back to normal");
    assert.deepEqual(rows(fake), [byAna]);
  });

  test("is one in two messages within ten minutes, and the person is told how to take it back", async () => {
    const fake = await backWorld();
    await say(fake, ana, "rolled back");
    fake.pass(6);
    await say(fake, ana, "p99 is fine again");
    await say(fake, ana, "we're good");
    assert.deepEqual(resolvedRows(fake), [byAna]);
    const told = fake.ephemerals(ana).map(({ text }) => text);
    const { title } = rollback(fake);
    const words = `Recorded from what you said: "${title}" fixed it. Another button on its step takes that back.`;
    assert.deepEqual(told, [words]);
    await press(fake, ana, rollback(fake), "no_effect");
    assert.deepEqual(
      incident(fake).outcomes.map(({ label }) => label),
      ["no_effect"],
    );
  });

  test("is only tried where the numbers are not back", async () => {
    const fake = await begunWorld();
    await say(fake, ana, "rolled back the deploy, everything is back to normal");
    await say(fake, ana, "that did it");
    assert.deepEqual(
      rows(fake).map(([, , label]) => label),
      ["already_considered"],
    );
  });

  test("is not one after more than ten minutes, or by two people", async () => {
    const fake = await backWorld();
    await say(fake, ana, "rolled back");
    await say(fake, bo, "p99 is fine again");
    fake.pass(11);
    await say(fake, ana, "we're good");
    assert.deepEqual(resolvedRows(fake), []);
  });

  test("is none where another deed may have done it, and is one where that was in vain", async () => {
    for (const [bos, credited] of [
      ["restarted it", []],
      ["restarted it, no luck", [byAna]],
    ] as const) {
      const fake = await backWorld();
      const other = otherFix(fake);
      const doneWords = ["restarted (it|the|\\S+)"];
      const steps = fake.world.steps.map((step) =>
        step.id === other.stepId
          ? { ...step, doneWords }
          : { ...step, doneWords: step.id === "roll-back-deploy" ? step.doneWords : [] },
      );
      fake.world = { ...fake.world, steps };
      await say(fake, bo, bos);
      await say(fake, ana, "rolled back, all good");
      assert.deepEqual(resolvedRows(fake), credited, bos);
    }
  });

  test("is none where somebody has a different fix in hand, or it is known what did it", async () => {
    const fake = await backWorld();
    const other = otherFix(fake);
    await claim(fake, bo, other);
    await say(fake, ana, "rolled back, all good");
    await press(fake, bo, other, "resolved");
    await say(fake, ana, "that did it");
    assert.deepEqual(
      resolvedRows(fake).map(([actor]) => actor),
      [bo],
    );
  });

  test("is one of a step that was taken in hand, where they say that it did it", async () => {
    const fake = await begunWorld();
    await claim(fake, ana, rollback(fake));
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
    fake.pass(30);
    await fake.work();
    await say(fake, ana, "we're good");
    assert.deepEqual(rows(fake), []);
    await say(fake, ana, "that did it");
    assert.deepEqual(rows(fake), [byAna]);
  });

  test("does not take the place of a click, and nobody is told that it did", async () => {
    const fake = await backWorld();
    const check = offered(fake, ({ role }) => role === "check");
    const steps = fake.world.steps.map((step) =>
      step.id === check.stepId ? { ...step, doneWords: ["read the waits"] } : step,
    );
    fake.world = { ...fake.world, steps };
    await press(fake, ana, rollback(fake), "helped");
    await say(fake, ana, "rolled back, read the waits, all good");
    assert.deepEqual(
      rows(fake).map(([, stepId, label]) => [stepId, label]),
      [
        ["roll-back-deploy", "helped"],
        [check.stepId, "already_considered"],
      ],
    );
    assert.deepEqual(fake.ephemerals(ana), []);
  });
});
