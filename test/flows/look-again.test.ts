import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import { countReads } from "./counted-reads.ts";
import { ana, begunWorld, incidentChannel, type FakeWorld } from "./fake-world.ts";

function command(fake: FakeWorld, text: string): Promise<void> {
  const event = { job: fake.job(), channel: incidentChannel.id, user: ana, triggerId: null };
  return runCommand(fake.world, { ...event, command: "/hindsight", text });
}
function clickSteps(fake: FakeWorld, incident: string): Promise<void> {
  const event = { job: fake.job(), channel: incidentChannel.id, user: ana };
  return handleClick(fake.world, { ...event, actionId: actionIds.steps, value: incident });
}
const incidentId = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
const lists = (fake: FakeWorld) =>
  foldIncident(fake.store.incidents()[0]?.entries ?? []).lists.length;

describe("whoever wants to look again", () => {
  const ways: Readonly<Record<string, (fake: FakeWorld) => Promise<void>>> = {
    "by the command steps": (fake) => command(fake, "steps"),
    "by the command look-again": (fake) => command(fake, "look-again"),
    "by a click on Steps": (fake) => clickSteps(fake, incidentId(fake)),
  };
  for (const [way, ask] of Object.entries(ways)) {
    test(`${way} orders another list, and no event waits while the sources are asked`, async () => {
      const fake = await begunWorld();
      const reads = countReads(fake);
      await ask(fake);
      assert.deepEqual([reads(), lists(fake)], [0, 1]);
      const ordered = fake.store.jobs.filter(({ job }) => job.kind === "investigate");
      assert.deepEqual(await fake.work(), ["investigate"]);
      assert.deepEqual([reads(), lists(fake)], [2, 2]);
      fake.store.jobs.push(...ordered);
      await fake.work();
      assert.deepEqual([reads(), lists(fake)], [2, 2], "a second run of the job does nothing");
    });
  }

  test("at an incident that is over, or that nobody knows, is told so", async () => {
    const fake = await begunWorld();
    await command(fake, "resolve");
    await clickSteps(fake, incidentId(fake));
    await clickSteps(fake, "inc_unknown");
    const [over, unknown] = fake.ephemerals(ana);
    assert.match(over?.text ?? "", /^INC-1 is resolved; nothing was changed/);
    assert.match(unknown?.text ?? "", /belongs to nothing that is known here/);
    assert.deepEqual(await fake.work(), []);
  });
});
