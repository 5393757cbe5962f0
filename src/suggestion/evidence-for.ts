/** What in the evidence speaks for a step: the factor on its odds, and a sentence that cites it. */

import type { Cite, Diagnosis, LogTemplate, ShiftedMetric } from "../evidence/diagnosis.ts";
import { counted, formatCount, formatDuration } from "../evidence/format.ts";
import type { ChangeRecord } from "../evidence/input.ts";
import { metricPlace, metricValue } from "../evidence/metric-name.ts";
import type { Step } from "../playbook/step.ts";
import type { ContextFlag, Mechanism } from "../vocabulary.ts";
import {
  isBehind,
  isChangeMechanism,
  isOfMechanism,
  liveChanges,
  type LiveChange,
} from "./live-changes.ts";
import { metricKind } from "./metric-words.ts";

export interface SeenEvidence {
  readonly diagnosis: Diagnosis;
  /** The changes that the diagnosis judged. */
  readonly changes: readonly ChangeRecord[];
  readonly flags: readonly ContextFlag[];
  /** Kinds of cause that checks of this incident ruled out. */
  readonly ruledOut?: ReadonlySet<Mechanism>;
}

/** What a step acts on, as far as it is known. */
export interface Target {
  readonly service: string | null;
  readonly dependency: string | null;
}

type Boost = Step["boosts"][number];
export type Why = { readonly text: string; readonly cites: readonly Cite[] };

/** Boosts together move the odds by at most this factor, either way. */
const oddsMax = 8;
/** A change that is as likely as this to be behind it leaves the odds of taking it back as they are. */
const usualSuspicion = 0.25;
const changeOddsMin = 0.25;
const changeOddsMax = 4;
/** What a check leaves of the odds of a fix for what it ruled out: about what it does in the learner, 0.2 against 0.7 (`causes.ts`). */
const ruledOutOdds = 0.25;
/** A step that the team wrote down for this service or this alert, against one that is good for any. */
const runbookOdds = 3;
const whyPartsMax = 2;
const templateMax = 80;
const alertMax = 80;

export function evidenceOdds(step: Step, target: Target, seen: SeenEvidence): number {
  const boosts = step.boosts
    .filter((boost) => holds(boost, step, target, seen))
    .reduce((factor, boost) => factor * boost.odds, 1);
  const told = isRuledOut(step, seen) ? ruledOutOdds : 1;
  const written = step.runbook === undefined ? 1 : runbookOdds;
  const odds = boosts * changeOdds(step, target, seen) * told * written;
  return Math.min(Math.max(odds, 1 / oddsMax), oddsMax);
}

function isRuledOut({ role, mechanism }: Step, { ruledOut }: SeenEvidence): boolean {
  return role === "fix" && ruledOut?.has(mechanism) === true;
}

/** By the odds that the change is behind it; no better than against no change at all. */
function changeOdds(step: Step, target: Target, seen: SeenEvidence): number {
  if (step.role !== "fix" || !isChangeMechanism(step.mechanism)) return 1;
  const suspicion = suspicionOf(step, target, seen);
  const againstRest = oddsOf(suspicion) / oddsOf(usualSuspicion);
  const odds = Math.min(againstRest, suspicion / seen.diagnosis.noChange);
  return Math.min(Math.max(odds, changeOddsMin), changeOddsMax);
}

/** False for a fix of what was ruled out, or that takes back what is less likely behind it than no change at all: it is never first. */
export function mayLead(step: Step, target: Target, seen: SeenEvidence): boolean {
  if (step.risk === "irreversible" || isRuledOut(step, seen)) return false;
  if (step.role === "check" || !isChangeMechanism(step.mechanism)) return true;
  const suspicion = suspicionOf(step, target, seen);
  return suspicion > 0 && suspicion >= seen.diagnosis.noChange;
}

/** Of the changes that the step takes back, in [0, 1]; a flag takes back also the commits that stand behind it. */
function suspicionOf(step: Step, target: Target, seen: SeenEvidence): number {
  const own = liveFor(step, target, seen);
  const flags = own.filter(({ change }) => change.kind === "flag");
  const behind = liveChanges(seen.diagnosis, seen.changes).filter(
    (each) => !own.includes(each) && flags.some((flag) => isBehind(each.change, flag.change)),
  );
  return [...own, ...behind].reduce((total, { p }) => total + p, 0);
}

function oddsOf(p: number): number {
  return p >= 1 ? Infinity : p / (1 - p);
}

