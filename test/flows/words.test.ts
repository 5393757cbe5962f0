import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { hearReaction } from "../../src/flows/hear-reaction.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { deedsIn } from "../../src/suggestion/done.ts";
import { tallyOf } from "../../src/suggestion/tally.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { countReads } from "./counted-reads.ts";
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

const { id: channel } = incidentChannel;
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const click = (fake: FakeWorld, user: string, actionId: string, value: string) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
const claim = (fake: FakeWorld, user: string, { id }: Suggestion) =>
  click(fake, user, actionIds.claim, id);
const press = (fake: FakeWorld, user: string, { id }: Suggestion, label: string) =>
  click(fake, user, `${actionIds.outcome}:${label}`, `${id} ${label}`);

let said = 0;
/** The message's timestamp. */
async function say(fake: FakeWorld, user: string, text: string, at?: number): Promise<string> {
  said += 1;
  const seconds = at ?? Math.floor(fake.world.now().getTime() / 1000);
  const ts = `${seconds}.${String(said).padStart(6, "0")}`;
  await hearMessage(fake.world, { job: fake.job(), channel, ts, user, text });
  return ts;
}
async function react(
  fake: FakeWorld,
  user: string,
  { name, ts, isAdded = true }: { name: string; ts: string; isAdded?: boolean },
): Promise<void> {
  await hearReaction(fake.world, { job: fake.job(), channel, ts, user, name, isAdded });
}
/** Where the fake store says that our messages stand. */
const tryOf = ({ incidentId, id }: Suggestion) => `ts of ${incidentId}:try:${id}`;
const listOf = ({ incidentId, list }: Suggestion) => `ts of steps:${incidentId}:${list}`;

const rows = (fake: FakeWorld) =>
  fake.store.outcomes.map(({ actor, stepId, label, confidence, source }) => [
    actor,
    stepId,
    label,
    confidence,
    source,
  ]);

function offered(fake: FakeWorld, stepId: string): Suggestion {
  const found = fake.store.suggestions.find((each) => each.stepId === stepId);
  if (found === undefined) {
    throw new Error(fake.store.suggestions.map((each) => each.stepId).join());
  }
  return found;
}
const rollback = (fake: FakeWorld) => offered(fake, "roll-back-deploy");

