/** What the evidence says, as lines: where, what is known, what could not be read. */

import type { Cite, Diagnosis, Finding } from "../evidence/diagnosis.ts";
import { sliceWords } from "../evidence/metric-name.ts";
import type { Evidence } from "../incident/incident.ts";
import type { Gap } from "../incident/timeline.ts";
import { isBack } from "./headline-metric.ts";
import { cut, escape } from "./escape.ts";
import type { Links } from "./links.ts";
import type { Pen } from "./pen.ts";

const findingsMax = 6;
const findingCharsMax = 400;
const namesMax = 8;
const textCharsMax = 200;
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

function labelWords(label: string, value: string): string {
  return escape(cut(sliceWords(label, value), textCharsMax));
}

/** Bullets, each with what it cites behind it; what has recovered since is struck. */
export function known(diagnosis: Diagnosis, links: Links, pen: Pen): readonly string[] {
  const shown = chosen(diagnosis.findings);
  const rest = diagnosis.findings.length - shown.length;
  const near = new Date(diagnosis.onset * 1_000);
  const lines = shown.map((finding) => {
    const words = sourced(finding, near, links, pen);
    return `• ${hasRecovered(finding, diagnosis) ? pen.struck(words) : words}`;
  });
  return rest > 0 ? [...lines, `• and ${rest} more`] : lines;
}

/** Of each kind of evidence the first few, in their order; a kind that has less leaves its room to the others. */
function chosen(findings: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  const isWithinShare = (finding: Finding): boolean => {
    const kind = finding.cites[0]?.split(":", 1)[0] ?? "other";
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= findingsMax / 2;
  };
  const first = findings.filter(isWithinShare).slice(0, findingsMax);
  const others = findings.filter((finding) => !first.includes(finding));
  const kept = new Set([...first, ...others].slice(0, findingsMax));
  return findings.filter((finding) => kept.has(finding));
}

/** Everything that it cites is a metric that is back. */
function hasRecovered({ cites }: Finding, { metrics }: Diagnosis): boolean {
  return (
    cites.length > 0 &&
    cites.every((cite) => {
      const metric = metrics.find((_each, index) => cite === `metric:${index}`);
      return metric !== undefined && isBack(metric);
    })
  );
}

/** A sentence whose words lead to what it cites, and whose times are the reader's. */
export function sourced({ text, cites }: Finding, near: Date, links: Links, pen: Pen): string {
  const words = escape(cut(text, findingCharsMax));
  const told = words.slice(0, words.search(beforeTime));
  const isTimed = beforeTime.test(words) && told !== "";
  const head = isTimed ? told : words;
  return `${linkedTo(cites, head, links, pen)}${pen.clocksIn(words.slice(head.length), near)}`;
}

/** Slack shows no time within a link, so a link ends before " since 14:02". */
const beforeTime = /(?: since| live| merged)? (?:[01]\d|2[0-3]):[0-5]\d/;

/** The words link to the first source that can be opened; each further one is a number after them. */
export function linkedTo(cites: readonly Cite[], words: string, links: Links, pen: Pen): string {
  const urls = new Set(cites.map((cite) => links.cite(cite)));
  const [linked, ...further] = [...urls]
    .filter((url) => pen.link(url, words) !== words)
    .map((url, index) => pen.link(url, index === 0 ? words : `[${index + 1}]`));
  return [linked ?? words, ...further].join(" ");
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
export function leftOut({ leftOut: words = [] }: Pick<Diagnosis, "leftOut">): string {
  if (words.length === 0) return "";
  const shown = words.slice(0, namesMax).map((each) => escape(cut(each, textCharsMax)));
  return `Left out: ${shown.join("; ")}.`;
}
