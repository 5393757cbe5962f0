/** The rows of contracts §3 as others write them: series, changes and log lines, checked, and the field that is wrong. */

import { z } from "zod";
import { metricKinds } from "../vocabulary.ts";
import type { ChangeRecord, LogLine, Point, Series } from "./input.ts";
import { kindOf } from "./series-kinds.ts";

/** Null and missing are the same: not known. */
export const told = {
  text: z.string().nullish(),
  time: z.number().nullish(),
  kind: z.enum(metricKinds).nullish(),
};
const changeKind = z.enum(["commit", "deploy", "flag", "config"]).nullish();

export const seriesRow = z.object({
  service: told.text,
  name: told.text,
  kind: told.kind,
  callee: told.text,
  labels: z.record(z.string(), z.string()).nullish(),
  points: z.unknown().optional().transform(pointsOf),
});
export const changeRow = z.object({
  id: told.text,
  kind: changeKind,
  at: told.time,
  service: told.text,
  environment: told.text,
  live: z.boolean().nullish(),
  title: told.text,
  author: told.text,
  files: z.array(z.string()).nullish(),
  diff: told.text,
  deploys: z.array(z.string()).nullish(),
  url: told.text,
});
export const logRow = z.object({
  at: told.time,
  service: told.text,
  level: told.text,
  text: told.text,
  count: z.number().nonnegative().nullish(),
});

/** `home`: the service of a row that names none. */
export function seriesOf(row: z.infer<typeof seriesRow>, home: string): Series {
  const { service, name, kind, points, callee, labels } = row;
  return {
    service: service ?? home,
    name: name ?? kind ?? "value",
    kind: kind ?? kindOf(name ?? ""),
    points,
    ...known({ callee, labels }),
  };
}

/** `index` makes an id where there is none. */
export function changeOf(row: z.infer<typeof changeRow>, index: number): ChangeRecord {
  const { id, kind, at, title, ...rest } = row;
  return {
    id: id ?? `change-${index}`,
    kind: kind ?? "commit",
    at: at ?? Number.NaN,
    title: title ?? "",
    ...known(rest),
  };
}

export function logOf(row: z.infer<typeof logRow>, home: string): LogLine {
  const { at, service, text, ...rest } = row;
  return { at: at ?? Number.NaN, service: service ?? home, text: text ?? "", ...known(rest) };
}

/** "series.0.kind: Invalid option: …"; `whole`: what is wrong where no field is. */
export function firstFault(error: z.ZodError, whole: string): string {
  const [issue] = error.issues;
  const field = issue === undefined || issue.path.length === 0 ? whole : issue.path.join(".");
  return `${field}: ${issue?.message ?? "not valid"}`;
}

/** Kept as it came where every value is a number, for a row can hold millions; null, "NaN" and "±Inf" are no value. */
function pointsOf(value: unknown, context: z.RefinementCtx): readonly Point[] {
  if (value === undefined || value === null) return [];
  const fault = (path: number[], message: string): never => {
    context.addIssue({ code: "custom", message, path });
    return z.NEVER;
  };
  if (!Array.isArray(value)) return fault([], "Invalid input: expected a list of [time, value]");
  const points: Point[] = [];
  for (const [index, point] of value.entries()) {
    if (!Array.isArray(point) || point.length !== 2) {
      return fault([index], "Invalid input: expected [time, value]");
    }
    const [at, raw]: unknown[] = point;
    if (typeof at !== "number") return fault([index, 0], "Invalid input: expected a time");
    if (!isValue(raw)) return fault([index, 1], "Invalid input: expected a number or null");
    points.push([at, typeof raw === "number" ? raw : Number.NaN]);
  }
  return points;
}

function isValue(raw: unknown): boolean {
  if (typeof raw === "string") return /^(?:NaN|[+-]?Inf(?:inity)?)$/.test(raw);
  return raw === null || typeof raw === "number";
}

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Without what is not known. */
export function known<T extends object>(fields: T): Known<T> {
  const left: Known<T> = { ...fields };
  for (const key in left) if (left[key] === undefined || left[key] === null) delete left[key];
  return left;
}
