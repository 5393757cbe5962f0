/** A case of a benchmark set: what a client would hand in, and what is true; plus the readers that the sets share. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { EvidenceInput, Point, Series } from "../src/evidence/input.ts";

export interface Truth {
  /** null: nothing was wrong. */
  readonly service: string | null;
  /** Only where the set asks for a change; null: none of them. */
  readonly change?: string | null;
  readonly decoys?: readonly string[];
}

export interface Case {
  readonly id: string;
  readonly input: EvidenceInput;
  readonly truth: Truth;
}

/** Where the sets are; null where they are not. */
export function dataFolder(): string | null {
  const folder = process.env["BENCH_DATA"] ?? join(import.meta.dirname, "../../shared/data");
  return existsSync(join(folder, "rootcausebench")) ? folder : null;
}

export function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** A file of another shape than the set's fails the run. */
export function readJson<T>(path: string, shape: z.ZodType<T>): T {
  return shape.parse(JSON.parse(readText(path)));
}

/** One column of a table, without the empty cells. */
export interface Column {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Columns of a CSV whose first column is the time in Unix seconds. */
export function readColumns(path: string): Column[] {
  const [header = [], ...rows] = readText(path)
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return header.slice(1).map((name, at) => ({
    name,
    points: rows.flatMap((row): Point[] => {
      const cell = row[at + 1] ?? "";
      return cell === "" ? [] : [[Number(row[0]), Number(cell)]];
    }),
  }));
}

export function between(series: readonly Series[], from: number, to: number): Series[] {
  return series
    .map((one) => ({ ...one, points: one.points.filter(([at]) => at >= from && at <= to) }))
    .filter(({ points }) => points.length > 0);
}

/** Which service it was, by case. */
export const serviceTruths = z.record(z.string(), z.object({ service: z.string() }));
