import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { tallyOf } from "../../src/suggestion/tally.ts";
import { ana, begunWorld, bo, incidentChannel, type FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;

function firstFix(fake: FakeWorld) {
  const fix = fake.store.suggestions.find(({ role }) => role === "fix");
  if (fix === undefined) throw new Error("no fix was offered");
  return fix;
}
async function click(fake: FakeWorld, user: string, actionId: string, value: string) {
  await handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
}
const say = (fake: FakeWorld, user: string, label: string) =>
  click(fake, user, `${actionIds.outcome}:${label}`, `${firstFix(fake).id} ${label}`);
const claim = (fake: FakeWorld, user: string) =>
  click(fake, user, actionIds.claim, firstFix(fake).id);
const takeBack = (fake: FakeWorld, user: string) =>
  click(fake, user, actionIds.outcome, `${firstFix(fake).id} take-back`);
const incidentOf = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
/** As the message reads by now. */
const textOf = (fake: FakeWorld, key: string) =>
  fake.messages(channel).findLast((sent) => sent.key.includes(key))?.body.text ?? "";

describe("a word that was clicked", () => {
  test("is taken back with the claim, for its person alone, by a row that counts for nothing", async () => {
    const fake = await begunWorld();
    await claim(fake, ana);
    await claim(fake, bo);
    await say(fake, ana, "wrong");
    await say(fake, bo, "helped");
    await takeBack(fake, ana);
    const { claims, outcomes } = incidentOf(fake);
    assert.deepEqual([claims.map(({ by }) => by), outcomes.map(({ by }) => by)], [[bo], [bo]]);
    const last = fake.store.outcomes.at(-1);
    assert.deepEqual(
      [last?.actor, last?.label, last?.confidence, last?.source, last?.note],
      [ana, "wrong", 0, "click", "taken back"],
    );
    const rows = await fake.store.pastOutcomes("T1", { id: channel, kind: "public" }, null);
    const [tally] = tallyOf(rows);
    assert.deepEqual([tally?.counts?.worsened, tally?.counts?.helped], [0, 1]);
    assert.doesNotMatch(textOf(fake, ":try:"), /made it worse/);
  });

  test("makes the step free again, and may be said anew", async () => {
    const fake = await begunWorld();
    await say(fake, ana, "no_effect");
    await takeBack(fake, ana);
    assert.deepEqual(incidentOf(fake).outcomes, []);
    await say(fake, ana, "no_effect");
    assert.equal(incidentOf(fake).outcomes.length, 1);
    assert.equal(fake.store.outcomes.length, 3);
  });

  test("that named the fix leaves the question at the end open again", async () => {
    const fake = await begunWorld();
    await click(fake, ana, actionIds.resolve, firstFix(fake).incidentId);
    await say(fake, ana, "resolved");
    assert.match(textOf(fake, ":end"), /Roll back the last deploy/);
    await takeBack(fake, ana);
    assert.match(textOf(fake, ":end"), /Which step did it\?$/m);
  });

  test("that named the fix gives way to the same person's later answer, and the answer to a later name", async () => {
    const fake = await begunWorld();
    const { incidentId } = firstFix(fake);
    const answer = (user: string, credit: string) =>
      click(fake, user, `${actionIds.credit}:${credit}`, `${incidentId} ${credit}`);
    await click(fake, ana, actionIds.resolve, incidentId);
    await say(fake, ana, "resolved");
    await answer(bo, "cannot-tell");
    await answer(ana, "several");
    assert.equal(incidentOf(fake).outcomes.length, 1, "others' answers and several leave it");
    await answer(ana, "by-itself");
    assert.deepEqual(incidentOf(fake).outcomes, []);
    assert.equal(fake.store.outcomes.at(-1)?.confidence, 0);
    assert.match(textOf(fake, ":end"), /did it\? <@UANA>: by itself\.$/m);
    await say(fake, ana, "resolved");
    assert.match(textOf(fake, ":end"), /did it\? <@UANA>: Roll back the last deploy\.$/m);
  });

  test("is none where this person has said nothing of the step, and they are told so", async () => {
    const fake = await begunWorld();
    await say(fake, bo, "no_effect");
    await takeBack(fake, ana);
    assert.equal(incidentOf(fake).outcomes.length, 1);
    assert.match(
      fake.ephemerals(ana).at(-1)?.text ?? "",
      /^You have said nothing of "Roll back the last deploy"; there is nothing to take back/,
    );
  });
});
