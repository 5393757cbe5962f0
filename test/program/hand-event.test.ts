import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handEvent } from "../../src/program/hand-event.ts";
import { ana, fakeWorld, incidentChannel } from "../flows/fake-world.ts";

const click = {
  type: "block_actions",
  user: { id: ana },
  channel: { id: incidentChannel.id },
  actions: [{ action_id: "step:claim" }],
};
const created = { type: "event_callback", event: { type: "channel_created" } };
const broken = { hand: () => Promise.reject(new Error("Slack is away")) };

/** What ana was told and what was logged of an event whose handler failed. */
async function failed(body: object, isLastTry: boolean) {
  const fake = fakeWorld();
  const logged: string[] = [];
  const job = { id: "e1", data: { body }, since: new Date(0), tries: 1_500, isLastTry };
  const handed = handEvent(fake.world, broken, job, (sentence) => void logged.push(sentence));
  await assert.rejects(handed, /Slack is away/, "the queue hears of it");
  return { told: fake.ephemerals(ana).map(({ text }) => text), logged };
}

describe("an event whose handler fails", () => {
  test("is tried again without a word", async () => {
    assert.deepEqual(await failed(click, false), { told: [], logged: [] });
  });

  test("is told to whoever clicked after the last try, and logged with its kind and id", async () => {
    const { told, logged } = await failed(click, true);
    assert.match(told.join(""), /^Your click in this channel could not be done for a day/);
    assert.deepEqual(logged, [
      "gave up on an event (block_actions step:claim, e1) after 1501 tries: Slack is away",
    ]);
  });

  test("is logged where nobody waits for it", async () => {
    const { told, logged } = await failed(created, true);
    assert.deepEqual(told, []);
    assert.match(logged.join(""), /\(channel_created, e1\)/);
  });
});
