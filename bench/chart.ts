/** What a chart costs: milliseconds of wall clock and CPU, and memory, for the first and for later ones. */

import { gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { chartOf, metricsToShow } from "../src/chart/chart.ts";
import { pngOf, svgOf } from "../src/edges/chart/draw.ts";
import { diagnose } from "../src/evidence/diagnose.ts";
import type { EvidenceInput } from "../src/evidence/input.ts";

const runs = Number(process.argv[2] ?? 30);
const bundle = new URL("../demo/bundles/n-plus-one.json.gz", import.meta.url);

/** Five minutes into the trouble. */
function recorded(): EvidenceInput {
  const text = gunzipSync(readFileSync(bundle)).toString("utf8");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own recording, which test/edges/recorded checks
  const { onset, series, changes } = JSON.parse(text) as Required<EvidenceInput>;
  const end = onset + 300;
  return { onset, end, series, changes: changes.filter(({ at }) => at <= end) };
}

const cpuMs = (): number => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;

async function cost(work: () => Promise<unknown>): Promise<{ wallMs: number; cpuMs: number }> {
  const [wall, cpu] = [performance.now(), cpuMs()];
  await work();
  return { wallMs: Math.round(performance.now() - wall), cpuMs: Math.round(cpuMs() - cpu) };
}

async function median(work: () => Promise<unknown>): Promise<{ wallMs: number; cpuMs: number }> {
  const costs: { wallMs: number; cpuMs: number }[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one after the other is what is measured
  for (let run = 0; run < runs; run += 1) costs.push(await cost(work));
  const middle = (of: "wallMs" | "cpuMs"): number =>
    costs.map((each) => each[of]).toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
  return { wallMs: middle("wallMs"), cpuMs: middle("cpuMs") };
}

const input = recorded();
const diagnosis = diagnose(input);
const [headline] = diagnosis.metrics;
const chart =
  headline === undefined ? null : chartOf(input, diagnosis, metricsToShow(diagnosis, headline));
if (chart === null) throw new Error("the recording shows no shift");
const residentMb = (): number => Math.round(process.memoryUsage().rss / 1e6);
const before = residentMb();
const first = await cost(() => pngOf(chart));
const figures = {
  "first picture": first,
  svg: await median(() => svgOf(chart)),
  "png, its svg included": await median(() => pngOf(chart)),
};
console.table(figures);
console.log(JSON.stringify({ figures, runs, addedMb: residentMb() - before }));
