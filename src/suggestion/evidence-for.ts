/** What in the evidence speaks for a step: the factor on its odds, and a sentence that cites it. */

import type { Cite, Diagnosis, LogTemplate, ShiftedMetric } from "../evidence/diagnosis.ts";
import { counted, formatCount, formatDuration } from "../evidence/format.ts";
import type { ChangeRecord } from "../evidence/input.ts";
import type { Step } from "../playbook/step.ts";
import type { ContextFlag } from "../vocabulary.ts";
import { isChangeMechanism, isOfMechanism, liveChanges, type LiveChange } from "./live-changes.ts";
import { metricKind, metricPlace, metricValue } from "./metric-words.ts";

export interface SeenEvidence {
  readonly diagnosis: Diagnosis;
  /** The changes that the diagnosis judged. */
  readonly changes: readonly ChangeRecord[];
  readonly flags: readonly ContextFlag[];
}

type Boost = Step["boosts"][number];
export type Why = { readonly text: string; readonly cites: readonly Cite[] };

/** Boosts together move the odds by at most this factor, either way. */
const oddsMax = 8;
/** A change that is as likely as this to be behind it leaves the odds of taking it back as they are. */
const usualSuspicion = 0.25;
/** On the odds of taking back a change that nobody knows to have been live. */
const notLiveOdds = 0.25;
const whyPartsMax = 2;
const templateMax = 80;

export function evidenceOdds(step: Step, seen: SeenEvidence): number {
  const boosts = step.boosts
    .filter((boost) => holds(boost, seen))
    .reduce((factor, boost) => factor * boost.odds, 1);
  return Math.min(Math.max(boosts * changeOdds(step, seen), 1 / oddsMax), oddsMax);
}

function changeOdds(step: Step, seen: SeenEvidence): number {
  if (step.role !== "fix" || !isChangeMechanism(step.mechanism)) return 1;
  const live = liveFor(step, seen);
  if (live.length === 0) return notLiveOdds;
  const suspicion = live.reduce((total, each) => total + each.p, 0);
  return Math.min(Math.max(suspicion / usualSuspicion, 0.5), 4);
}

/** False for a fix that takes a change back where nothing is known to have gone live: it is never first. */
export function mayLead(step: Step, seen: SeenEvidence): boolean {
  if (step.risk === "irreversible") return false;
  return (
    step.role === "check" || !isChangeMechanism(step.mechanism) || liveFor(step, seen).length > 0
  );
}

/** undefined where nothing in the evidence speaks for the step. */
export function whyNow(step: Step, seen: SeenEvidence): Why | undefined {
  const parts = [...changeParts(step, seen), ...boostParts(step, seen)].filter(
    (part, index, all) => all.findIndex((other) => other.text === part.text) === index,
  );
  const kept = parts.slice(0, whyPartsMax);
  if (kept.length === 0) return undefined;
  return {
    text: kept.map((part) => part.text).join("; "),
    cites: [...new Set(kept.flatMap((part) => part.cites))],
  };
}

function liveFor(step: Step, seen: SeenEvidence): readonly LiveChange[] {
  const { mechanism } = step;
  if (!isChangeMechanism(mechanism)) return [];
  return liveChanges(seen.diagnosis, seen.changes).filter((each) =>
    isOfMechanism(each.change, mechanism),
  );
}

function changeParts(step: Step, seen: SeenEvidence): Why[] {
  const [first] = liveFor(step, seen);
  if (first === undefined) return [];
  const cites: Cite[] = [`change:${first.change.id}`];
  const { beforeOnset } = first;
  const text =
    beforeOnset > 0 ? `live ${formatDuration(beforeOnset)} before onset` : "live as it began";
  const touched = touchedFiles(first.change.files ?? []);
  return [{ text, cites }, ...(touched === null ? [] : [{ text: touched, cites }])];
}

function touchedFiles(files: readonly string[]): string | null {
  const [first, ...rest] = files;
  if (first === undefined) return null;
  return rest.length === 0
    ? `touched ${first}`
    : `touched ${first} and ${counted(rest.length, "more file")}`;
}

/** The strongest boost first. */
function boostParts(step: Step, seen: SeenEvidence): Why[] {
  return step.boosts
    .filter((boost) => boost.odds > 1 && holds(boost, seen))
    .toSorted((a, b) => b.odds - a.odds)
    .flatMap(({ when }) => [
      ...(when.shiftedKind === undefined
        ? []
        : metricParts(seen, (metric) => metricKind(metric) === when.shiftedKind)),
      ...flagParts(seen, when.flag),
      ...(when.logWord === undefined ? [] : logParts(seen.diagnosis, when.logWord)),
    ]);
}

/** The metric behind a flag; the flags of changes are told by the change itself. */
function flagParts(seen: SeenEvidence, flag: ContextFlag | undefined): Why[] {
  if (flag === "dependency-error") return metricParts(seen, ({ callee }) => callee !== null);
  if (flag === "traffic") return metricParts(seen, (metric) => metricKind(metric) === "requests");
  return [];
}

function metricParts(seen: SeenEvidence, fits: (metric: ShiftedMetric) => boolean): Why[] {
  const index = seen.diagnosis.metrics.findIndex(fits);
  const metric = seen.diagnosis.metrics[index];
  if (metric === undefined) return [];
  const from = metricValue(metric, metric.before);
  const to = metricValue(metric, metric.after);
  const text = `${metricPlace(metric)} ${metric.direction} from ${from} to ${to}`;
  return [{ text, cites: [`metric:${index}`] }];
}

function logParts(diagnosis: Diagnosis, word: string): Why[] {
  const index = diagnosis.logs.findIndex((log) => isSurging(log) && mentions(log, word));
  const log = diagnosis.logs[index];
  if (log === undefined) return [];
  const shown =
    log.template.length > templateMax ? `${log.template.slice(0, templateMax)}…` : log.template;
  const text = `${formatCount(log.after)}× "${shown}" in the logs of ${log.service}`;
  return [{ text, cites: [`log:${index}`] }];
}

/** Where a boost names several conditions, all must hold. */
function holds({ when }: Boost, { diagnosis, flags }: SeenEvidence): boolean {
  const { shiftedKind, flag, logWord } = when;
  if (flag !== undefined && !flags.includes(flag)) return false;
  if (
    shiftedKind !== undefined &&
    !diagnosis.metrics.some((metric) => metricKind(metric) === shiftedKind)
  )
    return false;
  return (
    logWord === undefined || diagnosis.logs.some((log) => isSurging(log) && mentions(log, logWord))
  );
}

function isSurging(log: LogTemplate): boolean {
  return log.after > log.before;
}

function mentions(log: LogTemplate, word: string): boolean {
  const text = `${log.template} ${log.example}`.toLowerCase();
  return text.includes(word.toLowerCase());
}
