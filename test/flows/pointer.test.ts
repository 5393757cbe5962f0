import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import { recordOf, recordWords } from "../../src/suggestion/record.ts";
import { tallyOf } from "../../src/suggestion/tally.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { ana, begunWorld, bo, incidentChannel, type FakeWorld } from "./fake-world.ts";

function click(fake: FakeWorld, user: string, actionId: string, value: string): Promise<void> {
  const { id: channel } = incidentChannel;
  return handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
}
const say = (fake: FakeWorld, user: string, { id }: Suggestion, label: string) =>
  click(fake, user, `${actionIds.outcome}:${label}`, `${id} ${label}`);
const point = (fake: FakeWorld, user: string, { id }: Suggestion, to: string) =>
  click(fake, user, `${actionIds.pointer}:1`, `${id} ${to}`);

const questions = (fake: FakeWorld) =>
  fake.messages(incidentChannel.id).filter(({ key }) => key.endsWith(":pointer"));
const buttons = (fake: FakeWorld) =>
  [...JSON.stringify(questions(fake)[0]?.body.blocks).matchAll(/"text":"([^"]+)","emoji"/g)].map(
    ([, text]) => text,
  );

function offered(fake: FakeWorld, role: "fix" | "check"): readonly [Suggestion, ...Suggestion[]] {
  const [first, ...rest] = fake.store.suggestions.filter((each) => each.role === role);
  if (first === undefined) throw new Error(`no ${role} was offered`);
  return [first, ...rest];
}

async function mended() {
  const fake = await begunWorld();
  const [fix] = offered(fake, "fix");
  const [check] = offered(fake, "check");
  await say(fake, bo, check, "helped");
  await say(fake, ana, fix, "resolved");
  return { fake, fix, check };
}

async function ledToFix(fake: FakeWorld, { stepId }: Suggestion): Promise<number> {
  const tallies = tallyOf(await fake.world.store.pastOutcomes("T1", incidentChannel, null));
  return recordOf(stepId, { symptom: "latency", service: "checkout" }, tallies).ledToFix;
}

describe("what pointed to the fix", () => {
  test("is asked once somebody has said that a fix did it, of the checks that gave an answer", async () => {
    const { fake, fix, check } = await mended();
    assert.equal(questions(fake).length, 1);
    const words = `"${fix.title}" fixed it, according to <@${ana}>. What pointed you there?`;
    assert.equal(questions(fake)[0]?.body.text, words);
    assert.deepEqual(buttons(fake), [check.title, "The deploy line", "Something else", "Skip"]);
    assert.doesNotMatch(JSON.stringify(questions(fake)[0]?.body.blocks), /"style"/);
  });

  test("is asked once, whoever says the same, and not where nothing was resolved", async () => {
    const { fake, fix } = await mended();
    await say(fake, bo, fix, "resolved");
    const asked = fake.store.incidents()[0]?.entries.filter(({ fact }) => fact.kind === "asked");
    assert.equal(asked?.length, 1);
    assert.equal(questions(fake).length, 1);
    const calm = await begunWorld();
    await say(calm, ana, offered(calm, "fix")[0], "helped");
    assert.deepEqual(questions(calm), []);
  });

  test("is a fact and a row of the ledger, and counts in the check's record", async () => {
    const { fake, fix, check } = await mended();
    await point(fake, ana, fix, check.id);
    assert.deepEqual(
      fake.store.links.map(({ fixId, checkId, pointer, actor }) => [
        fixId,
        checkId,
        pointer,
        actor,
      ]),
      [[fix.id, check.id, "check", ana]],
    );
    assert.match(questions(fake)[0]?.body.text ?? "", new RegExp(`<@${ana}>: ${check.title}\\.$`));
    const tallies = tallyOf(await fake.world.store.pastOutcomes("T1", incidentChannel, null));
    const record = recordOf(check.stepId, { symptom: "latency", service: "checkout" }, tallies);
    assert.equal(
      recordWords("check", record, "checkout"),
      "Answered 1 of 1 time, led to the fix in 1.",
    );
  });

  test("is undone by choosing again, and the same choice again is nothing", async () => {
    const { fake, fix, check } = await mended();
    await point(fake, ana, fix, check.id);
    await point(fake, ana, fix, check.id);
    assert.equal(fake.store.links.length, 1);
    await point(fake, ana, fix, "deploy-line");
    assert.equal(await ledToFix(fake, check), 0);
    assert.equal(fake.store.links.length, 2, "nothing is deleted");
    assert.match(questions(fake)[0]?.body.text ?? "", new RegExp(`<@${ana}>: the deploy line\\.$`));
  });

  test("counts no more once the fix is no longer said to have done it", async () => {
    const { fake, fix, check } = await mended();
    await point(fake, ana, fix, check.id);
    assert.equal(await ledToFix(fake, check), 1);
    await say(fake, ana, fix, "no_effect");
    assert.equal(await ledToFix(fake, check), 0);
  });

  test("may be said after the end, by members alone, and of a check of this incident alone", async () => {
    const { fake, fix, check } = await mended();
    await click(fake, ana, actionIds.resolve, fix.incidentId);
    fake.members.set(incidentChannel.id, [ana]);
    await point(fake, bo, fix, check.id);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^Only members of #inc-7-checkout-latency/);
    await point(fake, ana, fix, "sug_gone");
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /^That step is no longer known/);
    assert.deepEqual(fake.store.links, []);
    await point(fake, ana, fix, check.id);
    assert.equal(fake.store.links.length, 1);
  });

  test("is not asked in a muted incident", async () => {
    const fake = await begunWorld();
    const [fix] = offered(fake, "fix");
    await click(fake, ana, actionIds.mute, fix.incidentId);
    await say(fake, ana, fix, "resolved");
    assert.deepEqual(questions(fake), []);
  });
});
