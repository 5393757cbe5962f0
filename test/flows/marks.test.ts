import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { declare, onChannelSeen } from "../../src/flows/begin-incident.ts";
import type { OutboxPayload } from "../../src/flows/change.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { topicNews } from "../../src/incident/topic.ts";
import { topicText } from "../../src/message/topic.ts";
import { declared, timeline } from "../incident/timeline.ts";
import {
  ana,
  begunWorld,
  checkout,
  fakeWorld,
  incidentChannel,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

function command(fake: FakeWorld, text: string, channel: string = incidentChannel.id) {
  const event = { job: fake.job(), channel, user: ana, triggerId: null };
  return runCommand(fake.world, { ...event, command: "/hindsight", text });
}
const marks = (fake: FakeWorld, kind: OutboxPayload["kind"]) =>
  fake.store.effects.flatMap(({ payload }) => (payload.kind === kind ? [payload] : []));
const topics = (fake: FakeWorld) =>
  marks(fake, "topic").flatMap((mark) => ("text" in mark ? [mark.text] : []));

describe("the topic of an incident's channel", () => {
  test("says severity, status, what and lead, and follows them; a reading does not touch it", async () => {
    const fake = await begunWorld();
    await command(fake, "severity 1");
    await command(fake, "lead me");
    await command(fake, "status identified");
    await command(fake, "mute");
    fake.pass(2);
    await fake.work();
    await command(fake, "resolve");
    assert.deepEqual(topics(fake), [
      "SEV3 | investigating | checkout latency | no lead",
      "SEV1 | investigating | checkout latency | no lead",
      "SEV1 | investigating | checkout latency | lead <@UANA>",
      "SEV1 | identified | checkout latency | lead <@UANA>",
      "SEV1 | resolved | checkout latency | lead <@UANA>",
    ]);
  });

  test("is left alone in a channel of another purpose, and where another tool runs the incident", async () => {
    const fake = fakeWorld();
    await declare(fake.world, {
      job: fake.job(),
      channel: teamChannel.id,
      user: ana,
      title: "slow",
    });
    await fake.work();
    await command(fake, "severity 1", teamChannel.id);
    assert.deepEqual(topics(fake), []);
    const companion = fakeWorld();
    companion.world = { ...companion.world, ownsLifecycle: false };
    await onChannelSeen(companion.world, { job: companion.job(), channel: incidentChannel.id });
    await companion.work();
    assert.deepEqual(topics(companion), []);
    assert.equal(marks(companion, "pin").length, 1);
  });

  test("holds nothing of a title that would part or end it, and is read as what it says", () => {
    const title = `a | SEV4 | resolved <!channel> ${"x".repeat(400)}`;
    const text = topicText(foldIncident(timeline(declared(title))));
    assert.ok(text.length <= 250, `${text.length}`);
    assert.doesNotMatch(text, /<!/);
    assert.equal(text.split(" | ").length, 4);
    assert.deepEqual(topicNews(text), { severity: 2, status: "investigating", lead: null });
  });
});

describe("an incident's channel", () => {
  test("has the living message pinned, once", async () => {
    const fake = await begunWorld();
    await command(fake, "steps");
    await fake.work();
    const pins = marks(fake, "pin");
    assert.equal(pins.length, 1);
    assert.match(JSON.stringify(pins), /"of":"living:inc_/);
  });

  test("has the runbooks and dashboards of its service bookmarked", async () => {
    const fake = fakeWorld();
    const links = {
      runbooks: ["https://runbooks.example/a"],
      dashboards: ["https://grafana.example/1", "no address"],
    };
    const services = fake.sources.catalog.services.map((each) =>
      each.name === checkout.name ? { ...each, ...links } : each,
    );
    fake.sources = { ...fake.sources, catalog: { ...fake.sources.catalog, services } };
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    const [mark] = marks(fake, "bookmarks");
    assert.deepEqual(mark, {
      kind: "bookmarks",
      links: [
        { title: "Runbook: checkout", link: "https://runbooks.example/a" },
        { title: "Dashboard: checkout", link: "https://grafana.example/1" },
      ],
    });
  });
});
