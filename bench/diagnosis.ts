/**
 * How good and how fast the diagnosis is on public incidents with known causes (docs/benchmarks.md says where they come from).
 *
 * npm run bench:diagnosis [cases]        BENCH_DATA: the folder of the sets; default ../shared/data
 */

import { dataFolder, type Case } from "./diagnosis-case.ts";
import {
  answered,
  changeFigures,
  firstChange,
  isCalm,
  isDecoyFirst,
  isExact,
  rankOf,
  serviceFigures,
  shareOf,
  worded,
  type Answer,
} from "./diagnosis-measures.ts";
import { nabQuiet } from "./diagnosis-nab.ts";
import { nezhaCases, nezhaQuiet } from "./diagnosis-nezha.ts";
import { petshopCases, petshopQuiet } from "./diagnosis-petshop.ts";
import { rootCauseCases } from "./diagnosis-rootcausebench.ts";
import { changedAnswers, spoiled, spoils } from "./diagnosis-perturbed.ts";
import { timings } from "./diagnosis-timing.ts";
import { table } from "./figures.ts";

function printCases(name: string, answers: readonly Answer[]): void {
  const rows = answers.map((answer) => {
    const { one, diagnosis } = answer;
    const [first] = diagnosis.services;
    const rank = rankOf(answer);
    const change =
      one.truth.change === undefined
        ? ""
        : `${isExact(answer) ? "exact" : isDecoyFirst(answer) ? "decoy" : "other"} ${firstChange(answer)?.slice(0, 8) ?? "none"}`;
    const place = Number.isFinite(rank) ? rank + 1 : "-";
    return [
      one.id,
      one.truth.service ?? "",
      place,
      first?.service ?? "",
      diagnosis.confidence,
      change,
    ];
  });
  console.log(
    `\n${name}\n${table([["case", "truth", "place", "first", "said", "change"], ...rows])}`,
  );
}

function main(): void {
  const data = dataFolder();
  if (data === null) {
    console.log("The public sets are not here: set BENCH_DATA to their folder. Skipped.");
    return;
  }
  const sets: readonly (readonly [string, Case[]])[] = [
    ["rootcausebench", rootCauseCases(data)],
    ["petshop", petshopCases(data)],
    ["nezha-ob", nezhaCases(data)],
  ];
  const done = sets.map(([name, cases]) => [name, answered(cases)] as const);
  if (process.argv.includes("cases")) for (const [name, answers] of done) printCases(name, answers);
  const services = done.map(([name, answers]) => [name, serviceFigures(answers)] as const);
  const changes = changeFigures(done[0]?.[1] ?? []);
  const quiet = (
    [
      ["petshop", petshopQuiet(data)],
      ["nezha-ob", nezhaQuiet(data)],
      ["nab", nabQuiet(data)],
    ] as const
  ).map(([name, cases]) => {
    const calm = answered(cases).filter(isCalm).length;
    return [name, shareOf(calm, cases.length)] as const;
  });
  const stepSeconds: Readonly<Record<string, number>> = { petshop: 300 };
  const perturbed = Object.entries(spoils).map(([way, spoil]) => {
    const figures = sets.map(([name, cases]) => {
      const answers = answered(spoiled(cases, spoil, stepSeconds[name] ?? 60));
      const exact = shareOf(answers.filter(isExact).length, answers.length);
      return { ...serviceFigures(answers), ...(name === "rootcausebench" && { exact }) };
    });
    return [way, figures] as const;
  });
  const changed = changedAnswers(sets.flatMap(([, cases]) => cases));
  const times = timings();
  console.log(
    table([
      ["set", "cases", "AC@1", "AC@3", "Avg@5", "clear", "of those right", "ms a case"],
      ...services.map(([name, one]) => [
        name,
        one.ac1.of,
        worded(one.ac1),
        worded(one.ac3),
        one.avg5.toFixed(2),
        worded(one.clear),
        worded(one.clearRight),
        one.msMedian.toFixed(1),
      ]),
    ]),
  );
  console.log(
    `\n${table([
      ["which change (rootcausebench)", ""],
      ["exact", worded(changes.exact)],
      ["true commit in the first 3, where there is one", worded(changes.first3)],
      ["a decoy first", worded(changes.decoyFirst)],
      ["Brier per candidate", changes.brier.toFixed(4)],
      ["Brier per case", changes.brierPerCase.toFixed(3)],
    ])}`,
  );
  console.log(
    `\n${table([
      ["said with probability", "candidates", "mean said", "was so"],
      ...changes.calibration.map(({ from, to, of, said, wasSo }) => [
        `${from} to ${to}`,
        of,
        said.toFixed(3),
        wasSo.toFixed(3),
      ]),
    ])}`,
  );
  console.log(
    `\n${table([
      ["quiet windows", "windows", "none or weak"],
      ...quiet.map(([name, calm]) => [name, calm.of, worded(calm)]),
    ])}`,
  );
  console.log(
    `\n${table([
      ["spoiled: AC@1 / AC@3", ...sets.map(([name]) => name), "exact"],
      ...perturbed.map(([way, figures]) => [
        way,
        ...figures.map(({ ac1, ac3 }) => `${ac1.share.toFixed(2)} / ${ac3.share.toFixed(2)}`),
        figures[0]?.exact?.share.toFixed(2) ?? "",
      ]),
    ])}`,
  );
  console.log(
    `\n${table([["told in other words", "answers that changed"], ...Object.entries(changed)])}`,
  );
  console.log(
    `\n${table([["time", "CPU ms"], ...Object.entries(times).map(([what, ms]) => [what, ms])])}\n`,
  );
  console.log(
    JSON.stringify({
      bench: "diagnosis",
      services: Object.fromEntries(services),
      changes,
      quiet: Object.fromEntries(quiet),
      perturbed: Object.fromEntries(perturbed),
      changed,
      ms: times,
    }),
  );
}

main();
