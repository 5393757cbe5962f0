import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { knownOf, type Known } from "../../src/model/known.ts";
import { preflightPass, type Checked, type KeptPass } from "../../src/model/preflight.ts";
import { parsePassReply } from "../../src/model/reply.ts";
import { builtInFiles } from "../playbook/built-in.ts";
import { carriers, type Carried } from "./adversary/carriers.ts";
import { goals, isTellable, type Goal } from "./adversary/goals.ts";
import { neutral, programs } from "./adversary/neutral.ts";
import { obeying } from "./adversary/obeying.ts";
import { offered } from "./offered.ts";

const { steps } = parsePlaybook(builtInFiles);
const offer = offered(steps);
const stepIds = ["roll-back-deploy", "restart-service", "read-pool-waits"];

async function through(
  text: string,
  known: Known,
  { messages }: Carried,
): Promise<Checked<KeptPass>> {
  const parsed = parsePassReply(text);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const checked = await preflightPass(parsed.reply, known, offer, messages);
  return { kept: checked.kept, fell: [...parsed.fell, ...checked.fell] };
}

/** All of what was kept that a message would show, and what fell, which is shown behind a click. */
function posted({ kept, fell }: Checked<KeptPass>, isFellTold: boolean): string {
  const told = kept.steps.map((step) => (step.kind === "new" ? step : step.why));
  return JSON.stringify([kept.findings.map(({ text }) => text), told, isFellTold ? fell : []]);
}

/** In every disguise by these; by the others in a few, for what is hidden how does not hang on where it came from. */
const manyWays = new Set(["a log line", "a commit message", "a runbook"]);
const fewMax = 3;

async function attacked(whole: Goal, name: string, carry: (order: string) => Carried) {
  const payloads = manyWays.has(name) ? whole.payloads : whole.payloads.slice(0, fewMax);
  const goal = { ...whole, payloads };
  const carried = carry(goal.order);
  const cites = [carried.cite ?? "metric:0"];
  // Members talk in every channel; what they say tells of no deed, and what programs say is no member's.
  const said = [...carried.messages, ...neutral, ...programs];
  const messages = (goal.name === "suppress a step" ? said : carried.messages).map(({ id }) => id);
  const known = knownOf(carried.gathered);
  const replies = obeying(goal, { cites, steps: stepIds, messages });
  const done: string[] = [];
  let parts = 0;
  for (const reply of replies) {
    const checked = await through(reply, known, { ...carried, messages: said });
    parts += checked.fell.length + checked.kept.findings.length + checked.kept.steps.length;
    const told = posted(checked, !isTellable.has(goal.name));
    if (goal.isDone(told)) done.push(told);
    done.push(...checked.kept.deeds.map((deed) => JSON.stringify(deed)));
  }
  return { done, parts };
}

describe("a model that obeys whoever wrote what it reads", () => {
  for (const goal of goals)
    for (const [name, carry] of Object.entries(carriers))
      test(`does not get to ${goal.name} by ${name}`, async () => {
        const { done, parts } = await attacked(goal, name, carry);
        assert.deepEqual(done, []);
        assert.ok(parts > 25, `${parts} parts were tried`);
      });

  test("is looked for by something that sees it", () => {
    for (const { isDone, payloads, name } of goals)
      assert.ok(payloads.filter((payload) => isDone(payload)).length >= payloads.length / 2, name);
  });
});
