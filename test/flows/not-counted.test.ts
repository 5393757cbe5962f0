import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { hearReaction } from "../../src/flows/hear-reaction.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { ana, begunWorld, bo, bot, incidentChannel, type FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;
const outsider = "UCHIDI";

function rollback(fake: FakeWorld): Suggestion {
  const found = fake.store.suggestions.find(({ stepId }) => stepId === "roll-back-deploy");
  if (found === undefined) throw new Error("no rollback was offered");
  return found;
}
const click = (fake: FakeWorld, user: string, actionId: string, value: string) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
const press = (fake: FakeWorld, user: string, { id }: Suggestion, label: string) =>
  click(fake, user, `${actionIds.outcome}:${label}`, `${id} ${label}`);
const end = (fake: FakeWorld) =>
  click(fake, ana, actionIds.resolve, fake.store.incidents()[0]?.id ?? "");
const react = (fake: FakeWorld, user: string, { incidentId, id }: Suggestion) =>
  hearReaction(fake.world, {
    job: fake.job(),
    channel,
    ts: `ts of ${incidentId}:try:${id}`,
    user,
    name: "+1",
    isAdded: true,
  });
async function say(fake: FakeWorld, user: string, text: string, aheadSeconds = 0): Promise<void> {
  const ts = `${Math.floor(fake.world.now().getTime() / 1000) + aheadSeconds}.000001`;
  await hearMessage(fake.world, { job: fake.job(), channel, ts, user, text });
}

/** Whose word the timeline keeps as one that does not count, and why. */
const kept = (fake: FakeWorld) =>
  fake.store
    .incidents()
    .flatMap(({ entries }) => entries)
    .flatMap(({ fact }) => (fact.kind === "not-counted" ? [[fact.by, fact.because]] : []));
const direct = (fake: FakeWorld, user: string) =>
  fake.messages(`D${user}`).map(({ body }) => body.text);
const aside = (fake: FakeWorld, user: string) => fake.ephemerals(user).map(({ text }) => text);

describe("a word that does not count", () => {
  test("is that of somebody outside: told to them by direct message, kept once with its reason", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await click(fake, ana, actionIds.claim, fix.id);
    for (let n = 0; n < 2; n += 1) await react(fake, outsider, fix);
    const words =
      "Only members of #inc-7-checkout-latency can record outcomes. Join the channel and react again; nothing was recorded.";
    assert.deepEqual(direct(fake, outsider), [words]);
    await say(fake, "UDEE", "rolled back, that fixed it");
    assert.match(direct(fake, "UDEE").join(), /Join the channel and say it again; nothing was rec/);
    await say(fake, "UEVE", "what a day");
    assert.deepEqual(direct(fake, "UEVE"), [], "it tells of no step");
    await press(fake, outsider, fix, "resolved");
    assert.deepEqual(fake.store.outcomes, []);
    assert.deepEqual(kept(fake), [
      [outsider, "not-a-member"],
      ["UDEE", "not-a-member"],
    ]);
  });

  test("does not name a private channel to who is not in it, and is kept where nobody can be told", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await click(fake, ana, actionIds.claim, fix.id);
    fake.store.channels.set(channel, { ...incidentChannel, kind: "private" });
    await react(fake, outsider, fix);
    assert.match(direct(fake, outsider).join(), /^Only members of the incident's channel can/);
    fake.directMessage = () => null;
    await react(fake, "UDEE", fix);
    assert.deepEqual(kept(fake).length, 2);
  });

  test("is that of a bot, however it comes: kept, and nobody is told", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    fake.bots = [bot, bo];
    await click(fake, ana, actionIds.claim, fix.id);
    await react(fake, bo, fix);
    await say(fake, bo, "rolled back, that fixed it");
    await press(fake, bo, fix, "resolved");
    assert.deepEqual(fake.store.outcomes, []);
    assert.deepEqual(kept(fake), [[bo, "not-a-person"]]);
    assert.deepEqual([aside(fake, bo), direct(fake, bo)], [[], []]);
  });

  test("is a reaction more than a day after the end: they read until when it would have", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await click(fake, ana, actionIds.claim, fix.id);
    await end(fake);
    fake.pass(25 * 60);
    await react(fake, bo, fix);
    assert.match(aside(fake, bo).join(), /^INC-1 ended more than a day ago; a reaction counts/);
    assert.deepEqual(kept(fake), [[bo, "long-after-the-end"]]);
    assert.deepEqual(fake.store.outcomes, []);
  });

  test("is the same again: it counts once, and they read so", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    for (let n = 0; n < 2; n += 1) await click(fake, bo, actionIds.claim, fix.id);
    for (let n = 0; n < 2; n += 1) await press(fake, bo, fix, "no_effect");
    assert.deepEqual(aside(fake, bo), [
      `"${fix.title}" is in your hands already.`,
      `You have said that already: "${fix.title}" had no effect. It counts once.`,
    ]);
    assert.equal(fake.store.outcomes.length, 1);
  });

  test("is one on a step that nobody knows", async () => {
    const fake = await begunWorld();
    await press(fake, bo, { ...rollback(fake), id: "sug_foreign" }, "resolved");
    assert.match(aside(fake, bo).join(), /^That step is no longer known; nothing was recorded\./);
    assert.deepEqual(fake.store.outcomes, []);
  });
});

describe("a word that counts otherwise than it may seem", () => {
  test("is one after the end: recorded once, with a note, and told to them alone", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await end(fake);
    await press(fake, bo, fix, "no_effect");
    assert.deepEqual(
      fake.store.outcomes.map(({ note }) => note),
      ["said after the end"],
    );
    assert.deepEqual(aside(fake, bo), [
      `Recorded, after the end of INC-1: "${fix.title}" had no effect.`,
    ]);
  });

  test("is not the answer to what the end asks", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await click(fake, bo, actionIds.claim, fix.id);
    await end(fake);
    await press(fake, bo, fix, "resolved");
    assert.equal(fake.store.outcomes.length, 1);
    assert.deepEqual(aside(fake, bo), []);
  });

  test("is one from a clock that runs ahead: it counts as of now", async () => {
    const fake = await begunWorld();
    await say(fake, bo, "rolled back, no luck", 3_600);
    const [row, ...more] = fake.store.outcomes;
    assert.deepEqual(more, []);
    assert.equal(row?.at.getTime(), fake.world.now().getTime());
    assert.match(row?.note ?? "", /^dated .* by its sender, later than it was recorded$/);
    assert.match(aside(fake, bo).join(), /It was dated later than now, and counts as of now\.$/);
  });
});
