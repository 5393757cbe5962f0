import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { addressees, sendDigest } from "../../src/flows/send-digest.ts";
import { incidentFacts } from "../digest/facts.ts";
import { ana, fakeWorld, incidentChannel, teamChannel, type FakeWorld } from "./fake-world.ts";

const hourMs = 3_600_000;

/** A world whose digests go to the team's channel, by a clock that a test sets. */
function telling(zone = "UTC") {
  const fake = fakeWorld();
  let nowMs = Date.UTC(2026, 10, 23, 9);
  fake.world = {
    ...fake.world,
    now: () => new Date(nowMs),
    digest: { channel: teamChannel.name, zone },
  };
  return { fake, at: (ms: number) => void (nowMs = ms) };
}

const send = (fake: FakeWorld, team: string | null = null) =>
  sendDigest(fake.world, { job: fake.job(), team });

/** Every moment at which a clock in the zone shows nine on a Monday, over a year, by looking around each Monday. */
function mondaysAtNine(zone: string): number[] {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const first = Date.UTC(2026, 0, 5, 9);
  const near = Array.from({ length: 29 }, (_, index) => (index - 14) * hourMs);
  return Array.from({ length: 52 }, (_, week) => first + week * 7 * 24 * hourMs)
    .flatMap((monday) => near.map((shift) => monday + shift))
    .filter((at) => /^Mon,? 09:00$/.test(format.format(at)));
}

describe("the weekly digest", () => {
  for (const zone of ["UTC", "Europe/Berlin", "America/Santiago"]) {
    test(`comes once a week over a year in ${zone}, whatever two workers and the clock do`, async () => {
      const { fake, at } = telling(zone);
      const mondays = mondaysAtNine(zone);
      for (const [index, monday] of mondays.entries()) {
        for (const shift of [0, 0, -hourMs, 0, hourMs, index % 2 === 0 ? 5 * hourMs : 0]) {
          at(monday + shift);
          await send(fake);
        }
      }
      const keys = fake.store.digests;
      assert.equal(keys.length, mondays.length);
      assert.equal(new Set(keys).size, mondays.length);
      assert.ok(mondays.length >= 51);
      assert.equal(fake.messages(teamChannel.id).length, mondays.length);
    });
  }

  test("at midnight is not sent again where the clock is set back before it", async () => {
    const { fake, at } = telling();
    const midnight = Date.UTC(2026, 10, 23);
    for (const ms of [midnight, midnight - hourMs, midnight]) {
      at(ms);
      await send(fake);
    }
    assert.deepEqual(fake.store.digests.toSorted(), ["2026-W46", "2026-W47"]);
  });

  test("goes to each team with a channel, by its own zone, and to nobody else then", async () => {
    const { fake } = telling();
    const teams = [
      { name: "payments", channel: `#${teamChannel.name}`, timezone: "Europe/Berlin" },
      { name: "search" },
    ];
    assert.deepEqual(await addressees(fake.world), [{ team: null, zone: "UTC" }]);
    fake.sources = { ...fake.sources, catalog: { ...fake.sources.catalog, teams } };
    assert.deepEqual(await addressees(fake.world), [{ team: "payments", zone: "Europe/Berlin" }]);
    await send(fake, "payments");
    const [sent] = fake.messages(teamChannel.id);
    assert.match(sent?.body.text ?? "", /^Week 47, payments: no incident\./);
  });

  test("says which channel it does not see, and where that is set", async () => {
    const { fake } = telling();
    fake.world = { ...fake.world, digest: { channel: "#gone", zone: "UTC" } };
    await assert.rejects(
      send(fake),
      /^Error: DIGEST_CHANNEL: #gone is no channel that the bot can see; invite it there$/,
    );
    const teams = [{ name: "payments", channel: "#gone-too" }];
    fake.sources = { ...fake.sources, catalog: { ...fake.sources.catalog, teams } };
    await assert.rejects(send(fake, "payments"), /the channel of team payments in the catalog/);
  });

  test("is not told where people from outside can read it, and does not say that nothing happened", async () => {
    const { fake } = telling();
    fake.store.facts = { ...fake.store.facts, incidents: [incidentFacts()] };
    fake.channels.set(teamChannel.id, { ...teamChannel, kind: "external" });
    await assert.rejects(send(fake), /people from outside can read it/);
    for (const text of ["digest", "stats"]) {
      const event = { job: fake.job(), channel: teamChannel.id, user: ana, triggerId: null };
      await runCommand(fake.world, { ...event, command: "/hindsight", text });
      await fake.work();
      assert.match(fake.ephemerals(ana).at(-1)?.text ?? "", /^Incidents are not counted here: /);
    }
    assert.deepEqual(fake.store.digests, []);
  });

  test("is not sent to a team that the catalog has no more", async () => {
    const { fake } = telling();
    await send(fake, "gone");
    assert.deepEqual(fake.store.digests, []);
  });

  test("has its two charts under it, where there is something to draw", async () => {
    const { fake } = telling();
    fake.store.facts = { incidents: [incidentFacts()], steps: [], told: [], model: null };
    await send(fake);
    const charts = fake.store.effects.filter(({ payload }) => payload.kind === "chart");
    const words = charts.map(({ payload }) => (payload.kind === "chart" ? payload.alt : ""));
    assert.match(
      words[0] ?? "",
      /^Incidents, 13 weeks, in brackets: median minutes to mitigate\. W47 1 \(20\)\.$/,
    );
    assert.match(words[1] ?? "", /^What ended them, 13 weeks\. W47 1 not known\.$/);
    const [sent] = fake.messages(teamChannel.id);
    assert.match(sent?.body.text ?? "", /1 incident \(1 SEV2\)\. Minutes to mitigate 20\./);
    assert.match(JSON.stringify(sent?.body.blocks), /Open digest/);
  });
});

test("a command shows the digest, and the statistics, to whoever asks alone", async () => {
  const { fake } = telling();
  fake.store.facts = { incidents: [incidentFacts()], steps: [], told: [], model: null };
  const ask = async (text: string) => {
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana, triggerId: null };
    await runCommand(fake.world, { ...event, command: "/hindsight", text });
    await fake.work();
    return fake.ephemerals(ana).at(-1)?.text ?? "";
  };
  const preview = await ask("digest");
  assert.match(preview, /^Week 47: 1 incident/);
  assert.match(
    preview,
    /\nChart: Incidents, 13 weeks, in brackets: .* W47 1 \(20\)\.\nChart: What ended/,
  );
  assert.match(await ask("digest nobody"), /^There is no team "nobody"\. The catalog has no teams/);
  assert.match(await ask("stats"), /^Last 91 days: 1 incident, none was a repeat\./);
  assert.match(await ask("stats 7 days"), /^Last 7 days/);
  assert.match(await ask("stats 0"), /^"0" is no number of days\. Say \/hindsight stats 30/);
  assert.match(await ask("stats -3"), /^"-3" is no number of days\. Say \/hindsight stats 30/);
  assert.match(await ask("stats soon"), /is no number of days/);
  assert.deepEqual(fake.store.digests, []);
  assert.equal(fake.messages(incidentChannel.id).length, 0);
});
