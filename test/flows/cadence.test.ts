import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelChanged } from "../../src/flows/follow-channel.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import { ana, begunWorld, bot, incidentChannel, type FakeWorld } from "./fake-world.ts";

const stepMinutes = 0.5;
const dayMinutes = 24 * 60;
/** Every two minutes for half an hour, then every ten until a day is over. */
const planned = [
  ...Array.from({ length: 15 }, (_, n) => 2 * (n + 1)),
  ...Array.from({ length: 141 }, (_, n) => 30 + 10 * (n + 1)),
];

/** Minutes since the beginning at which planned readings were made, with `meanwhile` asked in between. */
async function readings(
  fake: FakeWorld,
  minutes: number,
  meanwhile: (minute: number) => Promise<void> = async () => undefined,
): Promise<number[]> {
  const made: number[] = [];
  for (let minute = stepMinutes; minute <= minutes; minute += stepMinutes) {
    fake.pass(stepMinutes);
    await meanwhile(minute);
    const done = await fake.work();
    made.push(...done.filter((kind) => kind === "read-again").map(() => minute));
  }
  return made;
}

async function askForSteps(fake: FakeWorld): Promise<void> {
  const value = fake.store.incidents()[0]?.id ?? "";
  const event = { job: fake.job(), channel: incidentChannel.id, user: ana };
  await handleClick(fake.world, { ...event, actionId: actionIds.steps, value });
}

let mentions = 0;
async function mention(fake: FakeWorld, words = "what now?"): Promise<void> {
  mentions += 1;
  const ts = `${Math.floor(fake.world.now().getTime() / 1000)}.${String(mentions).padStart(6, "0")}`;
  const text = `<@${bot}> ${words}`;
  const said = { channel: incidentChannel.id, ts, threadTs: null, user: ana, text };
  await onMention(fake.world, { job: fake.job(), ...said });
}

describe("an open incident", () => {
  test("is read every 2 minutes for half an hour, then every 10, until a day is over", async () => {
    const fake = await begunWorld();
    assert.deepEqual(await readings(fake, dayMinutes + 60), planned);
    assert.deepEqual(fake.store.jobs, []);
  });

  test("has one chain of readings, whatever lists and mentions are asked for in between", async () => {
    const fake = await begunWorld();
    const made = await readings(fake, dayMinutes + 60, async (minute) => {
      if (minute % 13 === 0 && minute < 8 * 60) await mention(fake);
      if (minute % 17 === 0 && minute < 8 * 60) await askForSteps(fake);
    });
    assert.deepEqual(made, planned);
  });
});

const living = (fake: FakeWorld) => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
const changed = (fake: FakeWorld, now: Partial<typeof incidentChannel> | null) => {
  if (now === null) fake.channels.delete(incidentChannel.id);
  else fake.channels.set(incidentChannel.id, { ...incidentChannel, ...now });
  return onChannelChanged(fake.world, { job: fake.job(), channel: incidentChannel.id });
};

describe("when reading stops", () => {
  test("after a day, the living message says when", async () => {
    const fake = await begunWorld();
    await readings(fake, dayMinutes - 10);
    assert.doesNotMatch(living(fake), /stopped reading/);
    await readings(fake, 60);
    assert.match(living(fake), /Read 14:07, stopped reading 14:07 \(after a day\)/);
    fake.pass(60);
    await askForSteps(fake);
    await fake.work();
    assert.match(living(fake), /Read 15:57, stopped reading 15:57 \(after a day\)/);
  });

  test("a resolved incident says so too", async () => {
    const fake = await begunWorld();
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana };
    const value = fake.store.incidents()[0]?.id ?? "";
    await handleClick(fake.world, { ...event, actionId: actionIds.resolve, value });
    assert.match(living(fake), /Read 14:07, stopped reading 14:07\n/);
  });

  test("an archived channel is read no more, and says why; unarchived it is read on, in one chain", async () => {
    const fake = await begunWorld();
    await changed(fake, { isArchived: true });
    assert.deepEqual(await readings(fake, 20), [2]);
    assert.match(living(fake), /stopped reading 14:09 \(the channel is archived\)/);
    await changed(fake, { isArchived: false });
    await changed(fake, {});
    assert.deepEqual(await readings(fake, 5), [2, 4]);
    assert.doesNotMatch(living(fake), /stopped reading/);
  });

  test("so is one that is deleted or out of sight", async () => {
    const fake = await begunWorld();
    await changed(fake, null);
    assert.deepEqual(await readings(fake, 20), [2]);
    assert.match(living(fake), /stopped reading 14:09 \(the channel is out of sight\)/);
  });

  test("a Slack that does not answer stops nothing", async () => {
    const fake = await begunWorld();
    fake.world.chat.channel = () => Promise.reject(new Error("Slack is away"));
    assert.deepEqual(await readings(fake, 4), [2, 4]);
    assert.match(living(fake), /Read 14:11\n/);
  });
});

describe("a channel's kind is what Slack says now", () => {
  const kind = (fake: FakeWorld) => fake.store.channels.get(incidentChannel.id)?.kind;

  test("at the event that tells of the change", async () => {
    const fake = await begunWorld();
    await changed(fake, { kind: "private" });
    assert.equal(kind(fake), "private");
    await changed(fake, { kind: "external" });
    assert.equal(kind(fake), "external");
  });

  test("at the next reading and at the next question, where no event told", async () => {
    const fake = await begunWorld();
    fake.channels.set(incidentChannel.id, { ...incidentChannel, kind: "private" });
    await readings(fake, 2);
    assert.equal(kind(fake), "private");
    for (const [words, now] of [
      ["catch me up", "external"],
      ["what now?", "public"],
      ["what changed?", "private"],
    ] as const) {
      fake.channels.set(incidentChannel.id, { ...incidentChannel, kind: now });
      await mention(fake, words);
      await fake.work();
      assert.equal(kind(fake), now, words);
    }
  });

  test("one that is out of sight is public no more", async () => {
    const fake = await begunWorld();
    await changed(fake, null);
    assert.equal(kind(fake), "private");
  });

  test("one that was never met is not kept", async () => {
    const fake = await begunWorld();
    await onChannelChanged(fake.world, { job: fake.job(), channel: "CTEAM" });
    assert.equal(fake.store.channels.has("CTEAM"), false);
  });
});
