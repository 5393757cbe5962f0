/** The timeline of a postmortem: deeds of people, alerts, changes, and the readings that changed something; each with where it is told. */

import { changeName } from "../evidence/change-name.ts";
import type { ChangeRecord } from "../evidence/input.ts";
import type { TimelineEntry } from "../incident/timeline.ts";
import { headlineMetric, valueNow } from "../message/headline-metric.ts";
import { metricValue } from "../evidence/metric-name.ts";
import type { Sentence } from "./document.ts";
import { entryWords } from "./entry-words.ts";
import { literal, quoted } from "./markdown.ts";
import { mainReading, readingsOf, troubleWindow } from "./readings.ts";
import {
  alertReadSources,
  citeSources,
  clockIn,
  entrySources,
  sentenceCase,
  told,
  type PostmortemView,
} from "./view.ts";

/** Changes before the onset that are told; what is older stands in the evidence. */
const changesBeforeMinutes = 30;
const changesAfterMinutes = 5;
const changesMax = 12;
/** Beyond these the middle is left out, and said to be. */
const linesMax = 150;

interface Timed extends Sentence {
  readonly at: Date;
}

export function timelineSentences(view: PostmortemView): readonly Sentence[] {
  const clock = clockIn(view);
  const lines = [
    ...changeLines(view),
    ...alertLines(view),
    ...view.entries.flatMap((entry) => entryLines(view, entry)),
  ]
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, text, ...rest }) => ({ ...rest, text: `${clock(at)} ${text}` }));
  if (lines.length <= linesMax) return lines;
  const half = linesMax / 2;
  const between = lines.slice(half, -half);
  const text = `${between.length} further entries are left out here.`;
  const sources = between.flatMap((line) => line.sources).filter(({ kind }) => kind === "timeline");
  const seqs = sources.flatMap((source) =>
    source.kind === "timeline" ? [source.first, source.last] : [],
  );
  const range = { kind: "timeline", first: Math.min(...seqs), last: Math.max(...seqs) } as const;
  return [...lines.slice(0, half), { text, sources: [range] }, ...lines.slice(-half)];
}

function entryLines(view: PostmortemView, entry: TimelineEntry): readonly Timed[] {
  const { fact } = entry;
  if (fact.kind === "evidence-read") return readingLines(view, entry);
  const words = entryWords(view, entry, fact);
  if (words === null) return [];
  return [{ ...told(view, entry, words), at: entry.at }];
}

function alertLines({ alertRead }: PostmortemView): readonly Timed[] {
  if (alertRead === null) return [];
  const { at, sender, title } = alertRead;
  const text = `${sentenceCase(literal(sender, 80))} posted in the channel: ${quoted(title, 120)}.`;
  return [{ text, at, sources: alertReadSources(alertRead) }];
}

/** The first, and those that see another service, that it is back, or that it is not. */
function readingLines(view: PostmortemView, entry: TimelineEntry): readonly Timed[] {
  const all = readingsOf(view);
  const index = all.findIndex(({ entry: { seq } }) => seq === entry.seq);
  const [reading, before] = [all[index], all[index - 1]];
  if (reading === undefined) return [];
  const { evidence } = reading;
  const was = before?.evidence;
  if (evidence.backSince !== undefined && was?.backSince === undefined) {
    const since = new Date(evidence.backSince * 1000);
    const sources = citeSources(evidence.links, ["metric:0"], entry);
    if (was !== undefined)
      return [{ text: "The numbers were back to normal.", at: since, sources }];
    const text = `The first reading saw the numbers back to normal since ${clockIn(view)(since)}.`;
    return [{ text, at: entry.at, sources }];
  }
  const isWorse = was?.backSince !== undefined && evidence.backSince === undefined;
  const isElsewhere = was !== undefined && was.service !== evidence.service;
  if (was !== undefined && !isWorse && !isElsewhere) return [];
  return [{ ...firstWords(view, reading, isWorse), at: entry.at }];
}

function firstWords(
  view: PostmortemView,
  { entry, evidence }: NonNullable<ReturnType<typeof mainReading>>,
  isWorse: boolean,
): Sentence {
  const metric = headlineMetric(evidence);
  const lead = isWorse ? "A reading saw it worse again" : "A reading saw";
  if (metric === undefined) {
    const text = isWorse ? `${lead}.` : "A reading saw no metric move.";
    return { text, sources: entrySources(view, entry) };
  }
  const index = evidence.diagnosis.metrics.indexOf(metric);
  const normal = literal(metricValue(metric, metric.before));
  const text = `${lead}${isWorse ? ":" : ""} ${literal(valueNow(metric))}, where ${normal} is normal.`;
  return { text, sources: citeSources(evidence.links, [`metric:${index}`], entry) };
}

/** What went live near the trouble, and what was merged and is suspected. */
function changeLines(view: PostmortemView): readonly Timed[] {
  const main = mainReading(view);
  const { input } = view;
  if (main === null || input === null) return [];
  const [from, to] = troubleWindow(view);
  const suspects = new Map(main.evidence.diagnosis.changes.map(({ id, p }) => [id, p]));
  const isNear = ({ at }: ChangeRecord): boolean =>
    at >= from - changesBeforeMinutes * 60 && at <= to + changesAfterMinutes * 60;
  const isTold = (change: ChangeRecord): boolean =>
    change.kind === "commit" ? (suspects.get(change.id) ?? 0) >= 0.1 : change.live !== false;
  return (input.changes ?? [])
    .filter((change) => isNear(change) && isTold(change))
    .toSorted((a, b) => a.at - b.at)
    .slice(-changesMax)
    .map((change) => ({
      text: changeWords(change),
      at: new Date(change.at * 1000),
      sources: changeSources(view, change),
    }));
}

/** Its own page, else the page of a reading that cited it, else its id. */
function changeSources(view: PostmortemView, { id, url }: ChangeRecord): Sentence["sources"] {
  const cited = readingsOf(view)
    .map(({ evidence }) => evidence.links?.[`change:${id}`])
    .findLast((link) => link !== undefined);
  const page = url ?? cited;
  return page === undefined
    ? [{ kind: "name", words: `change ${literal(id, 60)}` }]
    : [{ kind: "link", words: "change", url: page }];
}

function changeWords(change: ChangeRecord): string {
  const name = changeName(change).replace(/^deploy "Deploy /, 'deploy "');
  const isNamed = change.service === undefined || name.includes(change.service);
  const of = isNamed ? "" : ` of ${literal(change.service)}`;
  const deed = change.kind === "commit" ? "was merged" : "went live";
  return `${sentenceCase(literal(name))}${of} ${deed}.`;
}
