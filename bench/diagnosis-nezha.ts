/** Nezha's online boutique: one day of one-minute series of pods and of calls, faults eight minutes apart, no alert. */

import { join } from "node:path";
import { z } from "zod";
import { kindOf } from "../src/evidence/series-kinds.ts";
import type { Series } from "../src/evidence/input.ts";
import {
  between,
  readColumns,
  readJson,
  serviceTruths,
  type Case,
  type Column,
} from "./diagnosis-case.ts";

const casesShape = z.record(z.string(), z.object({ onset: z.number() }));
const day = "2022-08-22";
const afterSeconds = 300;
/** After a fault's onset the day is not quiet for so long. */
const faultSeconds = 900;
const quietBeforeSeconds = 900;
const quietEverySeconds = 60;

export interface Window {
  readonly beforeSeconds: number;
  readonly afterSeconds: number;
}

/** By default all that came before on that day, and five minutes after. */
export function nezhaCases(
  data: string,
  window: Window = { beforeSeconds: Infinity, afterSeconds },
): Case[] {
  const { onsets, series } = read(data);
  const truth = readJson(join(data, "nezha-ob", `${day}.truth.json`), serviceTruths);
  return onsets.map(([id, onset]) => {
    const end = onset + window.afterSeconds;
    return {
      id,
      input: { onset, end, ...gathered(between(series, onset - window.beforeSeconds, end)) },
      truth: { service: truth[id]?.service ?? null },
    };
  });
}

/** What lies between two faults and well after the first. */
export function nezhaQuiet(data: string): Case[] {
  const { onsets, series } = read(data);
  const times = onsets.map(([, onset]) => onset);
  const cases: Case[] = [];
  const last = Math.max(...series.map(({ points }) => points.at(-1)?.[0] ?? 0));
  for (const [at, fault] of times.entries()) {
    const next = times[at + 1] ?? last;
    for (
      let onset = fault + faultSeconds + quietBeforeSeconds;
      onset + afterSeconds <= next;
      onset += quietEverySeconds
    ) {
      const input = {
        onset,
        ...gathered(between(series, fault + faultSeconds, onset + afterSeconds)),
      };
      cases.push({ id: `quiet-${cases.length}`, input, truth: { service: null } });
    }
  }
  return cases;
}

function read(data: string): { onsets: [string, number][]; series: Series[] } {
  const folder = join(data, "nezha-ob");
  const given = readJson(join(folder, `${day}.cases.json`), casesShape);
  return {
    onsets: Object.entries(given).map(([id, { onset }]) => [id, onset]),
    series: readColumns(join(folder, `${day}.metrics.csv.gz`)).map(seriesOf),
  };
}

function gathered(series: Series[]) {
  const calls = series.flatMap(({ service, callee }) =>
    callee === undefined ? [] : [[service, callee] as const],
  );
  return { series, calls };
}

/** "a>b|source_50": how long b takes, as a sees it. */
function seriesOf({ name, points }: Column): Series {
  const [place = "", metric = ""] = name.split("|");
  const [service = "", callee] = place.split(">");
  if (callee === undefined) return { service, name: metric, kind: kindOf(metric), points };
  return { service, callee, name: `latency_${metric}`, kind: "latency", points };
}
