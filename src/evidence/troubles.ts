/** What went wrong, in words and as odds against every change: the two things that the changes are weighed with. */

import { hasMoreTraffic, type Loads } from "./load.ts";
import type { CallGraph } from "./call-graph.ts";
import { outsideConcepts, wordsOf } from "./words.ts";
import type { LogSurge, LogReading } from "./logs.ts";
import type { EvidenceWords } from "./mechanism.ts";
import type { Shift } from "./shifts.ts";
import type { Alert } from "./input.ts";

const metricWeight = 0.8;
const alertWeight = 0.5;
/** Odds of no change at all against one plain change that is live and in place. */
const plainNoChangeOdds = 1;
const outsideFactor = 5;
const trafficFactor = 2.5;
const blindNoChangeOdds = 2;
/** Where nothing went wrong there is nothing that a change could have done. */
const nothingShiftedOdds = 30;

export interface Troubles {
  /** Only those that shifted. */
  readonly shifted: readonly Shift[];
  readonly logs: LogReading;
  readonly alert: Alert | undefined;
  readonly loads: Loads;
  readonly graph: CallGraph;
  /** No metric and no log line could be read: nothing is known, which is not the same as nothing being wrong. */
  readonly isBlind: boolean;
}

/** Words of shifted metrics, surging error templates and the alert; words that unchanged logs use too count less. */
export function evidenceWords({ shifted, logs, alert }: Troubles): EvidenceWords {
  const words = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) words.set(word, Math.max(words.get(word) ?? 0, weight));
  };
  const scoreMax = shifted.reduce((max, { score }) => Math.max(max, score), 0);
  for (const { series, score } of shifted) add(series.name, metricWeight * (score / scoreMax));
  const surgeMax = logs.surges.reduce((max, { score }) => Math.max(max, score), 0);
  for (const { template, score } of logs.surges) add(template, Math.sqrt(score / surgeMax));
  add(`${alert?.metric ?? ""} ${alert?.text ?? ""}`, alertWeight);
  const usual = usualWords(logs);
  return new Map([...words].map(([word, weight]) => [word, weight / (1 + (usual.get(word) ?? 0))]));
}

/** Grows where the evidence points outside: a provider, a certificate, a node, more traffic. */
export function noChangeOdds(troubles: Troubles, changeCount: number): number {
  if (troubles.isBlind) return blindNoChangeOdds;
  if (isQuiet(troubles)) return nothingShiftedOdds * Math.max(changeCount, 1);
  const outside = outsideOf(troubles) === null ? 1 : outsideFactor;
  const traffic = hasMoreTraffic(troubles.loads, troubles.alert, troubles.graph)
    ? trafficFactor
    : 1;
  return plainNoChangeOdds * outside * traffic;
}

/** Neither a metric nor the logs tell of trouble. */
export function isQuiet({ shifted, logs }: Troubles): boolean {
  return shifted.length === 0 && logs.surges.length === 0;
}

/** "a provider", "an expired certificate": what the new error lines or the alert name outside of the team's changes. */
export function outsideOf({ logs, alert }: Troubles): string | null {
  const texts = [
    ...logs.surges.filter(isErrorSurge).map(({ example }) => example),
    alert?.text ?? "",
  ];
  const found = outsideConcepts.find(([, pattern]) => texts.some((text) => pattern.test(text)));
  return found?.[0] ?? null;
}

function isErrorSurge({ isError }: LogSurge): boolean {
  return isError;
}

function usualWords({ templates, surges }: LogReading): ReadonlyMap<string, number> {
  const surging = new Set(surges.map(({ template }) => template));
  const counts = new Map<string, number>();
  for (const template of templates) {
    if (surging.has(template)) continue;
    for (const word of wordsOf(template)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
