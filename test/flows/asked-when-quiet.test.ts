import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { ana, backAfter, begunWorld, incidentChannel, metricsOf } from "./fake-world.ts";

const { id: channel } = incidentChannel;

/** Begun at 14:07 without an alert; its numbers are back at 14:12, and nobody clicks. */
async function recovering() {
  const fake = await begunWorld();
  fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
  const id = fake.store.incidents()[0]?.id ?? "";
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      fake.pass(1);
      await fake.work();
    }
  };
  const click = (actionId: string, value = id) =>
    handleClick(fake.world, { job: fake.job(), channel, user: ana, actionId, value });
  const say = async (text: string) => {
    const ts = String(fake.world.now().getTime() / 1000);
    fake.said.push({ ts, user: ana, isBot: false, text });
    await hearMessage(fake.world, { job: fake.job(), channel, ts, user: ana, text });
  };
  const asking = () => fake.messages(channel).filter(({ body }) => /did it\?/.test(body.text));
  const incident = () => foldIncident(fake.store.incidents()[0]?.entries ?? []);
  return { fake, id, pass, click, say, asking, incident };
}

describe("an incident that is back to normal, where nobody has clicked", () => {
  test("asks what did it once its channel is quiet, once, in the thread of its message", async () => {
    const { id, pass, asking } = await recovering();
    await pass(34);
    assert.deepEqual(asking(), []);
    await pass(90);
    const [question, ...more] = asking();
    assert.deepEqual(more, []);
    assert.match(
      question?.body.text ?? "",
      /^INC-\d+ is back to normal since 14:12\. Which step did it\?/,
    );
    assert.deepEqual(question?.place, { in: "thread", of: { key: `living:${id}` } });
  });

  test("is attested by one click on it, and its end asks nothing more", async () => {
    const { id, pass, click, asking, incident } = await recovering();
    await pass(40);
    await click(`${actionIds.credit}:something-else`, `${id} something-else`);
    assert.equal(incident().credit?.credit, "something-else");
    assert.equal(incident().state, "open");
    assert.match(asking()[0]?.body.text ?? "", /<@UANA>: something else/);
    await click(actionIds.resolve);
    assert.equal(incident().state, "resolved");
    assert.equal(asking().length, 1);
    assert.match(asking()[0]?.body.text ?? "", /resolved, .* Which step did it\? <@UANA>/);
  });

  test("does not ask while people talk, and offers what they told of as an answer", async () => {
    const { pass, say, asking } = await recovering();
    await pass(20);
    await say("rolled back already");
    await pass(20);
    assert.deepEqual(asking(), []);
    await pass(10);
    assert.match(JSON.stringify(asking()[0]?.body.blocks), /sug_\w+ resolved/);
  });

  test("does not ask where somebody has said what did it, or the numbers are off again", async () => {
    const said = await recovering();
    await said.pass(15);
    await said.say("rolled back, that fixed it");
    await said.pass(60);
    assert.deepEqual(
      said.asking().filter(({ body }) => body.text.includes("Which step")),
      [],
    );
    const worse = await begunWorld();
    for (let minute = 0; minute < 60; minute += 1) {
      worse.pass(1);
      await worse.work();
    }
    assert.ok(!worse.messages(channel).some(({ body }) => body.text.includes("Which step")));
  });
});
