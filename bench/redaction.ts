/**
 * How much of what is secret is struck out, how little of what only looks like it, and how long it takes
 * (docs/benchmarks.md).
 *
 * npm run bench:redaction [instances a kind and carrier]     BENCH_SHOW=kind prints what was missed and touched
 */

import { loadavg } from "node:os";
import { redact } from "../src/redaction/redact.ts";
import { median, table } from "./figures.ts";
import { carriers, chanceOf, isExposed, kindCount, planted } from "./redaction-corpus.ts";
import { heldBack, heldBackAlike } from "./redaction-held-back.ts";
import { lookAlikes, ordinaryText } from "./redaction-look-alikes.ts";

const instancesUsual = 30;
const lookAlikeCount = 5_000;
const timedRuns = 41;
const seed = 20_261_127;

const times = Number(process.argv[2] ?? instancesUsual);
const chance = chanceOf(seed);
const all = planted(times, chance);
const missed = all.filter(({ text, secret }) => isExposed(redact(text), secret));
const alike = lookAlikes(lookAlikeCount, chance);
const touched = alike.filter((text) => redact(text) !== text);

/** Wall and processor time; on a busy machine the first is about the machine. */
function timed(): { readonly wall: number; readonly processor: number } {
  const text = ordinaryText(
    all.filter(({ carrier }) => carrier === "plain").map((each) => each.secret),
    chance,
  );
  const once = () => {
    const start = performance.now();
    const used = process.cpuUsage();
    redact(text);
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - start, processor: (user + system) / 1_000 };
  };
  for (let warm = 0; warm < 10; warm += 1) once();
  const runs = Array.from({ length: timedRuns }, once);
  return {
    wall: median(runs.map(({ wall }) => wall)),
    processor: median(runs.map(({ processor }) => processor)),
  };
}

const share = (part: number, of: number) => `${((100 * part) / of).toFixed(2)} %`;
const of = (carrier: string) => all.filter((each) => each.carrier === carrier);
const missedOf = (carrier: string) => missed.filter((each) => each.carrier === carrier);
console.log(
  table([
    ["carrier", "secrets", "masked"],
    ...carriers.map((carrier) => [
      carrier,
      of(carrier).length,
      share(of(carrier).length - missedOf(carrier).length, of(carrier).length),
    ]),
    ["all", all.length, share(all.length - missed.length, all.length)],
  ]),
);
const worst = Map.groupBy(missed, ({ kind }) => kind);
const rows = [...worst].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 12);
if (rows.length > 0) {
  const perKind = times * carriers.length;
  console.log(`\nmissed most, of ${perKind} each`);
  console.log(
    table(
      rows.map(([kind, each]) => [
        kind,
        each.length,
        [...new Set(each.map(({ carrier }) => carrier))].join(" "),
      ]),
    ),
  );
}
const { wall, processor } = timed();
const unseen = heldBack.filter(({ text, secret }) => !isExposed(redact(text), secret)).length;
const disturbed = heldBackAlike.filter((text) => redact(text) !== text).length;
console.log(`\nin the carriers written last: ${unseen} of ${heldBack.length} masked`);
console.log(`look-alikes written last and touched: ${disturbed} of ${heldBackAlike.length}`);
console.log(`\nlook-alikes touched: ${touched.length} of ${alike.length}`);
console.log(
  `ms per 64 kB, median of ${timedRuns}: ${wall.toFixed(2)}, of processor time ${processor.toFixed(2)}\n`,
);
if (process.env["BENCH_SHOW"] !== undefined) {
  for (const text of new Set(touched))
    console.log("TOUCHED", text.slice(0, 200), "\n     →", redact(text).slice(0, 200));
  for (const { kind, carrier, text } of missed.slice(0, 400))
    if (kind.includes(process.env["BENCH_SHOW"] ?? ""))
      console.log(
        "MISSED",
        kind,
        carrier,
        text.slice(0, 400),
        "\n     →",
        redact(text).slice(0, 300),
      );
}
console.log(
  JSON.stringify({
    bench: "redaction",
    kinds: kindCount,
    secrets: all.length,
    maskedShare: (all.length - missed.length) / all.length,
    lookAlikes: alike.length,
    touchedShare: touched.length / alike.length,
    msPer64kB: wall,
    processorMsPer64kB: processor,
    loadAverage: loadavg()[0],
  }),
);
