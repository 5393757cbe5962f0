/** The lines of one service: a sample of every stretch, and where that was too thin, all that read as errors. */

import type { LogLine } from "../../evidence/input.ts";
import { formatCount } from "../../evidence/format.ts";
import type { Window } from "../../flows/ports.ts";
import { readLine } from "../../log-line.ts";
import { countSchema, streamsSchema, type Entry } from "./answers.ts";
import type { Ask } from "./client.ts";
import { linesMaxService, stretchesOf, type Stretch } from "./stretches.ts";
import { nanoseconds } from "./time.ts";

export interface ServiceLines {
  readonly lines: readonly LogLine[];
  readonly leftOut: readonly string[];
  /** Of its questions, as sentence fragments. */
  readonly failures: readonly string[];
}

interface Reader {
  readonly ask: Ask;
  readonly service: string;
  /** LogQL. */
  readonly selector: string;
  readonly window: Window;
  readonly signal: AbortSignal;
}

/** Of each side of the onset. */
const errorLinesMax = 1_000;
/** The same for Loki and for what was read already, so that no error is counted twice. */
const errorWords = "error|exception|fatal|panic|fail|refused|timed out|timeout|critical";
const readsAsError = new RegExp(errorWords, "i");

interface Part {
  readonly entries: readonly Entry[];
  readonly broken: number;
  readonly isCut: boolean;
  readonly failure: string | null;
}

export async function readService(reader: Reader): Promise<ServiceLines> {
  const { service, selector, window } = reader;
  const sample = await Promise.all(
    stretchesOf(window).map((stretch) => readPart(reader, selector, stretch)),
  );
  const failures = [...new Set(sample.flatMap(({ failure }) => failure ?? []))];
  // Half a sample would make what is usual look new.
  if (failures.length > 0)
    return { lines: [], leftOut: failures.map((said) => `logs of ${service}: ${said}`), failures };
  const isCut = sample.some((part) => part.isCut);
  const [errors, total] = isCut
    ? await Promise.all([readErrors(reader), countOf(reader)])
    : [null, null];
  const sampled = sample.flatMap(({ entries }) => entries);
  const entries =
    errors === null
      ? sampled
      : [
          ...sampled.filter(({ line }) => !readsAsError.test(line)),
          ...errors.flatMap((part) => part.entries),
        ];
  const parts = [...sample, ...(errors ?? [])];
  const broken = parts.reduce((sum, part) => sum + part.broken, 0);
  return {
    lines: entries.map((entry) => lineOf(entry, service)),
    leftOut: [
      ...(isCut
        ? [cutWords({ service, read: entries.length, total, hasErrors: errors !== null })]
        : []),
      ...(broken > 0 ? [`${broken} log lines of ${service} without a time or a text`] : []),
    ],
    failures,
  };
}

/**
 * All lines that read as errors; null where there are too many before the onset or one side was not read: half of them
 * would look as if they were new.
 */
async function readErrors(reader: Reader): Promise<readonly Part[] | null> {
  const { from, onset, to } = reader.window;
  const [start, middle, end] = [from.getTime(), onset.getTime(), to.getTime()];
  const query = `${reader.selector} |~ \`(?i)${errorWords}\``;
  const ask = (fromMs: number, toMs: number, direction: Stretch["direction"]) =>
    readPart(reader, query, { fromMs, toMs, direction, limit: errorLinesMax });
  const before = ask(start, middle, "backward");
  const parts = await Promise.all(middle < end ? [before, ask(middle, end, "forward")] : [before]);
  const isWhole = parts.every(({ failure }) => failure === null) && !parts[0]?.isCut;
  return isWhole ? parts : null;
}

async function readPart(
  { ask, signal }: Reader,
  query: string,
  { fromMs, toMs, limit, direction }: Stretch,
): Promise<Part> {
  const parameters = {
    query,
    start: nanoseconds(fromMs),
    end: nanoseconds(toMs),
    limit: `${limit}`,
    direction,
  };
  const path = "/loki/api/v1/query_range";
  const answer = await ask({ path, parameters, schema: streamsSchema }, signal);
  if (!answer.ok) return { entries: [], broken: 0, isCut: false, failure: answer.said };
  const { entries, broken } = answer.value;
  const own = entries
    .filter(({ at }) => at * 1_000 >= fromMs && at * 1_000 < toMs)
    .toSorted((a, b) => (direction === "forward" ? a.at - b.at : b.at - a.at));
  return { entries: own.slice(0, limit), broken, isCut: entries.length >= limit, failure: null };
}

/** null: the server does not say. */
async function countOf({ ask, selector, window, signal }: Reader): Promise<number | null> {
  const seconds = Math.ceil((window.to.getTime() - window.from.getTime()) / 1_000);
  const parameters = {
    query: `sum(count_over_time(${selector} [${seconds}s]))`,
    time: nanoseconds(window.to.getTime()),
  };
  const answer = await ask({ path: "/loki/api/v1/query", parameters, schema: countSchema }, signal);
  return answer.ok && Number.isFinite(answer.value) ? answer.value : null;
}

function cutWords(told: {
  readonly service: string;
  readonly read: number;
  readonly total: number | null;
  readonly hasErrors: boolean;
}): string {
  const { service, read, total, hasErrors } = told;
  const left =
    total === null
      ? "an unknown number of"
      : `${formatCount(Math.max(0, total - read))} of ${formatCount(Math.max(total, read))}`;
  const beyond = hasErrors ? ", and errors beyond it" : "";
  return `${left} log lines of ${service}: the limit is ${formatCount(linesMaxService)}${beyond}`;
}

/** Newer servers tell a level themselves; else the line may. */
function lineOf({ labels, at, line }: Entry, service: string): LogLine {
  const { level: written, text } = readLine(line);
  const { level, detected_level: detected, severity } = labels;
  const known = level ?? (detected === "unknown" ? undefined : detected) ?? severity ?? written;
  return { at, service, text, ...(known === undefined ? {} : { level: known }) };
}
