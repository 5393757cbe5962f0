/** How long each stretch took, from the onset to the end, as far as it is known; nobody is named for it. */

import type { TimelineEntry } from "../incident/timeline.ts";
import type { Sentence, Source } from "./document.ts";
import { recovery } from "./readings.ts";
import {
  alertReadSources,
  clockIn,
  entrySources,
  lasted,
  sentenceCase,
  wholeTimeline,
  type PostmortemView,
} from "./view.ts";

export interface Moments {
  readonly onset: Date;
  /** One that reached Hindsight, else one that was read in the channel. */
  readonly alert: Moment | null;
  readonly declared: TimelineEntry | null;
  readonly reading: TimelineEntry | null;
  readonly claim: TimelineEntry | null;
}

interface Moment {
  readonly at: Date;
  readonly sources: readonly Source[];
  readonly isRead: boolean;
}

export function momentsOf(view: PostmortemView): Moments {
  const { incident, entries } = view;
  const first = (kind: TimelineEntry["fact"]["kind"]): TimelineEntry | null =>
    entries.find(({ fact }) => fact.kind === kind) ?? null;
  return {
    onset: incident.since,
    alert: alertOf(view, first("alert-fired")),
    declared: first("declared"),
    reading: first("evidence-read"),
    claim: first("claimed"),
  };
}

function alertOf(view: PostmortemView, fired: TimelineEntry | null): Moment | null {
  if (fired !== null) return { at: fired.at, sources: entrySources(view, fired), isRead: false };
  const { alertRead: read } = view;
  return read === null ? null : { at: read.at, sources: alertReadSources(read), isRead: true };
}

export function detectionSentences(view: PostmortemView): readonly Sentence[] {
  const { declared, reading, claim } = momentsOf(view);
  const ended = view.entries.findLast(({ fact }) => fact.kind === "resolved") ?? null;
  return [
    alertSentence(view),
    stretch(view, "the incident being opened", declared, "not recorded"),
    stretch(view, "the first reading", reading, "nothing was read"),
    stretch(view, "the first step taken on", claim, "nobody pressed “I'm on it”"),
    recoveryStretch(view),
    stretch(view, "the end", view.incident.state === "open" ? null : ended, "it is open"),
  ];
}

function alertSentence(view: PostmortemView): Sentence {
  const { alert } = momentsOf(view);
  if (alert === null) return stretch(view, "the first alert", null, "no alert reached Hindsight");
  const which = alert.isRead ? "the first alert that was read in the channel" : "the first alert";
  return { text: words(view, which, alert.at), sources: alert.sources };
}

function stretch(
  view: PostmortemView,
  until: string,
  entry: TimelineEntry | null,
  unknown: string,
): Sentence {
  if (entry === null) {
    const text = `From the onset to ${until}: not known, ${unknown}.`;
    return { text, sources: [wholeTimeline(view)] };
  }
  return { text: words(view, until, entry.at), sources: entrySources(view, entry) };
}

function words(view: PostmortemView, until: string, at: Date): string {
  const took = at.getTime() - view.incident.since.getTime();
  const clock = clockIn(view)(at);
  return took < 0
    ? `${sentenceCase(until)} came ${lasted(-took)} before the onset, at ${clock}.`
    : `From the onset to ${until}: ${lasted(took)}, at ${clock}.`;
}

function recoveryStretch(view: PostmortemView): Sentence {
  const over = recovery(view);
  if (over === null || !over.isRead) {
    const text = "From the onset to the recovery: not known, no reading saw it back to normal.";
    return { text, sources: [wholeTimeline(view)] };
  }
  return {
    text: words(view, "the recovery", over.at),
    sources: entrySources(view, over.entry),
  };
}
