/** From people's words on a step to one try an incident: what each label means for a fix and for a check (DESIGN §9). */

import type { StepRole } from "../playbook/step.ts";
import type { OutcomeLabel } from "../vocabulary.ts";
import type { Incident, Opening, Said, StepFacts, ToldWord } from "./facts.ts";
import { attestedConfidence } from "./facts.ts";
import { byCode, sum } from "./numbers.ts";

export interface Try {
  readonly step: string;
  readonly role: StepRole;
  /** In [0, 1] as it was told, weighted by confidence where people disagree; credit is shared later. */
  readonly success: number;
  /** The greatest confidence among its words; 0: known within its incident, no vote. */
  readonly weight: number;
  readonly minutes: number | null;
  /** Unix seconds of the last word; null: not known. */
  readonly at: number | null;
  /** A check: what it told; null for a fix, and where it told nothing. */
  readonly answer: "helped" | "ruled_out" | null;
  /** What it was tried in: symptom, service, flags, and the fixes that had failed. */
  readonly context: readonly string[];
  readonly said: Said | null;
  /** What the evidence added to what was said, in logits. */
  readonly evidence: number;
}

/** A fix that helped without resolving. */
export const partial = 0.5;

/** In the order in which they were tried; steps that nobody declared are left out. */
export function triesOf(incident: Incident, steps: ReadonlyMap<string, StepFacts>): Try[] {
  const byStep = Map.groupBy(incident.words.values(), (word) => word.step);
  const ordered = [...byStep].toSorted(([, a], [, b]) => firstTurn(a) - firstTurn(b));
  const failed: string[] = [];
  return ordered.flatMap(([id, words]) => {
    const role = steps.get(id)?.role;
    const one = role === undefined ? null : tryOf(role, words, contextOf(incident.opening, failed));
    if (one?.role === "fix" && one.success <= partial) failed.push(id);
    return one === null ? [] : [one];
  });
}

/** By which a step's chance may differ, each with its name. */
export function contextOf(opening: Opening, failed: Iterable<string>): string[] {
  return [
    "always",
    `symptom ${opening.symptom}`,
    `service ${opening.service}`,
    ...opening.flags.map((flag) => `flag ${flag}`),
    ...Array.from(failed, (step) => `failed ${step}`),
  ];
}

function firstTurn(words: readonly ToldWord[]): number {
  return Math.min(...words.map((word) => word.turn));
}

/** null: no trial. */
function tryOf(role: StepRole, words: readonly ToldWord[], context: readonly string[]): Try | null {
  const ordered = words.toSorted((a, b) => a.turn - b.turn || byCode(a.by, b.by));
  const counted = ordered.flatMap((word) => {
    const success = successOf(role, word.label, word.confidence);
    return success === null ? [] : [{ word, success }];
  });
  const last = counted.at(-1)?.word;
  if (last === undefined) return null;
  const foretold = counted.find(({ word }) => word.said !== null)?.word;
  const votes = counted.filter(({ word }) => word.confidence > 0);
  const confidences = sum(votes.map(({ word }) => word.confidence));
  const success =
    confidences === 0
      ? 0
      : sum(votes.map(({ word, success: one }) => one * word.confidence)) / confidences;
  return {
    step: last.step,
    role,
    success,
    weight: Math.max(...counted.map(({ word }) => word.confidence)),
    minutes: counted.findLast(({ word }) => word.minutes !== null)?.word.minutes ?? null,
    at: last.at,
    answer: role === "fix" ? null : answerOf(ordered.findLast((word) => isAnswer(word.label))),
    context,
    said: foretold?.said ?? null,
    evidence: foretold?.evidence ?? 0,
  };
}

/** Success of one word, in [0, 1]; null where its label is no trial (the table of DESIGN §9). */
export function successOf(role: StepRole, label: OutcomeLabel, confidence: number): number | null {
  switch (label) {
    case "resolved":
      if (role === "check") return null;
      return confidence < attestedConfidence ? partial : 1;
    case "helped":
      return role === "fix" ? partial : 1;
    case "ruled_out":
      return role === "fix" ? 0 : 1;
    case "no_effect":
    case "wrong":
      return 0;
    case "already_considered":
    case "not_for_us":
      return null;
  }
}

function isAnswer(label: OutcomeLabel): boolean {
  return label === "helped" || label === "ruled_out";
}

function answerOf(word: ToldWord | undefined): Try["answer"] {
  if (word === undefined) return null;
  return word.label === "ruled_out" ? "ruled_out" : "helped";
}
