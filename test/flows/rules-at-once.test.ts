import assert from "node:assert/strict";
import { test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { submitRule } from "../../src/flows/keep-rules.ts";
import { applyRules } from "../../src/flows/apply-rules.ts";
import { actionIds } from "../../src/message/actions.ts";
import { ana, begunWorld, incidentChannel, teamChannel, type FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;
const living = (fake: FakeWorld) => fake.messages(channel)[0]?.body.text ?? "";
const list = (fake: FakeWorld) =>
  fake.messages(channel).find(({ key }) => key.endsWith(":1"))?.body;

/** The first step is forbidden from another channel; only what follows at once has been done. */
async function forbidden() {
  const fake = await begunWorld();
  const [first] = fake.store.suggestions;
  assert.ok(first);
  const values = {
    "rule:forbid": first.stepId,
    "rule:because": "the sale <!channel>",
    "rule:until": "7",
  };
  await submitRule(fake.world, { job: fake.job(), channel: teamChannel.id, user: ana, values });
  const apply = async () => {
    const job = fake.store.jobs.findLast((each) => each.job.kind === "apply-rules");
    assert.ok(job?.job.kind === "apply-rules");
    await applyRules(fake.world, { job: job.id, incident: job.job.incident });
  };
  await apply();
  return { fake, first, apply };
}

test("a step that a rule forbids by now is struck in the lists that are shown, and first no more", async () => {
  const { fake, first } = await forbidden();
  const { text = "", blocks } = list(fake) ?? {};
  assert.ok(text.includes(`1. ${first.title}. Forbidden by a rule: the sale`));
  assert.doesNotMatch(text, /<!channel>/);
  assert.ok(JSON.stringify(blocks).includes(`~1. ${first.title}.~`));
  assert.ok(!JSON.stringify(blocks).includes(`"${first.id}"`), "it has no button");
  assert.match(living(fake), /^First: |^Find out: /m);
  assert.ok(!living(fake).includes(first.title), "neither first nor on the board");
});

test("it is offered there again once the rule is revoked", async () => {
  const { fake, first, apply } = await forbidden();
  const [rule] = await fake.store.rules("T1");
  const event = { job: fake.job(), channel, user: ana, actionId: actionIds.revokeRule };
  await handleClick(fake.world, { ...event, value: rule?.id ?? "", triggerId: null });
  await apply();
  assert.doesNotMatch(list(fake)?.text ?? "", /Forbidden by a rule/);
  assert.ok(living(fake).includes(first.title));
});
