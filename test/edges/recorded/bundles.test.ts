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
  { id: "memory-leak", service: "frontend", name: "heap_used", factorMin: 3 },
  { id: "memory-leak", service: "frontend", name: "nodejs_gc_duration_seconds", factorMin: 3 },
  { id: "blocking-flag", service: "checkout", name: "latency_p95", factorMin: 2 },
  { id: "blocking-flag", service: "checkout", name: "event_loop_lag_p99", factorMin: 5 },
  { id: "traffic-surge", service: "checkout", name: "latency_p95", factorMin: 2 },
  { id: "traffic-surge", service: "inventory", name: "pool_waiting", factorMin: 5 },
];

test("there are six recorded incidents, each below 500 kB", () => {
  const ids = files.map((file) => readBundle(file).id).toSorted();
  assert.deepEqual(ids, [
    "blocking-flag",
    "memory-leak",
    "n-plus-one",
    "provider-down",
    "small-pool",
    "traffic-surge",
  ]);
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

test("memory-leak: the process takes more and more memory, until its pauses are felt", () => {
  const bundle = bundleOf("memory-leak");
  const { onset, mendedAt } = bundle;
  const middle = (onset + mendedAt) / 2;
  const rises = (name: string, factorMin: number) => {
    const wanted = { service: "frontend", name };
    const [before, early, late] = [
      median(bundle, wanted, [0, onset]),
      median(bundle, wanted, [onset, middle]),
      median(bundle, wanted, [mendedAt - 60, mendedAt]),
    ];
    assert.ok(early < late && late > factorMin * before, `${name}: ${before}, ${early}, ${late}`);
  };
  rises("memory", 2);
  rises("heap_used", 5);
  rises("event_loop_lag_p99", 2);
});

test("blocking-flag: the newer of two versions shifts, and the older does not", () => {
  const bundle = bundleOf("blocking-flag");
  const titles = bundle.changes.map(({ title }) => title).join("\n");
  const [, newer = "", older = ""] = /Deploy checkout (\w+) \(beside (\w+)\)/.exec(titles) ?? [];
  const factor = (name: string, version: string) => {
    const wanted = { service: "checkout", name, version };
    const before = median(bundle, wanted, [0, bundle.onset]);
    return median(bundle, wanted, [bundle.onset + settleSeconds, bundle.mendedAt]) / before;
  };
  for (const name of ["latency_p95_by_version", "event_loop_lag_p99_by_version"]) {
    const factors = [factor(name, newer), factor(name, older)] as const;
    assert.ok(
      factors[0] > 2 && factors[1] < 1.3 && factors[1] > 0.7,
      `${name}: ${factors.join(", ")}`,
    );
  }
});

test("traffic-surge: many times the requests arrive, also once more processes answer them", () => {
  const bundle = bundleOf("traffic-surge");
  const { onset, mendedAt } = bundle;
  const requests = { service: "frontend", name: "requests_per_second" };
  const before = median(bundle, requests, [0, onset]);
  const during = median(bundle, requests, [onset + settleSeconds, mendedAt]);
  const after = median(bundle, requests, [mendedAt + settleSeconds, Infinity]);
  assert.ok(during > 4 * before && after > 4 * before, `${before} → ${during} → ${after}`);
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

  test(`${bundle.id}: memory, garbage collection and event loop of each process are there`, () => {
    for (const service of ["frontend", "checkout", "inventory"]) {
      const own = bundle.series.filter((series) => series.service === service);
      for (const metric of [
        "process_resident_memory_bytes",
        "nodejs_heap_size_used_bytes",
        "nodejs_gc_duration_seconds",
        "nodejs_eventloop_lag",
      ])
        assert.ok(
          own.some(({ query }) => query.includes(metric)),
          `${service}: ${metric}`,
        );
    }
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
  wanted: {
    readonly service: string;
    readonly name: string;
    readonly callee?: string;
    readonly version?: string;
  },
  [from, to]: readonly [number, number],
): number {
  const found = series.find(
    ({ service, name, callee, labels }) =>
      service === wanted.service &&
      name === wanted.name &&
      callee === wanted.callee &&
      labels?.["version"] === wanted.version,
  );
  const values = (found?.points ?? []).filter(([at]) => at > from && at <= to);
  const sorted = values.map(([, value]) => value).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
