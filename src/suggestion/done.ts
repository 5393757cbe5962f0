/** Which deeds a message of the thread tells of; questions, intentions, orders and bare claims are none (DESIGN §8). */

import type { Step } from "../playbook/step.ts";
import type { OutcomeLabel } from "../vocabulary.ts";
import { isReal, sentencesOf } from "./deed-clauses.ts";
import type { AboutService, Clause, Sentence } from "./deed-clauses.ts";
import { commandsShown } from "./deed-command.ts";
import { effectIn, unreal } from "./deed-effect.ts";
import type { DeedEffect } from "./deed-effect.ts";
import { placesOf, readClause, tellingOf } from "./deed-place.ts";
import type { DeedTelling, ReadClause, Told } from "./deed-place.ts";
import { verbsIn, type VerbTold } from "./deed-verbs.ts";

export type { AboutService } from "./deed-clauses.ts";

export interface DeedTold {
  readonly stepId: string;
  readonly label: DeedEffect | Extract<OutcomeLabel, "already_considered">;
}

/** A step that is about what the service depends on may well name another service. */
type DeedStep = Pick<Step, "id" | "doneWords"> & Partial<Pick<Step, "title" | "role" | "told">>;

/**
 * One deed a step, in the order of the steps, with what the same sentence or the next says came of it. A deed on
 * another service, in another environment or in an earlier incident is none of this incident. Where several deeds are
 * said to have fixed it, each has helped: nobody said which.
 */
export function deedsIn(
  text: string,
  steps: readonly DeedStep[],
  about: AboutService = { service: null, services: [] },
): DeedTold[] {
  const sentences = sentencesOf(text, about);
  const commands = commandsShown(text, about);
  if (sentences.length === 0 && commands.length === 0) return [];
  const known = steps.map(knownStep);
  const told = [
    ...sentences.flatMap((sentence) => deedsOf(sentence, known)),
    ...commands.flatMap((command) =>
      known
        .filter((step) => isRun(step, command))
        .map(({ id: stepId }): DeedTold => ({ stepId, label: considered })),
    ),
  ];
  const deeds = known.flatMap(({ id }): DeedTold[] => {
    const labels = told.filter((deed) => deed.stepId === id).map(({ label }) => label);
    const label = labels.findLast((each) => each !== considered) ?? labels[0];
    if (label === undefined) return [];
    return [{ stepId: id, label }];
  });
  const isShared = deeds.filter(({ label }) => label === "resolved").length > 1;
  return isShared
    ? deeds.map((deed) => (deed.label === "resolved" ? { ...deed, label: "helped" } : deed))
    : deeds;
}

const considered = "already_considered";

interface KnownStep {
  readonly id: string;
  readonly patterns: readonly RegExp[];
  readonly tellings: readonly DeedTelling[];
  readonly isAboutOthers: boolean;
  readonly isCheck: boolean;
}

/** Patterns are dear to make, and a playbook lives as long as its file. */
const knownSteps = new WeakMap<DeedStep, KnownStep>();

function knownStep(step: DeedStep): KnownStep {
  const kept = knownSteps.get(step);
  if (kept !== undefined) return kept;
  const { id, doneWords, told = [], title, role } = step;
  const known = {
    id,
    patterns: doneWords.map(patternOf),
    tellings: told.map(tellingOf),
    isAboutOthers: title?.includes("{dependency") === true,
    isCheck: role === "check",
  };
  knownSteps.set(step, known);
  return known;
}

function patternOf(words: string): RegExp {
  return new RegExp(`(?<![\\w-])(?:${words})(?![\\w])`, "i");
}

/** "Neither helped": of all the deeds before it. */
const ofAll = /\b(?:neither|none of|both|all of (?:it|them|that))\b/;