/** undefined where nothing in the evidence speaks for the step. */
export function whyNow(step: Step, target: Target, seen: SeenEvidence): Why | undefined {
  const parts = [
    ...changeParts(step, target, seen),
    ...boostParts(step, target, seen),
    ...alertParts(step),
  ].filter((part, index, all) => all.findIndex((other) => other.text === part.text) === index);
  const kept = parts.slice(0, whyPartsMax);
  if (kept.length === 0) return undefined;
  return {
    text: kept.map((part) => part.text).join("; "),
    cites: [...new Set(kept.flatMap((part) => part.cites))],
  };
}

/** Whoever wrote the alert named the runbook for it; the runbook's link stands beside the step. */
function alertParts({ runbook }: Step): Why[] {
  if (runbook?.alert === undefined) return [];
  const name = runbook.alert.slice(0, alertMax);
  return [{ text: `the alert "${name}" names this runbook`, cites: [] }];
}

/** The changes that the step would take back: of its mechanism and, where both are known, of its service. */
function liveFor(step: Step, { service }: Target, seen: SeenEvidence): readonly LiveChange[] {
  const { mechanism } = step;
  if (!isChangeMechanism(mechanism)) return [];
  return liveChanges(seen.diagnosis, seen.changes).filter(
    ({ change }) =>
      isOfMechanism(change, mechanism) &&
      (service === null || change.service === undefined || change.service === service),
  );
}

function changeParts(step: Step, target: Target, seen: SeenEvidence): Why[] {
  const [first] = liveFor(step, target, seen);
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
function boostParts(step: Step, target: Target, seen: SeenEvidence): Why[] {
  const isOurs = isAbout(step, target);
  return step.boosts
    .filter((boost) => boost.odds > 1 && holds(boost, step, target, seen))
    .toSorted((a, b) => b.odds - a.odds)
    .flatMap(({ when }) => [
      ...(when.shiftedKind === undefined
        ? []
        : metricParts(seen, (metric) => metricKind(metric) === when.shiftedKind && isOurs(metric))),
      ...flagParts(seen, when.flag, isOurs),
      ...(when.logWord === undefined ? [] : logParts(seen.diagnosis, when.logWord, isOurs)),
    ]);
}

const isLoad = (metric: ShiftedMetric) =>
  metricKind(metric) === "requests" && metric.direction === "up";

type Fits = (seen: { readonly service: string; readonly callee?: string | null }) => boolean;

/** Of what the step acts on: its own metrics and lines, the calls to it, and for a step on a dependency those of that. */
function isAbout({ mechanism }: Step, { service, dependency }: Target): Fits {
  if (service === null) return () => true;
  return (metric) =>
    metric.service === service ||
    metric.callee === service ||
    (mechanism === "dependency" && metric.service === dependency);
}

/** The metric behind a flag; the flags of changes are told by the change itself. */
function flagParts(seen: SeenEvidence, flag: ContextFlag | undefined, isOurs: Fits): Why[] {
  if (flag === "dependency-error")
    return metricParts(seen, (metric) => metric.callee !== null && isOurs(metric));
  if (flag === "traffic") {
    const own = metricParts(seen, (metric) => isLoad(metric) && isOurs(metric));
    // More is asked of the whole: what does not count its own requests is told by those that come in.
    return own.length > 0 ? own : metricParts(seen, isLoad);
  }
  if (flag === "single-node") {
    const scope = seen.diagnosis.scope?.labels ?? {};
    return metricParts(seen, ({ labels }) =>
      Object.entries(labels ?? {}).some(([key, value]) => scope[key] === value),
    );
  }
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

function logParts(diagnosis: Diagnosis, word: string, isOurs: Fits): Why[] {
  const index = diagnosis.logs.findIndex(
    (log) => isSurging(log) && mentions(log, word) && isOurs(log),
  );
  const log = diagnosis.logs[index];
  if (log === undefined) return [];
  const shown =
    log.template.length > templateMax ? `${log.template.slice(0, templateMax)}…` : log.template;
  const text = `${formatCount(log.after)}× "${shown}" in the logs of ${log.service}`;
  return [{ text, cites: [`log:${index}`] }];
}

/** Where a boost names several conditions, all must hold. */
function holds({ when }: Boost, step: Step, target: Target, seen: SeenEvidence): boolean {
  const { shiftedKind, flag, logWord } = when;
  const { metrics, logs } = seen.diagnosis;
  const isOurs = isAbout(step, target);
  return (
    (flag === undefined || seen.flags.includes(flag)) &&
    (shiftedKind === undefined ||
      metrics.some((metric) => metricKind(metric) === shiftedKind && isOurs(metric))) &&
    (logWord === undefined ||
      logs.some((log) => isSurging(log) && mentions(log, logWord) && isOurs(log)))
  );
}

function isSurging(log: LogTemplate): boolean {
  return log.after > log.before;
}

function mentions(log: LogTemplate, word: string): boolean {
  const text = `${log.template} ${log.example}`.toLowerCase();
  return text.includes(word.toLowerCase());
}
