/** The diagnosis in sentences, each with what it cites; "cause" is a word for humans. */

import { changeName } from "./change-name.ts";
import { inFlightSecondsMax } from "./context-flags.ts";
import {
  counted,
  formatClock,
  formatClockSeconds,
  formatCount,
  formatDuration,
  formatValue,
} from "./format.ts";
import { metricName, metricPlace, metricValue } from "./metric-name.ts";
import type { PlacedChange } from "./liveness.ts";
import type { Diagnosis, Finding, LogTemplate, ShiftedMetric, SuspectChange } from "./diagnosis.ts";

/** Sentences of a kind; the answer's lists hold the rest. */
const metricsMax = 5;
const changesMax = 3;
const logsMax = 3;
/** A change less likely than this is not worth a sentence. */
const mentionedMin = 0.1;

export interface FindingsInput {
  readonly diagnosis: Omit<Diagnosis, "findings">;
  readonly placed: ReadonlyMap<string, PlacedChange>;
  /** How many series and lines were read; how many services they are of. */
  readonly read: { readonly series: number; readonly lines: number; readonly services: number };
  /** Beside each metric, the memory in use that stayed flat while it grew. */
  readonly flat: readonly (Pick<ShiftedMetric, "name" | "kind" | "unit" | "after"> | null)[];
  /** What new error lines name outside of the changes, or null. */
  readonly outside: string | null;
}

/** Shifts first, then scope, changes, logs, and what little there is where nothing shifted. */
export function findingsOf(input: FindingsInput): Finding[] {
  const { diagnosis } = input;
  return [
    ...(diagnosis.confidence === "none" ? [nothingShifted(input)] : []),
    ...metricFindings(input),
    ...scopeFindings(diagnosis),
    ...changeFindings(input),
    ...diagnosis.logs.slice(0, logsMax).map((log, at) => logFinding(log, at, diagnosis.onset)),
    ...noChangeFindings(input),
  ];
}

/** "p99 of checkout 0.4 s → 4.1 s since 14:02". */
function metricSentence(metric: ShiftedMetric, flat: FindingsInput["flat"][number]): string {
  const change = `${metricValue(metric, metric.before)} → ${metricValue(metric, metric.after)}`;
  const sentence = `${metricPlace(metric)} ${change} since ${formatClock(metric.at)}`;
  if (flat === null) return sentence;
  const inUse = `${metricName(flat)} stays at ${metricValue(flat, flat.after)}`;
  return `${sentence} while ${inUse}: fragmentation, or memory outside of what is counted`;
}

/** A metric once: as a whole where that shifted, else by its most shifted slice. */
function metricFindings({ diagnosis: { metrics }, flat }: FindingsInput): Finding[] {
  const told = new Map<string, number>();
  metrics.forEach((metric, at) => {
    const key = JSON.stringify([metric.service, metric.name, metric.callee]);
    const known = metrics[told.get(key) ?? at];
    if (!told.has(key) || (metric.labels === null && known?.labels !== null)) told.set(key, at);
  });
  return [...told.values()].slice(0, metricsMax).flatMap((at): Finding[] => {
    const metric = metrics[at];
    if (metric === undefined) return [];
    return [{ text: metricSentence(metric, flat[at] ?? null), cites: [`metric:${at}`] }];
  });
}

function scopeFindings({ scope, metrics }: FindingsInput["diagnosis"]): Finding[] {
  if (scope === null || scope.everywhere) return [];
  const inScope = Object.entries(scope.labels);
  const at = metrics.findIndex(
    ({ labels }) => labels !== null && inScope.some(([key, value]) => labels[key] === value),
  );
  if (at === -1) return [];
  const slices = inScope.map(([key, value]) => `only ${key} ${value}`);
  const share = formatValue(Math.floor(scope.share * 100), "percent");
  return [{ text: `${slices.join(", ")} (${share} of the shift)`, cites: [`metric:${at}`] }];
}

function changeFindings({ diagnosis, placed }: FindingsInput): Finding[] {
  return diagnosis.changes
    .filter(({ p }) => p >= mentionedMin)
    .slice(0, changesMax)
    .flatMap((suspect) => {
      const one = placed.get(suspect.id);
      return one === undefined ? [] : [changeFinding(suspect, one, diagnosis.onset)];
    });
}

function changeFinding(
  { id }: SuspectChange,
  { change, live, service }: PlacedChange,
  onset: number,
): Finding {
  const where = service === undefined ? "" : ` (${service})`;
  const name = `${changeName(change)}${where}`;
  return { text: `${name} ${liveWords(live, change, onset)}`, cites: [`change:${id}`] };
}

function liveWords(
  live: PlacedChange["live"],
  { kind, at }: PlacedChange["change"],
  onset: number,
): string {
  const lead = onset - live.at;
  const came = `${kind === "commit" ? "merged" : "of"} ${formatClock(at)}`;
  switch (live.state) {
    case "not-live":
      return `${came}, not running`;
    case "unknown":
      return `${came}; whether it was live is not known`;
    case "live":
      return `live ${formatClockSeconds(live.at)}, ${leadWords(lead)}`;
  }
}

function leadWords(lead: number): string {
  if (lead < 0) return `${formatDuration(lead)} after onset`;
  const words = lead < 1 ? "as it began" : `${formatDuration(lead)} before onset`;
  return lead <= inFlightSecondsMax ? `${words}: in flight when it began` : words;
}

function logFinding(log: LogTemplate, at: number, onset: number): Finding {
  const { service, template, before, after, since } = log;
  const text =
    since === undefined
      ? `more of a log line of ${service}, ${formatCount(after)}× since ${formatClock(onset)} (${formatCount(before)}× before)`
      : `new log line of ${service}, ${formatCount(before + after)}× since ${formatClock(since)}`;
  return { text: `${text}: "${template}"`, cites: [`log:${at}`] };
}

function nothingShifted({ diagnosis, read }: FindingsInput): Finding {
  const since = formatClock(diagnosis.onset);
  if (read.series + read.lines === 0) {
    return { text: "no metric and no log line was there to read", cites: [] };
  }
  const series = `${formatCount(read.series)} series of ${counted(read.services, "service")}`;
  const examined = read.series === 0 ? counted(read.lines, "log line") : series;
  return { text: `nothing shifted since ${since}; examined: ${examined}`, cites: [] };
}

function noChangeFindings({ diagnosis, outside }: FindingsInput): Finding[] {
  const { changes, noChange, confidence } = diagnosis;
  const first = changes[0];
  if (first === undefined) {
    return [{ text: "no change is known in the window", cites: [] }];
  }
  if (first.p >= noChange || confidence === "none") return [];
  const hint = outside === null ? "" : `; new error lines name ${outside}`;
  const text = `none of ${counted(changes.length, "change")} fits better than no change at all${hint}`;
  return [{ text, cites: [`change:${first.id}`] }];
}
