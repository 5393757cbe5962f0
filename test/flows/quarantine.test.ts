import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { investigate } from "../../src/flows/investigate.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { ana, begunWorld, bo, bot, incidentChannel, type FakeWorld } from "./fake-world.ts";

function firstFix(fake: FakeWorld): Suggestion {
  const fix = fake.store.suggestions.find(({ role }) => role === "fix");
  if (fix === undefined) throw new Error("no fix was offered");
  return fix;
}
const idOf = (fake: FakeWorld, number: number) => {
  const stored = fake.store.incidents()[number - 1];
  if (stored === undefined) throw new Error(`there is no INC-${number}`);
  return stored.id;
};
/** In the newest list of INC-`number`. */
function offeredIn(fake: FakeWorld, number: number, stepId: string): Suggestion | undefined {
  const ofIncident = fake.store.suggestions.filter(
    (each) => each.incidentId === idOf(fake, number),
  );
  const newest = Math.max(...ofIncident.map(({ list }) => list));
  return ofIncident.find((each) => each.list === newest && each.stepId === stepId);
}
async function sayWorse(fake: FakeWorld, user: string, step: Suggestion | undefined) {
  if (step === undefined) throw new Error("the step was not offered");
  const event = { job: fake.job(), channel: incidentChannel.id, user };
  const value = `${step.id} wrong`;
  await handleClick(fake.world, { ...event, actionId: `${actionIds.outcome}:wrong`, value });
}
async function beginNext(fake: FakeWorld): Promise<void> {
  const number = fake.store.incidents().length + 1;
  const channel = { ...incidentChannel, id: `CNEXT${number}`, name: `inc-${number}-checkout` };
  fake.channels.set(channel.id, channel);
  fake.members.set(channel.id, [ana, bo, bot]);
  await onChannelSeen(fake.world, { job: fake.job(), channel: channel.id });
  await fake.work();
}
async function lookAgain(fake: FakeWorld, number: number): Promise<void> {
  const event = { handled: [fake.job()], channel: incidentChannel.id, asked: null };
  await investigate(fake.world, { ...event, incident: idOf(fake, number) });
}

describe("a step that made things worse", () => {
  test("is out at once where it was said, and offered in the next incident with that in its record", async () => {
    const fake = await begunWorld();
    const { stepId } = firstFix(fake);
    await sayWorse(fake, ana, firstFix(fake));
    await lookAgain(fake, 1);
    assert.equal(offeredIn(fake, 1, stepId), undefined);
    await beginNext(fake);
    const next = offeredIn(fake, 2, stepId);
    assert.deepEqual([next?.record.tried, next?.record.worsened], [1, 1]);
    const texts = fake.messages("CNEXT2").map(({ body }) => body.text);
    assert.match(texts.join("\n"), /Tried in 1 similar incident, made it worse\./);
  });

  test("is not quarantined by one person, however often they say so", async () => {
    const fake = await begunWorld();
    const { stepId } = firstFix(fake);
    await sayWorse(fake, ana, firstFix(fake));
    await beginNext(fake);
    await sayWorse(fake, ana, offeredIn(fake, 2, stepId));
    await beginNext(fake);
    assert.equal(offeredIn(fake, 3, stepId)?.record.worsened, 2);
  });

  test("is not quarantined by two people in one incident", async () => {
    const fake = await begunWorld();
    const { stepId } = firstFix(fake);
    await sayWorse(fake, ana, firstFix(fake));
    await sayWorse(fake, bo, firstFix(fake));
    await beginNext(fake);
    assert.equal(offeredIn(fake, 2, stepId)?.record.worsened, 1);
  });

  test("is quarantined by two people in two incidents", async () => {
    const fake = await begunWorld();
    const { stepId } = firstFix(fake);
    await sayWorse(fake, ana, firstFix(fake));
    await beginNext(fake);
    await sayWorse(fake, bo, offeredIn(fake, 2, stepId));
    await beginNext(fake);
    assert.equal(offeredIn(fake, 3, stepId), undefined);
  });
});
