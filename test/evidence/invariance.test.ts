import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { diagnose } from "../../src/evidence/diagnose.ts";
import type { Diagnosis } from "../../src/evidence/diagnosis.ts";
import type { EvidenceInput } from "../../src/evidence/input.ts";
import { runs, seed } from "../property-runs.ts";
import { incidents } from "./made-incidents.ts";

const parameters = { numRuns: runs(2_000), seed };
const relativeMax = 1e-6;

/** What must not change, as plain names and numbers; the order of equals is free. */
function essence(diagnosis: Diagnosis, nameOf = (name: string) => name, idOf = (id: string) => id) {
  const { services, metrics, changes, logs, scope, confidence, noChange, examined } = diagnosis;
  const numbers = new Map<string, number>([["no change", noChange]]);
  for (const { service, score } of services) numbers.set(`service ${nameOf(service)}`, score);
  for (const { id, p } of changes) numbers.set(`change ${idOf(id)}`, p);
  metrics.forEach((metric) => {
    const callee = metric.callee === null ? null : nameOf(metric.callee);
    const key = JSON.stringify([
      nameOf(metric.service),
      metric.name,
      callee,
      metric.labels,
      metric.direction,
    ]);
    numbers.set(`metric ${key} ${countOf(numbers, key)}`, metric.score);
  });
  for (const { service, template, before, after } of logs) {
    numbers.set(`log ${nameOf(service)} ${template} ${before}`, after);
  }
  return { numbers, scope, confidence, examined: examined.map(nameOf).toSorted() };
}

/** Series of one name are told apart by nothing else; their scores are compared as a sorted list. */
function countOf(numbers: ReadonlyMap<string, number>, key: string): number {
  return [...numbers.keys()].filter((known) => known.includes(key)).length;
}

function assertAlike(left: ReturnType<typeof essence>, right: ReturnType<typeof essence>): void {
  assert.equal(left.confidence, right.confidence);
  assert.deepEqual(left.examined, right.examined);
  assert.deepEqual(left.scope?.labels, right.scope?.labels);
  assert.equal(left.scope?.everywhere, right.scope?.everywhere);
  assert.deepEqual([...left.numbers.keys()].toSorted(), [...right.numbers.keys()].toSorted());
  for (const [key, value] of left.numbers) {
    const other = right.numbers.get(key) ?? Number.NaN;
    const close = Math.abs(value - other) <= relativeMax * Math.max(Math.abs(value), 1e-9);
    assert.ok(close, `${key}: ${value} and ${other}`);
  }
}

function renamed(input: EvidenceInput, nameOf: (name: string) => string): EvidenceInput {
  const { alert, series, calls, changes, logs } = input;
  return {
    ...input,
    ...(alert && {
      alert: { ...alert, ...(alert.service !== undefined && { service: nameOf(alert.service) }) },
    }),
    ...(series && {
      series: series.map((one) => ({
        ...one,
        service: nameOf(one.service),
        ...(one.callee !== undefined && { callee: nameOf(one.callee) }),
      })),
    }),
    ...(calls && {
      calls: calls.map(([caller, callee]) => [nameOf(caller), nameOf(callee)] as const),
    }),
    ...(changes && {
      changes: changes.map((one) => ({
        ...one,
        ...(one.service !== undefined && { service: nameOf(one.service) }),
      })),
    }),
    ...(logs && { logs: logs.map((line) => ({ ...line, service: nameOf(line.service) })) }),
  };
}

/** Other letters, another order of the alphabet, another length. */
function otherName(name: string): string {
  return `svc-${900 - name.length}-${name.slice(-2)}`;
}

function otherId(id: string): string {
  return (Number(id.slice(1)) * 2_654_435_761).toString(16).padStart(40, "f");
}

function shuffled<T>(items: readonly T[] = []): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

function later(input: EvidenceInput, seconds: number): EvidenceInput {
  const { end, series, changes, logs } = input;
  return {
    ...input,
    onset: input.onset + seconds,
    ...(end !== undefined && { end: end + seconds }),
    ...(series && {
      series: series.map((one) => ({
        ...one,
        points: one.points.map(([at, value]) => [at + seconds, value] as const),
      })),
    }),
    ...(changes && { changes: changes.map((one) => ({ ...one, at: one.at + seconds })) }),
    ...(logs && { logs: logs.map((line) => ({ ...line, at: line.at + seconds })) }),
  };
}

test("renaming the services renames the answer and changes nothing else", () => {
  fc.assert(
    fc.property(incidents, (input) => {
      assertAlike(
        essence(diagnose(input), otherName),
        essence(diagnose(renamed(input, otherName))),
      );
    }),
    parameters,
  );
});

