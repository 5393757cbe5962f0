import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Constraint } from "../../src/catalog/catalog.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import { someService } from "../edges/some-service.ts";
import {
  ana,
  bo,
  bot,
  checkout,
  fakeWorld,
  incidentChannel,
  type FakeWorld,
} from "./fake-world.ts";

async function offered(fake: FakeWorld): Promise<readonly string[]> {
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await fake.work();
  return fake.store.suggestions.map(({ stepId }) => stepId);
}
const list = (fake: FakeWorld) =>
  fake.messages(incidentChannel.id).find(({ key }) => key.startsWith("steps:"))?.body;
const id = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
async function click(fake: FakeWorld, actionId: string): Promise<void> {
  const event = { job: fake.job(), channel: incidentChannel.id, user: ana };
  await handleClick(fake.world, { ...event, actionId, value: `${id(fake)} 1` });
}

function ruled(rule: Constraint): FakeWorld {
  const fake = fakeWorld();
  const services = [{ ...checkout, constraints: [rule] }, someService("payments")];
  fake.sources = { ...fake.sources, catalog: { teams: [], services } };
  return fake;
}
const noRollbacks: Constraint = {
  forbid: [{ kind: "step", id: "roll-back-deploy" }],
  because: "the last migration has no way back",
  by: "@bo",
};

test("each step that is shown is counted by its role, once", async () => {
  const fake = fakeWorld();
  const counted: string[] = [];
  fake.world.meter.suggested = (role) => void counted.push(role);
  await offered(fake);
  const shown = fake.store.suggestions.map(({ role }) => role);
  assert.ok(shown.includes("fix") && shown.includes("check"));
  assert.deepEqual(counted, shown);
});

describe("a list of steps", () => {
  test("holds at most five, three visible, each with what to expect and its record", async () => {
    const fake = fakeWorld();
    const steps = await offered(fake);
    assert.equal(steps.length, 5);
    const text = list(fake)?.text ?? "";
    assert.equal(text.split("Expect: ").length - 1, 3);
    assert.equal(text.split("From the playbook, no record here yet.").length - 1, 3);
    assert.match(text, /2 more\./);
  });

  test("opens as a whole at a click, in place", async () => {
    const fake = fakeWorld();
    await offered(fake);
    const { length } = fake.messages(incidentChannel.id);
    await click(fake, actionIds.more);
    assert.match(list(fake)?.text ?? "", /^5\. /m);
    assert.equal(fake.messages(incidentChannel.id).length, length);
  });

  test("tells who asks why it is in this order", async () => {
    const fake = fakeWorld();
    await offered(fake);
    await click(fake, actionIds.whyOrder);
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /^Fixes by chance per minute[\s\S]*\n5\. /);
  });
});

describe("rules of the catalog", () => {
  test("keep a forbidden step from every list, count it, and are named at a click", async () => {
    assert.ok((await offered(fakeWorld())).includes("roll-back-deploy"));
    const fake = ruled(noRollbacks);
    assert.ok(!(await offered(fake)).includes("roll-back-deploy"));
    assert.match(list(fake)?.text ?? "", /1 hidden by rule\./);
    await click(fake, actionIds.hidden);
    assert.match(fake.ephemerals(ana)[0]?.text ?? "", /the last migration has no way back/);
  });

  test("hold only where they say: at their severities", async () => {
    const fake = ruled({ ...noRollbacks, severity: [1] });
    assert.ok((await offered(fake)).includes("roll-back-deploy"));
  });
});

describe("what the channel has done", () => {
  const message = (text: string, isBot = false) => ({
    ts: "1795443600.000001",
    user: isBot ? bot : bo,
    isBot,
    text,
  });

  test("is left out and counted", async () => {
    const fake = fakeWorld();
    fake.said.push(message("rolled back checkout already, no luck"));
    assert.ok(!(await offered(fake)).includes("roll-back-deploy"));
    assert.match(list(fake)?.text ?? "", /1 left out: the thread has done it\./);
  });

  test("counts only as somebody's deed: a plan, a question or a bot's words are none", async () => {
    for (const said of [
      message("should we roll it back?"),
      message("going to roll it back in a minute"),
      message("rolled back checkout", true),
    ]) {
      const fake = fakeWorld();
      fake.said.push(said);
      assert.ok((await offered(fake)).includes("roll-back-deploy"), said.text);
    }
  });

  test("by a click is not offered in the next list", async () => {
    const fake = fakeWorld();
    await offered(fake);
    const [tried] = fake.store.suggestions;
    const event = { job: fake.job(), channel: incidentChannel.id, user: ana };
    const actionId = `${actionIds.outcome}:no_effect`;
    await handleClick(fake.world, { ...event, actionId, value: `${tried?.id} no_effect` });
    await handleClick(fake.world, {
      ...event,
      job: fake.job(),
      actionId: actionIds.steps,
      value: id(fake),
    });
    await fake.work();
    const second = fake.store.suggestions.filter(({ list: number }) => number === 2);
    assert.ok(second.length > 0);
    assert.ok(!second.some(({ stepId }) => stepId === tried?.stepId));
  });
});
