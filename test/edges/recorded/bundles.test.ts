import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readBundle, type Bundle } from "../../../src/edges/recorded/bundle.ts";

const folder = join(import.meta.dirname, "../../../demo/bundles");
const files = readdirSync(folder).map((file) => join(folder, file));
const settleSeconds = 45;

/** Which series must show the fault, and by what factor at least. */
const effects = [
  { id: "n-plus-one", service: "checkout", name: "latency_p95", factorMin: 2 },
  { id: "n-plus-one", service: "checkout", name: "statements_per_second", factorMin: 5 },
  { id: "small-pool", service: "checkout", name: "error_ratio", factorMin: 5 },
  { id: "small-pool", service: "inventory", name: "pool_wait_p95", factorMin: 5 },
  { id: "provider-down", service: "checkout", name: "error_ratio", factorMin: 5 },
  {
    id: "provider-down",
    service: "checkout",
    name: "call_latency_p95",
    callee: "payments",
    factorMin: 5,
  },
];

test("there are three recorded incidents, each below 500 kB", () => {
  const ids = files.map((file) => readBundle(file).id).toSorted();
  assert.deepEqual(ids, ["n-plus-one", "provider-down", "small-pool"]);
  for (const file of files) assert.ok(statSync(file).size < 500_000, file);
});

for (const effect of effects)
  test(`${effect.id}: ${effect.service} ${effect.name} rises with the fault and falls with the mend`, () => {
    const bundle = bundleOf(effect.id);
    const { onset, mendedAt } = bundle;
    const before = median(bundle, effect, [0, onset]);
    const during = median(bundle, effect, [onset + settleSeconds, mendedAt]);
    const after = median(bundle, effect, [mendedAt + settleSeconds, Infinity]);
    const floor = 0.001;
    const told = `${before} → ${during} → ${after}`;
    assert.ok(during > effect.factorMin * Math.max(before, floor), told);
    // Nobody calls the provider once the other has taken over.
    if (!Number.isNaN(after)) assert.ok(after < during / 2, told);
  });

for (const file of files) {
  const bundle = readBundle(file);
  test(`${bundle.id}: the alert fired within two minutes, so that it has fired when a play starts`, () => {
    assert.ok(bundle.alert.firedAt > bundle.onset && bundle.alert.firedAt < bundle.onset + 120);
  });

  test(`${bundle.id}: the truth names a change of the bundle that was live at onset, or none`, () => {
    const { changeId } = bundle.truth;
    if (changeId === null) {
      const lastMinutes = bundle.changes.filter(
        ({ at, kind }) => kind !== "commit" && at > bundle.onset - 180 && at < bundle.mendedAt,
      );
      assert.deepEqual(lastMinutes, []);
      return;
    }
    const live = bundle.changes.filter(
      ({ id, kind, at, deploys }) =>
        Math.abs(at - bundle.onset) <= 1 &&
        ((kind === "deploy" && deploys?.includes(changeId)) || id === changeId),
    );
    assert.equal(live.length, 1);
  });

  test(`${bundle.id}: innocent changes stand beside the culprit`, () => {
    const innocent = bundle.changes.filter(
      ({ at }) => at > bundle.onset - 700 && at < bundle.onset,
    );
    assert.ok(innocent.length >= 4, `${innocent.length} changes`);
  });

  test(`${bundle.id}: each series is of a service of the catalog, and the callees are there too`, () => {
    const known = new Set(bundle.catalog.services.map(({ name }) => name));
    for (const { service, callee } of bundle.series)
      assert.ok(
        known.has(service) && (callee === undefined || known.has(callee)),
        `${service} ${callee}`,
      );
  });

  test(`${bundle.id}: nothing tells of the machine that recorded it`, () => {
    assert.doesNotMatch(JSON.stringify(bundle), /\/(root|home|work|tmp)\b/);
  });
}

function bundleOf(id: string): Bundle {
  return readBundle(join(folder, `${id}.json.gz`));
}

function median(
  { series }: Bundle,
  wanted: { readonly service: string; readonly name: string; readonly callee?: string },
  [from, to]: readonly [number, number],
): number {
  const found = series.find(
    ({ service, name, callee }) =>
      service === wanted.service && name === wanted.name && callee === wanted.callee,
  );
  const values = (found?.points ?? []).filter(([at]) => at > from && at <= to);
  const sorted = values.map(([, value]) => value).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
