import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { resolve, setFact } from "../../src/flows/change-incident.ts";
import { submitUpdate } from "../../src/flows/post-update.ts";
import { checkView } from "../../src/local/block-kit.ts";
import { parseUpdate, updateModal } from "../../src/message/update-form.ts";
import { severities } from "../../src/vocabulary.ts";
import { assertSlackTakes } from "../message/slack.ts";
import { ana, begunWorld, bo, bot, incidentChannel, type FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;
const id = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "inc_none";
const deed = (fake: FakeWorld) => ({ job: fake.job(), channel, user: ana, incident: id(fake) });
const command = (fake: FakeWorld, text: string, triggerId: string | null = null) => {
  const event = { job: fake.job(), channel, user: ana, triggerId };
  return runCommand(fake.world, { ...event, command: "/hindsight", text });
};
const submit = (fake: FakeWorld, values: Readonly<Record<string, string>>) =>
  submitUpdate(fake.world, { job: fake.job(), channel, user: ana, values });
const updates = (fake: FakeWorld) =>
  fake.messages(channel).filter(({ key }) => key.includes(":update:"));
const reminders = (fake: FakeWorld) =>
  fake.ephemerals(bo).filter(({ text }) => text.includes("an update was due"));
async function ledWorld(severity: 1 | 2 | 3 | 4) {
  const fake = await begunWorld();
  await setFact(fake.world, deed(fake), { kind: "lead-set", lead: bo });
  await setFact(fake.world, deed(fake), { kind: "severity-set", severity });
  return fake;
}
async function after(fake: FakeWorld, minutes: number): Promise<void> {
  fake.pass(minutes);
  await fake.work();
}

describe("an update for those outside", () => {
  test("that is given in one line is posted in the incident's thread alone, with when the next one comes", async () => {
    const fake = await ledWorld(2);
    const before = fake.messages(channel).length;
    await command(fake, "update Checkout is slow, <!channel> we roll back");
    const [update, ...more] = updates(fake);
    assert.deepEqual([more, fake.messages(channel).length], [[], before + 1]);
    assert.equal(update?.place.in, "thread");
    assert.equal(
      update?.body.text,
      `Update on INC-1, SEV2, by <@${ana}>\nCheckout is slow, &lt;!channel&gt; we roll back\nNext update by 15:07.\nTimes in UTC.`,
    );
    assertSlackTakes(update.body);
  });

  test("that comes by form says whom it hits, and may be the last", async () => {
    const fake = await ledWorld(2);
    fake.opening = "open";
    await command(fake, "update", "a trigger");
    assert.deepEqual([fake.opened, updates(fake)], [1, []]);
    await submit(fake, {
      "update:known": " Fixed ",
      "update:impact": "one in ten",
      "update:next": "none",
    });
    assert.match(
      updates(fake)[0]?.body.text ?? "",
      /\nFixed\nImpact: one in ten\nNo further update/,
    );
    await after(fake, 600);
    assert.deepEqual(reminders(fake), [], "nobody waits for another");
  });

  test("is asked for again in one line where the form did not open", async () => {
    const fake = await ledWorld(2);
    await command(fake, "update", "a trigger");
    assert.match(
      fake.ephemerals(ana).at(-1)?.text ?? "",
      /say \/hindsight update and what is known/,
    );
  });

  test("is not posted for somebody outside the channel, nor of an incident that is over", async () => {
    const fake = await ledWorld(2);
    await resolve(fake.world, deed(fake));
    await submit(fake, { "update:known": "late" });
    assert.match(fake.ephemerals(ana).at(-1)?.text ?? "", /^There is no open incident/);
    const other = await ledWorld(2);
    other.members.set(channel, [bot]);
    await command(other, "update words");
    assert.deepEqual([updates(fake), updates(other)], [[], []]);
  });

  test("names the next one to whoever catches up", async () => {
    const fake = await ledWorld(1);
    await command(fake, "update words");
    await command(fake, "catch-up");
    assert.match(fake.ephemerals(ana).at(-1)?.text ?? "", /Next update due 14:37\./);
  });
});

describe("an update that is late", () => {
  for (const [severity, minutes] of [
    [1, 30],
    [2, 60],
    [3, 240],
  ] as const)
    test(`is told to the lead alone, once: SEV${severity} after ${minutes} min`, async () => {
      const fake = await ledWorld(severity);
      await command(fake, "update words");
      await after(fake, minutes - 1);
      assert.deepEqual(reminders(fake), []);
      await after(fake, 1);
      assert.equal(reminders(fake).length, 1);
      await after(fake, 600);
      assert.equal(reminders(fake).length, 1);
      assert.doesNotMatch(JSON.stringify(fake.messages(channel)), /an update was due/);
    });

  test("is one also where none was posted yet, counted from the beginning by the severity of now", async () => {
    const fake = await ledWorld(3);
    await after(fake, 10);
    await setFact(fake.world, deed(fake), { kind: "severity-set", severity: 1 });
    await after(fake, 20);
    assert.match(
      reminders(fake)[0]?.text ?? "",
      /^INC-1: an update was due 14:37\. \/hindsight update/,
    );
  });

  test("is none after another was posted in time", async () => {
    const fake = await ledWorld(1);
    await after(fake, 20);
    await command(fake, "update words");
    await after(fake, 29);
    assert.deepEqual(reminders(fake), []);
    await after(fake, 1);
    assert.equal(reminders(fake).length, 1);
  });

  test("is told to whoever leads by then, once, though nobody led when it was due", async () => {
    const fake = await ledWorld(1);
    await setFact(fake.world, deed(fake), { kind: "lead-set", lead: null });
    await after(fake, 31);
    assert.deepEqual(reminders(fake), []);
    for (const lead of [bo, ana, bo]) {
      await setFact(fake.world, deed(fake), { kind: "lead-set", lead });
      await fake.work();
    }
    assert.equal(reminders(fake).length, 1);
  });

  test("is asked for again where an incident is taken up, whose reminder found it over", async () => {
    const fake = await ledWorld(1);
    await command(fake, "resolve");
    await after(fake, 40);
    assert.deepEqual(reminders(fake), []);
    await command(fake, "reopen");
    await fake.work();
    assert.equal(reminders(fake).length, 1);
  });

  test("reminds nobody of a SEV4, of what is muted, led by nobody or over", async () => {
    const worlds = await Promise.all([4, 1, 1, 1].map((each) => ledWorld(each === 4 ? 4 : 1)));
    const [, muted, unled, over] = worlds;
    if (muted) await setFact(muted.world, deed(muted), { kind: "muted", by: bo });
    if (unled) await setFact(unled.world, deed(unled), { kind: "lead-set", lead: null });
    if (over) await resolve(over.world, deed(over));
    for (const fake of worlds) {
      await after(fake, 300);
      assert.deepEqual(reminders(fake), []);
    }
  });
});

describe("the form of an update", () => {
  test("is one that Slack takes, at every severity", () => {
    for (const severity of severities) {
      const view = updateModal("C42", { known: "x".repeat(2_000), severity });
      const checked = checkView(JSON.parse(JSON.stringify(view)));
      assert.deepEqual("problems" in checked ? checked.problems : [], []);
    }
  });

  test("asks for what is known where nothing is said", () => {
    assert.deepEqual(parseUpdate({ "update:known": " " }), {
      ok: false,
      errors: { "update:known": "Say in a sentence what is known." },
    });
  });
});
