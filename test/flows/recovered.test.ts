import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import {
  ana,
  backAfter,
  begunWorld,
  bot,
  fakeWorld,
  incidentChannel,
  metricsOf,
  slowCheckout,
  teamChannel,
  type FakeWorld,
} from "./fake-world.ts";

const incidentId = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const living = (fake: FakeWorld) => fake.messages(incidentChannel.id)[0]?.body.text ?? "";
const textOf = (fake: FakeWorld, key: string) =>
  fake.messages(incidentChannel.id).find((sent) => sent.key.includes(key))?.body.text ?? "";
const turns = (fake: FakeWorld) =>
  fake
    .messages(incidentChannel.id)
    .filter(({ key }) => key.includes(":turn:"))
    .map(({ body }) => body.text);
const rolesOf = (fake: FakeWorld, list: number) =>
  fake.store.suggestions.filter((each) => each.list === list).map(({ role }) => role);

function click(fake: FakeWorld, actionId: string, value: string): Promise<void> {
  const { id: channel } = incidentChannel;
  return handleClick(fake.world, { job: fake.job(), channel, user: ana, actionId, value });
}
async function askForSteps(fake: FakeWorld): Promise<void> {
  await click(fake, actionIds.steps, incidentId(fake));
  await fake.work();
}

/** Slow since 14:02, back at 14:12, read at 14:17. */
async function recovered(): Promise<FakeWorld> {
  const fake = await begunWorld();
  fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
  fake.pass(10);
  await fake.work();
  return fake;
}
async function worseAgain(fake: FakeWorld): Promise<void> {
  const points = (all: readonly (readonly [number, number])[]) =>
    all.map(([at, value]): readonly [number, number] => [
      at,
      at * 1000 > fake.world.now().getTime() ? 4.1 : value,
    ]);
  const series = backAfter(5).map((one) =>
    one.name === "latency_p99" && one.service === "checkout"
      ? { ...one, points: points(one.points) }
      : one,
  );
  fake.sources = { ...fake.sources, metrics: [metricsOf(series)] };
  fake.pass(3);
  await fake.work();
}

describe("once the numbers are back", () => {
  test("a new list holds checks alone, says since when, and asks whether it is over", async () => {
    const fake = await recovered();
    assert.ok(rolesOf(fake, 1).includes("fix"), "the first list had something to stop");
    await askForSteps(fake);
    const roles = rolesOf(fake, 2);
    assert.ok(roles.length > 0 && roles.every((role) => role === "check"), roles.join());
    assert.match(textOf(fake, ":2"), /^Back to normal since 14:12\. Left to find out:/);
    const list = fake.messages(incidentChannel.id).find(({ key }) => key.endsWith(":2"));
    assert.match(JSON.stringify(list?.body.blocks), new RegExp(`"${actionIds.resolve}"`));
    assert.equal(incident(fake).evidence?.backSince, Date.UTC(2026, 10, 23, 14, 12) / 1000);
  });

  test("the living message names no fix as first", async () => {
    const fake = await recovered();
    assert.doesNotMatch(living(fake), /^(First|Stop the bleeding):/m);
    const named = /^Find out: (.*)$/m.exec(living(fake))?.[1];
    const step = fake.store.suggestions.find(({ title }) => title === named);
    assert.equal(step?.role, "check", named);
    assert.match(living(fake), /back to normal/);
    await askForSteps(fake);
    assert.doesNotMatch(living(fake), /^First:/m);
  });

  test("a check that told nothing makes room for the next check", async () => {
    const fake = await recovered();
    const [first] = fake.store.suggestions.filter(({ role }) => role === "check");
    await click(fake, `${actionIds.outcome}:no_effect`, `${first?.id} no_effect`);
    const title = /^Now first: (.*?), because/.exec(textOf(fake, ":first:"))?.[1];
    const next = fake.store.suggestions.find((each) => each.title === title);
    assert.equal(next?.role, "check", title);
  });

  test("it is said once under the living message", async () => {
    const fake = await recovered();
    fake.pass(10);
    await fake.work();
    assert.equal(turns(fake).length, 1);
    assert.match(turns(fake)[0] ?? "", /^Recovered: checkout p99 0\.\d+ s since 14:12\.\n/);
  });

  test("a muted incident gets no such remark", async () => {
    const fake = await begunWorld();
    await click(fake, actionIds.mute, incidentId(fake));
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
    fake.pass(10);
    await fake.work();
    assert.deepEqual(turns(fake), []);
    assert.match(living(fake), /back to normal/);
  });

  test("a source that falls silent does not take it back", async () => {
    const fake = await recovered();
    fake.sources = { ...fake.sources, metrics: [metricsOf([])] };
    fake.pass(2);
    await fake.work();
    assert.equal(incident(fake).evidence?.backSince, Date.UTC(2026, 10, 23, 14, 12) / 1000);
    await askForSteps(fake);
    assert.ok(rolesOf(fake, 2).every((role) => role === "check"));
    assert.equal(turns(fake).length, 1);
  });
});

describe("when it is worse again", () => {
  test("it is said, and fixes are first again, in the message and in a new list", async () => {
    const fake = await recovered();
    await askForSteps(fake);
    await worseAgain(fake);
    assert.match(turns(fake)[1] ?? "", /^Worse again: checkout p99 4(\.\d)? s since 14:\d\d\./);
    assert.equal(incident(fake).evidence?.backSince, undefined);
    assert.match(living(fake), /^(First: Roll back|.*Stop the bleeding: )/m);
    await askForSteps(fake);
    assert.ok(rolesOf(fake, 3).includes("fix"), rolesOf(fake, 3).join());
    assert.doesNotMatch(textOf(fake, ":3"), /Back to normal/);
  });
});

describe("a first question minutes after the end", () => {
  const late = () => {
    const fake = fakeWorld();
    fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(2))] };
    fake.pass(14);
    return fake;
  };

  test("is told what it was, that it is back, and since when", async () => {
    const fake = late();
    await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
    await fake.work();
    assert.match(living(fake), /checkout p99 0\.\d+ s \(normal 0\.4 s\), back to normal/);
    assert.match(living(fake), /p99 of checkout 0\.4 s → 4\.1 s since 14:02 \(back to normal\)/);
    assert.match(textOf(fake, "steps:"), /^Back to normal since 14:09\./);
    assert.ok(rolesOf(fake, 1).every((role) => role === "check"));
  });

  test("is told the same outside an incident", async () => {
    const fake = late();
    const said = { channel: teamChannel.id, ts: "1795443900.000001", threadTs: null, user: ana };
    const text = `<@${bot}> is checkout slow?`;
    await onMention(fake.world, { job: fake.job(), ...said, text });
    await fake.work();
    const answer = fake.messages(teamChannel.id)[0]?.body.text ?? "";
    assert.match(answer, /^What is known about checkout, back to normal since 14:09:/);
    assert.match(answer, /p99 of checkout 0\.4 s → 4\.1 s since 14:02/);
  });

  test("and one in the middle of it hears nothing of an end", async () => {
    const fake = fakeWorld();
    fake.sources = { ...fake.sources, metrics: [metricsOf(slowCheckout)] };
    const said = { channel: teamChannel.id, ts: "1795443900.000001", threadTs: null, user: ana };
    await onMention(fake.world, { job: fake.job(), ...said, text: `<@${bot}> is checkout slow?` });
    await fake.work();
    assert.match(
      fake.messages(teamChannel.id)[0]?.body.text ?? "",
      /^What is known about checkout:/,
    );
  });
});
