import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { tallyOf } from "../../src/suggestion/tally.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import {
  ana,
  backAfter,
  begunWorld,
  bo,
  bot,
  incidentChannel,
  metricsOf,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

function click(fake: FakeWorld, user: string, actionId: string, value: string): Promise<void> {
  const { id: channel } = incidentChannel;
  return handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
}
const claim = (fake: FakeWorld, user: string, { id }: Suggestion) =>
  click(fake, user, actionIds.claim, id);
const say = (fake: FakeWorld, user: string, { id }: Suggestion, label: string) =>
  click(fake, user, `${actionIds.outcome}:${label}`, `${id} ${label}`);

function first(fake: FakeWorld, role: "fix" | "check"): Suggestion {
  const found = fake.store.suggestions.find((each) => each.role === role);
  if (found === undefined) throw new Error(`no ${role} was offered`);
  return found;
}
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const living = (fake: FakeWorld) => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
const labels = (fake: FakeWorld) => fake.store.outcomes.map(({ actor, label }) => [actor, label]);

describe("a list goes into the ledger", () => {
  test("with what was said of each step, and with what could have stood in it", async () => {
    const { suggestions } = (await begunWorld()).store;
    for (const { position, foretold, greedy, considered } of suggestions) {
      assert.ok(foretold && foretold.odds > 0 && foretold.said.every(Number.isFinite));
      assert.equal(greedy === null, position !== 3);
      assert.equal(considered === null, position !== 1);
    }
    const known = suggestions[0]?.considered?.map(({ stepId }) => stepId) ?? [];
    assert.ok(suggestions.every(({ stepId }) => known.includes(stepId)));
    assert.ok(known.length >= suggestions.length);
  });
});

describe("a click goes into the ledger", () => {
  test("a claim is shown on the board and gets a message of its own", async () => {
    const fake = await begunWorld();
    const fix = first(fake, "fix");
    await claim(fake, ana, fix);
    assert.match(living(fake), new RegExp(`◐ ${fix.title}.*<@${ana}>`));
    const attempt = fake.messages(incidentChannel.id).find(({ key }) => key.includes(":try:"));
    assert.match(attempt?.body.text ?? "", new RegExp(`<@${ana}> is on: ${fix.title}`));
    assert.deepEqual(fake.store.outcomes, [], "a claim is no outcome");
    assert.deepEqual(fake.tried, [fix.stepId]);
  });

  test("an outcome counts once, with the minutes since the claim", async () => {
    const fake = await begunWorld();
    const fix = first(fake, "fix");
    await claim(fake, ana, fix);
    fake.pass(6);
    await say(fake, ana, fix, "resolved");
    const [outcome, ...more] = fake.store.outcomes;
    assert.deepEqual(more, []);
    assert.deepEqual(
      [outcome?.label, outcome?.minutes, outcome?.confidence, outcome?.source],
      ["resolved", 6, 1, "click"],
    );
    assert.deepEqual(fake.counted, ["resolved"]);
  });

  test("the minutes of a step that worked end at the recovery that the readings saw, not at the click", async () => {
    const fake = await begunWorld();
    const fix = first(fake, "fix");
    await claim(fake, ana, fix);
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
    fake.pass(14);
    await fake.work();
    await say(fake, ana, fix, "resolved");
    await say(fake, ana, fix, "no_effect");
    await say(fake, ana, fix, "helped");
    assert.deepEqual(
      fake.store.outcomes.map(({ label, minutes }) => [label, minutes]),
      [
        ["resolved", 5],
        ["no_effect", 14],
        ["helped", 5],
      ],
    );
  });

  test("a recovery from before the claim is not the step's", async () => {
    const fake = await begunWorld();
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
    fake.pass(10);
    await fake.work();
    const fix = first(fake, "fix");
    await claim(fake, ana, fix);
    fake.pass(6);
    await say(fake, ana, fix, "resolved");
    assert.equal(fake.store.outcomes[0]?.minutes, 6);
  });

  test("what was ruled out or is not for this team was not tried", async () => {
    const fake = await begunWorld();
    const [one, two, three] = fake.store.suggestions;
    if (!one || !two || !three) throw new Error("too few steps were offered");
    await say(fake, ana, one, "ruled_out");
    await say(fake, ana, two, "not_for_us");
    assert.deepEqual(fake.tried, []);
    await say(fake, ana, three, "no_effect");
    assert.deepEqual(fake.tried, [three.stepId]);
  });

  test("two people on the same step are told so, once", async () => {
    const fake = await begunWorld();
    const fix = first(fake, "fix");
    await claim(fake, ana, fix);
    await claim(fake, bo, fix);
    const shared = fake.messages(incidentChannel.id).filter(({ key }) => key.includes(":shared:"));
    assert.equal(shared.length, 1);
    assert.match(shared[0]?.body.text ?? "", new RegExp(`<@${ana}>.*<@${bo}>`));
  });

  test("a first step that did not help makes room for the next, which is said with the reason", async () => {
    const fake = await begunWorld();
    const [leading] = fake.store.suggestions;
    if (leading === undefined) throw new Error("nothing was offered");
    await say(fake, ana, leading, "no_effect");
    const now = fake.messages(incidentChannel.id).find(({ key }) => key.includes(":first:"));
    assert.match(now?.body.text ?? "", /^Now first: .*, because ".*" had no effect\.$/);
  });
});

