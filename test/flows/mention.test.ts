import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelSeen, onInvited } from "../../src/flows/begin-incident.ts";
import { resolve } from "../../src/flows/change-incident.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import {
  ana,
  bo,
  bot,
  fakeWorld,
  incidentChannel,
  metricsOf,
  teamChannel,
  wellShop,
  type FakeWorld,
} from "./fake-world.ts";

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

describe("a mention outside an incident", () => {
  test("is answered in its thread with what is known and an offer to declare, and nothing is recorded", async () => {
    const fake = fakeWorld();
    const said = mention(teamChannel.id, "checkout is slow");
    await ask(fake, said);
    const [answer, ...more] = inThreadOf(fake, said);
    assert.deepEqual(more, []);
    assert.match(answer?.body.text ?? "", /What is known about checkout:/);
    assert.match(JSON.stringify(answer?.body.blocks), /Declare an incident/);
    assert.match(JSON.stringify(answer?.body.blocks), /https:\/\/prometheus\.example/);
    assert.deepEqual(fake.store.incidents(), []);
    assert.deepEqual([fake.store.suggestions, fake.store.outcomes], [[], []]);
  });

  test("where nothing shifted says so, names the window, and offers checks", async () => {
    const fake = fakeWorld();
    fake.sources = { ...fake.sources, metrics: [metricsOf(wellShop)], changes: [] };
    const said = mention(teamChannel.id, "is checkout slow?");
    await ask(fake, said);
    const text = inThreadOf(fake, said)[0]?.body.text ?? "";
    assert.match(text, /^Nothing in the metrics of checkout and its 1 dependency shifted since/);
    assert.match(text, /quick checks? that tells? these apart/);
  });

  test("about changes lists those of the service, with their links", async () => {
    const fake = fakeWorld();
    const said = mention(teamChannel.id, "what changed in checkout?");
    await ask(fake, said);
    const [answer] = inThreadOf(fake, said);
    assert.match(answer?.body.text ?? "", /checkout, last 6 h[\s\S]*3f2a91c/);
    assert.match(JSON.stringify(answer?.body.blocks), /github\.com\/acme\/shop\/commit\/3f2a91c/);
  });

  test("about changes of a service that nobody knows says that it tells of others", async () => {
    const fake = fakeWorld();
    const first = async (words: string) => {
      const said = mention(teamChannel.id, words);
      await ask(fake, said);
      return inThreadOf(fake, said)[0]?.body.text ?? "";
    };
    assert.match(await first("what changed in shiping?"), /^No service "shiping" is known here/);
    for (const words of ["what changed?", "what changed in production?", "any recent changes"])
      assert.match(await first(words), /^all services, last 6 h/, words);
  });

  test("that asks for help gets the commands", async () => {
    const fake = fakeWorld();
    const said = mention(teamChannel.id, "");
    await ask(fake, said);
    assert.match(inThreadOf(fake, said)[0]?.body.text ?? "", /\/hindsight declare \[title\]/);
  });
});

describe("a mention in an incident's channel", () => {
  test("that is fresh begins the incident, and its first list answers in the mention's thread", async () => {
    const fake = fakeWorld();
    const said = mention(incidentChannel.id, "what now?");
    assert.deepEqual(await ask(fake, said), ["answer-mention", "investigate", "read-history"]);
    assert.equal(fake.store.incidents().length, 1);
    assert.match(inThreadOf(fake, said)[0]?.body.text ?? "", /Stop the bleeding|Find out/);
  });

  test("is answered by another list, in its own thread, and the living message stays one", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const said = mention(incidentChannel.id, "what now?");
    await ask(fake, said);
    assert.equal(inThreadOf(fake, said).length, 1);
    const inChannel = fake.messages(incidentChannel.id).filter(({ place }) => {
      return place.in === "channel";
    });
    assert.equal(inChannel.length, 1);
  });

  test("in a thread is answered in that thread", async () => {
    const fake = fakeWorld();
    const said = mention(incidentChannel.id, "what now?", "1795443800.000001");
    await ask(fake, said);
    assert.equal(inThreadOf(fake, { ...said, ts: "1795443800.000001" }).length, 1);
  });

  test("that comes while the channel's own event begins the incident is answered all the same", async () => {
    const fake = fakeWorld();
    const said = mention(incidentChannel.id, "what now?");
    await onMention(fake.world, { job: fake.job(), ...said });
    fake.store.beforeNextCommit = () =>
      onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    assert.equal(fake.store.incidents().length, 1);
    assert.equal(inThreadOf(fake, said).length, 1);
  });

  test("that asks to catch up gets how it stands, without another reading", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const before = fake.store.incidents()[0]?.seq;
    const said = mention(incidentChannel.id, "catch me up");
    await ask(fake, said);
    assert.match(inThreadOf(fake, said)[0]?.body.text ?? "", /^INC-1, SEV3, \d+ min/);
    assert.equal(fake.store.incidents()[0]?.seq, before);
  });
});

