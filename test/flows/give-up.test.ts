import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import type { Job } from "../../src/flows/change.ts";
import { giveUp, runJob } from "../../src/flows/run-job.ts";
import { countReads } from "./counted-reads.ts";
import { ana, begunWorld, bot, fakeWorld, incidentChannel, type FakeWorld } from "./fake-world.ts";

const ts = "1795443900.000001";
const failed = /^Something went wrong here and nothing was recorded/;

async function mention(fake: FakeWorld, words = "what now?"): Promise<void> {
  const said = { channel: incidentChannel.id, ts, threadTs: null, user: ana };
  await onMention(fake.world, { job: fake.job(), ...said, text: `<@${bot}> ${words}` });
}
/** The job of that kind that waits, which is then given up as often as it is said. */
async function failAt(fake: FakeWorld, kind: Job["kind"], times = 1): Promise<void> {
  const index = fake.store.jobs.findIndex(({ job }) => job.kind === kind);
  const [taken] = fake.store.jobs.splice(index, 1);
  if (index < 0 || taken === undefined) throw new Error(`no job to ${kind} waits`);
  for (let n = 0; n < times; n += 1) await giveUp(fake.world, taken.id, taken.job);
}
const living = (fake: FakeWorld) =>
  fake.messages(incidentChannel.id).find(({ place }) => place.in === "channel")?.body;
const failures = (fake: FakeWorld) =>
  fake.messages(incidentChannel.id).filter(({ body }) => failed.test(body.text));

describe("a mention's answer that fails again and again", () => {
  test("is told in its thread, once", async () => {
    const fake = fakeWorld();
    await mention(fake, "what changed?");
    await failAt(fake, "answer-mention", 2);
    const [told, ...more] = failures(fake);
    assert.deepEqual([told?.place, more], [{ in: "thread", of: { ts } }, []]);
    assert.equal(fake.messages(incidentChannel.id).length, 1);
  });
});

describe("the first investigation of an incident that fails again and again", () => {
  test("is told in the living message, with its buttons, and made good at the next reading", async () => {
    const fake = fakeWorld();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await failAt(fake, "investigate", 2);
    assert.match(living(fake)?.text ?? "", /^● SEV3 Investigating: .*INC-1, since 14:07\n/);
    assert.match(living(fake)?.text ?? "", /Metrics and changes could not be read at 14:07:/);
    assert.match(JSON.stringify(living(fake)?.blocks), /Steps.*Take lead.*Resolve/);
    assert.deepEqual([fake.messages(incidentChannel.id).length, failures(fake)], [1, []]);
    fake.pass(2);
    await fake.work();
    assert.match(living(fake)?.text ?? "", /What is known/);
    assert.doesNotMatch(living(fake)?.text ?? "", /could not be read|failed/);
    assert.ok(fake.store.suggestions.length > 0);
    fake.pass(2);
    assert.deepEqual(await fake.work(), ["read-again"]);
  });

  test("is told in the thread of the mention that began it, too", async () => {
    const fake = fakeWorld();
    await mention(fake);
    const [begins] = fake.store.jobs.splice(0);
    if (begins === undefined) throw new Error("the mention sent no job");
    await runJob(fake.world, begins.id, begins.job);
    await failAt(fake, "investigate");
    assert.match(living(fake)?.text ?? "", /could not be read/);
    assert.deepEqual(
      failures(fake).map(({ place }) => place),
      [{ in: "thread", of: { ts } }],
    );
  });
});

describe("a later investigation that fails again and again", () => {
  test("is told where it was asked for, and the living message stays as it is", async () => {
    const fake = await begunWorld();
    const before = living(fake);
    const incident = fake.store.incidents()[0]?.id ?? "inc_none";
    const asked = { text: "what now?", threadTs: ts };
    const job = { kind: "investigate", channel: incidentChannel.id, incident, asked } as const;
    await giveUp(fake.world, "asked in a thread", job);
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana, triggerId: null };
    await runCommand(fake.world, { ...event, command: "/hindsight", text: "steps" });
    await failAt(fake, "investigate");
    assert.deepEqual(living(fake), before);
    const { key } = fake.messages(incidentChannel.id)[0] ?? { key: "" };
    assert.deepEqual(
      failures(fake).map(({ place }) => place),
      [
        { in: "thread", of: { ts } },
        { in: "thread", of: { key } },
      ],
    );
  });
});

describe("a reading that fails again and again", () => {
  test("is seen in the living message beside what was read before, and readings go on", async () => {
    const fake = await begunWorld();
    fake.pass(2);
    await failAt(fake, "read-again");
    assert.match(living(fake)?.text ?? "", /Read 14:07, reading again failed 14:09\n/);
    assert.deepEqual(failures(fake), []);
    fake.pass(2);
    assert.deepEqual(await fake.work(), ["read-again"]);
    assert.match(living(fake)?.text ?? "", /Read 14:11\n/);
  });

  test("is not spoken of once the incident is over", async () => {
    const fake = await begunWorld();
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana, triggerId: null };
    await runCommand(fake.world, { ...event, command: "/hindsight", text: "resolve" });
    const { length } = fake.store.effects;
    await failAt(fake, "read-again");
    const left = fake.store.jobs.map(({ job }) => job.kind);
    assert.deepEqual([fake.store.effects.length, left], [length, ["ask-cause"]]);
  });
});

describe("a mention's job that runs again after it was done", () => {
  test("asks no source and counts no answer", async () => {
    for (const words of ["what changed?", "what now?"]) {
      const fake = await begunWorld();
      await mention(fake, words);
      const [job] = fake.store.jobs.filter((each) => each.job.kind === "answer-mention");
      if (job === undefined) throw new Error("the mention sent no job");
      await fake.work();
      const reads = countReads(fake);
      fake.store.jobs.push(job);
      assert.deepEqual(await fake.work(), ["answer-mention"]);
      assert.deepEqual([reads(), fake.answers()], [0, 1]);
    }
  });
});