/** Each deed with the effect that is told of it: in its own clauses, those up to the next deed. */
function deedsOf({ clauses, after }: Sentence, steps: readonly KnownStep[]): DeedTold[] {
  const told = stepsTold(clauses, steps);
  const at = told.flatMap((done, index) => (done.length === 0 ? [] : [index]));
  let effect = after;
  const isOfAll = ofAll.test(clauses.map(({ text }) => text).join(" "));
  return at.toReversed().flatMap((from, back) => {
    const isFirst = back === at.length - 1;
    const to = at[at.length - back] ?? clauses.length;
    const start = isFirst && !/^\s*(?:and )?then\b/.test(clauses[from]?.text ?? "") ? 0 : from;
    const words = clauses.slice(start, to).map(({ text }) => text);
    const isJoined = /^\s*and\b/.test(clauses[to]?.text ?? "");
    const own = effectIn(words.join(", "));
    effect = own ?? (back === 0 ? after : isJoined || isOfAll ? effect : null);
    const label = effect ?? considered;
    // A look is not in vain because it found nothing.
    return (told[from] ?? []).map(({ id, isCheck }) => ({
      stepId: id,
      label: isCheck && label === "no_effect" ? considered : label,
    }));
  });
}

/** Behind a look: what it found, "somebody dropped the retries". */
const ofUnknown = /^(?:some(?:one|body)|a (?:bot|script|job|deploy|release|commit))\b/;

/**
 * By clause. What is read beside a fix or after it is what came of it ("raised the limit, no more kills"); what is said
 * without a verb of its own after a look is what it found ("read the history, two flags flipped"), and so is all that
 * follows a look and a colon.
 */
function stepsTold(clauses: readonly Clause[], steps: readonly KnownStep[]) {
  let isFixed = false;
  let isLooked = false;
  let isAnswer = false;
  let isNamed = false;
  return clauses.map((clause) => {
    // "Dmesg: nf_conntrack: table full".
    const isWithin = isNamed && clause.isHead;
    isNamed = false;
    if (clause.isElsewhere || unreal.test(clause.carriedOver)) return [];
    const forms = [...new Set([clause.text, clause.past])].map((text) =>
      readClause(text, clause.isHead),
    );
    const told = steps.flatMap((step) => {
      const by = toldIn(clause, step, forms);
      return by === null ? [] : [{ step, by }];
    });
    isFixed ||= told.some(({ step, by }) => !step.isCheck && by !== "reading");
    const done = told.filter(
      ({ step, by }) =>
        !(step.isCheck && by !== "deed" && (isFixed || (isAnswer && by === "reading"))) &&
        !(isWithin && by === "reading") &&
        !(isLooked && !step.isCheck && ofUnknown.test(clause.text)) &&
        !(by === "bare" && isLooked && !step.isCheck),
    );
    const isLook = done.some(({ step, by }) => step.isCheck && by !== "reading");
    isLooked ||= isLook;
    isAnswer ||= isLook && clause.isHead;
    isNamed = clause.isHead && done.some(({ step }) => step.isCheck);
    return done.map(({ step }) => step);
  });
}

/** People leave the object out where the playbook's words expect one: "restarted, no luck". */
function toldIn(
  { text, past, isAboutAnother, isByAnother }: Clause,
  { patterns, tellings, isAboutOthers, isCheck }: KnownStep,
  forms: readonly ReadClause[],
): Told | null {
  if (isByAnother || (isAboutAnother && !isAboutOthers)) return null;
  const worded = [text, `${text} it`, past, `${past} it`].flatMap((told) =>
    patterns.flatMap((pattern) => {
      const match = pattern.exec(told);
      if (match === null) return [];
      return isReal(told, { from: match.index, to: match.index + match[0].length })
        ? [match[0]]
        : [];
    }),
  );
  if (worded.length > 0) {
    // What a look found has no verb of looking.
    const isDeed = !isCheck || worded.some((words) => verbsIn(words).some(isLook));
    return isDeed ? "deed" : "reading";
  }
  const places = tellings.flatMap((telling) =>
    forms.flatMap((form) => placesOf(telling, form).filter((place) => isReal(form.text, place))),
  );
  return (
    (["deed", "bare", "reading"] as const).find((told) =>
      places.some((place) => place.told === told),
    ) ?? null
  );
}

const isLook = ({ kinds }: VerbTold) => kinds.has("look");

function isRun({ tellings }: KnownStep, command: string): boolean {
  return tellings.some(({ kinds, of }) => kinds.has("run") && command.search(of) >= 0);
}
