/** PetShop (Hardt et al.): an alert at the shop's front, latency, requests and availability of every node of the graph. */

import { join } from "node:path";
import { z } from "zod";
import type { Point, Series } from "../src/evidence/input.ts";
import type { MetricKind } from "../src/vocabulary.ts";
import {
  between,
  readColumns,
  readJson,
  serviceTruths,
  type Case,
  type Column,
} from "./diagnosis-case.ts";

const stepSeconds = 300;
/** A quiet window is as long as a case: what came before, and as many rows after a pretended alert. */
const quietBeforeSeconds = 36 * 3_600;
const quietAfterSeconds = 900;
const quietEverySeconds = 1_800;

const kinds: ReadonlyMap<string, MetricKind> = new Map([
  ["latency", "latency"],
  ["requests", "requests"],
  ["availability", "availability"],
]);

const casesShape = z.record(
  z.string(),
  z.object({
    alert: z.object({ node: z.string(), metric: z.string(), timestamp: z.number() }),
    metrics: z.string(),
  }),
);
const graphShape = z.object({ edges: z.array(z.tuple([z.string(), z.string()])) });

/** The baseline was recorded on another day: it is moved to end where the case's rows begin. */
export function petshopCases(data: string): Case[] {
  const folder = join(data, "petshop/low_traffic");
  const given = readJson(join(folder, "cases.json"), casesShape);
  const truth = readJson(join(folder, "truth.json"), serviceTruths);
  const { edges } = readJson(join(folder, "graph.json"), graphShape);
  const baseline = readColumns(join(folder, "baseline.csv.gz"));
  return Object.entries(given).map(([id, { alert, metrics }]) => {
    const rows = readColumns(join(folder, metrics));
    return {
      id,
      input: {
        onset: alert.timestamp,
        alert: alertOf(alert.node, alert.metric),
        series: joined(baseline, rows).map(seriesOf),
        calls: edges,
      },
      truth: { service: truth[id]?.service ?? null },
    };
  });
}

/** The baseline alone, cut into windows: nothing was wrong in any of them. */
export function petshopQuiet(data: string): Case[] {
  const folder = join(data, "petshop/low_traffic");
  const { edges } = readJson(join(folder, "graph.json"), graphShape);
  const [first] = Object.values(readJson(join(folder, "cases.json"), casesShape));
  const series = readColumns(join(folder, "baseline.csv.gz")).map(seriesOf);
  const from = series.reduce((min, { points }) => Math.min(min, points[0]?.[0] ?? min), Infinity);
  const to = series.reduce((max, { points }) => Math.max(max, points.at(-1)?.[0] ?? max), 0);
  const cases: Case[] = [];
  for (
    let onset = from + quietBeforeSeconds / 6;
    onset + quietAfterSeconds <= to;
    onset += quietEverySeconds
  ) {
    const metric = cases.length % 2 === 0 ? "latency" : "availability";
    cases.push({
      id: `quiet-${cases.length}`,
      input: {
        onset,
        alert: alertOf(first?.alert.node ?? "", metric),
        series: between(series, onset - quietBeforeSeconds, onset + quietAfterSeconds),
        calls: edges,
      },
      truth: { service: null },
    });
  }
  return cases;
}

function alertOf(service: string, metric: string) {
  const kind = kinds.get(metric);
  return { service, metric: `${metric}_average`, ...(kind && { kind }) };
}

function joined(baseline: readonly Column[], rows: readonly Column[]): Column[] {
  const ends = Math.max(...baseline.map(({ points }) => points.at(-1)?.[0] ?? 0));
  const begins = Math.min(...rows.map(({ points }) => points[0]?.[0] ?? Infinity));
  const shift = begins - stepSeconds - ends;
  const before = new Map(
    baseline.map(({ name, points }) => [
      name,
      points.map(([at, value]): Point => [at + shift, value]),
    ]),
  );
  return rows.map(({ name, points }) => ({
    name,
    points: [...(before.get(name) ?? []), ...points],
  }));
}

function seriesOf({ name, points }: Column): Series {
  const parts = name.split("|");
  const [service = "", metric = "", statistic = ""] = parts;
  return {
    service,
    name: `${metric}_${statistic.toLowerCase()}`,
    kind: kinds.get(metric) ?? "other",
    points,
  };
}