test("moving all times moves the onset and changes nothing else", () => {
  fc.assert(
    fc.property(incidents, fc.integer({ min: -90_000_000, max: 90_000_000 }), (input, seconds) => {
      const [given, moved] = [diagnose(input), diagnose(later(input, seconds))];
      assertAlike(essence(given), essence(moved));
      assert.equal(moved.onset - given.onset, seconds);
    }),
    parameters,
  );
});

test("measuring a metric in another unit changes no score", () => {
  fc.assert(
    fc.property(incidents, fc.constantFrom(1e-6, 0.001, 60, 1_024, 1e9), (input, unit) => {
      // A metric is one unit whatever its slices, and whoever measured it.
      const scaled = (input.series ?? []).map((one) =>
        one.name.endsWith("0") || one.name.endsWith("1")
          ? { ...one, points: one.points.map(([at, value]) => [at, value * unit] as const) }
          : one,
      );
      const other = { ...input, ...(input.series && { series: scaled }) };
      assertAlike(essence(diagnose(input)), essence(diagnose(other)));
    }),
    parameters,
  );
});

test("the order of rows does not matter, down to the points of a series", () => {
  const rows = incidents.chain((input) => {
    return fc.record({
      input: fc.constant(input),
      series: shuffled(input.series).map((all) =>
        all.map((one) => ({ ...one, points: one.points.toReversed() })),
      ),
      calls: shuffled(input.calls),
      changes: shuffled(input.changes),
      logs: shuffled(input.logs),
    });
  });
  fc.assert(
    fc.property(rows, ({ input, ...other }) => {
      assertAlike(essence(diagnose(input)), essence(diagnose({ ...input, ...other })));
    }),
    parameters,
  );
});

test("other commit ids change the ids of the answer and nothing else", () => {
  fc.assert(
    fc.property(incidents, (input) => {
      const changes = (input.changes ?? []).map((one) => ({
        ...one,
        id: otherId(one.id),
        ...(one.deploys && { deploys: one.deploys.map(otherId) }),
      }));
      const other = { ...input, ...(input.changes && { changes }) };
      assertAlike(essence(diagnose(input), undefined, otherId), essence(diagnose(other)));
    }),
    parameters,
  );
});

test("probabilities add up to one, lists are best first, and no number is outside of its range", () => {
  fc.assert(
    fc.property(incidents, (input) => {
      const { services, metrics, changes, noChange, scope } = diagnose(input);
      const sum = changes.reduce((total, { p }) => total + p, noChange);
      assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
      for (const list of [
        services.map((x) => x.score),
        metrics.map((x) => x.score),
        changes.map((x) => x.p),
      ]) {
        assert.deepEqual(
          list,
          list.toSorted((x, y) => y - x),
        );
        assert.ok(
          list.every((value) => value >= 0 && value <= 100),
          list.join(),
        );
      }
      if (scope !== null) assert.ok(scope.share >= 0.9 && scope.share <= 1 + 1e-9);
    }),
    parameters,
  );
});

test("every citation opens something of the answer's own lists", () => {
  fc.assert(
    fc.property(incidents, (input) => {
      const { findings, metrics, logs, changes } = diagnose(input);
      const known = new Set<string>([
        ...metrics.map((_, at) => `metric:${at}`),
        ...logs.map((_, at) => `log:${at}`),
        ...changes.map(({ id }) => `change:${id}`),
      ]);
      for (const { text, cites } of findings)
        for (const cite of cites) assert.ok(known.has(cite), text);
    }),
    parameters,
  );
});

test("no author is named in anything that the diagnosis says", () => {
  fc.assert(
    fc.property(incidents, (input) => {
      const changes = (input.changes ?? []).map((one) => ({
        ...one,
        author: "Quintessa Zweig <quintessa@zweig.example>",
        title: `${one.title} by Quintessa Zweig, reviewed by @quintessa`,
        files: ["OWNERS.yaml"],
        diff: `${one.diff ?? ""}\n-owner: zweig\n+owner: quintessa\n-contact: a@zweig.example\n+contact: quintessa@zweig.example`,
      }));
      const alert = { text: "quintessa says that the pool is exhausted, zweig too" };
      const { findings, changes: judged, leftOut } = diagnose({ ...input, changes, alert });
      assert.doesNotMatch(JSON.stringify([findings, judged, leftOut]), /quintessa|zweig/i);
    }),
    parameters,
  );
});

test("sources whose clocks differ by ten minutes get an answer as well-formed as any", () => {
  fc.assert(
    fc.property(incidents, fc.constantFrom(-600, 600), (input, skew) => {
      const logs = (input.logs ?? []).map((line) => ({ ...line, at: line.at + skew }));
      const changes = (input.changes ?? []).map((one) => ({ ...one, at: one.at - skew }));
      const { changes: judged, noChange, onset } = diagnose({ ...input, logs, changes });
      const sum = judged.reduce((total, { p }) => total + p, noChange);
      assert.ok(Math.abs(sum - 1) < 1e-9 && Math.abs(onset - input.onset) <= 600);
    }),
    parameters,
  );
});
