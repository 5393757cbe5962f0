/** The cases once more, spoiled a little (what was said should hold) or told in other words (nothing may change). */

import { diagnose } from "../src/evidence/diagnose.ts";
import type { EvidenceInput, Point, Series } from "../src/evidence/input.ts";
import type { Case } from "./diagnosis-case.ts";
import { median } from "./figures.ts";

const dropShare = 0.1;
const relativeMax = 1e-6;
const shiftSeconds = 12_345_678;

type Spoil = (input: EvidenceInput, chance: () => number, stepSeconds: number) => EvidenceInput;

/** Ways to spoil a case, by what they are called. */
export const spoils: Readonly<Record<string, Spoil>> = {
  "a tenth of the series lost": ({ series = [], ...rest }, chance) => ({
    ...rest,
    series: series.filter(() => chance() > dropShare),
  }),
  "a tenth of the points lost": (input, chance) =>
    withPoints(input, (points) => points.filter(() => chance() > dropShare)),
  "onset up to two steps off": ({ onset, ...rest }, chance, stepSeconds) => ({
    ...rest,
    onset: onset + stepSeconds * (Math.floor(chance() * 5) - 2),
  }),
  "half as noisy again": (input, chance) =>
    withPoints(input, (points) => {
      const middle = median(points.map(([, value]) => value));
      const spread = median(points.map(([, value]) => Math.abs(value - middle)));
      const noise = (): number => spread * (chance() + chance() + chance() - 1.5);
      return points.map(([at, value]): Point => [at, value + noise()]);
    }),
};

export function spoiled(cases: readonly Case[], spoil: Spoil, stepSeconds: number): Case[] {
  return [1, 2, 3].flatMap((seed) => {
    const chance = chanceFrom(seed * 7_919);
    return cases.map((one) => ({ ...one, input: spoil(one.input, chance, stepSeconds) }));
  });
}

/** How many answers were not the same when services, times, units, ids or the order of rows were. */
export function changedAnswers(cases: readonly Case[]): Record<string, number> {
  const changed: Record<string, number> = {};
  for (const [name, told] of Object.entries(tellings)) {
    changed[name] = cases.filter(({ input }) => {
      const { input: other, original } = told(input);
      return !isSame(
        numbersOf(input, (id) => id),
        numbersOf(other, original),
      );
    }).length;
  }
  return changed;
}

interface Told {
  readonly input: EvidenceInput;
  /** From a name or id of the telling to the original one. */
  readonly original: (name: string) => string;
}

const same = (name: string): string => name;
const tellings: Readonly<Record<string, (input: EvidenceInput) => Told>> = {
  "services renamed": (input) => ({
    input: withNames(input, (name) => `svc-${name.length}-${btoa(name)}`),
    original: (name) => (/^svc-\d+-/.test(name) ? atob(name.replace(/^svc-\d+-/, "")) : name),
  }),
  "times moved": (input) => ({ input: later(input), original: same }),
  "units scaled": (input) => ({
    input: {
      ...input,
      series: (input.series ?? []).map((one) => ({ ...one, points: scaled(one) })),
    },
    original: same,
  }),
  "rows turned round": ({ series = [], changes = [], logs = [], calls = [], ...rest }) => ({
    input: {
      ...rest,
      series: series.map((one) => ({ ...one, points: one.points.toReversed() })).toReversed(),
      changes: changes.toReversed(),
      logs: logs.toReversed(),
      calls: calls.toReversed(),
    },
    original: same,
  }),
  "ids hashed": (input) => ({
    input: {
      ...input,
      changes: (input.changes ?? []).map((one) => ({
        ...one,
        id: `#${btoa(one.id)}`,
        ...(one.deploys && { deploys: one.deploys.map((id) => `#${btoa(id)}`) }),
      })),
    },
    original: (name) => (name.startsWith("#") ? atob(name.slice(1)) : name),
  }),
};

function numbersOf(input: EvidenceInput, original: (name: string) => string): Map<string, number> {
  const { services, changes, noChange } = diagnose(input);
  const ids = new Set((input.changes ?? []).map(({ id }) => id));
  const names = new Map(services.map(({ service, score }) => [`s ${original(service)}`, score]));
  for (const { id, p } of changes) names.set(`c ${ids.has(id) ? original(id) : id}`, p);
  return names.set("none", noChange);
}

function isSame(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return [...left].every(([name, value]) => {
    const difference = Math.abs((right.get(name) ?? Number.NaN) - value);
    return difference <= relativeMax * Math.max(Math.abs(value), 1e-9);
  });
}

function scaled({ name, points }: Series): Point[] {
  const unit = [1, 0.001, 60, 1_024, 1e-6][name.length % 5] ?? 1;
  return points.map(([at, value]): Point => [at, value * unit]);
}

function later(input: EvidenceInput): EvidenceInput {
  const moved = <T extends { readonly at: number }>(one: T): T => ({
    ...one,
    at: one.at + shiftSeconds,
  });
  return {
    ...withPoints(input, (points) =>
      points.map(([at, value]): Point => [at + shiftSeconds, value]),
    ),
    onset: input.onset + shiftSeconds,
    ...(input.end !== undefined && { end: input.end + shiftSeconds }),
    changes: (input.changes ?? []).map(moved),
    logs: (input.logs ?? []).map(moved),
  };
}

function withNames(input: EvidenceInput, nameOf: (name: string) => string): EvidenceInput {
  const renamed = <T extends { readonly service?: string }>(one: T): T =>
    one.service === undefined ? one : { ...one, service: nameOf(one.service) };
  return {
    ...input,
    ...(input.alert && { alert: renamed(input.alert) }),
    series: (input.series ?? []).map((one) => ({
      ...renamed(one),
      ...(one.callee !== undefined && { callee: nameOf(one.callee) }),
    })),
    calls: (input.calls ?? []).map(([from, to]) => [nameOf(from), nameOf(to)] as const),
    changes: (input.changes ?? []).map(renamed),
    logs: (input.logs ?? []).map(renamed),
  };
}

function withPoints(
  input: EvidenceInput,
  change: (points: readonly Point[]) => Point[],
): EvidenceInput {
  const series = (input.series ?? []).map((one) => ({ ...one, points: change(one.points) }));
  return { ...input, series };
}

/** A fixed sequence in [0, 1), for a benchmark is not a dice (the congruential generator of Numerical Recipes). */
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
