import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import type { ChannelRow } from "../../src/flows/change.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { ana, bo, bot, changesOf, fakeWorld, type FakeWorld } from "./fake-world.ts";

function channelOf(n: number): ChannelRow {
  return { id: `CINC${n}`, name: `inc-${n}-checkout-latency`, kind: "public", isArchived: false };
}

/** Begun and read, in a channel of its own. */
async function begin(fake: FakeWorld, n: number): Promise<string> {
  const { id } = channelOf(n);
  fake.channels.set(id, channelOf(n));
  fake.members.set(id, [ana, bo, bot]);
  await onChannelSeen(fake.world, { job: fake.job(), channel: id });
  await fake.work();
  return id;
}

const newestList = (fake: FakeWorld): readonly Suggestion[] => {
  const last = fake.store.suggestions.at(-1);
  return fake.store.suggestions.filter(
    ({ incidentId, list }) => incidentId === last?.incidentId && list === last.list,
  );
};
function step(fake: FakeWorld, fits: (each: Suggestion) => boolean): Suggestion {
  const found = newestList(fake).find(fits);
  if (found === undefined) throw new Error("no such step was offered");
  return found;
}
const click = (fake: FakeWorld, channel: string, actionId: string, value: string) =>
  handleClick(fake.world, { job: fake.job(), channel, user: ana, actionId, value });
const say = (fake: FakeWorld, channel: string, { id }: Suggestion, label: string) =>
  click(fake, channel, `${actionIds.outcome}:${label}`, `${id} ${label}`);
const living = (fake: FakeWorld, channel: string) => fake.messages(channel)[0]?.body.text ?? "";
const incidentIn = (fake: FakeWorld, channel: string) =>
  fake.store.incidents().findLast((each) => each.channel === channel)?.id ?? "";

const old = "roll-back-deploy";
const odds = ({ p }: Suggestion) => p / (1 - p);

/** Two incidents that the same fix ended, then one that looks like them. */
async function thirdOfItsKind(): Promise<{ fake: FakeWorld; channel: string }> {
  const fake = fakeWorld();
  for (const n of [1, 2]) {
    const channel = await begin(fake, n);
    await say(
      fake,
      channel,
      step(fake, ({ stepId }) => stepId === old),
      "resolved",
    );
    await click(fake, channel, actionIds.resolve, incidentIn(fake, channel));
  }
  return { fake, channel: await begin(fake, 3) };
}

describe("the same symptom with another cause", () => {
  test("is not met with the old fix first once the check for the old cause ruled it out", async () => {
    const { fake, channel } = await thirdOfItsKind();
    const [first] = newestList(fake);
    assert.equal(first?.stepId, old);
    assert.match(living(fake, channel), /Seen before: INC-1 \(.* fixed by "Roll back/);
    const check = step(fake, ({ role, mechanism }) => role === "check" && mechanism === "deploy");
    await say(fake, channel, check, "ruled_out");
    const now = fake.messages(channel).find(({ key }) => key.includes(":first:"))?.body.text ?? "";
    assert.ok(now.startsWith("Now first: "), now);
    assert.ok(!now.startsWith(`Now first: ${first.title}`), now);
    assert.ok(now.endsWith(`because "${check.title}" spoke against "${first.title}".`), now);
    const text = living(fake, channel);
    assert.doesNotMatch(text, new RegExp(`First: ${first.title}`));
    assert.match(
      text,
      /INC-1: same service and symptom, another cause \(.* INC-2: same .*, another cause \(/,
    );
    await click(fake, channel, actionIds.steps, incidentIn(fake, channel));
    await fake.work();
    const list = newestList(fake);
    assert.equal(list[0]?.list, 2);
    assert.notEqual(list[0]?.stepId, old);
    const later = list.find(({ stepId }) => stepId === old);
    assert.ok(later, "it is still offered: the check may have looked in the wrong place");
    assert.ok(odds(later) < odds(first) / 3, `${later.p} after ${first.p}`);
  });

  test("stays with the old fix where another check of that kind pointed to it", async () => {
    const { fake, channel } = await thirdOfItsKind();
    const check = step(fake, ({ role, mechanism }) => role === "check" && mechanism === "deploy");
    await say(fake, channel, check, "ruled_out");
    await say(fake, channel, check, "helped");
    assert.match(
      living(fake, channel),
      /INC-1 \(.*, fixed by "Roll back.* INC-2 \(.*, fixed by "Roll back/,
    );
    await click(fake, channel, actionIds.steps, incidentIn(fake, channel));
    await fake.work();
    assert.equal(newestList(fake)[0]?.stepId, old);
  });

  test("is not met with the old fix first where no change was in flight", async () => {
    const { fake } = await thirdOfItsKind();
    fake.sources = { ...fake.sources, changes: [changesOf([])] };
    await begin(fake, 4);
    assert.notEqual(newestList(fake)[0]?.stepId, old);
  });
});
