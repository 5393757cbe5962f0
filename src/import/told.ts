/** Past incidents as other tools tell them: one a line as JSON, or one step a line as CSV (contracts §7). */

import { z } from "zod";
import { causes, contextFlags, outcomeLabels, symptoms } from "../vocabulary.ts";

const textMax = 500;
const stepsMax = 500;

/** Of a CSV an empty cell is none. */
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const optionalTime = time.nullish().transform((at) => at ?? null);
const count = z.int().min(0).max(10_000);

const toldStep = z.object({
  /** A canonical id of the playbook, or words. */
  step: z.string().trim().min(1).max(textMax),
  title: z.string().max(textMax).nullish(),
  role: z.enum(["fix", "check"]).nullish(),
  /** null: it was offered, and nobody said anything of it. */
  label: z.enum(outcomeLabels).nullish(),
  confidence: z.number().min(0).max(1).nullish(),
  minutes: z.number().min(0).max(100_000).nullish(),
  at: optionalTime,
  /** Where it was offered; absent: in no list. */
  list: count.nullish(),
  position: count.nullish(),
  p: z.number().min(0).max(1).nullish(),
});
export type ToldStep = z.infer<typeof toldStep>;

const toldIncident = z
  .object({
    id: z.string().trim().min(1).max(textMax),
    title: z.string().trim().min(1).max(textMax),
    service: z.string().trim().min(1).max(textMax).nullish(),
    symptom: z.enum(symptoms).nullish(),
    startedAt: time,
    acknowledgedAt: optionalTime,
    mitigatedAt: optionalTime,
    /** null: it is still open, and not taken over. */
    resolvedAt: optionalTime,
    severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullish(),
    cause: z.enum(causes).nullish(),
    /** It continues in another, and is not taken over. */
    mergedInto: z.union([z.number(), z.string()]).nullish(),
    flags: z
      .strictObject(Object.fromEntries(contextFlags.map((flag) => [flag, z.boolean().optional()])))
      .default({}),
    steps: z.array(toldStep).max(stepsMax).default([]),
  })
  .refine(({ startedAt, resolvedAt }) => resolvedAt === null || startedAt <= resolvedAt, {
    path: ["resolvedAt"],
    error: "lies before startedAt",
  });
export type ToldIncident = z.infer<typeof toldIncident>;

interface ImportMistake {
  /** 1 for the first. */
  readonly line: number;
  readonly words: string;
}

export interface Told {
  readonly incidents: readonly ToldIncident[];
  readonly mistakes: readonly ImportMistake[];
}

/** Empty lines are none. */
export function toldInJsonLines(text: string): Told {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: index + 1, text: line.trim() }));
  return toldOf(
    lines
      .filter(({ text: words }) => words !== "")
      .map(({ line, text: words }) => ({ line, value: parsed(words) })),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One row of a CSV by its column names, and the line that it began in. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** The rows of one id are one incident, wherever they stand. */
export function toldInCsv(rows: readonly CsvRow[]): Told {
  const byId = Map.groupBy(rows, ({ cells }) => cells["id"] ?? "");
  return toldOf(
    [...byId.values()].flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const { flags = "", ...cells } = valuesOf(first);
      const steps = own.map(valuesOf).filter(({ step }) => step !== undefined);
      const named = String(flags).split(/\s+/).filter(Boolean);
      const value = {
        ...cells,
        flags: Object.fromEntries(named.map((flag) => [flag, true])),
        steps: steps.map((step) => ({ ...step, title: step["stepTitle"] })),
      };
      return [{ line: first.line, value }];
    }),
  );
}

const numbers: ReadonlySet<string> = new Set([
  "severity",
  "minutes",
  "confidence",
  "list",
  "position",
  "p",
]);

/** Without the empty ones, and without the apostrophe that keeps a spreadsheet from reckoning. */
function valuesOf({ cells }: CsvRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([name, cell]) => {
      const text = cell.replace(/^'(?=[=+\-@\t\r])/, "").trim();
      if (text === "") return [];
      return [[name, numbers.has(name) ? Number(text) : text]];
    }),
  );
}

function toldOf(values: readonly { readonly line: number; readonly value: unknown }[]): Told {
  const incidents: ToldIncident[] = [];
  const mistakes: ImportMistake[] = [];
  const seen = new Map<string, number>();
  for (const { line, value } of values) {
    const reading = toldIncident.safeParse(value);
    if (!reading.success) {
      mistakes.push({ line, words: mistakeIn(value, reading.error) });
      continue;
    }
    const before = seen.get(reading.data.id);
    if (before === undefined) incidents.push(reading.data);
    else mistakes.push({ line, words: `id: "${reading.data.id}" stands in line ${before} too` });
    seen.set(reading.data.id, before ?? line);
  }
  return { incidents, mistakes };
}

/** "symptom: one of latency, errors, …" */
function mistakeIn(value: unknown, { issues }: z.ZodError): string {
  if (value === undefined) return "is no JSON";
  const [issue] = issues;
  if (issue === undefined) return "cannot be read";
  const place = issue.path.map(String).join(".");
  const wanted =
    issue.code === "invalid_value"
      ? `is not one of ${issue.values.map(String).join(", ")}`
      : issue.message;
  return place === "" ? wanted : `${place}: ${wanted}`;
}
