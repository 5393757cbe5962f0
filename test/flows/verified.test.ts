import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import {
  ana,
  backAfter,
  begunWorld,
  bo,
  incidentChannel,
  metricsOf,
  type FakeWorld,
} from "./fake-world.ts";

const { id: channel } = incidentChannel;
const incidentId = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const click = (fake: FakeWorld, user: string, actionId: string, value = incidentId(fake)) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
const claim = (fake: FakeWorld, user: string, { id }: Suggestion) =>
  click(fake, user, actionIds.claim, id);
const say = (fake: FakeWorld, user: string, { id }: Suggestion, label: string) =>
  click(fake, user, `${actionIds.outcome}:${label}`, `${id} ${label}`);
const credit = (fake: FakeWorld, user: string, word: string) =>
  click(fake, user, `${actionIds.credit}:${word}`, `${incidentId(fake)} ${word}`);

/** Every message of the channel that asks what did it. */
const asking = (fake: FakeWorld) =>
  fake
    .messages(channel)
    .filter(({ body }) => /What did it\?|Which step did it\?/.test(body.text))
    .map(({ key, body }) => ({ key: key.split(":").slice(1).join(":"), text: body.text }));

function fixes(fake: FakeWorld): readonly [Suggestion, Suggestion] {
  const [one, two] = fake.store.suggestions.filter(({ role }) => role === "fix");
  if (one === undefined || two === undefined) throw new Error("too few fixes were offered");
  return [one, two];
}

/** Two fixes in hand at 14:07 and 14:08, back at 14:12, read at 14:17. */
async function recovered() {
  const fake = await begunWorld();
  const [one, two] = fixes(fake);
  await claim(fake, ana, one);
  fake.pass(1);
  await claim(fake, bo, two);
  fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
  fake.pass(9);
  await fake.work();
  return { fake, one, two };
}

describe("after somebody took a fix into their hands", () => {
  test("it is read 2, 5 and 15 minutes later, however seldom the incident is read by then", async () => {
    const fake = await begunWorld();
    fake.pass(61);
    await fake.work();
    const [one] = fixes(fake);
    await claim(fake, ana, one);
    const message = fake.messages(channel).find(({ key }) => key.endsWith(`:try:${one.id}`));
    assert.match(message?.body.text ?? "", /Next reading 15:10/);
    const made: number[] = [];
    for (let minute = 1; minute <= 20; minute += 1) {
      fake.pass(1);
      if ((await fake.work()).includes("read-again")) made.push(minute);
    }
    for (const minute of [2, 5, 15]) assert.ok(made.includes(minute), `${minute}: ${made.join()}`);
  });

  test("a check is not read for, and the same claim again plans nothing more", async () => {
    const fake = await begunWorld();
    const check = fake.store.suggestions.find(({ role }) => role === "check");
    const { length } = fake.store.jobs;
    if (check !== undefined) await claim(fake, ana, check);
    assert.equal(fake.store.jobs.length, length);
    const [one] = fixes(fake);
    await claim(fake, ana, one);
    await claim(fake, ana, one);
    assert.equal(fake.store.jobs.length, length + 3);
  });
});

describe("once the numbers are back", () => {
  test("one message asks what did it, with every fix from before, and none is preselected", async () => {
    const { fake, one, two } = await recovered();
    const [question, ...more] = asking(fake);
    assert.deepEqual(more, []);
    assert.equal(question?.key, `try:${two.id}`, "the newest try asks");
    for (const { title } of [one, two]) assert.ok(question?.text.includes(`${title} 14:0`), title);
    fake.pass(10);
    await fake.work();
    assert.equal(asking(fake).length, 1);
    assert.deepEqual(fake.store.outcomes, [], "numbers alone resolve nothing");
    assert.equal(incident(fake).state, "open");
  });

  test("what was begun after the recovery is no candidate", async () => {
    const fake = await begunWorld();
    const [one, two] = fixes(fake);
    await claim(fake, ana, one);
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
    fake.pass(6);
    await claim(fake, bo, two);
    fake.pass(4);
    await fake.work();
    const [question] = asking(fake);
    assert.equal(question?.key, `try:${one.id}`);
    assert.ok(!question?.text.includes(two.title), question?.text);
  });

  test("how often it healed by itself is said beside it", async () => {
    const fake = await begunWorld();
    fake.store.healed = { healed: 6, of: 9 };
    const [one] = fixes(fake);
    await claim(fake, ana, one);
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
    fake.pass(10);
    await fake.work();
    assert.match(
      asking(fake)[0]?.text ?? "",
      /This alert cleared by itself in 6 of 9 earlier cases\./,
    );
  });

  test("an answer that names no step stays changeable where it was asked", async () => {
    const { fake, two } = await recovered();
    await credit(fake, ana, "by-itself");
    assert.match(asking(fake)[0]?.text ?? "", new RegExp(`<@${ana}>: by itself\\.`));
    await credit(fake, ana, "cannot-tell");
    assert.match(asking(fake)[0]?.text ?? "", new RegExp(`<@${ana}>: can't tell\\.`));
    await say(fake, ana, two, "resolved");
    assert.deepEqual(asking(fake), [], "a step was named");
  });
});

describe("nobody is asked twice", () => {
  test("at the end, where the message of a try has asked", async () => {
    const { fake } = await recovered();
    await click(fake, ana, actionIds.resolve);
    assert.deepEqual(
      asking(fake).map(({ key }) => key.split(":")[0]),
      ["try"],
    );
  });

  test("by the message of a try, where somebody has said what did it", async () => {
    const fake = await begunWorld();
    const [one, two] = fixes(fake);
    await claim(fake, ana, one);
    await say(fake, bo, two, "resolved");
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
    fake.pass(10);
    await fake.work();
    assert.deepEqual(asking(fake), []);
  });

  test("the question at the end shows who named which step, by whichever button", async () => {
    const fake = await begunWorld();
    const [one] = fixes(fake);
    await claim(fake, ana, one);
    await click(fake, ana, actionIds.resolve);
    await say(fake, bo, one, "resolved");
    const [question, ...more] = asking(fake);
    assert.deepEqual(more, []);
    assert.match(question?.text ?? "", new RegExp(`Which step did it\\? .*<@${bo}>: ${one.title}`));
  });
});
