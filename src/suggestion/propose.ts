/** Which steps to offer now, in which order, and what was kept back and why (DESIGN §8). */

import type { Constraint } from "../catalog/catalog.ts";
import { forbids } from "../catalog/constraints.ts";
import { isApplicable } from "../playbook/applicable.ts";
import { fillIn, type FilledStep, type FillFacts } from "../playbook/fill.ts";
import type { Step } from "../playbook/step.ts";
import type { Mechanism, Severity, Symptom } from "../vocabulary.ts";
import { arrange, type Arranged, type Draw } from "./arrange.ts";
import { evidenceOdds, mayLead, whyNow, type SeenEvidence, type Target } from "./evidence-for.ts";
import { metricKind } from "./metric-words.ts";
import type { Chance } from "./learned.ts";
import {
  asideBecause,
  rankSteps,
  type AsideBecause,
  type Eligible,
  type RankedStep,
} from "./rank-steps.ts";
import { recordOf } from "./record.ts";
import type { Considered, OfferedStep, StepRecord, StepTally, Suggestion } from "./suggestion.ts";

/** What is known of the incident as the steps are chosen. */
export interface Situation extends SeenEvidence {
  readonly service: string | null;
  readonly symptom: Symptom;
  readonly severity: Severity;
  readonly facts: FillFacts;
  /** The same for steps of a mechanism that concerns another service: the one that was changed, the one that calls. */
  readonly factsBy?: Readonly<Partial<Record<Mechanism, FillFacts>>>;
  /** The service's rules. */
  readonly constraints: readonly Constraint[];
  readonly at: Date;
  /** The numbers are back: nothing is left to stop, only to find out. */
  readonly isOver?: boolean;
}

export interface ProposeInput {
  readonly steps: readonly Step[];
  readonly situation: Situation;
  readonly tallies: readonly StepTally[];
  /** What was learned of steps, by id; of others the playbook's word counts. */
  readonly chances: ReadonlyMap<string, Chance>;
  /** Ids of steps that were done, tried or ruled out in this incident. */
  readonly done: readonly string[];
  readonly suggestionsMax: number;
  readonly draw: Draw;
}

export interface ProposedStep
  extends
    OfferedStep,
    Pick<Suggestion, "p" | "minutes" | "score" | "propensity" | "foretold" | "greedy"> {
  readonly record: StepRecord;
}

interface HiddenStep {
  readonly stepId: string;
  readonly title: string;
  readonly constraint: Constraint;
}

export interface Proposal {
  /** In the order to show. */
  readonly offered: readonly ProposedStep[];
  /** All that could have been offered. */
  readonly considered: readonly Considered[];
  readonly hiddenByRule: readonly HiddenStep[];
  readonly leftOutAsDone: readonly { readonly stepId: string; readonly title: string }[];
  /** Steps that somebody said are not for this service, or that two people found harmful. */
  readonly setAside: readonly {
    readonly stepId: string;
    readonly because: AsideBecause;
  }[];
  /** How many more could have been offered. */
  readonly more: number;
}

/** Where nothing shifted, a check is offered that takes no longer than this. */
const quickMinutesMax = 5;

interface Filled {
  readonly step: Step;
  readonly filled: FilledStep;
  readonly target: Target;
}

/** The same steps, tallies and deeds in any order give the same proposal. */
export function proposeSteps(input: ProposeInput): Proposal {
  const { draw, suggestionsMax: max, situation } = input;
  const { ranked, ...kept } = weighSteps(input);
  const arranged = arrange(ranked, { severity: situation.severity, max, draw });
  return {
    ...kept,
    offered: arranged.map((each) => offer(each, input)),
    considered: ranked.map(consideredOf),
    more: ranked.length - arranged.length,
  };
}

type Weighed = Omit<ProposeInput, "suggestionsMax" | "draw">;

/** Those of the steps that may be offered, wherever they stand: none is kept from standing because it may not lead. */
export function allowedSteps(input: Weighed): Pick<Proposal, "offered" | "hiddenByRule"> {
  const { ranked, hiddenByRule } = weighSteps(input);
  const behind = { isOtherAngle: false, propensity: 1, greedy: null };
  return { offered: ranked.map((each) => offer({ ...each, ...behind }, input)), hiddenByRule };
}

