/** From the timeline and the ledger to a draft: what happened, what it rests on, and what is for people to write. */

import { metricPlace } from "../evidence/metric-name.ts";
import { actionSentences } from "./action-items.ts";
import { detectionSentences } from "./detection.ts";
import {
  actionsTitle,
  type PostmortemDocument,
  type Section,
  type SectionName,
  type Sentence,
} from "./document.ts";
import { causeSentence, factorSentences } from "./factors.ts";
import {
  durationSentence,
  failedSentence,
  impactSentences,
  peakSentence,
  scopeSentence,
} from "./impact.ts";
import { deadEndSentences, helpedSentences, misledSentences } from "./ledger-lines.ts";
import { literal } from "./markdown.ts";
import { headline, mainReading, recovery } from "./readings.ts";
import { timelineSentences } from "./timeline-lines.ts";
import {
  entrySources,
  lastedBetween,
  longDate,
  person,
  stepTitle,
  told,
  type PostmortemView,
} from "./view.ts";

const titleMax = 150;

export function draftOf(view: PostmortemView): PostmortemDocument {
  const { incident, name } = view;
  const over = recovery(view);
  const until = over?.at ?? view.now;
  const title = literal(incident.title, titleMax);
  return {
    title: `${name}: ${title === "" ? "without a title" : title}`,
    facts: {
      incident: name,
      date: longDate(incident.since),
      severity: `SEV${incident.severity}`,
      status: incident.state === "open" ? "open" : "resolved",
      service: literal(mainReading(view)?.evidence.service ?? "not known"),
      lead: incident.lead === null ? "nobody" : person(view, incident.lead),
      duration: lastedBetween(incident.since, until),
      drafted: `${longDate(view.now)}, ${view.now.toISOString().slice(11, 16)} UTC`,
    },
    sections: sectionsOf(view),
    hosts: view.hosts,
  };
}

function sectionsOf(view: PostmortemView): readonly Section[] {
  const summary = { kind: "told", name: "summary", title: "Summary", style: "text" } as const;
  const actions = { kind: "told", name: "actions", title: actionsTitle, style: "tasks" } as const;
  return [
    { ...summary, sentences: summarySentences(view) },
    list("impact", "Impact", impactSentences(view)),
    list("timeline", "Timeline", timelineSentences(view)),
    { ...list("factors", "Contributing factors", factorSentences(view)), intro: factorsIntro },
    list("helped", "What helped", helpedSentences(view)),
    list("misled", "What misled", misledSentences(view)),
    list("dead-ends", "Dead ends", deadEndSentences(view)),
    list("detection", "Detection and mitigation", detectionSentences(view)),
    { ...actions, sentences: actionSentences(view) },
    forPeople("went-well", "What went well", "What should be kept as it is?"),
    forPeople("lessons", "Lessons", "What was learned that the next incident can use?"),
  ];
}

const factorsIntro =
  "What the readings found, strongest first. None of it is a cause by itself; the cause is for people to name.";

function list(name: SectionName, title: string, sentences: readonly Sentence[]) {
  return { kind: "told", name, title, style: "list", sentences } as const;
}

function forPeople(name: SectionName, title: string, prompt: string): Section {
  return { kind: "for-people", name, title, prompt };
}

/** Five sentences for whoever reads no further. */
function summarySentences(view: PostmortemView): readonly Sentence[] {
  return [
    ...openSentence(view),
    whatSentence(view),
    peakSentence(view),
    durationSentence(view),
    failedSentence(view),
    scopeSentence(view),
    ...fixedSentences(view),
    causeSentence(view),
  ];
}

function openSentence(view: PostmortemView): readonly Sentence[] {
  const [first] = view.entries;
  if (view.incident.state !== "open" || first === undefined) return [];
  const at = view.now.toISOString().slice(11, 16);
  const text = `${view.name} is still open: this tells what was known at ${at} UTC.`;
  return [told(view, first, text)];
}

/** "On 23 November 2026 latency of checkout rose (SEV2); Bo led." */
function whatSentence(view: PostmortemView): Sentence {
  const { incident, entries } = view;
  const worst = headline(view);
  const service = mainReading(view)?.evidence.service ?? null;
  const of = service === null ? "" : ` of ${literal(service)}`;
  const what =
    worst === null
      ? `an incident${of} was opened`
      : `${literal(metricPlace(worst.metric))} ${worst.metric.direction === "up" ? "rose" : "fell"}`;
  const led = incident.lead === null ? "Nobody led." : `${person(view, incident.lead)} led.`;
  const lead = entries.findLast(({ fact }) => fact.kind === "lead-set");
  const severity = entries.findLast(({ fact }) => fact.kind === "severity-set");
  const about = [entries[0], severity, lead].filter((entry) => entry !== undefined);
  const text = `On ${longDate(incident.since)} ${what} (SEV${incident.severity}). ${led}`;
  return { text, sources: about.flatMap((entry) => entrySources(view, entry)) };
}

/** As people said it. */
function fixedSentences(view: PostmortemView): readonly Sentence[] {
  return view.incident.outcomes.flatMap(({ label, suggestion, by }): Sentence[] => {
    if (label !== "resolved") return [];
    const entry = view.entries.findLast(
      ({ fact }) => fact.kind === "outcome" && fact.suggestion === suggestion && fact.by === by,
    );
    if (entry === undefined) return [];
    const text = `${stepTitle(view, suggestion)} fixed it, according to ${person(view, by)}.`;
    return [told(view, entry, text)];
  });
}
