/** Whom it hit, how hard and for how long: each number with the query or the page that it can be checked on. */

import { counted, formatCount, formatValue } from "../evidence/format.ts";
import type { Series } from "../evidence/input.ts";
import { metricPlace, metricValue, sliceWords } from "../evidence/metric-name.ts";
import { unitOf } from "../evidence/series-kinds.ts";
import type { Sentence } from "./document.ts";
import { literal } from "./markdown.ts";
import {
  headline,
  keptSeries,
  mainReading,
  pointsWithin,
  readUntil,
  recovery,
  seriesSources,
  troubleWindow,
} from "./readings.ts";
import {
  citeSources,
  clockIn,
  entrySources,
  lasted,
  lastedBetween,
  person,
  sentenceCase,
  told,
  wholeTimeline,
  wordsOf,
  type PostmortemView,
} from "./view.ts";

const servicesMax = 6;

export function impactSentences(view: PostmortemView): readonly Sentence[] {
  return [
    durationSentence(view),
    peakSentence(view),
    failedSentence(view),
    scopeSentence(view),
    ...othersSentence(view),
    ...updateSentences(view),
  ];
}

/** "It lasted 19 min, from 14:02 to 14:21, when checkout was back to normal." */
export function durationSentence(view: PostmortemView): Sentence {
  const { incident } = view;
  const clock = clockIn(view);
  const over = recovery(view);
  const main = mainReading(view);
  const begun = main === null ? [] : citeSources(main.evidence.links, ["metric:0"], main.entry);
  if (over === null) {
    const soFar = lasted(view.now.getTime() - incident.since.getTime());
    const text = `It has lasted ${soFar} so far, since ${clock(incident.since)}; the incident is open.`;
    return { text, sources: [...begun, wholeTimeline(view)] };
  }
  const took = lastedBetween(incident.since, over.at);
  const end = over.isRead
    ? "when the numbers were back to normal"
    : "when it was resolved; that the numbers were back to normal was not read";
  const text = `It lasted ${took}, from ${clock(incident.since)} to ${clock(over.at)}, ${end}.`;
  return { text, sources: [...begun, ...entrySources(view, over.entry)] };
}

/** "p99 of checkout went up to 4.1 s at 14:09, from 0.4 s before." */
export function peakSentence(view: PostmortemView): Sentence {
  const worst = headline(view);
  if (worst === null) {
    const text = "How bad it was is not known: no metric was seen to move.";
    return { text, sources: [wholeTimeline(view)] };
  }
  const { metric, peak, until, reading, cite, sources } = worst;
  const [at, value] = peak;
  const way = metric.direction === "up" ? "went up to" : "went down to";
  const most = literal(metricValue(metric, value));
  const normal = literal(metricValue(metric, metric.before));
  const when = clockIn(view)(new Date(at * 1000));
  const place = sentenceCase(literal(metricPlace(metric)));
  const text = `${place} ${way} ${most} at ${when}, from ${normal} before${asFarAs(view, until)}.`;
  return {
    text,
    sources: [...sources, ...citeSources(reading.evidence.links, [cite], reading.entry)],
  };
}

/** ", as far as it was read, until 14:07"; "" where that is the whole. */
function asFarAs(view: PostmortemView, until: number | null): string {
  if (until === null) return "";
  return `, as far as it was read, until ${clockIn(view)(new Date(until * 1000))}`;
}

interface Failed {
  readonly share: number;
  readonly worst: readonly [at: number, share: number];
  /** Requests that failed, and all; null where the rate of requests was not read. */
  readonly count: readonly [failed: number, all: number] | null;
  readonly until: number | null;
  readonly errors: Series;
  readonly requests: Series | null;
}

/** What share of requests failed, how many about, and when it was worst. */
export function failedSentence(view: PostmortemView): Sentence {
  const affected = mainReading(view)?.evidence.service ?? null;
  const [found] = [affected, headline(view)?.metric.service].flatMap((service) => {
    const failed = service ? failedOf(view, service) : null;
    return service && failed !== null ? [{ service, failed }] : [];
  });
  if (found === undefined) {
    const of = affected === null ? "" : ` of ${literal(affected)}`;
    const text = `What share of requests failed is not known: no share of errors${of} was read.`;
    return { text, sources: [wholeTimeline(view)] };
  }
  const { service, failed } = found;
  const sources = [...seriesSources(failed.errors), ...seriesSources(failed.requests)];
  const main = mainReading(view);
  return {
    text: failedWords(view, service, failed),
    sources: sources.length > 0 || main === null ? sources : entrySources(view, main.entry),
  };
}