describe("a mention that asks for a deed in plain words", () => {
  async function openWorld() {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    return fake;
  }
  async function answerTo(fake: FakeWorld, words: string, channel = incidentChannel.id) {
    const said = mention(channel, words);
    await ask(fake, said);
    return inThreadOf(fake, said).map(({ body }) => body);
  }
  const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);

  test("mutes, resumes, leads and sets the severity, and says so in its thread", async () => {
    const fake = await openWorld();
    const said = async (words: string) => (await answerTo(fake, words)).map(({ text }) => text);
    assert.match((await said("mute")).join(), /^Muted: only answers/);
    assert.equal(incident(fake).muted?.by, ana);
    assert.deepEqual(await said("resume"), ["Updates are posted again."]);
    assert.equal(incident(fake).muted, null);
    assert.deepEqual(await said("who is lead?"), [
      "INC-1 has no lead yet. Take it with /hindsight lead.",
    ]);
    assert.deepEqual(await said("I'll take the lead"), [`<@${ana}> leads INC-1.`]);
    assert.deepEqual(await said("who is lead?"), [`<@${ana}> leads INC-1.`]);
    assert.deepEqual(await said("make it a sev1"), ["INC-1 is SEV1."]);
    assert.deepEqual([incident(fake).lead, incident(fake).severity], [ana, 1]);
  });

  test("hands the lead on, sets the status, posts an update and takes an ended one up again", async () => {
    const fake = await openWorld();
    const said = async (words: string) => (await answerTo(fake, words)).map(({ text }) => text);
    assert.deepEqual(await said(`make <@${bo}> lead`), [`<@${bo}> leads INC-1.`]);
    assert.match((await said(`<@${bot}> leads`)).join(), /^"@hindsight" is nobody who can lead/);
    assert.deepEqual(await said("we are monitoring"), ["INC-1 is monitoring."]);
    assert.deepEqual(await said("post an update: half are well"), []);
    const told = fake.messages(incidentChannel.id).map(({ body }) => body.text);
    assert.ok(told.some((text) => /^Update on INC-1[^]*half are well/.test(text)));
    assert.match((await said("reopen")).join(), /^INC-1 is open in this channel; nothing/);
    const { id } = fake.store.incidents()[0] ?? { id: "inc_" as const };
    const asker = { job: fake.job(), channel: incidentChannel.id, user: ana };
    await resolve(fake.world, { ...asker, incident: id });
    assert.deepEqual(await said("please reopen it"), ["INC-1 is open again, and is read now."]);
    const { state, lead } = incident(fake);
    assert.deepEqual([state, lead], ["open", bo]);
  });

  test("ends nothing without a click", async () => {
    const fake = await openWorld();
    const [answer] = await answerTo(fake, "resolve it");
    assert.match(answer?.text ?? "", /^End INC-1\?/);
    assert.match(JSON.stringify(answer?.blocks), /"action_id":"incident:resolve"/);
    assert.equal(incident(fake).state, "open");
  });

  test("says where there is no incident how one is declared, and reads nothing", async () => {
    const fake = fakeWorld();
    for (const words of ["mute", "who is lead?", "show me the board"]) {
      const [answer] = await answerTo(fake, words, teamChannel.id);
      assert.match(answer?.text ?? "", /^There is no open incident in this channel/, words);
    }
  });

  test("by somebody outside the channel changes nothing and claims nothing", async () => {
    const fake = await openWorld();
    fake.members.set(incidentChannel.id, [bot]);
    assert.deepEqual(await answerTo(fake, "mute"), []);
    assert.equal(incident(fake).muted, null);
    assert.equal(fake.ephemerals(ana).length, 1);
  });

  test("draws a metric in the thread that it was asked in", async () => {
    const fake = await openWorld();
    const said = mention(incidentChannel.id, "graph p99 of checkout");
    await ask(fake, said);
    assert.match(inThreadOf(fake, said)[0]?.body.text ?? "", /^p99 of checkout 4\.\d s/);
    const charts = fake.store.effects.flatMap(({ key, payload }) =>
      payload.kind === "chart" && key.startsWith("graph:") ? [payload.threadTs] : [],
    );
    assert.deepEqual(charts, [said.ts]);
  });
});

