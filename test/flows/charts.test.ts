import assert from "node:assert/strict";
import { test } from "node:test";
import type { Effect } from "../../src/flows/change.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import {
  ana,
  begunWorld,
  fakeWorld,
  incidentChannel,
  metricsOf,
  slowCheckout,
  type FakeWorld,
} from "./fake-world.ts";

const channel = incidentChannel.id;

/** What began after the channel was made. */
const laterTrouble = slowCheckout.map((series) => ({
  ...series,
  points: series.points.map(([at, value]) => [at + 360, value] as const),
}));

type ChartPayload = Extract<Effect["payload"], { kind: "chart" }>;

/** As the store keeps them: of one id the first. */
function charts({ store }: FakeWorld): ChartPayload[] {
  const seen = new Map<string, ChartPayload>();
  for (const { id, payload } of store.effects) {
    if (payload.kind === "chart" && !seen.has(id)) seen.set(id, payload);
  }
  return [...seen.values()];
}

test("the first reading that finds a shift shows it in the living message's thread, in words as well", async () => {
  const fake = await begunWorld();
  const [chart, ...others] = charts(fake);
  assert.deepEqual(others, []);
  assert.ok(chart);
  const living = fake.messages(channel)[0];
  assert.equal(chart.under, living?.key);
  assert.match(chart.alt, /^p99 of checkout 0\.4\d* s → 4(\.\d)? s .*since 14:02/);
  assert.equal(chart.comment.replaceAll("&gt;", ">"), chart.alt);
  const kinds = fake.store.effects.map(({ payload }) => payload.kind);
  assert.equal(kinds.indexOf("chart"), kinds.length - 1, "after the messages of its reading");
});

test("later readings of the same add no picture", async () => {
  const fake = await begunWorld();
  fake.pass(10);
  await fake.work();
  assert.ok(fake.messages(channel).length > 0);
  assert.equal(charts(fake).length, 1);
});

test("where the first reading found no shift, the first that does shows it", async () => {
  const fake = fakeWorld();
  fake.sources = { ...fake.sources, metrics: [metricsOf([])] };
  await onChannelSeen(fake.world, { job: fake.job(), channel });
  await fake.work();
  assert.equal(charts(fake).length, 0);
  fake.sources = { ...fake.sources, metrics: [metricsOf(laterTrouble)] };
  fake.pass(10);
  await fake.work();
  assert.equal(charts(fake).length, 1);
});

test("while it is muted there is no picture, and the next reading after it is resumed shows it", async () => {
  const fake = fakeWorld();
  fake.sources = { ...fake.sources, metrics: [metricsOf([])] };
  await onChannelSeen(fake.world, { job: fake.job(), channel });
  await fake.work();
  const press = (actionId: string) =>
    handleClick(fake.world, {
      job: fake.job(),
      channel,
      user: ana,
      actionId,
      value: fake.store.incidents()[0]?.id ?? "",
      threadTs: null,
      responseUrl: null,
    });
  await press(actionIds.mute);
  fake.sources = { ...fake.sources, metrics: [metricsOf(laterTrouble)] };
  fake.pass(10);
  await fake.work();
  assert.equal(charts(fake).length, 0);
  await press(actionIds.resume);
  fake.pass(20);
  await fake.work();
  assert.equal(charts(fake).length, 1);
});
