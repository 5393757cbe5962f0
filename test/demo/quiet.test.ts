import assert from "node:assert/strict";
import { test } from "node:test";
import { readBundle } from "../../src/edges/recorded/bundle.ts";
import { assess } from "../../src/flows/assess.ts";
import { gatherEvidence } from "../../src/flows/gather-evidence.ts";
import { changesOf, fakeWorld, metricsOf } from "../flows/fake-world.ts";
import { filesUnder } from "../repository.ts";

/** What a question at `now` finds, as a mention outside an incident asks it. */
async function found(bundle: ReturnType<typeof readBundle>, named: string | null, now: number) {
  const services = bundle.catalog.services.map((service) => ({
    ...service,
    dashboards: [],
    runbooks: [],
    constraints: [],
  }));
  const catalog = { teams: [], services };
  const series = bundle.series.map(({ query, ...one }) => ({ ...one, source: { query } }));
  const changes = bundle.changes.filter(({ at }) => at <= now);
  const service = services.find(({ name }) => name === named) ?? null;
  const sources = {
    catalog,
    metrics: [metricsOf(series)],
    changes: [changesOf(changes)],
    logs: [],
    now: new Date(now * 1000),
  };
  const alert = service === null ? {} : { service: service.name };
  const question = { sources, service, onset: null, alert };
  const { input } = await gatherEvidence(fakeWorld().world, question);
  const about = { named: service, severity: 3, at: sources.now } as const;
  return assess(input, catalog, about).diagnosis;
}

test("a question in the quiet part of a recorded incident is answered with no shift, but for one in ten, and never with a clear one", async () => {
  const answers = [];
  for (const file of filesUnder("demo/bundles", ".json.gz")) {
    const bundle = readBundle(file);
    const first = Math.min(...bundle.series.map(({ points }) => points[0]?.[0] ?? Infinity));
    for (const named of [null, bundle.alert.service, bundle.truth.service]) {
      for (let now = first + 240; now < bundle.onset; now += 90) {
        answers.push(await found(bundle, named, now));
      }
    }
  }
  const wrong = answers.filter(({ metrics }) => metrics.length > 0);
  assert.ok(answers.length >= 30, `only ${answers.length} questions were asked`);
  assert.ok(wrong.length <= answers.length / 10, `${wrong.length} of ${answers.length}`);
  assert.ok(wrong.every(({ confidence }) => confidence !== "clear"));
});

test("a question minutes after a recorded incident is answered with what it was and how it is now", async () => {
  for (const file of filesUnder("demo/bundles", ".json.gz")) {
    const bundle = readBundle(file);
    const { alert, truth, mendedAt, end } = bundle;
    for (const now of [mendedAt + 120, end]) {
      const { metrics, services, onset } = await found(bundle, alert.service, now);
      // More traffic strains whatever it reaches: there the service that gives way first is one of two.
      const first = services.slice(0, truth.cause === "traffic" ? 2 : 1);
      assert.ok(first.map(({ service }) => service).includes(truth.service), file);
      // A leak has no moment in which it begins.
      assert.ok(Math.abs(onset - bundle.onset) <= (alert.kind === "memory" ? 120 : 60), file);
      const felt = metrics.find(
        (one) => one.kind === alert.kind && one.service === alert.service && one.callee === null,
      );
      const { before = 0, after = 0, latest = [0, 0] } = felt ?? {};
      assert.ok((after - latest[1]) / (after - before) > 0.6, `${file}: ${JSON.stringify(felt)}`);
    }
  }
});
