import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { submitRule } from "../../src/flows/keep-rules.ts";
import { outsideAnswer } from "../../src/flows/read-outside.ts";
import { checkView } from "../../src/local/block-kit.ts";
import { actionIds } from "../../src/message/actions.ts";
import { parseRule, ruleModal } from "../../src/message/rules.ts";
import { assertSlackTakes } from "../message/slack.ts";
import {
  ana,
  begunWorld,
  bo,
  incidentChannel,
  metricsOf,
  teamChannel,
  wellShop,
  type FakeWorld,
} from "./fake-world.ts";

const { id: channel } = incidentChannel;
async function command(fake: FakeWorld, text: string): Promise<string> {
  const event = { job: fake.job(), channel, user: ana, triggerId: null };
  await runCommand(fake.world, { ...event, command: "/hindsight", text });
  await fake.work();
  return fake.ephemerals(ana).at(-1)?.text ?? "";
}
const give = (fake: FakeWorld, forbid: string, until = "7", user = ana) => {
  const values = { "rule:forbid": forbid, "rule:because": "the sale", "rule:until": until };
  return submitRule(fake.world, { job: fake.job(), channel, user, values });
};
const click = (fake: FakeWorld, actionId: string, value: string, user = ana) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value, triggerId: "t" });
const rules = (fake: FakeWorld) => fake.store.rules("T1");
/** The steps of the newest list, and its words. */
async function steps(fake: FakeWorld) {
  await command(fake, "steps");
  const list = Math.max(...fake.store.suggestions.map((each) => each.list));
  const offered = fake.store.suggestions.filter((each) => each.list === list);
  const text = fake.messages(channel).findLast(({ key }) => key.startsWith("steps:"))?.body.text;
  return { offered, text: text ?? "" };
}

