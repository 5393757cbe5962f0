import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearClaims } from "../../src/flows/hear-claims.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import {
  ana,
  begunWorld,
  bo,
  bot,
  fakeWorld,
  incidentChannel,
  metricsOf,
  series,
  slowCheckout,
  type FakeWorld,
} from "./fake-world.ts";

const { id: channel } = incidentChannel;
const slowPayments = [
  ...slowCheckout.slice(0, 2),
  series({ service: "payments", name: "latency_p99", kind: "latency" }, 0.1, 0.6),
];
async function begunWith(items: typeof slowPayments): Promise<FakeWorld> {
  const fake = fakeWorld();
  fake.sources = { ...fake.sources, metrics: [metricsOf(items)] };
  await onChannelSeen(fake.world, { job: fake.job(), channel });
  await fake.work();
  return fake;
}

let said = 0;
/** As Slack brings it, and as it stands in the channel for the next reading. */
async function say(fake: FakeWorld, text: string, user = ana): Promise<void> {
  said += 1;
  const ts = `${Math.floor(fake.world.now().getTime() / 1000)}.${String(said).padStart(6, "0")}`;
  const event = { job: fake.job(), channel, ts, user, text };
  fake.said.push({ ts, user, isBot: false, text });
  await hearClaims(fake.world, event);
  await hearMessage(fake.world, event);
}
async function click(fake: FakeWorld, actionId: string, value: string): Promise<void> {
  await handleClick(fake.world, { job: fake.job(), channel, user: ana, actionId, value });
  await fake.work();
}
const idOf = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
const textOf = (fake: FakeWorld, key: string) =>
  fake.messages(channel).findLast((each) => each.key.startsWith(key))?.body.text ?? "";
const away = (fake: FakeWorld) =>
  foldIncident(fake.store.incidents()[0]?.entries ?? []).claimedAway;
const stepsOf = (fake: FakeWorld, list: number) =>
  fake.store.suggestions.filter((each) => each.list === list).map(({ stepId }) => stepId);

describe("a bare claim", () => {
  test("is marked in the list and on the board, against what was read, and posts nothing", async () => {
    const fake = await begunWith(slowPayments);
    const before = fake.messages(channel).length;
    await say(fake, "it's not payments");
    assert.equal(fake.messages(channel).length, before);
    const list = textOf(fake, "steps:");
    const line =
      /<@UANA> ruled payments out 14:07, no check recorded; its p99 is 6× since 14:0\d\. Worth 3 minutes\?/;
    assert.match(list, line);
    assert.equal(list.split("; its p99 is 6×").length, 2, "said once");
    const living = textOf(fake, "living:");
    assert.match(living, /<@UANA> ruled payments out 14:07, no check recorded\./);
  });

  test("stands under the step that would look at it, with what it would cost", async () => {
    const fake = await begunWorld();
    await say(fake, "not the deploy");
    const list = textOf(fake, "steps:");
    assert.match(
      list,
      /<@UANA> ruled the deploy out 14:07, no check recorded; "Deploy 3f2a91c to production" is live since 14:00\. Worth \d+ minutes?\?/,
    );
    assert.match(
      textOf(fake, "living:"),
      /○ .*Roll back.*, ruled out by <@UANA> 14:07, no check recorded/i,
    );
  });

  test("leaves the next list as it would have been", async () => {
    const [silent, loud] = [await begunWith(slowPayments), await begunWith(slowPayments)];
    for (const text of ["it's not payments", "not the deploy", "not DNS"]) await say(loud, text);
    for (const fake of [silent, loud]) await click(fake, actionIds.steps, idOf(fake));
    assert.ok(stepsOf(silent, 2).length > 0);
    assert.deepEqual(stepsOf(loud, 2), stepsOf(silent, 2));
  });

  test("that the playbook takes for a look suppresses nothing where what was read points there", async () => {
    const slowLookups = series(
      { service: "checkout", name: "dns_lookup_seconds", kind: "latency" },
      0.01,
      2,
    );
    const fake = await begunWith([...slowPayments, slowLookups]);
    const { world } = fake;
    const steps = world.steps.filter(
      ({ id }) => id === "check-dns-latency" || id === "profile-cpu",
    );
    fake.world = { ...world, steps };
    await click(fake, actionIds.steps, idOf(fake));
    assert.ok(stepsOf(fake, 2).includes("check-dns-latency"));
    await say(fake, "ruled out dns");
    assert.equal(fake.store.outcomes.at(-1)?.label, "ruled_out");
    await click(fake, actionIds.steps, idOf(fake));
    assert.deepEqual(stepsOf(fake, 3), stepsOf(fake, 2));
    assert.match(
      textOf(fake, "steps:"),
      /ruled DNS out 14:07, no check recorded; .* is 20\d× since [\d:]+\. Worth 2 minutes/,
    );
  });

  test("is no longer open once a check of it is recorded", async () => {
    const fake = await begunWorld();
    await say(fake, "not the deploy");
    const check = fake.store.suggestions.find(
      ({ role, mechanism }) => role === "check" && mechanism === "deploy",
    );
    assert.ok(check);
    await click(fake, `${actionIds.outcome}:ruled_out`, `${check.id} ruled_out`);
    assert.doesNotMatch(textOf(fake, "steps:"), /no check recorded/);
    assert.doesNotMatch(textOf(fake, "living:"), /no check recorded/);
  });

  test("counts once, from a member who is a person, also in a mention", async () => {
    const fake = await begunWorld();
    const ts = `${Math.floor(fake.world.now().getTime() / 1000)}.000009`;
    const event = { job: fake.job(), channel, ts, user: ana, text: "it's not the db" };
    await hearClaims(fake.world, event);
    await hearClaims(fake.world, { ...event, job: fake.job() });
    await hearClaims(fake.world, { ...event, ts: "1.1", user: "UOUTSIDE", job: fake.job() });
    await hearClaims(fake.world, { ...event, ts: "1.2", user: bot, job: fake.job() });
    assert.deepEqual(
      away(fake).map(({ about, by }) => [about, by]),
      [[{ kind: "thing", thing: "database" }, ana]],
    );
    const text = `<@${bot}> it's not the cache`;
    const mention = { channel, ts: `${ts.slice(0, -1)}8`, threadTs: null, user: bo, text };
    await onMention(fake.world, { ...mention, job: fake.job() });
    await fake.work();
    assert.equal(away(fake).at(-1)?.by, bo);
  });

  test("of the incident's own service is none, nor is a guess", async () => {
    const fake = await begunWorld();
    for (const text of ["checkout is fine", "maybe it's not the db"]) await say(fake, text);
    assert.deepEqual(away(fake), []);
  });
});

describe("steps that were left out as done", () => {
  test("stay behind one click, each with who said so and what came of it", async () => {
    const fake = fakeWorld();
    const ts = `${Math.floor(fake.world.now().getTime() / 1000)}.000001`;
    fake.said.push({ ts, user: bo, isBot: false, text: "rolled back checkout already, no luck" });
    await onChannelSeen(fake.world, { job: fake.job(), channel });
    await fake.work();
    assert.match(textOf(fake, "steps:"), /1 left out: the thread has done it\./);
    const blocks = JSON.stringify(
      fake.messages(channel).find(({ key }) => key.startsWith("steps:"))?.body.blocks,
    );
    assert.ok(blocks.includes(actionIds.leftOut));
    await click(fake, actionIds.leftOut, `${idOf(fake)} 1`);
    assert.match(
      fake.ephemerals(ana)[0]?.text ?? "",
      /^Roll back the last deploy: <@UBO>: no effect 14:07\.\nTimes in UTC\.$/,
    );
  });
});
