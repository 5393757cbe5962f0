/** What a draft is made from, and how its sentences name people, times and where something is told. */

import type { Service } from "../catalog/catalog.ts";
import type { Cite } from "../evidence/diagnosis.ts";
import type { EvidenceInput } from "../evidence/input.ts";
import type { Incident } from "../incident/incident.ts";
import type { TimelineEntry } from "../incident/timeline.ts";
import type { SeenBefore } from "../message/seen-before.ts";
import { duration } from "../message/time.ts";
import type { Outcome, Suggestion } from "../suggestion/suggestion.ts";
import type { UserId } from "../vocabulary.ts";
import type { Sentence, Source } from "./document.ts";
import { literal, quoted } from "./markdown.ts";

export interface PostmortemView {
  /** "INC-42" */
  readonly name: string;
  readonly incident: Incident;
  /** By `seq`. */
  readonly entries: readonly TimelineEntry[];
  readonly suggestions: readonly Suggestion[];
  readonly outcomes: readonly Outcome[];
  /** What was read of the whole trouble, or as much of it as is kept; null: nothing is. */
  readonly input: EvidenceInput | null;
  /** Earlier ones of the same symptom that may be shown in its channel. */
  readonly seenBefore: readonly SeenBefore[];
  /** The affected one as the catalog has it; null: it is not in there. */
  readonly service: Service | null;
  /** The bot among them. */
  readonly people: ReadonlyMap<UserId, string>;
  /** The message that tells of an entry, by its `seq`; null: it was deleted. */
  readonly messages: ReadonlyMap<number, string | null>;
  /** Entries, by their `seq`, of whose messages Slack did not say whether they still stand. */
  readonly unchecked: ReadonlySet<number>;
  readonly hosts: readonly string[];
  /** The alert that a program posted in the channel itself; null: none was read there. */
  readonly alertRead: AlertRead | null;
  readonly now: Date;
}

export interface AlertRead {
  readonly at: Date;
  /** The name under which it was posted, and its first line. */
  readonly sender: string;
  readonly title: string;
  /** null: Slack did not say where it can be opened. */
  readonly url: string | null;
}

export function person(view: Pick<PostmortemView, "people">, user: UserId): string {
  return literal(view.people.get(user) ?? "somebody who is not known any more", 80);
}

/** The step's title as it was offered. */
export function stepTitle(view: Pick<PostmortemView, "suggestions">, suggestion: string): string {
  const of = view.suggestions.find(({ id }) => id === suggestion);
  return of === undefined ? "a step" : quoted(of.title, 120);
}

/** The message that says so where there is one, else the timeline's entry. */
export function entrySources(
  view: Pick<PostmortemView, "messages">,
  { seq }: Pick<TimelineEntry, "seq">,
): readonly Source[] {
  const url = view.messages.get(seq);
  return [...(url ? [messageSource(url)] : []), { kind: "timeline", first: seq, last: seq }];
}

/** The message, and that nobody but the channel told of it. */
export function alertReadSources({ url }: AlertRead): readonly Source[] {
  const words = "read in the channel";
  return [url === null ? { kind: "name", words } : { kind: "link", words, url }];
}

const messageSource = (url: string): Source => ({ kind: "link", words: "message", url });

/** The whole timeline: for what did not happen. */
export function wholeTimeline({ entries }: Pick<PostmortemView, "entries">): Source {
  return { kind: "timeline", first: 1, last: entries.at(-1)?.seq ?? 1 };
}

/** What somebody wrote, unless they deleted it since, or may have: then it is told nowhere any more. */
export function wordsOf(
  view: Pick<PostmortemView, "messages" | "unchecked">,
  { seq }: Pick<TimelineEntry, "seq">,
  text: string,
): string {
  if (view.unchecked.has(seq))
    return "(not quoted: Slack did not say whether the message still stands)";
  return view.messages.get(seq) === null ? "(the message was deleted)" : quoted(text);
}

/** Where what a reading cites can be opened, the words by its kind; the reading's entry where it cannot. */
export function citeSources(
  links: Readonly<Record<string, string>> | undefined,
  cites: readonly Cite[],
  { seq }: Pick<TimelineEntry, "seq">,
): readonly Source[] {
  const found = cites.flatMap((cite): Source[] => {
    const url = links?.[cite];
    return url === undefined ? [] : [{ kind: "link", words: citeWords(cite), url }];
  });
  const unique = [...new Map(found.map((source) => [JSON.stringify(source), source])).values()];
  return [...unique, { kind: "timeline", first: seq, last: seq }];
}

function citeWords(cite: Cite): string {
  return cite.startsWith("change:") ? "change" : cite.startsWith("log:") ? "logs" : "series";
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "23 November 2026" in UTC. */
export function longDate(at: Date): string {
  return `${dayOf(at)} ${at.getUTCFullYear()}`;
}

/** "14:02"; "23 November 14:02" where the incident went over midnight. */
export function clockIn(view: Pick<PostmortemView, "incident" | "entries">): (at: Date) => string {
  const days = [view.incident.since, ...view.entries.map(({ at }) => at)].map(dayOf);
  const isOneDay = new Set(days).size === 1;
  return (at) => {
    const clock = at.toISOString().slice(11, 16);
    return isOneDay && dayOf(at) === days[0] ? clock : `${dayOf(at)} ${clock}`;
  };
}

/** "19 min", to the nearest minute. */
export function lasted(ms: number): string {
  return duration(ms < minuteMs ? ms : Math.round(ms / minuteMs) * minuteMs);
}

/** The same as the clocks tell it that stand beside it: from 14:49 to 14:52 are 3 min, whatever the seconds. */
export function lastedBetween(from: Date, to: Date): string {
  const minuteOf = (at: Date) => Math.floor(at.getTime() / minuteMs);
  const minutes = minuteOf(to) - minuteOf(from);
  return minutes === 0 ? lasted(to.getTime() - from.getTime()) : lasted(minutes * minuteMs);
}

const minuteMs = 60_000;

/** A name keeps its own letters: "p95 of checkout". */
export function sentenceCase(text: string): string {
  return /^[a-z]+(?![\w.:-])/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}

function dayOf(at: Date): string {
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ""}`;
}

/** A sentence of one entry. */
export function told(
  view: Pick<PostmortemView, "messages">,
  entry: Pick<TimelineEntry, "seq">,
  text: string,
): Sentence {
  return { text, sources: entrySources(view, entry) };
}
