import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { alerting, grave } from "./alerting.ts";
import { ana } from "./fake-world.ts";

/** An incident whose alert cleared twenty minutes after its beginning, at 14:27. */
async function cleared(quietMs = 30 * 60_000) {
  const all = alerting(2);
  all.fake.world = { ...all.fake.world, alerts: { ...all.fake.world.alerts, quietMs } };
  const { fake, fire, clear, made, texts } = all;
  await fire("g", grave);
  await fake.work();
  fake.pass(20);
  await clear("g", 20, grave);
  const [stored] = fake.store.incidents();
  const channel = made()[0]?.id ?? "";
  const questions = () => texts(channel).filter((text) => text.includes("quiet since"));
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      fake.pass(1);
      await fake.work();
    }
  };
  const click = (actionId: string, value: string) =>
    handleClick(fake.world, { job: fake.job(), user: ana, actionId, value, channel });
  return { ...all, channel, questions, pass, click, id: stored?.id ?? "" };
}

describe("an incident whose alerts are clear", () => {
  test("is asked about after half an hour, once", async () => {
    const { questions, pass } = await cleared();
    await pass(29);
    assert.deepEqual(questions(), []);
    await pass(60);
    assert.deepEqual(questions(), ["Alerts clear since 14:27, quiet since 14:27.\nTimes in UTC."]);
  });

  test("is asked about as soon as the settings say", async () => {
    const { questions, pass } = await cleared(5 * 60_000);
    await pass(4);
    assert.deepEqual(questions(), []);
    await pass(1);
    assert.equal(questions().length, 1);
  });

  test("is not asked about while people talk in its channel", async () => {
    const { fake, questions, pass } = await cleared();
    await pass(20);
    const ts = String(fake.world.now().getTime() / 1000);
    fake.said.push({ ts, user: ana, isBot: false, text: "looking at it" });
    await pass(20);
    assert.deepEqual(questions(), []);
    await pass(10);
    assert.match(questions()[0] ?? "", /quiet since 14:47/);
  });

  test("is not asked about once an alert is back, until that has cleared too", async () => {
    const { fire, clear, questions, pass } = await cleared();
    await pass(10);
    await fire("g", grave);
    await pass(40);
    assert.deepEqual(questions(), []);
    await clear("g", 40, grave);
    await pass(30);
    assert.equal(questions().length, 1);
  });

  test("is asked about by a new message when an alert had come back after the first", async () => {
    const { fire, clear, questions, pass } = await cleared();
    await pass(31);
    await fire("g", grave);
    await pass(5);
    await clear("g", 5, grave);
    await pass(30);
    assert.deepEqual(
      questions().map((text) => text.split(".")[0]),
      [
        "Alerts clear since 14:27, quiet since 14:27",
        "Alerts clear since 15:03, quiet since 15:03",
      ],
    );
  });

  test("ends when it was over, by the button that says so", async () => {
    const { incident, pass, click, id, fake } = await cleared();
    await pass(31);
    const [button] = JSON.stringify(fake.store.effects).match(/inc_\d+ \d{10}/) ?? [];
    await click("incident:resolve", button ?? "");
    const { state } = incident();
    assert.equal(state, "resolved");
    assert.ok(button?.startsWith(id));
    const ended = incident();
    assert.equal(
      ended.state === "resolved" && ended.resolvedAt.toISOString().slice(11, 16),
      "14:27",
    );
  });

  test("is asked about half an hour later where somebody is still on it", async () => {
    const { questions, pass, click, id } = await cleared();
    await pass(31);
    await click("incident:still-on", id);
    assert.match(questions()[0] ?? "", /<@UANA> is still on it; asked again 15:28\./);
    await pass(29);
    assert.equal(questions().length, 1);
    await pass(2);
    assert.equal(questions().length, 2);
    assert.match(questions()[1] ?? "", /quiet since 14:58/);
  });

  test("is asked about no more once it is resolved", async () => {
    const { questions, pass, click, id } = await cleared();
    await click("incident:resolve", id);
    await pass(60);
    assert.deepEqual(questions(), []);
  });
});