function failedWords(view: PostmortemView, service: string, failed: Failed): string {
  const name = literal(service);
  const [at, worst] = failed.worst;
  const far = asFarAs(view, failed.until);
  if (worst === 0) return `No request to ${name} failed${far}.`;
  const { count } = failed;
  const requests =
    count === null ? "" : `, about ${formatCount(count[0])} of ${counted(count[1], "request")}`;
  const when = clockIn(view)(new Date(at * 1000));
  return `${formatValue(failed.share, "ratio")} of the requests to ${name} failed${requests}; ${formatValue(worst, "ratio")} at the worst, at ${when}${far}.`;
}

function failedOf(view: PostmortemView, service: string): Failed | null {
  const isWhole = (series: Series): boolean =>
    series.service === service && series.callee === undefined && series.labels === undefined;
  const errors = keptSeries(view, (each) => {
    return isWhole(each) && each.kind === "errors" && unitWords(each) === "ratio";
  });
  if (errors === null) return null;
  const window = troubleWindow(view);
  const points = pointsWithin(errors, window);
  if (points.length === 0) return null;
  const requests = keptSeries(view, (each) => {
    return isWhole(each) && each.kind === "requests" && /^req\w*\/s$/.test(unitWords(each));
  });
  const rates = new Map(requests === null ? [] : pointsWithin(requests, window));
  const weighed = points.map(([at, share]) => ({ share, rate: rates.get(at) ?? 0 }));
  const rate = sum(weighed.map((each) => each.rate));
  const share =
    rate > 0
      ? sum(weighed.map((each) => each.share * each.rate)) / rate
      : sum(weighed.map((each) => each.share)) / weighed.length;
  const seconds = (points.at(-1)?.[0] ?? window[1]) - window[0];
  const all = (rate / points.length) * seconds;
  const worst = points.reduce((most, point) => (point[1] > most[1] ? point : most));
  const count = rate > 0 ? ([share * all, all] as const) : null;
  return { share, worst, count, until: readUntil(view, points), errors, requests };
}

function unitWords(series: Series): string {
  const source: unknown = "source" in series ? series.source : null;
  const unit: unknown = typeof source === "object" && source ? Reflect.get(source, "unit") : null;
  return typeof unit === "string" ? unit : (unitOf(series.name) ?? "");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** "Affected: only POST /pay, which explains 96 % of it." */
export function scopeSentence(view: PostmortemView): Sentence {
  const main = mainReading(view);
  const scope = main?.evidence.diagnosis.scope ?? null;
  if (main === null || scope === null) {
    const service = main?.evidence.service ?? null;
    const of = service === null ? "" : ` of ${literal(service)}`;
    const text = `Which part${of} was hit is not known: no label was read that tells a part of it from the rest.`;
    return {
      text,
      sources: main === null ? [wholeTimeline(view)] : entrySources(view, main.entry),
    };
  }
  const service = literal(main.evidence.service ?? "the service");
  const slices = Object.entries(scope.labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `only ${literal(sliceWords(label, value))}`);
  const text = scope.everywhere
    ? `All of ${service} was hit: no label that was looked at tells a part of it from the rest.`
    : `Of ${service} ${slices.join(", ")} was hit, which explains ${formatValue(Math.floor(scope.share * 100), "percent")} of the shift.`;
  return { text, sources: citeSources(main.evidence.links, ["metric:0"], main.entry) };
}

/** Other services whose metrics moved. */
function othersSentence(view: PostmortemView): readonly Sentence[] {
  const main = mainReading(view);
  if (main === null) return [];
  const { diagnosis, service, links } = main.evidence;
  const first = new Map<string, number>();
  diagnosis.metrics.forEach((metric, index) => {
    if (metric.service !== service && !first.has(metric.service)) first.set(metric.service, index);
  });
  if (first.size === 0) return [];
  const names = [...first.keys()].slice(0, servicesMax).map((name) => literal(name));
  const more = first.size > servicesMax ? ` and ${first.size - servicesMax} more` : "";
  const cites = [...first.values()]
    .slice(0, servicesMax)
    .map((index) => `metric:${index}` as const);
  const text = `Metrics of ${names.join(", ")}${more} moved with it.`;
  return [{ text, sources: citeSources(links, cites, main.entry) }];
}

/** What people told those outside of the impact: theirs to know, nobody measured it. */
function updateSentences(view: PostmortemView): readonly Sentence[] {
  return view.entries.flatMap((entry): Sentence[] => {
    const { fact } = entry;
    if (fact.kind !== "update-posted" || fact.impact === "") return [];
    const text = `${person(view, fact.by)} told those outside: ${wordsOf(view, entry, fact.impact)}`;
    return [{ ...told(view, entry, text), isUnverified: true }];
  });
}
