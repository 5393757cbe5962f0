import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { runCommand } from "../../src/flows/answer-command.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearNews } from "../../src/flows/hear-news.ts";
import { hearTopic } from "../../src/flows/hear-topic.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type { IncidentNews } from "../../src/incident/news.ts";
import { actionIds } from "../../src/message/actions.ts";
import { alerting, grave } from "./alerting.ts";
import { ana, begunWorld, bo, fakeWorld, incidentChannel, teamChannel } from "./fake-world.ts";
import type { FakeWorld } from "./fake-world.ts";

function companion(): FakeWorld {
  const fake = fakeWorld();
  fake.world = { ...fake.world, ownsLifecycle: false };
  return fake;
}
async function begunCompanion(): Promise<FakeWorld> {
  const fake = companion();
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await fake.work();
  return fake;
}
const nowS = (fake: FakeWorld) => fake.world.now().getTime() / 1000;
function tell(fake: FakeWorld, told: Partial<IncidentNews>): Promise<void> {
  const news: IncidentNews = {
    teller: "generic",
    id: fake.job(),
    at: nowS(fake),
    of: null,
    channel: `#${incidentChannel.name}`,
    status: null,
    severity: null,
    lead: null,
    title: null,
    ...told,
  };
  return hearNews(fake.world, { job: fake.job(), news });
}
const stored = (fake: FakeWorld) => fake.store.incidents()[0];
const incident = (fake: FakeWorld) => foldIncident(stored(fake)?.entries ?? []);
const living = (fake: FakeWorld) => fake.messages(incidentChannel.id)[0]?.body;
const headline = (fake: FakeWorld) => living(fake)?.text.split("\n")[0] ?? "";
const buttons = (fake: FakeWorld) => JSON.stringify(living(fake)?.blocks);
function command(fake: FakeWorld, text: string): Promise<void> {
  const event = { job: fake.job(), channel: incidentChannel.id, user: ana, triggerId: null };
  return runCommand(fake.world, { ...event, command: "/hindsight", text });
}