describe("what people say of steps in an incident's channel", () => {
  test("is a word of the ledger, for less than a click; what fixed it takes a plain sentence", async () => {
    for (const [text, label] of [
      ["rolled back, that fixed it", "resolved"],
      ["rolled back, that helped", "helped"],
      ["rolled back, didn't help", "no_effect"],
      ["rolled back already, p99 is fine now", "already_considered"],
    ] as const) {
      const fake = await begunWorld();
      const ts = await say(fake, ana, text);
      assert.deepEqual(rows(fake), [[ana, "roll-back-deploy", label, 0.6, "phrase"]], text);
      const entry = fake.store
        .incidents()[0]
        ?.entries.findLast(({ fact }) => fact.kind !== "remark");
      const told = fake.store.incidents()[0]?.entries.find(({ fact }) => fact.kind === "outcome");
      assert.equal(told?.messageTs, ts);
      assert.equal(entry?.fact.kind, label === "resolved" ? "asked" : "outcome");
    }
  });

  test("counts in a mention too, once, before the mention is answered", async () => {
    const fake = await begunWorld();
    const at = Math.floor(fake.world.now().getTime() / 1000);
    const said = { channel, ts: `${at}.000007`, threadTs: null, user: ana };
    const text = `<@${bot}> rolled back, didn't help. What now?`;
    await onMention(fake.world, { job: fake.job(), ...said, text });
    await fake.work();
    assert.deepEqual(rows(fake), [[ana, "roll-back-deploy", "no_effect", 0.6, "phrase"]]);
    const second = fake.store.suggestions.filter(({ list }) => list === 2);
    assert.ok(second.length > 0 && second.every(({ stepId }) => stepId !== "roll-back-deploy"));
    await hearMessage(fake.world, { job: fake.job(), ...said, text });
    assert.equal(fake.store.outcomes.length, 1);
  });

  test("on a check is what it told, never that it fixed something", async () => {
    const fake = await begunWorld();
    const check = fake.store.suggestions.find(({ role }) => role === "check");
    const step = fake.world.steps.find(({ id }) => id === check?.stepId);
    assert.ok(check && step);
    const world = { ...fake.world, steps: [{ ...step, doneWords: ["read the waits"] }] };
    const event = { channel, user: ana };
    const told = [
      ["1.1", "read the waits, ruled out"],
      ["1.2", "read the waits, that fixed it"],
    ] as const;
    for (const [ts, text] of told) {
      await hearMessage(world, { ...event, job: fake.job(), ts, text });
    }
    assert.deepEqual(rows(fake), [[ana, check.stepId, "ruled_out", 0.6, "phrase"]]);
  });

  test("is understood with the built-in playbook's words", () => {
    const { world } = fakeWorld();
    for (const [text, told] of [
      ["rolled back, that fixed it", { "roll-back-deploy": "resolved" }],
      ["restart didn't help", { "restart-service": "no_effect" }],
      ["pool waits look normal, ruled out", { "read-pool-waits": "ruled_out" }],
    ] as const) {
      const deeds = deedsIn(text, world.steps).map(({ stepId, label }) => [stepId, label]);
      assert.deepEqual(Object.fromEntries(deeds), told, text);
    }
  });

  test("that tells of no deed costs no read, and of a step that was not offered no word but that it ended it", async () => {
    const fake = await begunWorld();
    const reads = countReads(fake);
    let looks = 0;
    const { store } = fakeWorld();
    fake.store.latestIncidentIn = (...asked) => {
      looks += 1;
      return store.latestIncidentIn(...asked);
    };
    await say(fake, ana, "p99 is awful, should we roll back?");
    await say(fake, ana, "lunch?");
    assert.deepEqual([looks, reads()], [0, 0]);
    await say(fake, ana, "rolled back already");
    assert.equal(looks, 1);
    const read = await begunWorld();
    await say(read, ana, "renewed the certificate, no change");
    assert.deepEqual(rows(read), []);
    await say(read, ana, "renewed the certificate, that fixed it");
    assert.deepEqual(rows(read), [[ana, "renew-certificate", "resolved", 0.6, "phrase"]]);
  });

  test("in a channel without an incident, or a day after its end, is none of ours", async () => {
    const fake = await begunWorld();
    const text = "rolled back, that fixed it";
    const event = { job: fake.job(), channel: teamChannel.id, ts: "1.1", user: ana, text };
    await hearMessage(fake.world, event);
    await click(fake, ana, actionIds.resolve, fake.store.incidents()[0]?.id ?? "");
    fake.pass(25 * 60);
    await say(fake, ana, text);
    assert.deepEqual(rows(fake), []);
  });

  test("counts once, however often it comes or is repeated", async () => {
    const fake = await begunWorld();
    const event = { channel, ts: "1795442800.1", user: ana, text: "rolled back, no luck" };
    await hearMessage(fake.world, { ...event, job: "one" });
    await hearMessage(fake.world, { ...event, job: "two" });
    await say(fake, ana, "rolled back, no luck");
    await say(fake, ana, "I rolled back already");
    assert.deepEqual(rows(fake), [[ana, "roll-back-deploy", "no_effect", 0.6, "phrase"]]);
  });

  test("does not take the place of the same person's click, but a click takes its place", async () => {
    const fake = await begunWorld();
    await say(fake, ana, "rolled back, that helped");
    await press(fake, ana, rollback(fake), "helped");
    await say(fake, ana, "rolled back, no luck");
    assert.deepEqual(
      fake.store.outcomes.map(({ label, source }) => [label, source]),
      [
        ["helped", "phrase"],
        ["helped", "click"],
      ],
    );
  });

  test("after the end is kept and marked so; a clock that runs ahead does not date it", async () => {
    const fake = await begunWorld();
    await click(fake, ana, actionIds.resolve, fake.store.incidents()[0]?.id ?? "");
    const now = fake.world.now();
    await say(fake, ana, "rolled back, that fixed it", now.getTime() / 1000 + 3_600);
    const [row] = fake.store.outcomes;
    assert.equal(row?.at.getTime(), now.getTime());
    assert.match(
      row?.note ?? "",
      /^said after the end; dated 2026-11-23T15:07:00.000Z by its sender/,
    );
  });

  test("of somebody outside the channel is not counted", async () => {
    const fake = await begunWorld();
    fake.members.set(channel, [ana, bot]);
    await say(fake, bo, "rolled back, that fixed it");
    assert.deepEqual(rows(fake), []);
  });
});

