import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ChangeRecord } from "../../src/evidence/input.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { tallyOf } from "../../src/suggestion/tally.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import {
  ana,
  bo,
  bot,
  changesOf,
  deployment,
  fakeWorld,
  incidentChannel,
  onset,
  type FakeWorld,
} from "./fake-world.ts";

const { id: channel } = incidentChannel;
const bad: ChangeRecord = { ...deployment, before: "9c1d2e0", after: "3f2a91c" };
/** At 14:10, three minutes after the incident was begun. */
const back: ChangeRecord = {
  ...deployment,
  id: "deployment-2",
  at: onset + 480,
  title: "Roll back production to 9c1d2e0",
  before: "3f2a91c",
  after: "9c1d2e0",
};

const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const click = (fake: FakeWorld, user: string, actionId: string, value: string) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
const answer = (fake: FakeWorld, user: string, word: "me" | "not-this") =>
  click(fake, user, `${actionIds.driven}:${word}`, `${rollback(fake).id} ${word}`);
const living = (fake: FakeWorld) => fake.messages(channel)[0]?.body.text ?? "";
const questions = (fake: FakeWorld) =>
  fake
    .messages(channel)
    .filter(({ key }) => key.includes(":observed:"))
    .map(({ body }) => body.text);
const rows = (fake: FakeWorld) =>
  fake.store.outcomes.map(({ actor, label, confidence, source }) => [
    actor,
    label,
    confidence,
    source,
  ]);

function rollback(fake: FakeWorld): Suggestion {
  const found = fake.store.suggestions.find(({ stepId }) => stepId === "roll-back-deploy");
  if (found === undefined) throw new Error("no rollback was offered");
  return found;
}

async function begun(changes: readonly ChangeRecord[]): Promise<FakeWorld> {
  const fake = fakeWorld();
  fake.sources = { ...fake.sources, changes: [changesOf(changes)] };
  await onChannelSeen(fake.world, { job: fake.job(), channel });
  await fake.work();
  return fake;
}
/** Read again at 14:11 and then every two minutes. */
async function readOn(fake: FakeWorld, minutes = 4): Promise<FakeWorld> {
  fake.pass(minutes);
  await fake.work();
  return fake;
}

