/**
 * Whether the gate lets through what is true and holds back what is not: sentences over recorded and generated
 * evidence, each true or made false in one way (docs/benchmarks.md).
 *
 * npm run bench:gate
 * npm run bench:gate -- 7        # another seed
 */

import { orderFault } from "../src/model/answer-fault.ts";
import { faultOf } from "../src/model/sentence.ts";
import type { Known } from "../src/model/known.ts";
import { halves, type Half } from "../test/model/corpus/halves.ts";
import { table } from "./figures.ts";

const seed = Number(process.argv[2] ?? "1");

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

async function measured({ name, truths, falsehoods }: Half) {
  const removed: string[] = [];
  const runs = new Map<number, { told: number; removed: number }>();
  for (const { text, cites, of, run } of truths) {
    const fault = await faultOfFinding({ text, cites }, of.known);
    if (fault !== null) removed.push(`removed, though true: ${text} (${fault})`);
    const counts = runs.get(run ?? 0) ?? { told: 0, removed: 0 };
    runs.set(run ?? 0, {
      told: counts.told + 1,
      removed: counts.removed + (fault === null ? 0 : 1),
    });
  }
  const kinds = new Map<string, { made: number; caught: number }>();
  const kept: string[] = [];
  for (const { text, cites, of, kind } of falsehoods) {
    const fault = await faultOfFinding({ text, cites }, of.known);
    const counts = kinds.get(kind) ?? { made: 0, caught: 0 };
    kinds.set(kind, { made: counts.made + 1, caught: counts.caught + (fault === null ? 0 : 1) });
    if (fault === null) kept.push(`kept, though false (${kind}): ${text} [${cites.join(", ")}]`);
  }
  return { name, truths: truths.length, falsehoods: falsehoods.length, removed, kept, kinds, runs };
}

/** As of a finding of the first pass. */
async function faultOfFinding(sentence: { text: string; cites: readonly string[] }, known: Known) {
  return (await faultOf(sentence, known)) ?? orderFault(sentence);
}

const results: Awaited<ReturnType<typeof measured>>[] = [];
const started = performance.now();
for (const half of halves(seed)) results.push(await measured(half));
const sentences = results.reduce((sum, each) => sum + each.truths + each.falsehoods, 0);
const msEach = (performance.now() - started) / sentences;

console.log(
  table([
    ["half", "false", "caught", "true", "removed"],
    ...results.map((each) => [
      each.name,
      each.falsehoods,
      percent(1 - each.kept.length / each.falsehoods),
      each.truths,
      percent(each.removed.length / each.truths),
    ]),
  ]),
);
for (const { name, runs } of results)
  for (const [run, { told, removed }] of runs)
    if (run > 0) console.log(`${name}, run ${run}: ${removed} of ${told} true ones removed`);
const names = [...new Set(results.flatMap(({ kinds }) => [...kinds.keys()]))];
console.log(
  table([
    ["kind of falsehood", ...results.slice(0, 2).map(({ name }) => name)],
    ...names
      .filter((name) => name !== "by hand")
      .map((name) => [
        name,
        ...results.slice(0, 2).map(({ kinds }) => {
          const counts = kinds.get(name);
          return counts === undefined ? "" : `${counts.caught} of ${counts.made}`;
        }),
      ]),
  ]),
);
for (const { removed, kept } of results)
  for (const line of [...removed, ...kept]) console.log(line);
console.log(
  JSON.stringify({
    bench: "gate",
    seed,
    msEach: Number(msEach.toFixed(2)),
    halves: results.map((each) => ({
      name: each.name,
      falsehoods: each.falsehoods,
      caughtShare: 1 - each.kept.length / each.falsehoods,
      truths: each.truths,
      removedShare: each.removed.length / each.truths,
    })),
  }),
);
