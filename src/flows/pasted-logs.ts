/** Log lines that people pasted or shared in the conversation, as evidence beside what the sources gave. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import { counted, formatCount } from "../evidence/format.ts";
import type { LogLine } from "../evidence/input.ts";
import { thinned } from "../evidence/thinned.ts";
import type { Evidence } from "../incident/incident.ts";
import type { ReadLine } from "../log-line.ts";
import { pastedLines } from "../pasted-lines.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { ChatMessage } from "./chat.ts";

/** Of all messages and files together. */
const linesMax = 5_000;
/** Of a reading; a later line beyond it is not added. */
const logsMax = 50;

/** Lines that somebody brought into the conversation. */
export interface BroughtLines {
  readonly lines: readonly ReadLine[];
  /** null: no known one is meant. */
  readonly service: string | null;
  /** When, Unix seconds. */
  readonly at: number;
}

export interface Meant {
  readonly catalog: Catalog;
  /** Whom lines belong to that name nobody. */
  readonly named: Service | null;
}

export function linesPasted(
  messages: readonly ChatMessage[],
  { catalog, named }: Meant,
): BroughtLines[] {
  return messages
    .filter(({ isBot }) => !isBot)
    .map(({ ts, text }) => ({
      lines: pastedLines(text),
      service: (serviceNamedIn(text, catalog) ?? named)?.name ?? null,
      at: Number(ts),
    }));
}

/**
 * A line without a time counts as after the onset. What a source gave as well is not counted twice; what belongs to no
 * known service, or to another time than the reading's, is counted as left out.
 */
export function withBrought(gathered: Gathered, brought: readonly BroughtLines[]): Gathered {
  const { input } = gathered;
  const end = input.end ?? input.onset;
  const found = brought.flatMap(({ lines, service, at: broughtAt }) => {
    const undated = Math.min(end, Math.max(broughtAt, input.onset));
    return lines.map(({ at, ...line }) => ({ ...line, at: at ?? undated, service }));
  });
  if (found.length === 0) return gathered;
  const known = new Set((input.logs ?? []).map(({ service, text }) => `${service} ${text}`));
  const usable = found.flatMap(({ service, ...line }): LogLine[] =>
    service === null || line.at > end || line.at < input.onset - beforeSeconds
      ? []
      : [{ ...line, service }],
  );
  const fresh = usable.filter(({ service, text }) => !known.has(`${service} ${text}`));
  const leftOut = found.length - usable.length + Math.max(0, fresh.length - linesMax);
  const words = `${counted(leftOut, "pasted or shared log line")}: of no known service, of another time, or beyond ${formatCount(linesMax)}`;
  return {
    ...gathered,
    input: { ...input, logs: [...(input.logs ?? []), ...thinned(fresh, linesMax)] },
    leftOut: leftOut === 0 ? gathered.leftOut : [...gathered.leftOut, words],
  };
}
/** As far as metrics are read back. */
const beforeSeconds = 3_600;

/** Templates that a later reading found are added to what is known, with their sentences. */
export function withLaterLogs(
  known: Evidence,
  fresh: Diagnosis,
  pages: ReadonlyMap<string, string>,
): Evidence {
  const { logs, findings } = known.diagnosis;
  const later = fresh.logs.flatMap((log, index) => {
    const isKnown = logs.some(
      (one) => one.service === log.service && one.template === log.template,
    );
    const finding = fresh.findings.find(({ cites }) => cites[0] === `log:${index}`);
    return isKnown || finding === undefined ? [] : [{ log, text: finding.text }];
  });
  const added = later.slice(0, Math.max(0, logsMax - logs.length)).map(({ log, text }, index) => ({
    log,
    finding: { text, cites: [`log:${logs.length + index}`] as const },
  }));
  if (added.length === 0) return known;
  const links = added.flatMap(({ log, finding }) => {
    const page = pages.get(log.service);
    return page === undefined ? [] : [[finding.cites[0], page]];
  });
  return {
    ...known,
    diagnosis: {
      ...known.diagnosis,
      logs: [...logs, ...added.map(({ log }) => log)],
      findings: [...findings, ...added.map(({ finding }) => finding)],
    },
    links: { ...known.links, ...Object.fromEntries(links) },
  };
}
