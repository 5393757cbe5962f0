/** What a tool read, as sentences that an answer may cite: a metric's course, log lines, changes, a part of a file. */

import { changeName } from "../evidence/change-name.ts";
import { counted, formatClock, formatClockSeconds, formatCount } from "../evidence/format.ts";
import type { ChangeRecord, LogLine, Point, SourcedSeries } from "../evidence/input.ts";
import { placedChanges, type PlacedChange } from "../evidence/liveness.ts";
import { masked } from "../evidence/mask.ts";
import { metricPlace, metricValue } from "../evidence/metric-name.ts";
import { median } from "../evidence/numbers.ts";
import { cleaned } from "../evidence/samples.ts";
import { isTellablePath } from "./looked.ts";

/** It gets an id when it is shown to the model. */
export interface ReadItem {
  readonly text: string;
  /** Where it can be opened. */
  readonly url?: string;
  readonly services: readonly string[];
  /** Told to the model and no more: what was not read, or not found, bears no answer out. */
  readonly isNote?: true;
}

/** Nothing of what the model asked for may stand in it. */
export function note(text: string): ReadItem {
  return { text, services: [], isNote: true };
}

/** Unix seconds; from < to. */
export interface ReadWindow {
  readonly from: number;
  readonly to: number;
  /** When the trouble began; null: not within the window, or not known. */
  readonly onset: number | null;
}

const lineCharsMax = 240;
const linesMax = 6;
const changesMax = 6;
const fileLinesMax = 30;
const fileLineCharsMax = 160;
const filesNamedMax = 4;

/** "p99 of payments, 13:20 to 14:20: 0.1 s before 14:02, 3.8 s since, 3.7 s now, lowest 0.09 s, highest 4.2 s at 14:10". */
export function metricRead(series: SourcedSeries, { from, to, onset }: ReadWindow): ReadItem {
  const { service, name, callee, source } = series;
  const { at, value } = cleaned(series.points, to);
  const points = [...at].flatMap((time, index) =>
    time < from ? [] : [[time, value[index] ?? 0] as const],
  );
  const said = (of: number) => {
    return metricValue(source.unit === undefined ? { name } : { name, unit: source.unit }, of);
  };
  const course = courseWords(points, onset, said);
  return {
    text: `${seriesPlace(series)}, ${formatClock(from)} to ${formatClock(to)}: ${course}`,
    services: callee === undefined ? [service] : [service, callee],
    ...(source.url === undefined ? {} : { url: source.url }),
  };
}

/** "p99 of payments" */
export function seriesPlace(series: SourcedSeries): string {
  const { service, name, kind, callee, labels } = series;
  const place = { service, name, kind, callee: callee ?? null, labels: labels ?? null };
  const unshifted = { score: 0, direction: "up", at: 0, before: 0, after: 0 } as const;
  return metricPlace({ ...place, ...unshifted, latest: [0, 0] });
}

function courseWords(
  points: readonly Point[],
  onset: number | null,
  said: (value: number) => string,
): string {
  const last = points.at(-1);
  if (last === undefined) return "no value";
  const values = (isIn: (at: number) => boolean) =>
    points.flatMap(([at, value]) => (isIn(at) ? [value] : []));
  const before = onset === null ? [] : values((at) => at < onset);
  const since = onset === null ? [] : values((at) => at >= onset);
  const isSplit = onset !== null && before.length > 0 && since.length > 0;
  const [lowest] = points.toSorted((a, b) => a[1] - b[1]);
  const [highest] = points.toSorted((a, b) => b[1] - a[1]);
  return [
    ...(isSplit
      ? [`${said(median(before))} before ${formatClock(onset)}`, `${said(median(since))} since`]
      : [`median ${said(median(values(() => true)))}`]),
    `${said(last[1])} now`,
    `lowest ${said((lowest ?? last)[1])}`,
    `highest ${said((highest ?? last)[1])} at ${formatClock((highest ?? last)[0])}`,
  ].join(", ");
}

