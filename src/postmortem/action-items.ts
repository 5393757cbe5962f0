/** What is proposed to be done, from what was missing in this incident: each with what shows that it was. */

import type { Severity } from "../vocabulary.ts";
import { metricPlace } from "../evidence/metric-name.ts";
import type { Sentence, Source } from "./document.ts";
import { momentsOf } from "./detection.ts";
import { literal } from "./markdown.ts";
import { headline, mainReading, readingsOf } from "./readings.ts";
import { entrySources, lasted, wholeTimeline, type PostmortemView } from "./view.ts";

/** Minutes from the onset to the first alert, or where there was none to the opening, above which detection was slow. */
const detectionMinutesMax: Readonly<Record<Severity, number>> = { 1: 5, 2: 5, 3: 15, 4: 60 };
const gapsMax = 3;

const blanks = " Owner: nobody yet. Due: not set.";

export function actionSentences(view: PostmortemView): readonly Sentence[] {
  const items = [
    ...alertItem(view),
    ...slowItem(view),
    ...runbookItem(view),
    ...deployItem(view),
    ...sourceItems(view),
    ...repeatItem(view),
    ...causeItem(view),
  ];
  if (items.length === 0) {
    const text = "Decide what keeps this from happening again; nothing was seen to be missing.";
    return [{ text: `${text}${blanks}`, sources: [wholeTimeline(view)] }];
  }
  return items.map(({ text, sources }) => ({ text: `${text}${blanks}`, sources }));
}

function alertItem(view: PostmortemView): readonly Sentence[] {
  if (momentsOf(view).alert !== null) return [];
  const worst = headline(view);
  const on = worst === null ? "what people notice" : literal(metricPlace(worst.metric));
  const text = `Alert on ${on}, or have its alerts sent to Hindsight: none reached it.`;
  return [{ text, sources: [wholeTimeline(view)] }];
}

function slowItem(view: PostmortemView): readonly Sentence[] {
  const { onset, alert, declared } = momentsOf(view);
  const opened = declared && { at: declared.at, sources: entrySources(view, declared) };
  const first = alert ?? opened;
  if (first === null) return [];
  const took = first.at.getTime() - onset.getTime();
  if (took <= detectionMinutesMax[view.incident.severity] * 60_000) return [];
  const what = alert === null ? "the incident was opened" : "the first alert fired";
  const text = `Notice it earlier: ${what} ${lasted(took)} after the onset.`;
  return [{ text, sources: first.sources }];
}

function runbookItem(view: PostmortemView): readonly Sentence[] {
  const name = mainReading(view)?.evidence.service ?? null;
  if (name === null || (view.service?.runbooks.length ?? 0) > 0) return [];
  const where = view.service === null ? "is not in the catalog" : "has none in the catalog";
  const text = `Write a runbook for ${literal(name)} and name it in the catalog: it ${where}.`;
  return [{ text, sources: readingSource(view) }];
}

/** Commits were read, and nothing said when anything went live. */
function deployItem(view: PostmortemView): readonly Sentence[] {
  const changes = view.input?.changes ?? [];
  const service = mainReading(view)?.evidence.service ?? null;
  const own = changes.filter(
    (change) => change.service === undefined || change.service === service,
  );
  if (own.length === 0 || own.some(({ kind }) => kind !== "commit")) return [];
  const of = service === null ? "" : ` of ${literal(service)}`;
  const text = `Tell Hindsight of the deploys${of}: commits were read, but not when they went live.`;
  return [{ text, sources: readingSource(view) }];
}

/** Sources that were silent in the reading that shows the trouble. */
function sourceItems(view: PostmortemView): readonly Sentence[] {
  const main = mainReading(view);
  if (main === null) return [];
  return main.evidence.gaps.slice(0, gapsMax).map(({ source, reason }) => ({
    text: `See to it that ${literal(source)} can be read in an incident: ${literal(reason)}.`,
    sources: entrySources(view, main.entry),
  }));
}

function repeatItem(view: PostmortemView): readonly Sentence[] {
  const again = view.seenBefore.find(
    (each) => each.isSameService && each.isSameSymptom && each.isSameCause !== false,
  );
  if (again === undefined) return [];
  const text = `Find out why it came back: ${literal(again.name)} had the same service and symptom.`;
  return [{ text, sources: readingSource(view) }];
}

function causeItem(view: PostmortemView): readonly Sentence[] {
  const { cause } = view.incident;
  if (cause !== null && cause.cause !== "unknown") return [];
  return [{ text: "Establish the cause: nobody has named it.", sources: [wholeTimeline(view)] }];
}

function readingSource(view: PostmortemView): readonly Source[] {
  const main = mainReading(view) ?? readingsOf(view).at(-1);
  return main === undefined ? [wholeTimeline(view)] : entrySources(view, main.entry);
}
