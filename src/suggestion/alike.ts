/** The past incidents that are most like one, by the learner's own similarity, and the words that both have (DESIGN §9). */

import type { Opening } from "../learning/facts.ts";
import { similarities } from "../learning/similar.ts";
import { clausesOf, termsOf } from "../learning/words.ts";
import type { Cause, ContextFlag, Mechanism, Symptom } from "../vocabulary.ts";

/** What an incident is compared by. */
export interface Description {
  readonly service: string | null;
  readonly symptom: Symptom | null;
  readonly flags: readonly ContextFlag[];
  /** As people and programs put it: the title, the alerts, the log templates. */
  readonly said: readonly string[];
  /** As the readings put it. */
  readonly findings: readonly string[];
}

export interface EndedIncident extends Description {
  /** People see INC-31. */
  readonly number: number;
  readonly openedAt: Date;
  /** As somebody labelled it. */
  readonly cause: Cause | null;
  /** The step that somebody said resolved it. */
  readonly fix: {
    readonly stepId: string;
    readonly mechanism: Mechanism;
    readonly title: string;
    readonly minutes: number | null;
  } | null;
  /** People say that it healed by itself, and none names a fix. */
  readonly isSelfHealed?: boolean;
}

export interface Alike {
  readonly ended: EndedIncident;
  /** What both say, as the past one wrote it; the rarest first. */
  readonly mentions: readonly string[];
}

const nearestMax = 3;
const mentionsMax = 2;
/** One of another symptom is like this one only where service and words are nearly the same. */
const otherSymptomMin = 0.05;
/** More of a text is not compared, so that sixty take milliseconds. */
const partCharsMax = 120;
const partsMax = 10;
/** What most of the others say too tells nothing, once there are so many of them. */
const commonFrom = 4;
const commonShare = 0.5;
/** A word by itself has to be a long one: "slow" is in every other title. */
const lettersMin = 4;
const lettersAloneMin = 7;

/** Nearest first, the newer of equals; `failed`: fixes that did not help here, so that what they mended is less like this. */
export function nearestTo(
  here: Description,
  past: readonly EndedIncident[],
  failed: ReadonlySet<string>,
): readonly Alike[] {
  const compared = past.map((ended) => ({
    ended,
    opening: openingOf(ended),
    trials: ended.fix === null ? [] : [{ step: ended.fix.stepId, success: 1 }],
  }));
  const weights = similarities(compared, { opening: openingOf(here), failed });
  const weightOf = (one: (typeof compared)[number]) => weights.get(one) ?? 0;
  const nearest = compared
    .filter((one) => one.ended.symptom === here.symptom || weightOf(one) >= otherSymptomMin)
    .toSorted(
      (a, b) =>
        weightOf(b) - weightOf(a) || b.ended.openedAt.getTime() - a.ended.openedAt.getTime(),
    )
    .slice(0, nearestMax);
  const spoken = past.map(({ said }) => termsIn(said));
  return nearest.map(({ ended }) => ({ ended, mentions: mentionsOf(here, ended, spoken) }));
}

function openingOf({ service, symptom, flags, said, findings }: Description): Opening {
  const text = textOf([...said, ...findings]);
  return { incident: "", service, symptom, flags, text, severity: null, at: null };
}

/** A line each; numbers and placeholders change from one incident to the next and are left out. */
function textOf(parts: readonly string[]): string {
  return parts
    .slice(0, partsMax)
    .map((part) => part.slice(0, partCharsMax).replaceAll(/<[^<>]*>|(?<![\p{L}_-])\d\S*/gu, "\n"))
    .join("\n");
}

function termsIn(said: readonly string[]): ReadonlySet<string> {
  return new Set(termsOf(clausesOf(textOf(said))));
}

/** The longest runs of words that both have and few others, as far as they say more than the service and the symptom. */
function mentionsOf(
  here: Description,
  ended: EndedIncident,
  spoken: readonly ReadonlySet<string>[],
): readonly string[] {
  const known = [here.service, ended.service, here.symptom, ended.symptom].flatMap((name) =>
    name === null ? [] : [name.toLowerCase()],
  );
  const theirs = termsIn(ended.said);
  const heldBy = (term: string) => spoken.filter((terms) => terms.has(term)).length;
  const shared = [...termsIn(here.said)]
    .filter((term) => theirs.has(term) && saysSomething(term, known))
    .map((term) => ({ term, held: heldBy(term), text: asWritten(term, ended.said) }))
    .filter(({ held, text }) => {
      const isCommon = spoken.length >= commonFrom && held > spoken.length * commonShare;
      return text !== null && !isCommon;
    })
    .toSorted(
      (a, b) => a.held - b.held || b.term.length - a.term.length || (a.term < b.term ? -1 : 1),
    );
  const told: string[] = [];
  for (const { term, text } of shared) {
    const isTold = told.some((other) => overlap(other.toLowerCase(), term));
    if (text !== null && !isTold && told.length < mentionsMax) told.push(text);
  }
  return told;
}

/** "pool" beside "pool exhausted" adds nothing, and neither does "exhausted waited". */
function overlap(told: string, term: string): boolean {
  const words = told.split(" ");
  return term.split(" ").some((word) => words.includes(word));
}

function saysSomething(term: string, known: readonly string[]): boolean {
  const words = term.split(" ");
  const [first = "", last = ""] = [words[0], words.at(-1)];
  const min = words.length === 1 ? lettersAloneMin : lettersMin;
  const isWhole = first.length >= min && last.length >= min;
  return isWhole && /\p{L}{4}/u.test(term) && !known.some((name) => term.includes(name));
}

/** null where the words do not stand beside each other in one of the texts. */
function asWritten(term: string, said: readonly string[]): string | null {
  for (const part of said) {
    const from = part.toLowerCase().indexOf(term);
    if (from >= 0) return part.slice(from, from + term.length);
  }
  return null;
}
