/** What the evidence says, as lines: how bad it is now, where, what is known, what could not be read. */

import type { Cite, Diagnosis, Finding, ShiftedMetric } from "../evidence/diagnosis.ts";
import type { Evidence, Incident } from "../incident/incident.ts";
import type { Gap } from "../incident/timeline.ts";
import { metricName, metricValue } from "../suggestion/metric-words.ts";
import { cut, escape } from "./escape.ts";
import type { Links } from "./links.ts";
import type { Pen } from "./pen.ts";

const findingsMax = 6;
const findingCharsMax = 400;
const namesMax = 8;
const textCharsMax = 200;
/** Of the shift: nearer to normal than this is back, a smaller move than the other is none. */
const backShare = 0.2;
const steadyShare = 0.05;

/** "checkout p99 4.1 s (normal 0.4 s), still rising"; the incident's title where no metric shifted. */
export function howBad(incident: Incident): string {
  const metric = incident.evidence?.diagnosis.metrics[0];
  if (metric === undefined) return escape(cut(incident.title, textCharsMax));
  const now = `${place(metric)} ${metricName(metric)} ${metricValue(metric, metric.latest[1])}`;
  const words = `${now} (normal ${metricValue(metric, metric.before)})`;
  const trend = trendOf(metric, incident.previousEvidence);
  return escape(trend === null ? words : `${words}, ${trend}`);
}

function place({ service, callee }: ShiftedMetric): string {
  return callee === null ? service : `${service} → ${callee}`;
}

/** null where there is no earlier reading of the same metric. */
function trendOf(metric: ShiftedMetric, previous: Evidence | null): string | null {
  const shift = Math.abs(metric.after - metric.before);
  const now = metric.latest[1];
  if (Math.abs(now - metric.before) <= backShare * shift) return "back to normal";
  const before = previous?.diagnosis.metrics.find((other) => isSameMetric(other, metric));
  if (before === undefined) return null;
  const move = now - before.latest[1];
  if (Math.abs(move) <= steadyShare * shift) return "steady";
  const words = move > 0 ? "rising" : "falling";
  const isWorse = move > 0 === (metric.direction === "up");
  return isWorse ? `still ${words}` : words;
}

function isSameMetric(a: ShiftedMetric, b: ShiftedMetric): boolean {
  return a.service === b.service && a.name === b.name && a.callee === b.callee;
}

/** "only POST /pay, only version 3f2a91c"; the service where nothing was cut. */
export function affected(evidence: Evidence): string {
  const { scope } = evidence.diagnosis;
  const service = evidence.service === null ? "not known yet" : escape(evidence.service);
  if (scope === null) return service;
  if (scope.everywhere) return `${service}, everywhere`;
  return Object.entries(scope.labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, namesMax)
    .map(([label, value]) => `only ${labelWords(label, value)}`)
    .join(", ");
}

/** A route says what it is; "only version 3f2a91c" needs the label's name. */
function labelWords(label: string, value: string): string {
  const isPlain = /^(route|path|endpoint|handler|uri)$/.test(label);
  return escape(cut(isPlain ? value : `${label} ${value}`, textCharsMax));
}

/** Bullets, each with what it cites behind it. */
export function known(diagnosis: Diagnosis, links: Links, pen: Pen): readonly string[] {
  const rest = diagnosis.findings.length - findingsMax;
  const near = new Date(diagnosis.onset * 1_000);
  const lines = diagnosis.findings
    .slice(0, findingsMax)
    .map((finding) => `• ${sourced(finding, near, links, pen)}`);
  return rest > 0 ? [...lines, `• and ${rest} more`] : lines;
}

/** The sentence links to what it cites; where that is several things, a number each. */
function sourced({ text, cites }: Finding, near: Date, links: Links, pen: Pen): string {
  const words = pen.clocksIn(escape(cut(text, findingCharsMax)), near);
  const numbers = citeLinks(cites, links, pen);
  return numbers === "" ? words : `${words} ${numbers}`;
}

/** "[1] [2]", linked; empty where none of them can be opened. */
export function citeLinks(cites: readonly Cite[], links: Links, pen: Pen): string {
  return [...new Set(cites)]
    .map((cite) => links.cite(cite))
    .filter((url) => url !== null)
    .map((url, index) => ({ label: `[${index + 1}]`, linked: pen.link(url, `[${index + 1}]`) }))
    .filter(({ label, linked }) => linked !== label)
    .map(({ linked }) => linked)
    .join(" ");
}

/** "Not read: Loki (no answer in 5 s)."; empty where everything was read. */
export function notRead(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return "";
  const words = gaps
    .slice(0, namesMax)
    .map((gap) => escape(cut(`${gap.source} (${gap.reason})`, textCharsMax)));
  return `Not read: ${words.join(", ")}.`;
}

/** "Also examined: cart, inventory, redis." */
export function alsoExamined({ examined }: Diagnosis): string {
  if (examined.length === 0) return "";
  const rest = examined.length - namesMax;
  const names = examined.slice(0, namesMax).map((name) => escape(cut(name, textCharsMax)));
  return `Also examined: ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

/** "Left out: 312 of 512 series." */
export function leftOut({ leftOut: words = [] }: Diagnosis): string {
  if (words.length === 0) return "";
  const shown = words.slice(0, namesMax).map((each) => escape(cut(each, textCharsMax)));
  return `Left out: ${shown.join("; ")}.`;
}
