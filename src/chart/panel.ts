/** One shifted series as a panel of a chart: its points in a readable unit, and what was normal. */

import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import { scaleFor } from "../evidence/format.ts";
import type { Point, Series } from "../evidence/input.ts";
import { metricPlace, metricValue } from "../evidence/metric-name.ts";
import { quantileOfSorted } from "../evidence/numbers.ts";
import { cleaned, stepOf } from "../evidence/samples.ts";
import { unitOf } from "../evidence/series-kinds.ts";
import { label } from "./label.ts";

const nameCharsMax = 60;
const valueCharsMax = 24;
const unitCharsMax = 12;
/** A longer series keeps the highest and the lowest of each stretch. */
const pointsMax = 240;
/** Fewer points before the onset say nothing of what is normal. */
const normalPointsMin = 5;
/** So many steps without a point are a gap in the line. */
const gapSteps = 4;
/** Axes begin at zero unless the values fill less than this share of the way up from there. */
const zeroShareMin = 0.5;

export interface Panel {
  /** "p99 of checkout" */
  readonly name: string;
  /** "0.4 s", "4.1 s", "4.2 s": medians before and since the onset, and the newest value. */
  readonly before: string;
  readonly after: string;
  readonly latest: string;
  /** Of the points' values: "ms", "%"; empty where none is known. */
  readonly unit: string;
  /** [Unix seconds, value in `unit`]; null is a gap. */
  readonly points: readonly (readonly [at: number, value: number | null])[];
  /** 5th to 95th percentile before the onset, in `unit` and in words. */
  readonly normal: { readonly low: number; readonly high: number; readonly words: string } | null;
  readonly isFromZero: boolean;
}

export interface ChartWindow {
  readonly from: number;
  readonly onset: number;
  readonly to: number;
}

/** null where there are fewer than two points in the window. */
export function panelOf(
  series: readonly Series[],
  metric: ShiftedMetric,
  { from, onset, to }: ChartWindow,
): Panel | null {
  const its = series.find((each) => isSeriesOf(each, metric));
  const { at, value } = cleaned(its?.points ?? [], to);
  const points = [...at].map((time, index): Point => [time, value[index] ?? 0]);
  const shown = points.filter(([time]) => time >= from);
  if (shown.length < 2) return null;
  const magnitudes = shown.map(([, each]) => Math.abs(each));
  const largest = Math.max(...magnitudes);
  const { unit, size } = scaleFor(largest, metric.unit ?? unitOf(metric.name));
  const low = Math.min(...shown.map(([, each]) => each));
  return {
    name: label(metricPlace(metric), nameCharsMax),
    before: valueOf(metric, metric.before),
    after: valueOf(metric, metric.after),
    latest: valueOf(metric, metric.latest[1]),
    unit: label(unit, unitCharsMax),
    points: withGaps(thinned(shown), gapSteps * stepOf(at)).map(([time, each]) => [
      Math.round(time),
      each === null ? null : short(each / size),
    ]),
    normal: normalOf(points, onset, metric, size),
    isFromZero: low >= 0 && low < zeroShareMin * largest,
  };
}

/** Its unit may be of any length. */
function valueOf(metric: ShiftedMetric, value: number): string {
  return label(metricValue(metric, value), valueCharsMax);
}

export function isSeriesOf(series: Series, metric: ShiftedMetric): boolean {
  const names = Object.keys({ ...series.labels, ...metric.labels });
  return (
    series.service === metric.service &&
    series.name === metric.name &&
    (series.callee ?? null) === metric.callee &&
    names.every((name) => series.labels?.[name] === metric.labels?.[name])
  );
}

function normalOf(
  points: readonly Point[],
  onset: number,
  metric: ShiftedMetric,
  size: number,
): Panel["normal"] {
  const before = points.filter(([time]) => time < onset).map(([, each]) => each);
  if (before.length < normalPointsMin) return null;
  const sorted = Float64Array.from(before).toSorted();
  const low = quantileOfSorted(sorted, 0.05);
  const high = quantileOfSorted(sorted, 0.95);
  const ends = new Set([valueOf(metric, low), valueOf(metric, high)]);
  const words = [...ends].join(" to ");
  return { low: short(low / size), high: short(high / size), words };
}

/** The lowest and the highest of each of equal stretches of points, in their order. */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= pointsMax) return points;
  const length = Math.ceil((2 * points.length) / pointsMax);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += length) {
    const stretch = points.slice(start, start + length);
    const byValue = stretch.toSorted((a, b) => a[1] - b[1]);
    const ends = [byValue[0], byValue.at(-1)].filter((point) => point !== undefined);
    kept.push(...[...new Set(ends)].toSorted((a, b) => a[0] - b[0]));
  }
  return kept;
}

type Gapped = readonly [at: number, value: number | null];

function withGaps(points: readonly Point[], secondsMax: number): Gapped[] {
  const widest = Math.max(secondsMax, (3 * span(points)) / pointsMax);
  return points.flatMap((point, index): Gapped[] => {
    const last = points[index - 1];
    const isAfterGap = last !== undefined && point[0] - last[0] > widest;
    return isAfterGap ? [[(last[0] + point[0]) / 2, null], point] : [point];
  });
}

function span(points: readonly Point[]): number {
  return (points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0);
}

/** Four digits: more cannot be seen. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}
