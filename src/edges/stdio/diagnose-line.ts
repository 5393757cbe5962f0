/** One line of `diagnose --stdio`: what it asks, or which field is wrong (contracts §3). */

import { z } from "zod";
import { diagnose } from "../../evidence/diagnose.ts";
import { kindOf } from "../../evidence/series-kinds.ts";
import { metricKinds } from "../../vocabulary.ts";
import { firstFault, readLine } from "./read-line.ts";
import type { Diagnosis } from "../../evidence/diagnosis.ts";
import type { EvidenceInput, Point } from "../../evidence/input.ts";

type Parsed =
  | { readonly ok: true; readonly input: EvidenceInput }
  | { readonly ok: false; readonly error: string };

/** Null and missing are the same: not known. */
const text = z.string().nullish();
const time = z.number().nullish();
const kind = z.enum(metricKinds).nullish();
const changeKind = z.enum(["commit", "deploy", "flag", "config"]).nullish();

const series = z.object({
  service: text,
  name: text,
  kind,
  callee: text,
  labels: z.record(z.string(), z.string()).nullish(),
  points: z.unknown().optional().transform(pointsOf),
});
const change = z.object({
  id: text,
  kind: changeKind,
  at: time,
  service: text,
  environment: text,
  live: z.boolean().nullish(),
  title: text,
  author: text,
  files: z.array(z.string()).nullish(),
  diff: text,
  deploys: z.array(z.string()).nullish(),
  url: text,
});
const logLine = z.object({
  at: time,
  service: text,
  level: text,
  text,
  count: z.number().nonnegative().nullish(),
});
const request = z.object({
  onset: z.number(),
  end: time,
  environment: text,
  alert: z.object({ service: text, metric: text, kind, text }).nullish(),
  series: z.array(series).nullish(),
  calls: z.array(z.tuple([z.string(), z.string()])).nullish(),
  changes: z.array(change).nullish(),
  logs: z.array(logLine).nullish(),
});
type Request = z.infer<typeof request>;

/** What belongs to nobody: a name that no service has. */
const nobody = "(unnamed)";

/** The diagnosis, or `{ error }` that names the first offending field. `line` is null where it was too long to be kept. */
export function answerDiagnose(line: string | null): Diagnosis | { readonly error: string } {
  const parsed = parseDiagnose(line);
  if (!parsed.ok) return { error: parsed.error };
  return diagnose(parsed.input);
}

export function parseDiagnose(line: string | null): Parsed {
  const read = readLine(line);
  if (!read.ok) return read;
  const parsed = request.safeParse(read.value);
  if (!parsed.success) return { ok: false, error: firstFault(parsed.error) };
  return { ok: true, input: inputOf(parsed.data) };
}

/** Kept as it came where every value is a number, for a line can hold millions; null, "NaN" and "±Inf" are no value. */
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

function inputOf({ onset, end, environment, alert, ...lists }: Request): EvidenceInput {
  const own = known({ ...alert });
  const home = own.service ?? nobody;
  return {
    onset,
    ...known({ end, environment }),
    ...(alert ? { alert: own } : {}),
    series: (lists.series ?? []).map(({ service, name, kind: given, points, ...rest }) => ({
      service: service ?? home,
      name: name ?? given ?? "value",
      kind: given ?? kindOf(name ?? ""),
      points,
      ...known(rest),
    })),
    calls: lists.calls ?? [],
    changes: (lists.changes ?? []).map(({ id, kind: given, at, title, ...rest }, index) => ({
      id: id ?? `change-${index}`,
      kind: given ?? "commit",
      at: at ?? Number.NaN,
      title: title ?? "",
      ...known(rest),
    })),
    logs: (lists.logs ?? []).map(({ at, service, text: said, ...rest }) => ({
      at: at ?? Number.NaN,
      service: service ?? home,
      text: said ?? "",
      ...known(rest),
    })),
  };
}

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

function known<T extends object>(fields: T): Known<T> {
  const left: Known<T> = { ...fields };
  for (const key in left) if (left[key] === undefined || left[key] === null) delete left[key];
  return left;
}