describe("a mention in the channel of an incident that is over", () => {
  async function resolvedWorld() {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const id = fake.store.incidents()[0]?.id ?? "inc_none";
    const deed = { job: fake.job(), channel: incidentChannel.id, user: ana, incident: id };
    await resolve(fake.world, deed);
    return fake;
  }
  const answers = async (fake: FakeWorld, words: string) => {
    const said = mention(incidentChannel.id, words);
    const seq = fake.store.incidents()[0]?.seq;
    await ask(fake, said);
    assert.equal(fake.store.incidents().length, 1, "no other incident began");
    assert.equal(fake.store.incidents()[0]?.seq, seq, "nothing was added to the one that is over");
    return inThreadOf(fake, said).map(({ body }) => body);
  };

  test("that says thanks asks nothing, and gets nothing", async () => {
    const fake = await resolvedWorld();
    assert.deepEqual(await answers(fake, "thanks, that was it"), []);
  });

  test("that asks about it is answered from what is known of it", async () => {
    const fake = await resolvedWorld();
    for (const words of ["catch me up", "what fixed it?"]) {
      const [answer] = await answers(fake, words);
      assert.match(answer?.text ?? "", /^INC-1, SEV3.* Resolved\./);
      assert.doesNotMatch(answer?.text ?? "", /Nobody on|No lead yet/);
    }
  });

  test("that says it is back is read and answered, with the offer to declare another under its title", async () => {
    const fake = await resolvedWorld();
    const [answer] = await answers(fake, "it is back");
    assert.match(answer?.text ?? "", /What is known about checkout:/);
    assert.match(answer?.text ?? "", /INC-1 is resolved\. No incident is open here\./);
    assert.match(JSON.stringify(answer?.blocks), /"value":"checkout latency"/);
  });

  test("where nothing shifts any more says so, of its service, with the same offer", async () => {
    const fake = await resolvedWorld();
    fake.sources = { ...fake.sources, metrics: [metricsOf(wellShop)], changes: [] };
    const [answer] = await answers(fake, "still fine?");
    assert.match(answer?.text ?? "", /^Nothing in the metrics of checkout/);
    assert.match(JSON.stringify(answer?.blocks), /Declare an incident/);
  });

  test("and a new name of the channel, or another invitation, begins no other", async () => {
    const fake = await resolvedWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await onInvited(fake.world, { job: fake.job(), channel: incidentChannel.id, by: ana });
    assert.equal(fake.store.incidents().length, 1);
  });
});

test("thanks in an open incident reads nothing again", async () => {
  const fake = fakeWorld();
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await fake.work();
  const before = fake.store.incidents()[0]?.seq;
  const said = mention(incidentChannel.id, "thanks!");
  assert.deepEqual(await ask(fake, said), ["answer-mention"]);
  assert.deepEqual(inThreadOf(fake, said), []);
  assert.equal(fake.store.incidents()[0]?.seq, before);
});

describe("one text is one turn", () => {
  test("though Slack tells of it as app_mention and as message", async () => {
    const fake = fakeWorld();
    const said = mention(teamChannel.id, "checkout is slow");
    await onMention(fake.world, { job: fake.job(), ...said });
    await onMention(fake.world, { job: fake.job(), ...said });
    assert.deepEqual(await fake.work(), ["answer-mention"]);
    assert.deepEqual(fake.store.commits, ["committed", "repeat", "committed"]);
    assert.equal(inThreadOf(fake, said).length, 1);
  });

  test("though its job runs twice", async () => {
    const fake = fakeWorld();
    const said = mention(incidentChannel.id, "what now?");
    await onMention(fake.world, { job: fake.job(), ...said });
    const [job] = fake.store.jobs;
    await fake.work();
    const { length } = fake.store.effects;
    if (job === undefined) throw new Error("the mention sent no job");
    fake.store.jobs.push(job);
    await fake.work();
    assert.equal(fake.store.effects.length, length);
  });
});