describe("a rollback that the changes show and nobody told of", () => {
  test("is a fact and a row for less than a click, which resolves nothing, and one question", async () => {
    const fake = await readOn(await begun([back, bad]));
    assert.deepEqual(rows(fake), [[bot, "already_considered", 0.6, "observed"]]);
    assert.equal(fake.store.outcomes[0]?.at.getTime(), back.at * 1000);
    const { title, position } = rollback(fake);
    assert.deepEqual(questions(fake), [
      `Deploy feed: checkout went back to 9c1d2e0 at 14:10. That is step ${position}: ${title}. Who drove it?\nTimes in UTC.`,
    ]);
    assert.match(living(fake), new RegExp(`✕ ${title}, tried, seen among the changes 14:10`));
    await readOn(fake, 10);
    assert.equal(fake.store.outcomes.length, 1);
    assert.equal(questions(fake).length, 1);
    const [tally] = tallyOf(await fake.world.store.pastOutcomes("T1", incidentChannel, null));
    assert.equal(tally?.trials, 0);
  });

  test("is in the hands of whoever says so, from when it went live", async () => {
    const fake = await readOn(await begun([back, bad]));
    await answer(fake, bo, "me");
    await answer(fake, bo, "me");
    assert.deepEqual(
      incident(fake).claims.map(({ by, at }) => [by, at.getTime()]),
      [[bo, back.at * 1000]],
    );
    assert.deepEqual(rows(fake).slice(1), [[bot, "already_considered", 0, "observed"]]);
    assert.match(living(fake), new RegExp(`◐ ${rollback(fake).title}, <@${bo}> since 14:10`));
    assert.match(questions(fake)[0] ?? "", new RegExp(`Who drove it\\? <@${bo}> drove it\\.`));
    await click(fake, bo, `${actionIds.outcome}:helped`, `${rollback(fake).id} helped`);
    assert.deepEqual(rows(fake).slice(2), [[bo, "helped", 1, "click"]]);
  });

  test("is let go again by whoever says on second thought that it was another step", async () => {
    const fake = await readOn(await begun([back, bad]));
    await answer(fake, bo, "me");
    await answer(fake, bo, "not-this");
    assert.deepEqual(incident(fake).claims, []);
    assert.match(living(fake), new RegExp(`○ ${rollback(fake).title}`));
    const attempt = fake.messages(channel).find(({ key }) => key.includes(":try:"));
    assert.match(attempt?.body.text ?? "", /^Nobody is on: /);
    await answer(fake, bo, "me");
    assert.equal(incident(fake).claims.length, 1);
  });

  test("that is another step leaves this one free, and is not asked about again", async () => {
    const fake = await readOn(await begun([back, bad]));
    await answer(fake, ana, "not-this");
    assert.deepEqual(rows(fake).slice(1), [[bot, "already_considered", 0, "observed"]]);
    assert.match(living(fake), new RegExp(`○ ${rollback(fake).title}`));
    await readOn(fake, 10);
    assert.equal(fake.store.outcomes.length, 2);
    assert.match(questions(fake)[0] ?? "", new RegExp(`Not this, according to <@${ana}>\\.`));
  });

  test("is noticed where somebody asks for steps, and the new list leaves it out", async () => {
    const fake = await begun([back, bad]);
    fake.pass(4);
    fake.store.jobs.length = 0;
    await click(fake, ana, actionIds.steps, rollback(fake).incidentId);
    await fake.work();
    assert.deepEqual(rows(fake), [[bot, "already_considered", 0.6, "observed"]]);
    assert.equal(questions(fake).length, 1);
    const second = fake.store.suggestions.filter(({ list }) => list === 2);
    assert.ok(second.length > 0 && second.every(({ stepId }) => stepId !== "roll-back-deploy"));
  });

  test("is asked about by nobody outside the channel", async () => {
    const fake = await readOn(await begun([back, bad]));
    fake.members.set(channel, [ana, bot]);
    await answer(fake, bo, "me");
    assert.deepEqual(incident(fake).claims, []);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^Only members of/);
  });

  test("asks nothing in a muted incident", async () => {
    const fake = await begun([back, bad]);
    await click(fake, ana, actionIds.mute, rollback(fake).incidentId);
    await readOn(fake);
    assert.deepEqual(rows(fake).length, 1);
    assert.deepEqual(questions(fake), []);
  });
});

describe("nothing is observed", () => {
  test("of a step that is in somebody's hands, or that somebody told of", async () => {
    const claimed = await begun([back, bad]);
    await click(claimed, ana, actionIds.claim, rollback(claimed).id);
    await readOn(claimed);
    assert.deepEqual([...rows(claimed), ...questions(claimed)], []);
    const told = await begun([back, bad]);
    const event = { job: told.job(), channel, ts: `${onset + 490}.1`, user: ana };
    await hearMessage(told.world, { ...event, text: "rolled back already" });
    await readOn(told);
    assert.deepEqual(rows(told), [[ana, "already_considered", 0.6, "phrase"]]);
    assert.deepEqual(questions(told), []);
  });

  test("of another service's rollback, though its deploy was a suspect too", async () => {
    const other = { ...bad, id: "deployment-0", service: "payments", at: onset - 200 };
    const itsBack = { ...back, service: "payments" };
    const fake = await readOn(await begun([itsBack, bad, other]));
    assert.deepEqual([...rows(fake), ...questions(fake)], []);
  });

  test("of a deploy of something newer, of another service, or dated later than now", async () => {
    for (const change of [
      { ...back, after: "7777777" },
      { ...back, service: "payments" },
      { ...back, at: onset + 36_000 },
    ]) {
      const fake = await readOn(await begun([change, bad]));
      assert.deepEqual([...rows(fake), ...questions(fake)], []);
    }
  });
});
