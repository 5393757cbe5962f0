/**
 * How good the learned order is: made-up organisations, cases by themselves, and TVDiag's incidents (docs/benchmarks.md).
 *
 * npm run bench:ranking [seeds]        BENCH_DATA: the folder of the public sets; default ../shared/data
 */

import { dataFolder } from "./diagnosis-case.ts";
import { worded } from "./diagnosis-measures.ts";
import { table } from "./figures.ts";
import { halvingPlaces, speeds, uselessLift } from "./ranking-cases.ts";
import { figuresOf, settings, type Figures } from "./ranking-organisations.ts";
import { ledgerSpeeds } from "./ranking-ledger.ts";
import { curves, type Curve } from "./ranking-tvdiag.ts";

const seedsUsual = 16;

interface Row {
  readonly name: string;
  readonly figures: Figures;
}

function printOrganisations(rows: readonly Row[]): void {
  const head = rows.map(({ name }) => name);
  const of = (name: string, value: (figures: Figures) => string) => [
    name,
    ...rows.map(({ figures }) => value(figures)),
  ];
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const policies = Object.keys(rows[0]?.figures.minutes ?? {});
  console.log(
    table([
      ["", ...head],
      of("headroom, incidents 51 to 250", ({ headroom }) => headroom.later.toFixed(2)),
      of("headroom, first 50", ({ headroom }) => headroom.first50.toFixed(2)),
      of("minutes against naive success rate", ({ against }) => `-${percent(against.rate)}`),
      of(
        "minutes against naive per symptom / cost",
        ({ against }) => `-${percent(against.symptomCost)}`,
      ),
      of(
        "windows of 50 worse than fixed order",
        ({ worseWindows }) => `${worseWindows.some} of ${worseWindows.of}`,
      ),
      of("calibration error, 201 to 250", ({ ece }) => ece.toFixed(3)),
      of("saved against the playbook with shuffled outcomes", ({ controls }) =>
        percent(controls.shuffled),
      ),
      of("share of the gain that a wild member costs", ({ controls }) =>
        percent(controls.wildCosts),
      ),
    ]),
  );
  const minutes = (name: string) =>
    of(
      name,
      ({ minutes: all }) => `${all[name]?.first50.toFixed(1)} / ${all[name]?.later.toFixed(1)}`,
    );
  console.log(`\n${table([["minutes, first 50 / later", ...head], ...policies.map(minutes)])}`);
}

function printCurves(all: readonly Curve[]): void {
  for (const { set, points } of all) {
    const rows = points.map(({ past, right }) => [past, right.of, worded(right)]);
    console.log(`\n${table([[`TVDiag ${set}: past incidents`, "asked", "AC@1"], ...rows])}`);
  }
}

function caseFigures(seeds: readonly number[]) {
  const lifts = [0.3, 0.6, 0.9].flatMap((healing) =>
    seeds.flatMap((seed) => [1, 0.6].map((confidence) => uselessLift(healing, confidence, seed))),
  );
  const places = [true, false].flatMap((isLabelled) =>
    seeds.map((seed) => halvingPlaces(seed, isLabelled)),
  );
  const falls = places.map(
    (list) => list.filter((place, at) => place > (list[at - 1] ?? place)).length,
  );
  return {
    uselessLiftMean: lifts.reduce((sum, lift) => sum + lift, 0) / lifts.length,
    uselessLiftMax: Math.max(...lifts),
    halvingFalls: falls.reduce((sum, count) => sum + count, 0),
    halvingUses: places.reduce((sum, list) => sum + list.length, 0),
    ...speeds(),
    ...ledgerSpeeds(),
  };
}

function main(): void {
  const count = Number(process.argv[2] ?? seedsUsual);
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const data = dataFolder();
  const rows = settings.map((setting) => ({
    name: setting.name,
    figures: figuresOf(setting, seeds),
  }));
  printOrganisations(rows);
  const cases = caseFigures(seeds);
  console.log(
    `\n${table([
      ["cases by themselves", ""],
      ["lift of a useless step where 30, 60, 90 % heal, mean", cases.uselessLiftMean.toFixed(3)],
      ["the same, largest", cases.uselessLiftMax.toFixed(3)],
      ["falls of a halving check's place", `${cases.halvingFalls} of ${cases.halvingUses} uses`],
      ["a list, 60 steps, 5,000 outcomes, CPU ms", cases.listMs.toFixed(1)],
      ["an outcome, CPU ms", cases.outcomeMs.toFixed(3)],
      ["a list from a ledger of 5,000 outcomes, the first, CPU ms", cases.firstListMs.toFixed(0)],
      ["the same, each after one more incident", cases.nextListMs.toFixed(0)],
    ])}`,
  );
  const learned = data === null ? [] : curves(data);
  if (data === null) {
    console.log(
      "\nThe public sets are not here: set BENCH_DATA to their folder. TVDiag is skipped.",
    );
  }
  printCurves(learned);
  console.log(
    `\n${JSON.stringify({ bench: "ranking", seeds: count, organisations: rows, cases, curves: learned })}`,
  );
}

main();