describe("a muted incident", () => {
  test("gets answers and edits, and no remarks beside them", async () => {
    const fake = await begunWorld();
    const incidentId = fake.store.incidents()[0]?.id ?? "";
    await click(fake, bo, actionIds.mute, incidentId);
    const [leading] = fake.store.suggestions;
    if (leading === undefined) throw new Error("nothing was offered");
    await claim(fake, ana, leading);
    await claim(fake, bo, leading);
    await say(fake, ana, leading, "no_effect");
    const keys = fake.messages(incidentChannel.id).map(({ key }) => key);
    assert.deepEqual(
      keys.filter((key) => /:(shared|first):/.test(key)),
      [],
    );
    assert.deepEqual(labels(fake), [[ana, "no_effect"]]);
    assert.match(living(fake), /no effect/);
  });
});

describe("a word moves and never adds", () => {
  test("the same click again changes nothing", async () => {
    const fake = await begunWorld();
    const fix = first(fake, "fix");
    await claim(fake, ana, fix);
    await claim(fake, ana, fix);
    await say(fake, ana, fix, "helped");
    await say(fake, ana, fix, "helped");
    assert.deepEqual(incident(fake).claims.length, 1);
    assert.deepEqual(labels(fake), [[ana, "helped"]]);
    assert.deepEqual(fake.counted, ["helped"]);
  });

  test("a correction is kept beside the first word, and counts in its place", async () => {
    const fake = await begunWorld();
    const fix = first(fake, "fix");
    await say(fake, ana, fix, "resolved");
    await say(fake, ana, fix, "no_effect");
    assert.deepEqual(labels(fake), [
      [ana, "resolved"],
      [ana, "no_effect"],
    ]);
    assert.deepEqual(
      incident(fake).outcomes.map(({ by, label }) => [by, label]),
      [[ana, "no_effect"]],
    );
    const past = await fake.world.store.pastOutcomes(
      "T1",
      { id: "C-READER", kind: "public" },
      null,
    );
    const [tally] = tallyOf(past);
    assert.deepEqual([tally?.counts?.tried, tally?.counts?.worked], [1, 0]);
  });

  test("a second run of the click's own job is nothing", async () => {
    const fake = await begunWorld();
    const { id } = first(fake, "fix");
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana };
    const pressed = { ...event, actionId: `${actionIds.outcome}:helped`, value: `${id} helped` };
    await handleClick(fake.world, pressed);
    const { length } = fake.store.effects;
    await handleClick(fake.world, pressed);
    assert.equal(fake.store.effects.length, length);
    assert.equal(fake.store.outcomes.length, 1);
  });

  test("a decision that came too late is made again on what is there by then", async () => {
    const fake = await begunWorld();
    const fix = first(fake, "fix");
    fake.store.beforeNextCommit = () => claim(fake, bo, fix);
    await claim(fake, ana, fix);
    assert.deepEqual(fake.store.commits.slice(-3), ["committed", "stale", "committed"]);
    assert.deepEqual(
      incident(fake).claims.map(({ by }) => by),
      [bo, ana],
    );
    assert.match(living(fake), new RegExp(`◐ .*<@${bo}>`));
  });
});

