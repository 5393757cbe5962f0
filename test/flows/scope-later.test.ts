import assert from "node:assert/strict";
import { test } from "node:test";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { fakeWorld, incidentChannel, metricsOf, slowCheckout, wellShop } from "./fake-world.ts";

test("only the first reading is waited for; the scope that a later one finds is taken over", async () => {
  const fake = fakeWorld();
  const isOfCheckout = ({ service, name }: { readonly service: string; readonly name: string }) =>
    service === "checkout" && name === "latency_p99";
  const sliced = (all: typeof wellShop, version: string) =>
    all.filter(isOfCheckout).map((one) => ({ ...one, labels: { version } }));
  const slices = [...sliced(slowCheckout, "3f2a91c"), ...sliced(wellShop, "9c1d2e0")];
  const waited: boolean[] = [];
  const server = metricsOf([]);
  const series: typeof server.series = async (_services, { isWaitedFor = false }) => {
    waited.push(isWaitedFor);
    return { items: isWaitedFor ? slowCheckout : [...slowCheckout, ...slices], leftOut: [] };
  };
  fake.sources = { ...fake.sources, metrics: [{ ...server, series }] };
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await fake.work();
  const scope = () =>
    foldIncident(fake.store.incidents()[0]?.entries ?? []).evidence?.diagnosis.scope;
  assert.equal(scope(), null);
  fake.pass(3);
  await fake.work();
  assert.deepEqual(waited, [true, false]);
  assert.deepEqual(scope()?.labels, { version: "3f2a91c" });
});