describe("where another tool runs the incident", () => {
  test("the bot joins, reads and proposes, and offers neither lead nor severity nor an end", async () => {
    const fake = await begunCompanion();
    assert.match(living(fake)?.text ?? "", /First: /);
    assert.doesNotMatch(buttons(fake), /incident:(lead|severity|resolve)/);
    assert.match(buttons(fake), /incident:steps/);
    assert.match(buttons(fake), /incident:mute/);
    assert.match(headline(fake), /^● Investigating: /, "no severity that nobody has told");
    const sources = stored(fake)?.entries.map(({ source }) => source) ?? [];
    assert.ok(!sources.includes("slack"), "nobody has acknowledged it");
  });

  test("commands, clicks and mentions that would set it are answered with who runs it, and change nothing", async () => {
    const fake = await begunCompanion();
    await tell(fake, { severity: 2 });
    const before = stored(fake)?.seq;
    for (const text of ["severity 1", "lead me", "status identified", "resolve", "reopen"]) {
      await command(fake, text);
    }
    const id = stored(fake)?.id ?? "";
    for (const [action, value] of [
      [actionIds.lead, id],
      [actionIds.severity, id],
      [actionIds.resolve, id],
    ] as const) {
      const event = { job: fake.job(), channel: incidentChannel.id, user: bo };
      await handleClick(fake.world, { ...event, actionId: action, value });
    }
    assert.equal(stored(fake)?.seq, before);
    const said = [...fake.ephemerals(ana), ...fake.ephemerals(bo)].map(({ text }) => text);
    assert.equal(said.length, 8);
    const words = "Another tool runs this incident; set it there and it shows here.";
    assert.deepEqual([...new Set(said)], [words]);
    const mention = { channel: incidentChannel.id, ts: "1763900000.000100", threadTs: null };
    const text = "<@UBOT> resolve it";
    await onMention(fake.world, { ...mention, job: fake.job(), user: ana, text });
    await fake.work();
    assert.ok(fake.messages(incidentChannel.id).some(({ body }) => body.text === words));
  });

  test("what it tells is shown, ends the incident, and takes it up again, in whatever order it comes", async () => {
    const fake = await begunCompanion();
    await tell(fake, { severity: 1, status: "identified", lead: "@ana", title: "Checkout down" });
    assert.match(headline(fake), new RegExp(`^● SEV1 Identified: .*Lead <@${ana}>`));
    await tell(fake, { at: nowS(fake) - 60, severity: 4, status: "resolved" });
    assert.match(headline(fake), /^● SEV1 Identified/, "what was so before is no news");
    fake.pass(1);
    await tell(fake, { lead: "Earline Greenholt" });
    assert.match(headline(fake), /Lead Earline Greenholt/);
    fake.pass(5);
    await tell(fake, { status: "resolved" });
    assert.equal(incident(fake).state, "resolved");
    assert.equal(stored(fake)?.isOpen, false);
    assert.ok(fake.messages(incidentChannel.id).some(({ key }) => key.endsWith(":end")));
    fake.pass(1);
    await tell(fake, { status: "monitoring" });
    assert.equal(stored(fake)?.isOpen, true);
    assert.match(headline(fake), /^● SEV1 Monitoring/);
    assert.deepEqual(fake.troubles, []);
  });

  test("it begins an incident here in a channel of any name that the bot may join", async () => {
    const fake = companion();
    await tell(fake, { channel: `#${teamChannel.name}`, title: "Payments down", severity: 2 });
    assert.equal(incident(fake).title, "Payments down");
    assert.equal(incident(fake).severity, 2);
    await tell(fake, { channel: `#${teamChannel.name}`, severity: 3 });
    assert.equal(fake.store.incidents().length, 1);
  });

  test("the channel's topic is read at the beginning and whenever it is set, but not where we set it", async () => {
    const fake = companion();
    const topic = { text: "SEV1 | fixing | lead <@UANA>", by: "UTOOL", at: fake.world.now() };
    fake.topics.set(incidentChannel.id, topic);
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    assert.match(headline(fake), new RegExp(`^● SEV1 Identified: .*Lead <@UANA>`));
    fake.pass(1);
    const set = (user: string, text: string) =>
      hearTopic(fake.world, {
        job: fake.job(),
        channel: incidentChannel.id,
        ts: `${nowS(fake)}.000100`,
        user,
        topic: text,
      });
    await set("UTOOL", "SEV3 | monitoring | lead Bo");
    assert.match(headline(fake), /^● SEV3 Monitoring: .*Lead Bo/);
    fake.pass(1);
    await set("UBOT", "SEV4 | resolved");
    await set(ana, "please be quiet in here");
    assert.match(headline(fake), /^● SEV3 Monitoring/);
  });

  test("PagerDuty's word on an alert's incident reaches the incident that its alert is in", async () => {
    const { fake, fire } = alerting(2);
    fake.world = { ...fake.world, ownsLifecycle: false };
    await fire("P1", grave);
    await fake.work();
    const group = fake.world.idOf("alert group alertmanager P1");
    fake.world = {
      ...fake.world,
      idOf: (words) => (words.startsWith("alert group pagerduty") ? group : `id of ${words}`),
    };
    const news = { teller: "pagerduty", of: "P1", channel: null } as const;
    await tell(fake, { ...news, lead: "Earline", status: "investigating", severity: 1 });
    assert.equal(incident(fake).leadName, "Earline");
    fake.pass(1);
    await tell(fake, { ...news, status: "resolved" });
    assert.equal(incident(fake).state, "resolved");
    await tell(fake, { ...news, of: "P2", status: "resolved" });
    assert.deepEqual(fake.troubles, [], "an alert that is in no incident needs no mending");
  });

  test("nobody is asked whether it is over, nor reminded of an update", async () => {
    const { fake, fire, clear, made, texts } = alerting(2);
    fake.world = { ...fake.world, ownsLifecycle: false };
    await fire("g", grave);
    await fake.work();
    await clear("g", 0, grave);
    fake.pass(120);
    await fake.work();
    const said = texts(made()[0]?.id ?? "");
    assert.ok(said.every((text) => !text.includes("quiet since")));
    assert.deepEqual(fake.ephemerals(ana), []);
  });

  test("what belongs to no incident is told in the log, with the mend", async () => {
    const fake = companion();
    await tell(fake, { id: "7", channel: "#nowhere" });
    await tell(fake, { id: "8", status: "resolved" });
    await tell(fake, { id: "9", channel: null });
    assert.deepEqual(fake.troubles, [
      "What generic told of an incident (7) was left out: #nowhere is no channel that the bot can see; invite it there.",
      `What generic told of an incident (8) was left out: there is no incident in #${incidentChannel.name}.`,
      "What generic told of an incident (9) was left out: it names neither a channel nor a group of alerts.",
    ]);
  });
});

test("where incidents are run here, what a tool tells stands beside what people say and overrules nobody", async () => {
  const fake = await begunWorld();
  await command(fake, "severity 3");
  await tell(fake, { status: "resolved", severity: 1, lead: "Earline" });
  assert.equal(incident(fake).state, "open");
  assert.match(headline(fake), /^● SEV3 Investigating: .*No lead yet/);
  const { text = "" } = living(fake) ?? {};
  assert.match(text, /Told by a hook: resolved, SEV1, lead Earline \(14:07\)\./);
  await command(fake, "severity 2");
  assert.match(headline(fake), /^● SEV2 /);
  await hearTopic(fake.world, {
    job: fake.job(),
    channel: incidentChannel.id,
    ts: `${nowS(fake)}.000100`,
    user: ana,
    topic: "SEV4 | resolved",
  });
  assert.match(headline(fake), /^● SEV2 Investigating/);
});
