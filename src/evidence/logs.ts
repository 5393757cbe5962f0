/** Log templates counted before and after the onset: which are new, which surge. */

import { templatesOf, templatesMax } from "./log-templates.ts";
import { lineCharsMax, masked } from "./mask.ts";
import { bestFirst } from "./numbers.ts";
import type { LogTemplate } from "./diagnosis.ts";
import type { LogLine } from "./input.ts";

/** Of more lines the ones nearest to the onset are read. */
const linesMax = 200_000;
/** The answer lists at most this many templates. */
const surgesMax = 50;
/** Lines may lead the metrics by this much, which are rates over a window read by another clock. */
const leadSecondsMax = 60;
/** Surprise, in standard deviations of a count, from which a template is evidence. */
const surpriseMin = 3;

export interface LogReading {
  /** New and surging templates, best first. */
  readonly surges: readonly LogSurge[];
  /** Every template, for telling rare words from common ones. */
  readonly templates: readonly string[];
  readonly leftOut: readonly string[];
}

export interface LogSurge extends LogTemplate {
  /** (after − expected) / √(expected + 1), halved for lines that are not errors; > 0. */
  readonly score: number;
  readonly isError: boolean;
}

interface Tally {
  readonly service: string;
  readonly template: string;
  before: number;
  after: number;
  first: number;
  isError: boolean;
  example: LogLine;
}

/** Lines after `end` are not read. Without any line before the onset only errors count, for the rest may be usual. */
export function readLogs(lines: readonly LogLine[], onset: number, end: number): LogReading {
  const usable = lines.filter(({ at }) => Number.isFinite(at) && at <= end);
  const read = nearest(usable, onset);
  const tallies = tallied(read, onset);
  const from = read.reduce((first, { at }) => Math.min(first, at), onset);
  const usual = {
    ratio: onset > from ? Math.max(end - onset, 1) / (onset - from) : 0,
    newSince: onset - Math.min(leadSecondsMax, (onset - from) / 4),
  };
  const surging = tallies
    .map((tally) => surgeOf(tally, usual))
    .filter(({ score, isError }) => score >= surpriseMin && (usual.ratio > 0 || isError));
  const surges = bestFirst(surging);
  return {
    surges: surges.slice(0, surgesMax),
    templates: tallies.map(({ template }) => template),
    leftOut: leftOutOf({
      lines: usable.length - read.length,
      long: read.filter(({ text }) => text.length > lineCharsMax).length,
      surges: surges.length,
      tallies,
    }),
  };
}

function tallied(lines: readonly LogLine[], onset: number): Tally[] {
  const maskOf = cached(masked);
  const byService = Map.groupBy(lines, ({ service }) => service);
  return [...byService].flatMap(([service, own]) => {
    const templates = templatesOf(own.map(({ text }) => maskOf(text)));
    const tallies = new Map<string, Tally>();
    for (const line of own) {
      const template = templates.get(maskOf(line.text)) ?? "";
      const tally = tallies.get(template) ?? {
        service,
        template,
        before: 0,
        after: 0,
        first: line.at,
        isError: false,
        example: line,
      };
      tallies.set(template, tally);
      count(tally, line, onset);
    }
    return [...tallies.values()];
  });
}

function count(tally: Tally, line: LogLine, onset: number): void {
  const times = Number.isFinite(line.count) ? Math.max(line.count ?? 1, 0) : 1;
  if (line.at < onset) tally.before += times;
  else tally.after += times;
  tally.first = Math.min(tally.first, line.at);
  tally.isError ||= readsAsError(line);
  if (isBetterExample(line, tally.example, onset)) tally.example = line;
}

/** The first since the onset, by time, then by text. */
function isBetterExample(line: LogLine, known: LogLine, onset: number): boolean {
  if (line.at >= onset !== known.at >= onset) return line.at >= onset;
  return line.at < known.at || (line.at === known.at && line.text < known.text);
}

export function readsAsError({ level, text }: Pick<LogLine, "level" | "text">): boolean {
  if (level !== undefined) return /^(?:err|crit|fatal|alert|emerg|panic)/i.test(level);
  return /\b(?:error|exception|panic|fatal|failed|refused|timed out)\b/i.test(
    text.slice(0, lineCharsMax),
  );
}

/** `ratio` of the times after and before the onset; a line first seen since `newSince` is new. */
function surgeOf(tally: Tally, usual: { ratio: number; newSince: number }): LogSurge {
  const { service, template, before, after, first } = tally;
  const isNew = first >= usual.newSince;
  const expected = isNew ? 0 : before * usual.ratio;
  const surprise = (after - expected) / Math.sqrt(expected + 1);
  return {
    service,
    template,
    before,
    after,
    example: tally.example.text.slice(0, lineCharsMax),
    ...(isNew && usual.ratio > 0 ? { since: first } : {}),
    score: tally.isError ? surprise : surprise / 2,
    isError: tally.isError,
  };
}

function nearest(lines: readonly LogLine[], onset: number): readonly LogLine[] {
  if (lines.length <= linesMax) return lines;
  return lines
    .toSorted((x, y) => Math.abs(x.at - onset) - Math.abs(y.at - onset))
    .slice(0, linesMax);
}

function leftOutOf(counts: {
  readonly lines: number;
  readonly long: number;
  readonly surges: number;
  readonly tallies: readonly Tally[];
}): string[] {
  const leftOut: string[] = [];
  if (counts.lines > 0) leftOut.push(`${counts.lines} log lines: the limit is ${linesMax}`);
  if (counts.long > 0) {
    leftOut.push(`the end of ${counts.long} log lines: the limit is ${lineCharsMax} characters`);
  }
  if (counts.surges > surgesMax) {
    leftOut.push(`${counts.surges - surgesMax} log templates: the limit is ${surgesMax}`);
  }
  const unmined = counts.tallies.filter(({ template }) => template === "<*>").length;
  if (unmined > 0)
    leftOut.push(`log lines beyond ${templatesMax} templates of ${unmined} services`);
  return leftOut;
}

function cached(compute: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const fresh = compute(text);
    known.set(text, fresh);
    return fresh;
  };
}
