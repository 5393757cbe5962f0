/** What a diagnosis costs: made series and made commits, after the first call. */

import { diagnose } from "../src/evidence/diagnose.ts";
import type { ChangeRecord, EvidenceInput, Point, Series } from "../src/evidence/input.ts";

const onset = 1_700_000_000;
const cells = 240;
const runs = 25;

/** Median milliseconds of one core by what was read: what the process used, for a shared machine lends it only now and then. */
export function timings(): Record<string, number> {
  const changes = madeChanges(40);
  return {
    "50 series": medianMs({ onset, series: madeSeries(50) }),
    "700 series": medianMs({ onset, series: madeSeries(700) }),
    "40 changes with diffs": medianMs({ onset, series: madeSeries(10), changes }),
  };
}

function medianMs(input: EvidenceInput): number {
  diagnose(input);
  const times = Array.from({ length: runs }, () => {
    const started = process.cpuUsage();
    diagnose(input);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  }).toSorted((x, y) => x - y);
  return Math.round((times[Math.floor(runs / 2)] ?? 0) * 10) / 10;
}

/** Four hours by the minute; every seventh moves at the onset. The noise is a fixed sequence, for a benchmark is not a dice. */
function madeSeries(count: number): Series[] {
  return Array.from({ length: count }, (_, index) => ({
    service: `service-${index % 25}`,
    name: `metric_${index}`,
    kind: index % 3 === 0 ? "latency" : "cpu",
    points: Array.from({ length: cells }, (_cell, cell): Point => {
      const noise = Math.sin(index * 12.9898 + cell * 78.233) * 43_758.5453;
      const moved = index % 7 === 0 && cell >= cells - 15 ? 3 : 1;
      return [onset + (cell - cells + 15) * 60, moved * (1 + 0.1 * (noise - Math.floor(noise)))];
    }),
  }));
}

function madeChanges(count: number): ChangeRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index.toString(16).padStart(40, "0"),
    kind: "commit",
    at: onset - index * 600,
    service: `service-${index % 25}`,
    title: `Change the query of page ${index}`,
    files: [`services/service-${index % 25}/query-${index}.ts`],
    diff: Array.from(
      { length: 400 },
      (_line, line) =>
        `${line % 3 === 0 ? "+" : line % 3 === 1 ? "-" : " "}const row${line} = await pool.query(sql${index}, ${line});`,
    ).join("\n"),
  }));
}
