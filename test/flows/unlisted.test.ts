import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { hearMessage } from "../../src/flows/hear-message.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { actionIds } from "../../src/message/actions.ts";
import {
  ana,
  backAfter,
  begunWorld,
  bo,
  bot,
  incidentChannel,
  metricsOf,
  slowCheckout,
} from "./fake-world.ts";
import type { FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;
const named = "renew-certificate";
const title = (fake: FakeWorld) => fake.world.steps.find(({ id }) => id === named)?.plainTitle;
const incident = (fake: FakeWorld) => foldIncident(fake.store.incidents()[0]?.entries ?? []);
const idOf = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "";
const click = (fake: FakeWorld, user: string, actionId: string, value: string) =>
  handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
const name = (fake: FakeWorld, user: string, stepId: string) =>
  click(fake, user, actionIds.named, `${idOf(fake)} ${stepId}`);
const endOf = (fake: FakeWorld) =>
  fake.messages(channel).find(({ key }) => key.endsWith(":end") || key.includes("end"))?.body;
const rows = (fake: FakeWorld) =>
  fake.store.outcomes.map(({ actor, stepId, label, confidence }) => [
    actor,
    stepId,
    label,
    confidence,
  ]);
const ofNoList = (fake: FakeWorld) => fake.store.suggestions.filter(({ list }) => list === 0);

async function endedWorld(): Promise<FakeWorld> {
  const fake = await begunWorld();
  assert.ok(fake.store.suggestions.every(({ stepId }) => stepId !== named));
  fake.sources = { ...fake.sources, metrics: [metricsOf(backAfter(5))] };
  fake.pass(10);
  await fake.work();
  await click(fake, ana, actionIds.resolve, idOf(fake));
  return fake;
}

let said = 0;
async function say(fake: FakeWorld, user: string, text: string): Promise<void> {
  said += 1;
  const seconds = Math.floor(fake.world.now().getTime() / 1000);
  const ts = `${seconds}.${String(said).padStart(6, "0")}`;
  await hearMessage(fake.world, { job: fake.job(), channel, ts, user, text });
}

describe("what ended it and no list had offered", () => {
  test("is asked for by a menu of the playbook's other fixes, once somebody says that it was something else", async () => {
    const fake = await endedWorld();
    const question = () => JSON.stringify(endOf(fake)?.blocks);
    assert.ok(!question().includes(named));
    await click(fake, ana, `${actionIds.credit}:something-else`, `${idOf(fake)} something-else`);
    assert.ok(question().includes("What was it?"));
    assert.ok(question().includes(`${idOf(fake)} ${named}`));
    for (const { stepId } of fake.store.suggestions) {
      assert.ok(!question().includes(`${idOf(fake)} ${stepId}"`), stepId);
    }
  });

  test("gets a row of its own in the ledger, with the word of whoever names it", async () => {
    const fake = await endedWorld();
    await name(fake, ana, named);
    assert.deepEqual(rows(fake), [[ana, named, "resolved", 1]]);
    const [row] = ofNoList(fake);
    assert.deepEqual([row?.stepId, row?.title, row?.propensity], [named, title(fake), 0]);
    assert.equal(incident(fake).lists.length, 1);
    assert.match(endOf(fake)?.text ?? "", new RegExp(`${ana}>: ${title(fake)}`));
  });

  test("is one row, whoever names it again, and refused where it is no fix of the playbook", async () => {
    const fake = await endedWorld();
    await name(fake, ana, named);
    await name(fake, ana, named);
    await name(fake, bo, named);
    assert.equal(ofNoList(fake).length, 1);
    assert.deepEqual(
      rows(fake).map(([actor]) => actor),
      [ana, bo],
    );
    await name(fake, bo, "check-dns-latency");
    await name(fake, bo, "pray");
    assert.equal(rows(fake).length, 2);
    assert.equal(fake.ephemerals(bo).length, 2);
  });

  test("is offered in the next incident of its kind, with its record", async () => {
    const fake = await endedWorld();
    await name(fake, ana, named);
    const next = { ...incidentChannel, id: "CNEXT", name: "inc-checkout-again" } as const;
    fake.channels.set(next.id, next);
    fake.members.set(next.id, [ana, bot]);
    fake.sources = { ...fake.sources, metrics: [metricsOf(slowCheckout)] };
    await onChannelSeen(fake.world, { job: fake.job(), channel: next.id });
    await fake.work();
    const again = fake.store.suggestions.find(({ list, stepId }) => list > 0 && stepId === named);
    assert.deepEqual([again?.record.tried, again?.record.worked], [1, 1]);
  });

  test("is no row by the word of somebody outside, nor an entry about a row that is not there", async () => {
    const fake = await endedWorld();
    await say(fake, "USTRANGER", "renewed the certificate, that fixed it");
    assert.deepEqual([rows(fake), ofNoList(fake)], [[], []]);
    const entries = fake.store.incidents()[0]?.entries ?? [];
    assert.ok(entries.every(({ fact }) => fact.kind !== "not-counted"));
  });

  test("is heard in the channel too, where it is said to have fixed it, and a bare deed is no row", async () => {
    const fake = await endedWorld();
    await say(fake, bo, "renewed the certificate");
    assert.deepEqual(rows(fake), []);
    await say(fake, ana, "renewed the certificate, that fixed it");
    assert.deepEqual(rows(fake), [[ana, named, "resolved", 0.6]]);
    assert.equal(ofNoList(fake).length, 1);
  });
});
