import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand, submitDeclaration } from "../../src/flows/answer-command.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import {
  ana,
  begunWorld,
  bo,
  bot,
  fakeWorld,
  incidentChannel,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

const responseUrl = "https://hooks.slack.example/commands/1";

function command(fake: FakeWorld, text: string, told: { channel?: string; job?: string } = {}) {
  const { channel = teamChannel.id, job = fake.job() } = told;
  const event = { job, channel, user: ana, triggerId: "1.2", responseUrl };
  return runCommand(fake.world, { ...event, command: "/hindsight", text });
}
const answered = (fake: FakeWorld) => fake.responses.map(({ body }) => body.text);

describe("a command where the bot is not", () => {
  for (const [place, id] of [
    ["a public channel", teamChannel.id],
    ["a private channel, of which the bot knows nothing", "CSECRET"],
    ["a direct message between others", "DOTHERS"],
  ] as const)
    test(`is answered in place in ${place}, once`, async () => {
      const fake = fakeWorld();
      fake.members.set(teamChannel.id, [ana]);
      const job = fake.job();
      for (const text of ["status", "status"]) await command(fake, text, { channel: id, job });
      assert.match(
        answered(fake).join("\n"),
        /^There is no open incident in this channel\.[^\n]*$/,
      );
      assert.deepEqual(fake.store.effects, [], "Slack would refuse it");
    });

  test("is answered by the outbox where the bot is", async () => {
    const fake = fakeWorld();
    await command(fake, "status");
    assert.equal(fake.ephemerals(ana).length, 1);
    assert.deepEqual(answered(fake), []);
  });
});

describe("declare where the bot is not", () => {
  test("joins a public channel before it posts there", async () => {
    const fake = fakeWorld();
    fake.members.set(teamChannel.id, [ana]);
    await command(fake, "declare carts vanish");
    await fake.work();
    const kinds = fake.store.effects.map(({ payload }) => payload.kind);
    assert.deepEqual([kinds[0], kinds.includes("message")], ["join", true]);
  });

  for (const text of ["declare", "declare carts vanish"])
    test(`asks to be invited to a private channel: ${text}`, async () => {
      const fake = fakeWorld();
      fake.opening = "open";
      await command(fake, text, { channel: "CSECRET" });
      assert.match(answered(fake)[0] ?? "", /Invite me with "\/invite @hindsight"/);
      assert.deepEqual([fake.store.incidents(), fake.opened], [[], 0]);
    });

  test("asks to be invited to a shared channel that it cannot join", async () => {
    const fake = fakeWorld();
    fake.channels.set(teamChannel.id, { ...teamChannel, kind: "external" });
    fake.members.set(teamChannel.id, [ana]);
    await command(fake, "declare carts vanish");
    assert.match(answered(fake)[0] ?? "", /\/invite @hindsight/);
    fake.members.set(teamChannel.id, [ana, bot]);
    await command(fake, "declare carts vanish");
    assert.equal(fake.store.incidents().length, 1);
  });

  test("says in a direct message that an incident needs a channel", async () => {
    const fake = fakeWorld();
    fake.channels.set("DANA", { ...teamChannel, id: "DANA", name: "DANA", kind: "private" });
    await command(fake, "declare carts vanish", { channel: "DANA" });
    assert.match(answered(fake)[0] ?? "", /^An incident needs a channel/);
    assert.deepEqual(fake.store.incidents(), []);
  });
});

describe("the form", () => {
  test("that is open declares nothing until it is sent", async () => {
    const fake = fakeWorld();
    fake.opening = "open";
    await command(fake, "declare");
    assert.deepEqual([fake.store.incidents(), answered(fake)], [[], []]);
    const values = { "declare:title": "Carts & more vanish", "declare:severity": "2" };
    const sent = { job: fake.job(), user: ana, channel: teamChannel.id, values };
    await submitDeclaration(fake.world, sent);
    const [stored] = fake.store.incidents();
    assert.equal(foldIncident(stored?.entries ?? []).title, "Carts & more vanish");
  });

  test("of which nobody knows whether it opened declares nothing, and the person is told how to go on", async () => {
    const fake = fakeWorld();
    fake.opening = "unclear";
    await command(fake, "declare");
    assert.deepEqual(fake.store.incidents(), []);
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /say \/hindsight declare and a title/);
  });

  test("is opened once: a job that runs again after a crash does not declare beside it", async () => {
    const fake = fakeWorld();
    const job = fake.job();
    fake.opening = "open";
    await command(fake, "declare", { job });
    fake.opening = "refused";
    await command(fake, "declare", { job });
    assert.deepEqual([fake.store.incidents(), fake.opened], [[], 1]);
  });

  test("that Slack refused leaves the channel's name as the title", async () => {
    const fake = fakeWorld();
    await command(fake, "declare");
    const [stored] = fake.store.incidents();
    assert.equal(foldIncident(stored?.entries ?? []).title, "team shop");
  });
});

test("a title tells links and channels by their words", async () => {
  const fake = fakeWorld();
  await command(fake, "declare <https://grafana.example/d/1|checkout> & <#C9|shop> slow");
  const [stored] = fake.store.incidents();
  assert.equal(foldIncident(stored?.entries ?? []).title, "checkout & #shop slow");
});

describe("plain words", () => {
  test("set the severity, take the lead and catch up", async () => {
    const fake = await begunWorld();
    const at = { channel: incidentChannel.id };
    for (const text of ["sev1", "take lead"]) await command(fake, text, at);
    const incident = foldIncident(fake.store.incidents()[0]?.entries ?? []);
    assert.deepEqual([incident.severity, incident.lead], [1, ana]);
    await command(fake, "severity SEV 4", at);
    await command(fake, "catch me up", at);
    const told = fake.ephemerals(ana).map(({ text }) => text);
    assert.deepEqual(told.slice(0, 2), ["INC-1 is SEV1.", `<@${ana}> leads INC-1.`]);
    assert.match(told.at(-1) ?? "", /^INC-1, SEV4/);
  });
});

describe("an answer to a click", () => {
  const explained = [actionIds.whyOrder, actionIds.hidden];
  async function pressed(fake: FakeWorld, actionId: string, threadTs: string | null) {
    const value = `${fake.store.incidents()[0]?.id} 1`;
    const event = { job: fake.job(), channel: incidentChannel.id, user: bo, responseUrl };
    await handleClick(fake.world, { ...event, actionId, value, threadTs });
    const payload = fake.store.effects.at(-1)?.payload;
    return payload?.kind === "ephemeral" ? (payload.threadTs ?? "the channel") : "nowhere";
  }
  for (const actionId of explained)
    test(`appears in the thread of the list, or in the channel where the click was there: ${actionId}`, async () => {
      const fake = await begunWorld();
      assert.equal(await pressed(fake, actionId, "1795443900.000001"), "1795443900.000001");
      assert.equal(await pressed(fake, actionId, null), "the channel");
    });
});