describe("a rule that is given in the chat", () => {
  test("keeps what it forbids out of every list from then on, by step, risk, mechanism or command, and says that it does", async () => {
    const [first] = (await steps(await begunWorld())).offered;
    assert.ok(first?.how);
    const ways = [
      first.stepId,
      `risk:${first.risk}`,
      `mechanism:${first.mechanism}`,
      `command:${first.how.command.split(" ")[0]}`,
    ];
    for (const way of ways) {
      const fake = await begunWorld();
      await give(fake, way);
      const { offered, text } = await steps(fake);
      assert.ok(!offered.some(({ stepId }) => stepId === first.stepId), way);
      assert.match(text, /\d+ hidden by rule\./, way);
    }
  });

  test("makes another list in the open incident of its channel, so that the first step is none of those", async () => {
    const fake = await begunWorld();
    const [first] = fake.store.suggestions;
    await give(fake, first?.stepId ?? "");
    assert.deepEqual(await fake.work(), ["apply-rules", "investigate"]);
    const living = fake.messages(channel)[0]?.body.text ?? "";
    assert.match(living, /^First: |^Find out: /m);
    assert.ok(!new RegExp(`^(First|Find out): ${first?.title}`, "m").test(living));
    const value = `${fake.store.incidents()[0]?.id} 2`;
    await click(fake, actionIds.hidden, value);
    assert.match(
      fake.ephemerals(ana).at(-1)?.text ?? "",
      new RegExp(`: the sale, by <@${ana}>, until 2026-11-30\\.`),
    );
  });

  test("of a step that nobody knows is not kept, and the nearest id is told", async () => {
    const fake = await begunWorld();
    await give(fake, "risk:disruptive, restart-servce");
    assert.equal(
      fake.ephemerals(ana).at(-1)?.text,
      'No step has the id "restart-servce"; nothing was forbidden. The nearest is "restart-service".',
    );
    await give(fake, "<!channel>");
    const odd = fake.ephemerals(ana).at(-1)?.text ?? "";
    assert.match(odd, /^No step has the id "[^<]*"; nothing was forbidden\./);
    assert.deepEqual(await rules(fake), []);
  });

  test("holds outside an incident too: a check that it forbids is not named", async () => {
    const fake = await begunWorld();
    fake.sources = { ...fake.sources, metrics: [metricsOf(wellShop)], changes: [] };
    const viewer = { id: teamChannel.id, kind: "public" } as const;
    const told = () => outsideAnswer(fake.world, { viewer, text: "is checkout slow?" }, null);
    assert.match((await told()).text, /quick checks?/);
    await give(fake, "risk:read-only");
    assert.doesNotMatch((await told()).text, /quick checks?/);
  });

  test("is listed with its reason, who gave it and until when, and may be revoked by anyone in the channel", async () => {
    const fake = await begunWorld();
    assert.match(await command(fake, "rules"), /^No rule was given here\./);
    await give(fake, "risk:disruptive, command:kubectl delete");
    const listed = await command(fake, "rules");
    assert.match(
      listed,
      new RegExp(
        `risk:disruptive, command:kubectl delete: the sale, by <@${ana}>, until 2026-11-30`,
      ),
    );
    for (const body of fake.ephemerals(ana)) assertSlackTakes(body);
    const [rule] = await rules(fake);
    await click(fake, actionIds.revokeRule, rule?.id ?? "", bo);
    assert.match(fake.ephemerals(bo).at(-1)?.text ?? "", /^No rule was given here\./);
    assert.deepEqual(await rules(fake), []);
  });

  test("ends with its last day, or holds until it is revoked", async () => {
    const fake = await begunWorld();
    await give(fake, "risk:disruptive", "1");
    await give(fake, "risk:irreversible", "none");
    fake.pass(2 * 24 * 60);
    const listed = await command(fake, "rules");
    assert.doesNotMatch(listed, /risk:disruptive/);
    assert.match(listed, /risk:irreversible: the sale, by <@UANA>$/m);
  });

  test("is neither given nor revoked by somebody outside the channel", async () => {
    const fake = await begunWorld();
    await give(fake, "risk:disruptive", "7", "UGUEST");
    assert.deepEqual(await rules(fake), []);
    await give(fake, "risk:disruptive");
    const [rule] = await rules(fake);
    await click(fake, actionIds.revokeRule, rule?.id ?? "", "UGUEST");
    assert.equal((await rules(fake)).length, 1);
    assert.match(fake.ephemerals("UGUEST")[0]?.text ?? "", /^Only members of/);
  });

  test("is asked for by a form, and by another click where it did not open", async () => {
    const fake = await begunWorld();
    fake.opening = "open";
    await click(fake, actionIds.addRule, "rule");
    assert.equal(fake.opened, 1);
    fake.opening = "refused";
    await click(fake, actionIds.addRule, "rule");
    assert.match(fake.ephemerals(ana).at(-1)?.text ?? "", /click again\.$/);
  });
});

describe("the form of a rule", () => {
  test("is one that Slack takes", () => {
    const checked = checkView(JSON.parse(JSON.stringify(ruleModal("C42"))));
    assert.deepEqual("problems" in checked ? checked.problems : [], []);
  });

  const mistakes = [
    [{}, "rule:because", /Say why/],
    [{ "rule:because": "why" }, "rule:forbid", /name what is forbidden/],
    [{ "rule:because": "why", "rule:forbid": "risk:disruptiv" }, "rule:forbid", /disruptive/],
    [{ "rule:because": "why", "rule:forbid": "Restart it!" }, "rule:forbid", /restart-service/],
    [{ "rule:because": "why", "rule:forbid": "command:" }, "rule:forbid", /names no command/],
  ] as const;
  for (const [values, block, words] of mistakes)
    test(`says at its block what is wrong with ${JSON.stringify(values)}, and the mend`, () => {
      const parsed = parseRule(values);
      assert.ok(!parsed.ok);
      assert.match(parsed.errors[block] ?? "", words);
    });
});
