import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { test } from "node:test";
import { readBundle, type Bundle } from "../../src/edges/recorded/bundle.ts";
import { diagnose } from "../../src/evidence/diagnose.ts";
import { symptomOf } from "../../src/evidence/symptom.ts";
import type { SourcedSeries } from "../../src/evidence/input.ts";
import { recoveryIn } from "../../src/flows/newest-evidence.ts";

const bundles = globSync("demo/bundles/*.json.gz").toSorted().map(readBundle);

function measuredBy({ series }: Pick<Bundle, "series">, end: number): SourcedSeries[] {
  return series.map((one) => ({
    ...one,
    source: { query: one.query },
    points: one.points.filter(([at]) => at <= end),
  }));
}

/** What had been measured by then, and what it says. */
function readingAt({ onset, alert, series, logs, changes }: Bundle, end: number) {
  const measured = measuredBy({ series }, end);
  const diagnosis = diagnose({
    onset,
    end,
    alert,
    series: measured,
    logs: logs.filter(({ at }) => at <= end),
    changes: changes.filter(({ at }) => at <= end),
  });
  const service = alert.service ?? null;
  return {
    series: measured,
    evidence: { service, symptom: symptomOf(alert, diagnosis), diagnosis },
  };
}

for (const bundle of bundles) {
  const { id, onset, mendedAt } = bundle;

  test(`${id}: no first reading takes it as over while it goes on`, () => {
    for (const seconds of [90, 100, 110, 120, 150, 240]) {
      const { evidence, series } = readingAt(bundle, onset + seconds);
      assert.deepEqual(recoveryIn(evidence, series), {}, `${seconds} s after the onset`);
    }
  });

  test(`${id}: no later reading does either, and one within a minute sees it once it is`, () => {
    const { evidence } = readingAt(bundle, onset + 120);
    const backAt = (end: number) => recoveryIn(evidence, measuredBy(bundle, end)).backSince;
    for (let end = onset + 125; end < mendedAt; end += 5) {
      assert.equal(backAt(end), undefined, `${end - onset} s after the onset`);
    }
    const minute = Array.from({ length: 12 }, (_, cell) => backAt(mendedAt + cell * 5));
    assert.ok(minute.some((since) => since !== undefined && since > mendedAt - 5));
  });
}