function weighSteps(input: Weighed) {
  const { situation } = input;
  const suitable = input.steps
    .filter(({ role }) => role === "check" || situation.isOver !== true)
    .filter((step) => isApplicable(step, applicability(situation)))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((step) => filledFor(step, situation));
  const { allowed, hiddenByRule } = gate(suitable, situation);
  const isDone = (id: string) => input.done.includes(id);
  const fresh = allowed.filter(({ step }) => !isDone(step.id));
  const setAside = fresh.flatMap(({ step: { id: stepId } }) => {
    const because = asideBecause(stepId, situation.service, input.tallies);
    return because === null ? [] : [{ stepId, because }];
  });
  const candidates = fresh
    .filter(({ step }) => !setAside.some((each) => each.stepId === step.id))
    .filter((each) => isSpokenFor(each, input));
  return {
    ranked: rankedSteps(candidates, input),
    hiddenByRule,
    leftOutAsDone: allowed
      .filter(({ step }) => isDone(step.id))
      .map(({ step, filled }) => ({ stepId: step.id, title: filled.title })),
    setAside,
  };
}

function filledFor(step: Step, { facts, factsBy, service }: Situation): Filled {
  const known = factsBy?.[step.mechanism] ?? facts;
  const { values } = known;
  const target = { service: values.service ?? service, dependency: values.dependency ?? null };
  return { step, filled: fillIn(step, known), target };
}

/** A fix needs evidence or a record of having worked, and something that shifted; else there is only to find out. */
function isSpokenFor({ step, target }: Filled, { situation, tallies }: Weighed): boolean {
  const isQuiet = situation.diagnosis.confidence === "none";
  if (step.role === "check") return !isQuiet || step.minutes <= quickMinutesMax;
  if (isQuiet) return false;
  return (
    whyNow(step, target, situation) !== undefined ||
    recordOf(step.id, situation, tallies).worked > 0
  );
}

/** Rules speak first: what they forbid is shown nowhere, whatever its record. */
function gate(suitable: readonly Filled[], { constraints, at, severity }: Situation) {
  const hiddenByRule: HiddenStep[] = [];
  const allowed = suitable.filter(({ step, filled }) => {
    const commands = [filled.how?.command, filled.how?.undo].filter((each) => each !== undefined);
    const { id, risk, mechanism } = step;
    const constraint = forbids(constraints, { id, risk, mechanism, commands }, at, severity);
    if (constraint !== null) hiddenByRule.push({ stepId: id, title: filled.title, constraint });
    return constraint === null;
  });
  return { allowed, hiddenByRule };
}

function rankedSteps(candidates: readonly Filled[], { situation, tallies, chances }: Weighed) {
  return rankSteps(
    candidates.map((of) => ({
      ...of,
      odds: evidenceOdds(of.step, of.target, situation),
      mayLead: mayLead(of.step, of.target, situation),
    })),
    { symptom: situation.symptom, tallies, chances },
  );
}

function consideredOf({ stepId, odds, mayLead: leads }: RankedStep): Considered {
  return { stepId, odds, mayLead: leads };
}

function offer(
  ranked: Arranged<RankedStep<Filled & Eligible>>,
  { situation, tallies }: Weighed,
): ProposedStep {
  const { step, filled, target } = ranked;
  const why = whyNow(step, target, situation);
  return {
    stepId: step.id,
    role: step.role,
    mechanism: step.mechanism,
    risk: step.risk,
    title: filled.title,
    ...(why === undefined ? {} : { why }),
    ...(filled.how === undefined ? {} : { how: filled.how }),
    expect: filled.expect,
    ...(filled.tellsApart === undefined ? {} : { tellsApart: filled.tellsApart }),
    ...(step.runbook === undefined ? {} : { runbook: step.runbook }),
    isOtherAngle: ranked.isOtherAngle,
    p: ranked.p,
    minutes: ranked.minutes,
    score: ranked.score,
    propensity: ranked.propensity,
    foretold: ranked.foretold,
    greedy: ranked.greedy === null ? null : { stepId: ranked.greedy.stepId, p: ranked.greedy.p },
    record: recordOf(step.id, situation, tallies),
  };
}

function applicability({ facts, flags, diagnosis, service }: Situation) {
  const dependency = diagnosis.metrics.some(
    (metric) => metric.callee !== null || (service !== null && metric.service !== service),
  );
  return {
    runtime: facts.runtime,
    platform: facts.platform,
    flags,
    shiftedKinds: diagnosis.metrics.map(metricKind),
    hasSuspectDependency: dependency,
  };
}
