import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { causes } from "../../src/vocabulary.ts";
import { ana, begunWorld, bo, catalog, incidentChannel, type FakeWorld } from "./fake-world.ts";

const incidentId = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);

async function click(
  fake: FakeWorld,
  user: string,
  actionId: string,
  { value = incidentId(fake), channel = incidentChannel.id } = {},
): Promise<void> {
  await handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
}
const label = (fake: FakeWorld, user: string, cause: string, channel = `D${user}`) =>
  click(fake, user, `${actionIds.cause}:kind`, { value: `${incidentId(fake)} ${cause}`, channel });
const questions = (fake: FakeWorld, channel: string) =>
  fake.messages(channel).filter(({ key }) => key.startsWith("cause:"));
const labels = (fake: FakeWorld) => fake.store.causes.map(({ actor, cause }) => [actor, cause]);

/** Led by bo, ended by ana at 14:07 on a Monday; nothing is read any more. */
async function ended(fake: FakeWorld): Promise<FakeWorld> {
  await click(fake, bo, actionIds.lead);
  await click(fake, ana, actionIds.resolve);
  return fake;
}
async function nextMorning(fake: FakeWorld): Promise<void> {
  fake.pass(19 * 60);
  await fake.work();
}

describe("the kind of cause", () => {
  test("is asked of the lead, by direct message, at nine on the next working morning", async () => {
    const fake = await ended(await begunWorld());
    const job = fake.store.jobs.find((each) => each.job.kind === "ask-cause");
    assert.equal(job?.startAfter?.toISOString(), "2026-11-24T09:00:00.000Z");
    await nextMorning(fake);
    assert.deepEqual(questions(fake, `D${ana}`), []);
    const [question, ...more] = questions(fake, `D${bo}`);
    assert.deepEqual(more, []);
    assert.equal(question?.body.text, "What kind of cause was INC-1 (checkout latency)?");
    const blocks = JSON.stringify(question?.body.blocks);
    assert.doesNotMatch(blocks, /"initial_option"|"style"/, "nothing is preselected");
    for (const cause of causes) assert.ok(blocks.includes(`${incidentId(fake)} ${cause}"`), cause);
    assert.match(blocks, /Can't tell/);
  });

  test("is asked in the zone of the team that owns the service", async () => {
    const fake = await begunWorld();
    const [service, ...others] = catalog.services;
    if (service === undefined) throw new Error("the catalog is empty");
    fake.sources = {
      ...fake.sources,
      catalog: {
        teams: [{ name: "shop", timezone: "Asia/Tokyo" }],
        services: [{ ...service, owner: "shop" }, ...others],
      },
    };
    await ended(fake);
    const job = fake.store.jobs.find((each) => each.job.kind === "ask-cause");
    assert.equal(job?.startAfter?.toISOString(), "2026-11-24T00:00:00.000Z");
  });

  test("is asked of who resolved it where nobody leads, or the lead has left the channel", async () => {
    const unled = await begunWorld();
    await click(unled, ana, actionIds.resolve);
    await nextMorning(unled);
    assert.equal(questions(unled, `D${ana}`).length, 1);
    const left = await ended(await begunWorld());
    left.members.set(incidentChannel.id, [ana]);
    await nextMorning(left);
    assert.deepEqual(
      [`D${bo}`, `D${ana}`].map((id) => questions(left, id).length),
      [0, 1],
    );
  });

  test("is asked in the thread where Slack opens no direct message", async () => {
    const fake = await ended(await begunWorld());
    fake.directMessage = () => null;
    await nextMorning(fake);
    const [question] = questions(fake, incidentChannel.id);
    assert.equal(question?.place.in, "thread");
    await label(fake, bo, "deploy", incidentChannel.id);
    assert.match(questions(fake, incidentChannel.id)[0]?.body.text ?? "", /<@UBO>: deploy\.$/);
  });

  test("is not asked where somebody has said it, of an open incident, or twice", async () => {
    const said = await ended(await begunWorld());
    await label(said, ana, "configuration");
    await nextMorning(said);
    assert.deepEqual([...questions(said, `D${bo}`), ...questions(said, `D${ana}`)], []);
    const fake = await ended(await begunWorld());
    const job = fake.store.jobs.find((each) => each.job.kind === "ask-cause");
    await nextMorning(fake);
    if (job !== undefined) fake.store.jobs.push({ ...job, id: "again" });
    const { length } = fake.store.effects;
    await fake.work();
    assert.equal(fake.store.effects.length, length);
  });

  test("is a fact and a row of the ledger; the latest answer wins, and stays changeable", async () => {
    const fake = await ended(await begunWorld());
    await nextMorning(fake);
    await label(fake, bo, "deploy");
    await label(fake, bo, "deploy");
    fake.pass(3 * 24 * 60);
    await label(fake, bo, "third-party");
    assert.deepEqual(labels(fake), [
      [bo, "deploy"],
      [bo, "third-party"],
    ]);
    assert.deepEqual(incident(fake).cause, { cause: "third-party", by: bo });
    assert.match(questions(fake, `D${bo}`)[0]?.body.text ?? "", /\? <@UBO>: third party\.$/);
    await label(fake, bo, "unknown");
    assert.match(questions(fake, `D${bo}`)[0]?.body.text ?? "", /\? <@UBO>: can't tell\.$/);
  });

  test("is taken from members of the incident's channel alone, and from the vocabulary alone", async () => {
    const fake = await ended(await begunWorld());
    await nextMorning(fake);
    fake.members.set(incidentChannel.id, [ana]);
    await label(fake, bo, "deploy");
    await label(fake, ana, "gremlins");
    assert.deepEqual(labels(fake), []);
    assert.match(fake.ephemerals(bo)[0]?.text ?? "", /^Only members of #inc-7-checkout-latency/);
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /^That button belongs to nothing/);
  });
});