/** A count first, then the newest lines that hold the words, those that differ only in their numbers once. */
export function logsRead(
  service: string,
  lines: readonly LogLine[],
  asked: {
    readonly words: string;
    readonly from: number;
    readonly url: string | undefined;
    /** Strikes out secrets: half a token is not recognised as one. */
    readonly clean: (text: string) => string;
  },
): readonly ReadItem[] {
  const words = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
  const own = lines.filter((line) => line.service === service && line.at >= asked.from);
  const held = own.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
  const count = held.reduce((sum, line) => sum + (line.count ?? 1), 0);
  const all = own.reduce((sum, line) => sum + (line.count ?? 1), 0);
  const opened = asked.url === undefined ? {} : { url: asked.url };
  const services = [service];
  // Which words they are the model knows: said here, its own words would be what an answer rests on.
  const holding =
    words.length === 0 || count === 0
      ? ""
      : `, of which ${formatCount(count)} hold the words that were asked for`;
  const head = `log lines of ${service} since ${formatClock(asked.from)}: ${formatCount(all)} were read${holding}`;
  const none = count === 0 && all > 0 ? [note("no line holds the words that were asked for")] : [];
  const shown = newestLines(service, held, asked.clean).map((text) => ({
    text,
    services,
    ...opened,
  }));
  return [{ text: head, services, ...opened }, ...none, ...shown];
}

function newestLines(
  service: string,
  lines: readonly LogLine[],
  clean: (text: string) => string,
): readonly string[] {
  const kinds = Map.groupBy(
    lines.toSorted((a, b) => b.at - a.at),
    ({ text }) => masked(text),
  );
  return [...kinds.values()].slice(0, linesMax).flatMap(([newest, ...others]) => {
    if (newest === undefined) return [];
    const more =
      others.length === 0 ? "" : `, and ${counted(others.length, "line")} like it before`;
    const level = newest.level === undefined ? "" : ` ${newest.level}`;
    return [
      `log line of ${service} ${formatClockSeconds(newest.at)}${level}: "${cut(clean(newest.text), lineCharsMax)}"${more}`,
    ];
  });
}

/** The newest first; `hours`: how far back was read. */
export function changesRead(
  service: string,
  changes: readonly ChangeRecord[],
  { hours, environment }: { readonly hours: number; readonly environment: string | null },
): readonly ReadItem[] {
  const own = placedChanges(changes, environment)
    .filter((each) => each.service === service || each.service === undefined)
    .toSorted((a, b) => b.live.at - a.live.at);
  const head = `changes of ${service} in the last ${hours} h: ${own.length === 0 ? "none that was read" : formatCount(own.length)}`;
  return [
    { text: head, services: [service] },
    ...own.slice(0, changesMax).map(({ change, live }): ReadItem => {
      const files = (change.files ?? []).slice(0, filesNamedMax).join(", ");
      const touching = files === "" ? "" : `, touches ${files}`;
      const text = `${changeName(change)} of ${service}, ${liveWords(change, live)}${touching}`;
      const id = change.kind === "commit" ? `, commit ${change.id.slice(0, 12)}` : "";
      return {
        text: `${text}${id}`,
        services: [service],
        ...(change.url === undefined ? {} : { url: change.url }),
      };
    }),
  ];
}

function liveWords({ at, kind }: ChangeRecord, live: PlacedChange["live"]): string {
  const came = kind === "commit" ? `merged ${formatClock(at)}` : formatClock(at);
  switch (live.state) {
    case "live":
      return live.at === at ? `live ${formatClock(at)}` : `${came}, live ${formatClock(live.at)}`;
    case "unknown":
      return `${came}, whether it was live is not known`;
    case "not-live":
      return `${came}, not running`;
  }
}

/** From that line on, each with its number. */
export function fileRead(
  of: { readonly service: string; readonly path: string; readonly commit: string },
  { text, url }: { readonly text: string; readonly url: string | null },
  line: number,
): ReadItem {
  const lines = text.split("\n");
  const from = Math.min(line, Math.max(1, lines.length));
  const shown = lines.slice(from - 1, from - 1 + fileLinesMax);
  const to = from + shown.length - 1;
  const path = isTellablePath(of.path) ? ` ${of.path}` : "";
  const name = `file${path} of ${of.service} at ${of.commit.slice(0, 7)}, lines ${from} to ${to} of ${lines.length}`;
  const numbered = shown.map((each, index) => `${from + index}: ${cut(each, fileLineCharsMax)}`);
  return {
    text: `${name}:\n${numbered.join("\n")}`,
    services: [of.service],
    ...(url === null ? {} : { url: `${url}#L${from}-L${to}` }),
  };
}

function cut(text: string, max: number): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, " ").trimEnd();
  return line.length > max ? `${line.slice(0, max).toWellFormed()}…` : line;
}
