/** What the readings of an incident say as a whole: the one that shows the trouble best, how bad it was, and until when. */

import { isSeriesOf } from "../chart/panel.ts";
import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import type { Point, Series, SourcedSeries } from "../evidence/input.ts";
import { metricPlace } from "../evidence/metric-name.ts";
import type { TimelineEntry, TimelineFact } from "../incident/timeline.ts";
import { headlineMetric } from "../message/headline-metric.ts";
import type { Source } from "./document.ts";
import type { PostmortemView } from "./view.ts";

export interface Reading {
  readonly entry: TimelineEntry;
  readonly evidence: Extract<TimelineFact, { kind: "evidence-read" }>;
}

/** Oldest first. */
export function readingsOf({ entries }: Pick<PostmortemView, "entries">): readonly Reading[] {
  return entries.flatMap((entry) =>
    entry.fact.kind === "evidence-read" ? [{ entry, evidence: entry.fact }] : [],
  );
}

/** The newest that was made while the trouble lasted and saw something move; else the newest that saw anything; null: none was made. */
export function mainReading(view: Pick<PostmortemView, "entries">): Reading | null {
  const all = readingsOf(view);
  const moved = all.filter(({ evidence }) => evidence.diagnosis.metrics.length > 0);
  const during = moved.filter(({ evidence }) => evidence.backSince === undefined);
  return during.at(-1) ?? moved.at(-1) ?? all.at(-1) ?? null;
}

/** When the trouble was over, and how that is known; null: it is not known to be. */
export function recovery({ entries, incident }: Pick<PostmortemView, "entries" | "incident">): {
  readonly at: Date;
  readonly entry: TimelineEntry;
  readonly isRead: boolean;
} | null {
  const latest = readingsOf({ entries }).at(-1);
  if (latest?.evidence.backSince !== undefined) {
    const since = latest.evidence.backSince;
    const first = readingsOf({ entries }).find(({ evidence }) => evidence.backSince === since);
    return {
      at: new Date(since * 1000),
      entry: (first ?? latest).entry,
      isRead: true,
    };
  }
  const ended = entries.findLast(({ fact }) => fact.kind === "resolved");
  return incident.state === "open" || ended === undefined
    ? null
    : { at: incident.resolvedAt, entry: ended, isRead: false };
}

/** From the onset to the recovery, or to now. In Unix seconds. */
export function troubleWindow(view: PostmortemView): readonly [from: number, to: number] {
  const to = recovery(view)?.at ?? view.now;
  return [view.incident.since.getTime() / 1000, to.getTime() / 1000];
}

/** null: it was not read, or is not kept. */
export function keptSeries(
  { input }: Pick<PostmortemView, "input">,
  isIt: (series: Series) => boolean,
): Series | null {
  return input?.series?.find(isIt) ?? null;
}

/** What was read may end before the trouble did by so much and still tell of all of it. */
const unreadSecondsMax = 120;

/** Until when it was read, in Unix seconds; null: to the end of the trouble. */
export function readUntil(view: PostmortemView, points: readonly Point[]): number | null {
  const last = points.at(-1)?.[0];
  const [, to] = troubleWindow(view);
  return last === undefined || to - last <= unreadSecondsMax ? null : last;
}

/** What was read within the window; what is not finite is left out. */
export function pointsWithin(
  { points }: Series,
  [from, to]: readonly [number, number],
): readonly Point[] {
  return points.filter(([at, value]) => at >= from && at <= to && Number.isFinite(value));
}

export interface Headline {
  readonly metric: ShiftedMetric;
  readonly cite: `metric:${number}`;
  readonly reading: Reading;
  /** How far it went, and when; where the series is not kept, the newest value of the reading. */
  readonly peak: Point;
  /** Until when the series was read, in Unix seconds; null: to the end of the trouble. */
  readonly until: number | null;
  readonly sources: readonly Source[];
}

/** The metric that says how bad it was; null: nothing moved. */
export function headline(view: PostmortemView): Headline | null {
  const reading = mainReading(view);
  const metric = reading === null ? undefined : headlineMetric(reading.evidence);
  if (reading === null || metric === undefined) return null;
  const series = keptSeries(view, (each) => isSeriesOf(each, metric));
  const points = series === null ? [] : pointsWithin(series, troubleWindow(view));
  const isUp = metric.direction === "up";
  const peak = points.reduce<Point>(
    (far, point) => ((isUp ? point[1] > far[1] : point[1] < far[1]) ? point : far),
    points[0] ?? metric.latest,
  );
  const cite = `metric:${reading.evidence.diagnosis.metrics.indexOf(metric)}` as const;
  const until = readUntil(view, points);
  return { metric, cite, reading, peak, until, sources: seriesSources(series) };
}

/** Its query, where the series' source told one. */
export function seriesSources(series: Series | null): readonly Source[] {
  if (series === null || !isSourced(series)) return [];
  const { service, name, callee = null, labels = null, kind } = series;
  const unit = series.source.unit === undefined ? {} : { unit: series.source.unit };
  const of = metricPlace({ ...measured, service, name, callee, labels, kind, ...unit });
  return [{ kind: "query", of, query: series.source.query }];
}

/** What a name does not depend on. */
const measured = {
  score: 0,
  direction: "up",
  at: 0,
  before: 0,
  after: 0,
  latest: [0, 0],
} as const;

function isSourced(series: Series): series is SourcedSeries {
  return "source" in series;
}
