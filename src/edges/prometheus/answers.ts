/** The shapes of the Prometheus HTTP API's answers, as far as they are used. */

import { z } from "zod";
import type { Point } from "../../evidence/input.ts";

/** One series of a range query: its labels and its points. */
export interface Row {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
}

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);

/** Native histograms come as `histograms` beside or instead of `values`; a row without a number says nothing. */
export const rangeSchema = z
  .object({
    resultType: z.literal("matrix"),
    result: z.array(z.object({ metric: labels, values: z.array(sample).optional() })),
  })
  .transform(({ result }): Row[] =>
    result.flatMap(({ metric, values }): Row[] => {
      const points = values?.map(([at, value]): Point => [at, valueOf(value)]);
      return points === undefined ? [] : [{ labels: metric, points }];
    }),
  );

/** The first number of an instant query; null for an answer without one. */
export const instantSchema = z
  .object({
    resultType: z.enum(["vector", "scalar"]),
    result: z.union([z.array(z.object({ value: sample.optional() })), sample]),
  })
  .transform(({ result }): number | null => {
    const [first, second] = result;
    if (typeof second === "string") return valueOf(second);
    return typeof first === "object" && first.value !== undefined ? valueOf(first.value[1]) : null;
  });

export const namesSchema = z.array(z.string());

/** Metric name → what the targets tell about it; several targets may tell several things, the first is taken. */
export const metadataSchema = z.record(z.string(), z.array(z.object({ type: z.string() })));

export const buildSchema = z.object({ version: z.string() });

/** Prometheus writes "NaN", "+Inf" and "-Inf" where JSON has no number. */
function valueOf(text: string): number {
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  return Number(text);
}
