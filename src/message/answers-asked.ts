/** Short answers to questions about the incident and what is known: board, lead, similar ones, services, a series. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import { counted } from "../evidence/format.ts";
import { metricPlace, metricValue } from "../evidence/metric-name.ts";
import type { BoardLine } from "../incident/board.ts";
import type { Incident } from "../incident/incident.ts";
import type { Gap } from "../incident/timeline.ts";
import { section, sections } from "./blocks.ts";
import { boardLines } from "./board-lines.ts";
import type { MessageBody } from "./body.ts";
import { slashCommand } from "./commands.ts";
import { cut, escape, plain } from "./escape.ts";
import { notRead } from "./evidence-lines.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import { seenWords, type SeenBefore } from "./seen-before.ts";
import { leadOf } from "./told-words.ts";

const nameMax = 80;
const servicesMax = 20;
const troubleMax = 600;

function plainLine(line: string): MessageBody {
  return message([line], [section(line)]);
}

/** Two answers as one message. */
export function above(first: MessageBody, second: MessageBody): MessageBody {
  return {
    text: `${first.text}\n${second.text}`,
    blocks: [...first.blocks, ...second.blocks],
  };
}

export function withLine({ text, blocks }: MessageBody, line: string): MessageBody {
  return { text: `${text}\n${line}`, blocks: [...blocks, section(line)] };
}

export function withLineAbove({ text, blocks }: MessageBody, line: string): MessageBody {
  return { text: `${line}\n${text}`, blocks: [section(line), ...blocks] };
}

export function boardAnswer(name: string, board: readonly BoardLine[]): MessageBody {
  if (board.length === 0) {
    return plainLine(
      `Nothing is on the board of ${named(name)} yet. ${slashCommand} steps lists steps.`,
    );
  }
  const lines = (pen: Pen) => [pen.strong(`Board of ${named(name)}`), ...boardLines(board, pen)];
  return message(lines(textPen), sections(lines(blockPen([]))));
}

export function leadAnswer(
  name: string,
  incident: Pick<Incident, "lead" | "leadName" | "state" | "told">,
): MessageBody {
  const { state, told } = incident;
  const lead = leadOf(incident);
  if (lead !== null)
    return plainLine(`${lead} ${state === "open" ? "leads" : "led"} ${named(name)}.`);
  if (told?.isOwner === true) return plainLine(`Nobody was told to lead ${named(name)}.`);
  return plainLine(
    state === "open"
      ? `${named(name)} has no lead yet. Take it with ${slashCommand} lead.`
      : `${named(name)} had no lead.`,
  );
}

/** `isRead`: without a reading nobody can tell what is similar. */
export function similarAnswer(
  name: string,
  seen: readonly SeenBefore[],
  isRead: boolean,
): MessageBody {
  if (!isRead)
    return plainLine(`${named(name)} has not been read yet; what is similar is known after that.`);
  if (seen.length === 0) {
    return plainLine(`No earlier incident with the symptom of ${named(name)} may be shown here.`);
  }
  const lines = [`Most similar to ${named(name)}:`, ...seen.map((each) => `• ${seenWords(each)}`)];
  return message(lines, sections(lines));
}

export interface ServicesView {
  readonly catalog: Catalog;
  /** Nobody wrote a catalog, the names are those of the metrics: the servers that gave none; null: it is written. */
  readonly found: readonly Gap[] | null;
  /** Why what is written now is not used; null: it is used. */
  readonly trouble: string | null;
  /** By team; shown, never mentioned. */
  readonly onCall: ReadonlyMap<string, string>;
}

export function servicesAnswer({ catalog, found, trouble, onCall }: ServicesView): MessageBody {
  const { services } = catalog;
  const from = found === null ? "in the catalog" : "found in the metrics";
  const rest = services.length - servicesMax;
  const lines = [
    services.length === 0
      ? `No service is ${found === null ? "in the catalog" : "known: no catalog is written, and the metrics name none"}.`
      : `${counted(services.length, "service")} ${from}:`,
    ...services.slice(0, servicesMax).map((service) => serviceLine(service, onCall)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    notRead(found ?? []),
    escape(cut(plain(trouble ?? ""), troubleMax)),
  ].filter((line) => line !== "");
  return message(lines, sections(lines));
}

function serviceLine(
  { name, tier, owner, dependsOn }: Service,
  onCall: ServicesView["onCall"],
): string {
  const who = onCall.get(owner ?? "");
  const facts = [
    ...(tier === undefined ? [] : [`tier ${tier}`]),
    ...(owner === undefined ? [] : [`of ${named(owner)}`]),
    ...(dependsOn.length === 0 ? [] : [`calls ${named(dependsOn.join(", "))}`]),
  ];
  const said = who === undefined ? "" : `. On call: ${named(who)}`;
  return `• ${[named(name), ...facts].join(", ")}${said}`;
}

export interface SeriesView {
  readonly metric: ShiftedMetric;
  readonly hasShifted: boolean;
  /** Where the series can be opened. */
  readonly url: string | null;
  readonly hosts: readonly string[];
}

/** "p99 of checkout 4.1 s at 14:06, normal 0.4 s, shifted at 14:02." */
export function seriesAnswer(view: SeriesView): MessageBody {
  const line = (pen: Pen) => seriesWords(view, pen);
  return message([line(textPen)], [section(line(blockPen(view.hosts)))]);
}

function seriesWords({ metric, hasShifted, url }: SeriesView, pen: Pen): string {
  const [at, value] = metric.latest;
  const place = pen.link(url, named(metricPlace(metric)));
  const now = `${place} ${named(metricValue(metric, value))} at ${pen.clock(new Date(at * 1000))}`;
  const normal = named(metricValue(metric, metric.before));
  return hasShifted
    ? `${now}, normal ${normal}, shifted at ${pen.clock(new Date(metric.at * 1000))}.`
    : `${now}, before ${normal}: no shift.`;
}

/** `names`: of what exists, the nearest first. */
export function noSuchSeries(
  asked: string,
  names: readonly string[],
  gaps: readonly Gap[],
): MessageBody {
  const what =
    asked.trim() === "" ? "Which metric?" : `No series here is called "${named(asked)}".`;
  const near =
    names.length === 0 ? "No series was read." : `There are: ${names.map(named).join(", ")}.`;
  return plainLine([what, near, notRead(gaps)].filter((words) => words !== "").join(" "));
}

function named(text: string): string {
  return escape(cut(plain(text), nameMax));
}
