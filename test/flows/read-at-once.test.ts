import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyCatalog } from "../../src/catalog/catalog.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { runJob } from "../../src/flows/run-job.ts";
import { begunWorld, fakeWorld, incidentChannel, type FakeWorld } from "./fake-world.ts";

const told = (fake: FakeWorld, services: readonly string[] | null) =>
  runJob(fake.world, fake.job(), { kind: "read-changes", services });
/** What is read within the next quarter of a minute, before the first planned reading. */
const readSoon = (fake: FakeWorld) => {
  fake.pass(0.25);
  return fake.work();
};

test("a change that a hook tells of has the open incident of its service read at once, a burst of them once", async () => {
  const fake = await begunWorld();
  await told(fake, ["cart", "Checkout"]);
  await told(fake, ["checkout"]);
  assert.deepEqual(await readSoon(fake), ["read-again"]);
});

test("a change that names no service may be anybody's; another service's is not", async () => {
  const fake = await begunWorld();
  await told(fake, ["search"]);
  assert.deepEqual(await readSoon(fake), []);
  await told(fake, null);
  assert.deepEqual(await readSoon(fake), ["read-again"]);
});

test("an incident of which nobody knows the service may be about any", async () => {
  const fake = fakeWorld();
  fake.sources = { ...fake.sources, catalog: emptyCatalog, metrics: [] };
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await fake.work();
  await told(fake, ["search"]);
  assert.deepEqual(await readSoon(fake), ["read-again"]);
});

test("an incident whose first reading is on its way is not read twice", async () => {
  const fake = fakeWorld();
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await told(fake, ["checkout"]);
  assert.deepEqual(await readSoon(fake), ["investigate", "read-history"]);
});
