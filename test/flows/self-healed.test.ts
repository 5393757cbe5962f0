import assert from "node:assert/strict";
import { test } from "node:test";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { Credit } from "../../src/vocabulary.ts";
import { ana, begunWorld, bo, bot, incidentChannel } from "./fake-world.ts";

/** An incident in which a fix is said to have helped, its end and what did it; what the next one's list says of that fix. */
async function nextAfter(credit: Credit) {
  const fake = await begunWorld();
  const fix = fake.store.suggestions.find(({ role }) => role === "fix");
  if (fix === undefined) throw new Error("no fix was offered");
  const { id: channel } = incidentChannel;
  const click = (actionId: string, value: string) =>
    handleClick(fake.world, { job: fake.job(), channel, user: ana, actionId, value });
  await click(`${actionIds.outcome}:helped`, `${fix.id} helped`);
  await click(actionIds.resolve, fix.incidentId);
  await click(`${actionIds.credit}:${credit}`, `${fix.incidentId} ${credit}`);
  const next = { ...incidentChannel, id: "CNEXT", name: "inc-2-checkout" };
  fake.channels.set(next.id, next);
  fake.members.set(next.id, [ana, bo, bot]);
  await onChannelSeen(fake.world, { job: fake.job(), channel: next.id });
  await fake.work();
  const offered = fake.store.suggestions.find(
    ({ incidentId, stepId }) => incidentId !== fix.incidentId && stepId === fix.stepId,
  );
  const said = fake.messages(next.id).map(({ body }) => body.text);
  return { before: fix.p, offered, said: said.join("\n") };
}

test("a step that helped in an incident which healed by itself gains nothing, and its record says so", async () => {
  const healed = await nextAfter("by-itself");
  assert.deepEqual([healed.offered?.record.tried, healed.offered?.record.selfHealed], [0, 1]);
  assert.ok((healed.offered?.p ?? 1) <= healed.before);
  assert.match(healed.said, /No record here yet; 1 that healed by itself not counted\./);
  const other = await nextAfter("something-else");
  assert.deepEqual([other.offered?.record.tried, other.offered?.record.selfHealed], [1, 0]);
  assert.ok((other.offered?.p ?? 0) > other.before);
});
