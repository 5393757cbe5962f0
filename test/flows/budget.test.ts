import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { remarksMax } from "../../src/incident/budget.ts";
import { actionIds } from "../../src/message/actions.ts";
import { ana, begunWorld, bo, incidentChannel, type FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;
const command = (fake: FakeWorld, text: string) =>
  runCommand(fake.world, {
    job: fake.job(),
    channel,
    user: ana,
    triggerId: null,
    command: "/hindsight",
    text,
  });
const click = (fake: FakeWorld, user: string, actionId: string, value: string) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });

/** Two people on every step of every list, who rule out what is first and let it be read again. */
async function busy(fake: FakeWorld, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const list = Math.max(...fake.store.suggestions.map((each) => each.list));
    for (const { id } of fake.store.suggestions.filter((each) => each.list === list)) {
      await click(fake, ana, actionIds.claim, id);
      await click(fake, bo, actionIds.claim, id);
      await click(fake, ana, `${actionIds.outcome}:no_effect`, `${id} no_effect`);
    }
    fake.pass(3);
    await command(fake, "steps");
    await fake.work();
  }
}

function remarksOf(fake: FakeWorld): string[] {
  const sent = fake.store.effects.flatMap(({ key, payload }) =>
    payload.kind === "message" && payload.as === "remark" ? [key] : [],
  );
  return [...new Set(sent)];
}

const incidentOf = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const living = (fake: FakeWorld) =>
  fake.messages(channel).find(({ key }) => key.startsWith("living:"))?.body.text ?? "";

describe("however much happens in an incident", () => {
  test("it has one message in its channel and at most six remarks; the rest is counted in that message", async () => {
    const fake = await begunWorld();
    await busy(fake, 12);
    const entries = fake.store.incidents()[0]?.entries ?? [];
    assert.ok(entries.length > 100, `${entries.length} entries`);
    const top = fake.messages(channel).filter(({ place }) => place.in === "channel");
    assert.deepEqual(
      top.map(({ key }) => key.split(":")[0]),
      ["living"],
    );
    assert.equal(remarksOf(fake).length, remarksMax);
    const { posted, heldBack } = incidentOf(fake).remarks;
    assert.deepEqual(new Set(posted), new Set(remarksOf(fake)));
    assert.ok(heldBack.length > 0);
    assert.match(living(fake), new RegExp(`${heldBack.length} remarks? w\\w+ not posted`));
  });

  test("muted, it has no remark at all, and says in its message that some were held back", async () => {
    const fake = await begunWorld();
    await command(fake, "mute");
    await busy(fake, 2);
    assert.deepEqual(remarksOf(fake), []);
    assert.match(living(fake), /not posted: at most 6 an incident, and none while it is muted\./);
  });
});