describe("a reaction", () => {
  test("on the message of a try is a word on its step; none says that it fixed it", async () => {
    for (const [name, label] of [
      ["white_check_mark", "helped"],
      ["heavy_check_mark", "helped"],
      ["+1::skin-tone-3", "helped"],
      ["-1", "no_effect"],
    ] as const) {
      const fake = await begunWorld();
      await claim(fake, ana, rollback(fake));
      await react(fake, bo, { name, ts: tryOf(rollback(fake)) });
      assert.deepEqual(rows(fake), [[bo, "roll-back-deploy", label, 0.6, "reaction"]], name);
    }
  });

  test("of eyes takes the step in hand, and its end lets it go", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await claim(fake, ana, fix);
    const eyes = { name: "eyes", ts: tryOf(fix) };
    await react(fake, bo, eyes);
    const owners = () => incident(fake).claims.map(({ by }) => by);
    assert.deepEqual(owners(), [ana, bo]);
    await react(fake, bo, { ...eyes, isAdded: false });
    assert.deepEqual(owners(), [ana]);
    await react(fake, ana, { ...eyes, isAdded: false });
    assert.deepEqual(owners(), [ana], "a click is not taken back by a reaction");
  });

  test("that is taken back takes its word back, by a row that counts for nothing", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await claim(fake, ana, fix);
    const mark = { name: "white_check_mark", ts: tryOf(fix) };
    await react(fake, bo, mark);
    await react(fake, bo, { ...mark, name: "-1", isAdded: false });
    assert.equal(fake.store.outcomes.length, 1, "another reaction said nothing");
    await react(fake, bo, { ...mark, isAdded: false });
    await react(fake, bo, { ...mark, isAdded: false });
    assert.deepEqual(rows(fake).slice(1), [[bo, "roll-back-deploy", "helped", 0, "reaction"]]);
    assert.equal(fake.store.outcomes[1]?.note, "taken back");
    assert.deepEqual(incident(fake).outcomes, []);
    const [tally] = tallyOf(await fake.world.store.pastOutcomes("T1", incidentChannel, null));
    assert.equal(tally?.trials, 0);
  });

  test("may be taken back long after the end, when none is taken for a word any more", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await claim(fake, ana, fix);
    const mark = { name: "+1", ts: tryOf(fix) };
    await react(fake, bo, mark);
    await click(fake, ana, actionIds.resolve, fix.incidentId);
    fake.pass(3 * 24 * 60);
    await react(fake, ana, mark);
    assert.equal(fake.store.outcomes.length, 1);
    await react(fake, bo, { ...mark, isAdded: false });
    assert.deepEqual(rows(fake).slice(1), [[bo, "roll-back-deploy", "helped", 0, "reaction"]]);
  });

  test("on what somebody said of a step is a word on that step", async () => {
    const fake = await begunWorld();
    const ts = await say(fake, ana, "rolled back already");
    await react(fake, bo, { name: "+1", ts });
    assert.deepEqual(rows(fake).slice(1), [[bo, "roll-back-deploy", "helped", 0.6, "reaction"]]);
    const talk = await say(fake, ana, "what a day");
    await react(fake, bo, { name: "+1", ts: talk });
    assert.equal(fake.store.outcomes.length, 2);
  });

  test("on a list means the step that this person has in hand; else they are asked for a button", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await react(fake, bo, { name: "+1", ts: listOf(fix) });
    assert.deepEqual(rows(fake), []);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^A reaction on a list of several steps/);
    await claim(fake, bo, fix);
    await react(fake, bo, { name: "-1", ts: listOf(fix) });
    assert.deepEqual(rows(fake), [[bo, "roll-back-deploy", "no_effect", 0.6, "reaction"]]);
  });

  test("of a bot, of an outsider, and one that means nothing here, are not counted", async () => {
    const fake = await begunWorld();
    const fix = rollback(fake);
    await claim(fake, ana, fix);
    fake.bots = [bot, bo];
    await react(fake, bo, { name: "+1", ts: tryOf(fix) });
    await react(fake, bot, { name: "+1", ts: tryOf(fix) });
    fake.members.set(channel, [bo, bot]);
    await react(fake, ana, { name: "+1", ts: tryOf(fix) });
    fake.members.set(channel, [ana, bo, bot]);
    await react(fake, ana, { name: "tada", ts: tryOf(fix) });
    assert.deepEqual(rows(fake), []);
  });
});
