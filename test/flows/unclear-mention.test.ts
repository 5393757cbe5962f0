import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { ana, bot, fakeWorld, incidentChannel, type FakeWorld } from "./fake-world.ts";

let mentions = 0;

function mention(channel: string, words: string, threadTs: string | null = null) {
  mentions += 1;
  const ts = `1795443900.${String(mentions).padStart(6, "0")}`;
  return { channel, ts, threadTs, user: ana, text: `<@${bot}> ${words}` };
}

async function ask(fake: FakeWorld, said: ReturnType<typeof mention>): Promise<string[]> {
  await onMention(fake.world, { job: fake.job(), ...said });
  return fake.work();
}

const inThreadOf = (fake: FakeWorld, { channel, ts }: ReturnType<typeof mention>) =>
  fake.messages(channel).filter(({ place }) => {
    return place.in === "thread" && "ts" in place.of && place.of.ts === ts;
  });

describe("a mention that is not understood", () => {
  const unclear = ["flibber the wug", "is it aliens?", "sing me a song", "penguins?"];

  test("posts no list where one stands: one line says what was not understood and what can be asked", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const before = fake.store.incidents()[0]?.seq;
    const { length } = fake.store.suggestions;
    for (const words of unclear) {
      const said = mention(incidentChannel.id, words);
      assert.deepEqual(await ask(fake, said), ["answer-mention"], words);
      const [answer, ...more] = inThreadOf(fake, said);
      assert.deepEqual(more, []);
      const text = answer?.body.text ?? "";
      assert.equal(text.split("\n").length, 1, text);
      assert.ok(text.startsWith(`"${words}" is not understood.`), text);
      assert.match(text, /Ask for instance "what now\?", "what changed\?" or "catch me up"\.$/);
      assert.match(JSON.stringify(answer?.body.blocks), /"action_id":"help:show"/);
    }
    assert.equal(fake.store.incidents()[0]?.seq, before);
    assert.equal(fake.store.suggestions.length, length);
  });

  test("where the incident has no list yet is answered by the list", async () => {
    const fake = fakeWorld();
    const said = mention(incidentChannel.id, "flibber the wug");
    await ask(fake, said);
    assert.match(inThreadOf(fake, said)[0]?.body.text ?? "", /Stop the bleeding|Find out/);
  });

  test("names the command that is nearest to it", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const said = mention(incidentChannel.id, "chagnes");
    await ask(fake, said);
    const text = inThreadOf(fake, said)[0]?.body.text ?? "";
    assert.match(
      text,
      /^"chagnes" is not understood\. The nearest is \/hindsight changes \[service\]\./,
    );
  });

  test("is none that tells of the trouble, names what is known or what was done: these are read again", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const clear = ["what now?", "it is worse", "payments, perhaps", "we rolled it back already"];
    for (const words of [...clear, "it's not the db", "is it redis?"]) {
      const said = mention(incidentChannel.id, words);
      await ask(fake, said);
      const texts = inThreadOf(fake, said).map(({ body }) => body.text);
      assert.match(texts.join("\n"), /Stop the bleeding|Find out/, words);
    }
  });

  test("has a button that shows its presser what can be asked", async () => {
    const fake = fakeWorld();
    const click = { channel: incidentChannel.id, user: ana, actionId: "help:show", value: "help" };
    await handleClick(fake.world, { job: fake.job(), ...click });
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /@hindsight graph p99 of checkout/);
  });
});
