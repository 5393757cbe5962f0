/** A past incident as rows of the ledger: its steps as they were offered, or as list 0, and what became of each. */

import type { Step } from "../playbook/step.ts";
import { deedsIn } from "../suggestion/done.ts";
import { priorOf } from "../suggestion/rank-steps.ts";
import type { Outcome, Suggestion } from "../suggestion/suggestion.ts";
import { unlisted, unlistedSuggestion } from "../suggestion/unlisted.ts";
import { contextFlags } from "../vocabulary.ts";
import type { Cause, ContextFlag, IncidentId, Severity, Symptom } from "../vocabulary.ts";
import type { ToldIncident, ToldStep } from "./told.ts";

/** Who said what was taken over, where nobody is named. */
export const importer = "import";
const usualSeverity = 3;
/** What is told of a step that the playbook does not hold. */
const unknownMinutes = 10;

export interface PastIncident {
  readonly id: IncidentId;
  readonly title: string;
  readonly service: string | null;
  readonly symptom: Symptom;
  readonly severity: Severity;
  readonly startedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly mitigatedAt: Date | null;
  readonly resolvedAt: Date;
  readonly cause: Cause | null;
  readonly suggestions: readonly Suggestion[];
  readonly outcomes: readonly Outcome[];
}

/** `idOf`: the same words give the same UUID. null: it is still open, or continues in another. */
export function pastIncidentOf(
  told: ToldIncident,
  steps: readonly Step[],
  idOf: (words: string) => string,
): PastIncident | null {
  const { resolvedAt, mergedInto } = told;
  if (resolvedAt === null || (mergedInto ?? null) !== null) return null;
  const id = `inc_${idOf(told.id)}` as const;
  const about = { told, steps, idOf, incidentId: id };
  const offered = Map.groupBy(told.steps, (step) => placeOf(step, steps));
  const rows = [...offered.values()].flatMap((words, index) => rowsOf(about, words, index));
  return {
    id,
    title: told.title,
    service: told.service ?? null,
    symptom: told.symptom ?? "other",
    severity: told.severity ?? usualSeverity,
    startedAt: told.startedAt,
    acknowledgedAt: told.acknowledgedAt,
    mitigatedAt: told.mitigatedAt,
    resolvedAt,
    cause: told.cause ?? null,
    suggestions: rows.map(({ suggestion }) => suggestion),
    outcomes: rows.flatMap(({ outcomes }) => outcomes),
  };
}

function placeOf(step: ToldStep, steps: readonly Step[]): string {
  return `${stepIdOf(step, steps)} ${step.list ?? unlisted} ${step.position ?? 0}`;
}

/** The canonical one that is meant, where the words tell of just one; else one made of the words. */
function stepIdOf({ step }: ToldStep, steps: readonly Step[]): string {
  if (steps.some(({ id }) => id === step)) return step;
  const lower = step.toLowerCase();
  const titled = steps.find(({ plainTitle }) => plainTitle.toLowerCase() === lower);
  if (titled !== undefined) return titled.id;
  const [deed, ...others] = deedsIn(step, steps);
  if (deed !== undefined && others.length === 0) return deed.stepId;
  return `told-${lower.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "step"}`;
}

interface About {
  readonly told: ToldIncident;
  readonly steps: readonly Step[];
  readonly idOf: (words: string) => string;
  readonly incidentId: IncidentId;
}

/** Of one step in one place, with what each person said of it. */
function rowsOf(
  about: About,
  words: readonly ToldStep[],
  index: number,
): { readonly suggestion: Suggestion; readonly outcomes: readonly Outcome[] }[] {
  const [first] = words;
  if (first === undefined) return [];
  const { told, idOf, incidentId } = about;
  const suggestion = suggestionOf(about, first, index);
  const outcomes = words.flatMap((word, person): Outcome[] => {
    const { label, confidence, minutes } = word;
    if (label === null || label === undefined) return [];
    const at = word.at ?? told.resolvedAt ?? told.startedAt;
    return [
      {
        id: `out_${idOf(`${told.id} outcome ${index} ${person}`)}`,
        suggestionId: suggestion.id,
        incidentId,
        stepId: suggestion.stepId,
        label,
        confidence: confidence ?? 1,
        source: "postmortem",
        actor: person === 0 ? importer : `${importer}-${person + 1}`,
        minutes: minutes ?? null,
        note: null,
        at,
        recordedAt: at,
      },
    ];
  });
  return [{ suggestion, outcomes }];
}

function suggestionOf({ told, steps, idOf, incidentId }: About, step: ToldStep, index: number) {
  const known = steps.find(({ id }) => id === stepIdOf(step, steps));
  const symptom = told.symptom ?? "other";
  const here = {
    id: `sug_${idOf(`${told.id} step ${index}`)}`,
    incidentId,
    position: step.position ?? index + 1,
    symptom,
    service: told.service ?? null,
    flags: flagsOf(told),
    shownAt: told.startedAt,
  } as const;
  const row = unlistedSuggestion(known ?? stranger(step, steps), here);
  const p = step.p ?? (known === undefined ? row.p : priorOf(known, symptom));
  const list = step.list ?? unlisted;
  const title = step.title ?? row.title;
  return { ...row, title, p, list, policy: "import", propensity: list === unlisted ? 0 : 1 };
}

function flagsOf({ flags }: ToldIncident): ContextFlag[] {
  return contextFlags.filter((flag) => flags[flag] === true);
}

/** A step that the playbook does not hold: kept for the record, never offered. */
function stranger(step: ToldStep, steps: readonly Step[]): Step {
  return {
    id: stepIdOf(step, steps),
    role: step.role ?? "fix",
    title: step.step,
    plainTitle: step.step,
    question: "",
    mechanism: "other",
    ways: [],
    expect: { ifSo: "", ifNot: "" },
    minutes: step.minutes ?? unknownMinutes,
    risk: "reversible",
    priors: {},
    boosts: [],
    doneWords: [],
  };
}
