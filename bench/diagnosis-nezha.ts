/** Nezha's online boutique: one day of one-minute series of pods and of calls, faults eight minutes apart, no alert. */

import { join } from "node:path";
import { z } from "zod";
import { kindOf } from "../src/evidence/series-kinds.ts";
import type { Point, Series } from "../src/evidence/input.ts";
import {
  between,
  readColumns,
  readJson,
  serviceTruths,
  type Case,
  type Column,
} from "./diagnosis-case.ts";
import { median } from "./figures.ts";

const casesShape = z.record(z.string(), z.object({ onset: z.number() }));
const day = "2022-08-22";
const afterSeconds = 300;
/** A fault lasts three minutes; its after-effects are over when so long has gone by since its onset. */
const faultSeconds = 390;
const quietBeforeSeconds = 60;
const quietAfterSeconds = 180;
const quietEverySeconds = 15;
/** Users' median latency may be so many times its usual value in a calm minute. */
const calmFactorMax = 1.5;

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

/**
 * Onsets in the minutes between two faults, with all of that day before them. Faults were injected every eight minutes,
 * also where the set has no label, so a stretch counts only where its users noticed nothing either.
 */
export function nezhaQuiet(data: string): Case[] {
  const { onsets, series } = read(data);
  const times = onsets.map(([, onset]) => onset);
  const isCalm = calmMinutes(series);
  return times.flatMap((fault, at) => {
    const last = Math.min((times[at + 1] ?? Infinity) - quietAfterSeconds, fault + 3_600);
    const count = Math.max(Math.ceil((last - fault - faultSeconds) / quietEverySeconds), 0);
    return Array.from(
      { length: count },
      (_, step) => fault + faultSeconds + step * quietEverySeconds,
    )
      .filter((onset) => isCalm(onset - quietBeforeSeconds, onset + quietAfterSeconds))
      .map((onset): Case => {
        const end = onset + quietAfterSeconds;
        const input = { onset, end, ...gathered(between(series, -Infinity, end)) };
        return { id: `quiet-${onset}`, input, truth: { service: null } };
      });
  });
}

/** Whether all that the set's users measured within a stretch was as usual. */
function calmMinutes(series: readonly Series[]): (from: number, to: number) => boolean {
  const users = series.filter(({ service }) => service === "frontend-user");
  const pointsOf = (name: RegExp): readonly Point[] =>
    users.find((one) => name.test(one.name))?.points ?? [];
  const [slowness, success] = [pointsOf(/LatencyP50/), pointsOf(/SuccessRate/)];
  const usual = median(slowness.map(([, value]) => value));
  const isIn =
    (from: number, to: number) =>
    ([at]: Point) =>
      at >= from && at <= to;
  return (from, to) =>
    slowness.some(([at]) => at >= to) &&
    slowness.filter(isIn(from, to)).every(([, value]) => value < calmFactorMax * usual) &&
    success.filter(isIn(from, to)).every(([, value]) => value === 100);
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
