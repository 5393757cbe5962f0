/** The steps that a model proposes and the preflight kept, as they are offered: behind the ranked ones, and two at most. */

import type { Cite } from "../evidence/diagnosis.ts";
import { fallen, type Fallen } from "../model/fallen.ts";
import type { KeptStep } from "../model/proposed-step.ts";
import type { WordedSentence } from "../model/reply.ts";
import { allowedSteps, type ProposedStep, type ProposeInput } from "./propose.ts";
import { asideBecause } from "./rank-steps.ts";
import { recordOf } from "./record.ts";

interface ModelStepsInput extends Pick<
  ProposeInput,
  "steps" | "situation" | "tallies" | "chances" | "done"
> {
  readonly kept: readonly KeptStep[];
  /** Ids of the steps that are in the list. */
  readonly listed: readonly string[];
}

interface ModelSteps {
  readonly offered: readonly ProposedStep[];
  readonly fell: readonly Fallen[];
}

const addedMax = 2;
/** Of a step that nobody knows; none of it is told. */
const unknown = { p: 0.05, minutes: 5, score: 0, foretold: null, greedy: null };
/** No ranking put it there, and none is judged by it. */
const unranked = { propensity: 0 };
const slugMax = 60;

export function modelSteps(input: ModelStepsInput): ModelSteps {
  const offered: ProposedStep[] = [];
  const fell: Fallen[] = [];
  for (const step of input.kept) {
    const id = step.kind === "canonical" ? step.stepId : idOf(step.title);
    const isKnown = input.listed.includes(id) || offered.some(({ stepId }) => stepId === id);
    if (isKnown || input.done.includes(id)) continue;
    const made = step.kind === "canonical" ? namedStep(step, input) : newStep(step, id, input);
    if ("because" in made) fell.push(made);
    else if (offered.length < addedMax) offered.push(made);
    else fell.push(fallen(made.title, `is beyond the ${addedMax} that a list takes`));
  }
  return { offered, fell };
}

/** As the playbook has it, with its own reason where the evidence gives one. */
function namedStep(
  { stepId, why }: Extract<KeptStep, { kind: "canonical" }>,
  input: ModelStepsInput,
): ProposedStep | Fallen {
  const steps = input.steps.filter(({ id }) => id === stepId);
  const { offered, hiddenByRule } = allowedSteps({ ...input, steps });
  const [step] = offered;
  const [hidden] = hiddenByRule;
  if (hidden !== undefined) {
    return fallen(hidden.title, `is forbidden by a rule: ${hidden.constraint.because}`);
  }
  if (step === undefined) {
    const title = steps[0]?.plainTitle ?? stepId;
    return fallen(title, "is a step that does not fit, or that nothing in the evidence speaks for");
  }
  return { why: whyOf(why), ...step, ...unranked, origin: "named-by-model" };
}

function newStep(
  { role, title, why, expect, command }: Extract<KeptStep, { kind: "new" }>,
  stepId: string,
  { situation, tallies }: ModelStepsInput,
): ProposedStep | Fallen {
  const isCalm = situation.isOver === true || situation.diagnosis.confidence === "none";
  if (role === "fix" && isCalm) return fallen(title, "mends what nothing shows to be broken");
  if (asideBecause(stepId, situation.service, tallies) !== null) {
    return fallen(title, "is a step that people found harmful, or not for this service");
  }
  return {
    ...unknown,
    ...unranked,
    stepId,
    role,
    mechanism: "other",
    risk: role === "check" ? "read-only" : "disruptive",
    title,
    why: whyOf(why),
    ...(command === null ? {} : { how: { command, isFilled: true } }),
    expect,
    isOtherAngle: false,
    origin: "new-from-model",
    record: recordOf(stepId, situation, tallies),
  };
}

function whyOf({ text, cites }: WordedSentence) {
  return { text, cites: cites.filter(isCite) };
}

/** Of what a sentence may cite, that which has a page. */
export function isCite(cite: string): cite is Cite {
  return /^(?:metric:\d+$|log:\d+$|change:.)/.test(cite);
}

/** The same words are the same step, so that it gets a record. */
function idOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `model-${slug.slice(0, slugMax)}`;
}
