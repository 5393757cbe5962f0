import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import type { HistoryMessage } from "../../src/flows/chat.ts";
import { catchUpOnHistory } from "../../src/flows/read-history.ts";
import { ana, begunWorld, bo, bot, incidentChannel, type FakeWorld } from "./fake-world.ts";
import { told } from "./kept-messages.ts";

const { id: channel } = incidentChannel;
/** Minutes after the incident began. */
const asked = (minute: number, words: string, rest: Partial<HistoryMessage> = {}) =>
  told(-minute, `<@${bot}> ${words}`, rest);

/** Away from the beginning until so many minutes after it, while this was said. */
async function away(minutes: number, ...said: readonly HistoryMessage[]): Promise<FakeWorld> {
  const fake = await begunWorld();
  fake.history.set("", [...said]);
  fake.pass(minutes);
  return fake;
}
async function back(fake: FakeWorld): Promise<string[]> {
  await catchUpOnHistory(fake.world);
  return fake.work();
}
/** Its event comes after all. */
const live = (fake: FakeWorld, { ts, threadTs, text }: HistoryMessage) =>
  onMention(fake.world, { job: fake.job(), channel, ts, threadTs, user: ana, text });
const answersTo = (fake: FakeWorld, { ts }: HistoryMessage) =>
  fake
    .messages(channel)
    .filter(({ place }) => place.in === "thread" && "ts" in place.of && place.of.ts === ts);
const lines = (fake: FakeWorld) =>
  fake.messages(channel).flatMap(({ body }) => {
    return body.text.startsWith("Asked while I was away") ? [body.text.split("\n")[0]] : [];
  });

describe("a mention that came while the bot was away", () => {
  test("is answered in its thread where it is younger than a quarter of an hour", async () => {
    const which = asked(4, "what changed?");
    const inThread = asked(5, "catch me up", { threadTs: told(-1, "").ts });
    const fake = await away(10, which, inThread);
    await back(fake);
    assert.match(answersTo(fake, which)[0]?.body.text ?? "", /^checkout, last 6 h/);
    const thread = answersTo(fake, { ...inThread, ts: told(-1, "").ts });
    assert.match(thread[0]?.body.text ?? "", /^INC-1, SEV3/);
    assert.deepEqual(lines(fake), []);
  });

  test("is answered once, whether its event comes before the reading or after it, or it is read twice", async () => {
    const late = asked(4, "what changed?");
    const fake = await away(10, late);
    await back(fake);
    await live(fake, late);
    const { length } = fake.store.effects;
    assert.deepEqual(
      (await fake.work()).filter((kind) => kind === "answer-mention"),
      [],
    );
    await back(fake);
    assert.equal(fake.store.effects.length, length);
    assert.equal(answersTo(fake, late).length, 1);
    const early = asked(11, "what changed?");
    const heard = await away(12, early);
    await live(heard, early);
    await back(heard);
    assert.equal(answersTo(heard, early).length, 1);
    assert.equal(heard.answers(), 1);
  });

  test("is named with the others in one line where it is older, and is not answered any more", async () => {
    const old = [asked(1, "what changed?"), asked(3, "what now?", { user: bo })];
    const young = asked(30, "catch me up");
    const fake = await away(40, ...old, young);
    await back(fake);
    assert.deepEqual(lines(fake), [
      `Asked while I was away, and not answered: <@${ana}> 14:08, <@${bo}> 14:10. Mention me again where it still matters.`,
    ]);
    assert.equal(answersTo(fake, young).length, 1);
    if (old[0] !== undefined) await live(fake, old[0]);
    await back(fake);
    assert.equal(fake.answers(), 1);
    assert.equal(lines(fake).length, 1);
  });

  test("and was heard all the same is not named", async () => {
    const old = asked(1, "what changed?");
    const fake = await begunWorld();
    fake.pass(1);
    await live(fake, old);
    await fake.work();
    fake.history.set("", [old, asked(2, "what now?", { user: bo })]);
    fake.pass(60);
    await back(fake);
    assert.match(lines(fake).join(), /not answered: <@UBO> 14:09\. /);
  });

  test("and was asked again in the same words is answered where it was asked last", async () => {
    const [first, again] = [asked(3, "what changed?"), asked(6, "what changed? ")];
    const fake = await away(10, first, asked(5, "what changed?", { user: bo }), again);
    await back(fake);
    assert.deepEqual([answersTo(fake, first).length, answersTo(fake, again).length], [0, 1]);
    assert.equal(fake.answers(), 2);
  });

  test("is one of at most five that are answered; the rest is named", async () => {
    const many = Array.from({ length: 8 }, (_, n) => asked(n + 1, `graph p9${n} of checkout`));
    const fake = await away(10, ...many);
    await back(fake);
    assert.deepEqual(
      many.map((each) => answersTo(fake, each).length),
      [0, 0, 0, 1, 1, 1, 1, 1],
    );
    assert.match(lines(fake).join(), /<@UANA> 14:08, <@UANA> 14:09, <@UANA> 14:10\. /);
  });

  test("by a program, or before the incident began, asks nothing", async () => {
    const fake = await away(
      10,
      told(2, `<@${bot}> what now?`),
      asked(4, "what now?", { isBot: true, user: "UTOOL" }),
    );
    await back(fake);
    assert.equal(fake.answers(), 0);
    assert.deepEqual(lines(fake), []);
  });
});
