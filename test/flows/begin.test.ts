import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { declare, onChannelSeen, onInvited } from "../../src/flows/begin-incident.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { ana, bo, fakeWorld, incidentChannel, teamChannel, type FakeWorld } from "./fake-world.ts";

const kinds = (fake: FakeWorld) =>
  fake.store.incidents()[0]?.entries.map(({ fact }) => fact.kind) ?? [];

/** The first of these is when it was acknowledged (docs/digest.md). */
const deedsOfPeople = (fake: FakeWorld) =>
  (fake.store.incidents()[0]?.entries ?? [])
    .filter(({ source }) => source === "slack")
    .map(({ actor, fact }) => [actor, fact.kind]);

describe("an incident begins", () => {
  test("when a channel appears whose name matches: joined, read, and answered once with a list", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    assert.equal(fake.store.effects[0]?.payload.kind, "join");
    assert.deepEqual(await fake.work(), ["investigate", "read-history"]);
    assert.deepEqual(kinds(fake), ["declared", "joined", "evidence-read", "suggested"]);
    assert.deepEqual(deedsOfPeople(fake), [], "nobody has acknowledged it");
    const [living, steps, introduction, ...more] = fake.messages(incidentChannel.id);
    assert.deepEqual(more, []);
    assert.deepEqual(living?.place, { in: "channel" });
    assert.match(living?.body.text ?? "", /checkout p99 4\.\d s \(normal 0\.4 s\)/);
    assert.deepEqual(steps?.place, { in: "thread", of: { key: living?.key } });
    assert.deepEqual(introduction?.place, steps?.place);
    assert.match(introduction?.body.text ?? "", /^I read the messages.*kept 30 days, without/s);
    assert.ok(fake.store.suggestions.length >= 3);
  });

  test("when a channel is renamed so that it matches, and only then", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: teamChannel.id });
    assert.deepEqual(fake.store.incidents(), []);
    fake.channels.set(teamChannel.id, { ...teamChannel, name: "incident-shop" });
    await onChannelSeen(fake.world, { job: fake.job(), channel: teamChannel.id });
    assert.equal(fake.store.incidents().length, 1);
  });

  test("when the bot is invited to a private one, where it cannot join by itself", async () => {
    const fake = fakeWorld();
    fake.channels.set(incidentChannel.id, { ...incidentChannel, kind: "private" });
    const invitation = { job: fake.job(), channel: incidentChannel.id, by: ana };
    await onInvited(fake.world, invitation);
    assert.equal(fake.store.incidents().length, 1);
    assert.deepEqual(deedsOfPeople(fake), [[ana, "declared"]]);
    assert.ok(!fake.store.effects.some(({ payload }) => payload.kind === "join"));
  });

  test("when another tool invites the bot, which is no deed of a person's", async () => {
    const fake = fakeWorld();
    fake.bots = ["UTOOL"];
    const invitation = { job: fake.job(), channel: incidentChannel.id, by: "UTOOL" };
    await onInvited(fake.world, invitation);
    assert.deepEqual(kinds(fake), ["declared", "joined"]);
    assert.deepEqual(deedsOfPeople(fake), []);
  });

  test("never in an archived channel, and never twice in one", async () => {
    const fake = fakeWorld();
    fake.channels.set(incidentChannel.id, { ...incidentChannel, isArchived: true });
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    assert.deepEqual(fake.store.incidents(), []);
    fake.channels.set(incidentChannel.id, incidentChannel);
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await onInvited(fake.world, { job: fake.job(), channel: incidentChannel.id, by: bo });
    assert.equal(fake.store.incidents().length, 1);
    const again = "read-history";
    assert.deepEqual(await fake.work(), ["investigate", "read-history", again]);
  });

  test("when somebody declares one, under the title and at the severity that they gave", async () => {
    const fake = fakeWorld();
    const words = { title: "Carts vanish", severity: 1 } as const;
    await declare(fake.world, { job: fake.job(), channel: teamChannel.id, user: ana, ...words });
    const [stored] = fake.store.incidents();
    const incident = foldIncident(stored?.entries ?? []);
    assert.deepEqual([incident.title, incident.severity], ["Carts vanish", 1]);
    assert.deepEqual(deedsOfPeople(fake), [[ana, "declared"]]);
  });
});

describe("where no incident begins", () => {
  test("whoever invites the bot to another channel is told, alone, what it does", async () => {
    const fake = fakeWorld();
    await onInvited(fake.world, { job: fake.job(), channel: teamChannel.id, by: bo });
    assert.deepEqual(fake.store.incidents(), []);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /proposes the next steps/);
    assert.deepEqual(fake.messages(teamChannel.id), []);
  });

  test("whoever declares a second one is told which is open", async () => {
    const fake = fakeWorld();
    const declaration = { channel: incidentChannel.id, title: "" };
    await declare(fake.world, { job: fake.job(), user: ana, ...declaration });
    await declare(fake.world, { job: fake.job(), user: bo, ...declaration });
    assert.equal(fake.store.incidents().length, 1);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^INC-1 is open in this channel already/);
  });

  test("whoever declares while another is just being declared is told so too", async () => {
    const fake = fakeWorld();
    const declaration = { channel: incidentChannel.id, title: "" };
    fake.store.beforeNextCommit = () =>
      declare(fake.world, { job: fake.job(), user: ana, ...declaration });
    await declare(fake.world, { job: fake.job(), user: bo, ...declaration });
    assert.equal(fake.store.incidents().length, 1);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^INC-1 is open in this channel already/);
  });
});
