import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hearNews } from "../../src/flows/hear-news.ts";
import { unplacedNews } from "../../src/flows/unplaced-news.ts";
import type { IncidentNews } from "../../src/incident/news.ts";
import { alerting, alertsChannel } from "./alerting.ts";
import { ana, bo, bot, fakeWorld, teamChannel, type FakeWorld } from "./fake-world.ts";

function newsOf(fake: FakeWorld, told: Partial<IncidentNews>): IncidentNews {
  const id = `inc-7:${fake.job()}`;
  const none = { of: null, status: null, severity: null, lead: null, title: null } as const;
  const at = fake.world.now().getTime() / 1000;
  return { teller: "generic", id, at, channel: "#inc-7-secret", ...none, ...told };
}
const tell = (fake: FakeWorld, told: Partial<IncidentNews>) =>
  hearNews(fake.world, { job: fake.job(), news: newsOf(fake, told) });
const texts = (fake: FakeWorld, channel: string) =>
  fake.messages(channel).map(({ body }) => body.text);

describe("an incident that another tool tells of, in a channel that the bot cannot see", () => {
  test("is told where alerts are answered, once a day, with the mend and without the channel's name", async () => {
    const { fake } = alerting();
    await tell(fake, { id: "inc-7:1" });
    await tell(fake, { id: "inc-7:2" });
    const [text, ...more] = texts(fake, alertsChannel.id);
    assert.deepEqual(more, []);
    assert.equal(
      text,
      'A hook told of an incident (inc-7:2) in a channel that I cannot see; nothing of it is kept here. Invite me there with "/invite @hindsight"; what is told from then on counts. The log names the channel.',
    );
    assert.match(fake.troubles[0] ?? "", /#inc-7-secret is no channel that the bot can see/);
    await tell(fake, { id: "inc-8:1", channel: "#inc-8-secret" });
    assert.equal(texts(fake, alertsChannel.id).length, 2);
    fake.pass(24 * 60);
    await tell(fake, { id: "inc-7:3" });
    assert.equal(texts(fake, alertsChannel.id).length, 3);
  });

  test("is told to its lead by direct message, with the channel's name, with alerts' channel or without", async () => {
    for (const { fake } of [alerting(), { fake: fakeWorld() }]) {
      await tell(fake, { id: "inc-7:1", lead: "@ana" });
      const [text, ...more] = texts(fake, `D${ana}`);
      assert.deepEqual(more, []);
      assert.match(
        text ?? "",
        /^A hook told of an incident \(inc-7:1\) in #inc-7-secret that I cannot see; .*\/invite @hindsight/,
      );
      assert.doesNotMatch(text ?? "", /The log/);
      await tell(fake, { lead: "Nobody Here" });
      assert.equal(texts(fake, `D${ana}`).length, 1);
    }
  });

  test("so is one in a private channel that it sees and is not in", async () => {
    const { fake } = alerting();
    fake.world = { ...fake.world, ownsLifecycle: false };
    fake.channels.set(teamChannel.id, { ...teamChannel, kind: "private" });
    fake.members.set(teamChannel.id, [ana, bo]);
    await tell(fake, { channel: teamChannel.id, lead: "@ana" });
    assert.equal(texts(fake, alertsChannel.id).length, 1);
    assert.equal(texts(fake, `D${ana}`).length, 1);
    fake.members.set(teamChannel.id, [ana, bo, bot]);
    await tell(fake, { channel: teamChannel.id, lead: "@ana" });
    assert.equal(fake.store.incidents().length, 1, "once invited, what is told counts");
  });

  test("whose end is told, or that no channel is named of, asks nobody to do anything", async () => {
    const { fake } = alerting();
    await tell(fake, { status: "resolved", lead: "@ana" });
    await tell(fake, { channel: null, lead: "@ana" });
    assert.deepEqual([texts(fake, alertsChannel.id), texts(fake, `D${ana}`)], [[], []]);
  });

  test("is told to the tool itself where neither is known, with the mend", async () => {
    const fake = fakeWorld();
    const news = newsOf(fake, {});
    const told = async (more: Partial<IncidentNews>, world = fake.world) => {
      const each = { ...news, ...more };
      return (await unplacedNews(world, [each])).get(each);
    };
    assert.equal(
      await told({ id: "inc-7:1" }),
      'channel of "inc-7:1": #inc-7-secret is no channel that the bot can see, and nobody here would hear of it: ALERT_CHANNEL is not set, and the event names no lead whom Slack knows. Nothing of this event was taken. Invite the bot there with "/invite @hindsight", then send it again.',
    );
    assert.match((await told({ lead: "Nobody Here" })) ?? "", /^channel of/);
    for (const heard of [
      { lead: "@ana" },
      { status: "resolved" },
      { channel: null, of: "g" },
      { channel: `#${teamChannel.name}` },
    ] as const)
      assert.equal(await told(heard), undefined, JSON.stringify(heard));
    assert.equal(await told({}, alerting().fake.world), undefined, "alerts have a channel");
    const chat = { ...fake.world.chat, channelNamed: () => Promise.reject(new Error("away")) };
    assert.equal(await told({}, { ...fake.world, chat }), undefined, "Slack does not say");
    const silent = { ...chat, channelNamed: () => new Promise<null>(() => undefined) };
    const deadline = () => AbortSignal.abort();
    assert.equal(await told({}, { ...fake.world, chat: silent, deadline }), undefined);
  });
});