describe("who may record", () => {
  test("a click of somebody outside the channel is refused with the sentence and records nothing", async () => {
    const fake = await begunWorld();
    fake.members.set(incidentChannel.id, [bo]);
    const { seq } = incident(fake);
    await claim(fake, ana, first(fake, "fix"));
    await say(fake, ana, first(fake, "fix"), "resolved");
    const words =
      "Only members of #inc-7-checkout-latency can record outcomes. Join the channel and click again; nothing was recorded.";
    assert.deepEqual(
      fake.ephemerals(ana).map(({ text }) => text),
      [words, words],
    );
    assert.deepEqual([fake.store.outcomes, fake.counted, fake.tried], [[], [], []]);
    assert.equal(incident(fake).seq, seq + 1, "the timeline keeps it, once");
  });

  test("whoever clicks from outside is answered where they clicked, since the channel shows them nothing", async () => {
    const fake = await begunWorld();
    fake.members.set(incidentChannel.id, [bo, bot]);
    const responseUrl = "https://hooks.slack.example/1";
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana, responseUrl };
    const pressed = { ...event, actionId: actionIds.claim, value: first(fake, "fix").id };
    await handleClick(fake.world, pressed);
    await handleClick(fake.world, pressed);
    assert.deepEqual(fake.ephemerals(ana), []);
    assert.deepEqual(
      fake.responses.map(({ url, body }) => [url, body.text.slice(0, 47)]),
      [[responseUrl, "Only members of #inc-7-checkout-latency can rec"]],
    );
    await handleClick(fake.world, { ...pressed, job: fake.job(), user: bo, value: "sug_gone" });
    assert.equal(fake.ephemerals(bo).length, 1, "a member hears of it in the channel");
  });

  test("a member's click on a copy in another channel counts for the incident's own", async () => {
    const fake = await begunWorld();
    const { id } = first(fake, "fix");
    const event = { job: fake.job(), channel: teamChannel.id, user: ana };
    await handleClick(fake.world, { ...event, actionId: actionIds.claim, value: id });
    assert.deepEqual(
      incident(fake).claims.map(({ by }) => by),
      [ana],
    );
  });

  test("a button of a step that nobody knows, or of nothing of ours, gets a sentence", async () => {
    const fake = await begunWorld();
    await click(fake, ana, actionIds.claim, "sug_gone");
    await click(fake, bo, "somebody:elses", "42");
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /^That step is no longer known/);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^That button belongs to nothing/);
  });
});

test("the step that resolved one incident is ranked higher in the next of its kind, with its record beside it", async () => {
  const fake = await begunWorld();
  const fix = fake.store.suggestions.filter(({ role }) => role === "fix").at(-1);
  if (fix === undefined) throw new Error("no fix was offered");
  await say(fake, ana, fix, "resolved");
  const second = { ...incidentChannel, id: "CNEXT", name: "inc-8-checkout-latency" };
  fake.channels.set(second.id, second);
  await onChannelSeen(fake.world, { job: fake.job(), channel: second.id });
  await fake.work();
  const again = fake.store.suggestions.findLast(({ stepId }) => stepId === fix.stepId);
  assert.notEqual(again?.incidentId, fix.incidentId);
  assert.ok((again?.p ?? 0) > fix.p);
  assert.ok((again?.position ?? 9) <= fix.position);
  const texts = fake.messages(second.id).map(({ body }) => body.text);
  assert.match(texts.join("\n"), /Worked in 1 of 1 similar incident/);
});
