/** The one metric that says how bad it is: its value now, what is normal, and where it is going. */

import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import type { Evidence, Incident } from "../incident/incident.ts";
import { metricName, metricValue, sliceWords } from "../evidence/metric-name.ts";
import { metricKind } from "../suggestion/metric-words.ts";
import { cut, escape } from "./escape.ts";

const titleMax = 200;
/** A value is back when it has made up this share of the way to where it was, as in still-shifted.ts. */
const backShare = 0.75;
/** A smaller move between two readings, as a share of the shift, is none. */
const steadyShare = 0.05;

/** "checkout p99 4.1 s (normal 0.4 s), still rising"; the incident's title where no metric shifted. */
export function howBad(incident: Incident): string {
  const metric = incident.evidence === null ? undefined : headlineMetric(incident.evidence);
  if (metric === undefined) return escape(cut(incident.title, titleMax));
  const words = `${valueNow(metric)} (normal ${metricValue(metric, metric.before)})`;
  const trend = trendOf(metric, incident.previousEvidence);
  return escape(cut(trend === null ? words : `${words}, ${trend}`, titleMax));
}

/** "checkout p99 4.1 s", "checkout errors (POST /pay) 83 %" */
export function valueNow(metric: ShiftedMetric): string {
  return `${headlineName(metric)} ${metricValue(metric, metric.latest[1])}`;
}

/** "checkout p99", "checkout errors (POST /pay)" */
export function headlineName(metric: ShiftedMetric): string {
  const slices = Object.entries(metric.labels ?? {}).map(([label, value]) =>
    sliceWords(label, value),
  );
  const slice = slices.length === 0 ? "" : ` (${slices.join(", ")})`;
  return `${place(metric)} ${metricName(metric)}${slice}`;
}

/**
 * That of the readings before, where there is one; else the affected service's own metric of the symptom's kind, uncut
 * where there is one; else its own, else the most shifted.
 */
export function headlineMetric({
  service,
  symptom,
  diagnosis,
  headline,
}: Pick<Evidence, "service" | "symptom" | "diagnosis" | "headline">): ShiftedMetric | undefined {
  const kept = diagnosis.metrics.find((metric) => headlineKey(metric) === headline);
  if (kept !== undefined) return kept;
  const own = diagnosis.metrics.filter(
    (metric) => metric.service === service && metric.callee === null,
  );
  const ofSymptom = own.filter((metric) => metricKind(metric) === symptom);
  const inOrder = [...whole(ofSymptom), ...whole(own), ...ofSymptom, ...own];
  return inOrder[0] ?? diagnosis.metrics[0];
}

const whole = (metrics: readonly ShiftedMetric[]): ShiftedMetric[] =>
  metrics.filter(({ labels }) => labels === null);

export function isBack({ before, after, latest: [, now] }: ShiftedMetric): boolean {
  return before !== after && (after - now) / (after - before) >= backShare;
}

/** null where there is no earlier reading of the same metric. */
function trendOf(metric: ShiftedMetric, previous: Evidence | null): string | null {
  if (isBack(metric)) return "back to normal";
  const before = previous?.diagnosis.metrics.find(
    (other) => headlineKey(other) === headlineKey(metric),
  );
  if (before === undefined) return null;
  const move = metric.latest[1] - before.latest[1];
  if (Math.abs(move) <= steadyShare * Math.abs(metric.after - metric.before)) return "steady";
  const words = move > 0 ? "rising" : "falling";
  const isWorse = move > 0 === (metric.direction === "up");
  return isWorse ? `still ${words}` : words;
}

function place({ service, callee }: ShiftedMetric): string {
  return callee === null ? service : `${service} → ${callee}`;
}

/** The same for every reading of one metric. */
export function headlineKey({ service, name, callee, labels }: ShiftedMetric): string {
  const cuts = Object.entries(labels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([service, name, callee, cuts]);
}
