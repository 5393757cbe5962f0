/** Numenta's series with labelled windows: one series each, asked where no label is near. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { kindOf } from "../src/evidence/series-kinds.ts";
import type { Point } from "../src/evidence/input.ts";
import { readJson, readText, type Case } from "./diagnosis-case.ts";

const labelsShape = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));
const beforeSeconds = 86_400;
const afterSeconds = 3_600;
const everySeconds = 6 * 3_600;

export function nabQuiet(data: string): Case[] {
  const folder = join(data, "nab");
  const labels = readJson(join(folder, "truth.json"), labelsShape);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".csv.gz"))
    .flatMap((file) => {
      const name = file.replace(".csv.gz", "");
      const troubles = labels[`${name.replace("__", "/")}.csv`] ?? [];
      return windowsOf(name, pointsOf(join(folder, file)), troubles.map(spanOf));
    });
}

function windowsOf(
  name: string,
  points: readonly Point[],
  troubles: readonly (readonly [number, number])[],
): Case[] {
  const cases: Case[] = [];
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  for (let onset = first + beforeSeconds; onset + afterSeconds <= last; onset += everySeconds) {
    const [from, end] = [onset - beforeSeconds, onset + afterSeconds];
    if (troubles.some(([start, stop]) => start <= end && stop >= from)) continue;
    const series = {
      service: "host",
      name,
      kind: kindOf(name.replace(/^.*__/, "")),
      points: points.filter(([at]) => at >= from && at <= end),
    };
    cases.push({
      id: `${name}-${cases.length}`,
      input: { onset, end, series: [series] },
      truth: { service: null },
    });
  }
  return cases;
}

function pointsOf(path: string): Point[] {
  return readText(path)
    .trim()
    .split("\n")
    .slice(1)
    .map((line): Point => {
      const [time = "", value = ""] = line.split(",");
      return [secondsOf(time), Number(value)];
    });
}

function spanOf([from, to]: readonly [string, string]): readonly [number, number] {
  return [secondsOf(from), secondsOf(to)];
}

function secondsOf(time: string): number {
  return Date.parse(`${time.replace(" ", "T").slice(0, 19)}Z`) / 1_000;
}
