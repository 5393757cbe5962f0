/** The sentences that the gate is measured on: a half that it was tuned on, one that it was not, those by hand, and another author's. */

import { anotherAuthor, type Answers } from "./another-author.ts";
import { falseByHand, trueByHand, type ByHand } from "./by-hand.ts";
import { trueByHandHeld } from "./by-hand-held.ts";
import { falseByHandHeld } from "./by-hand-held-false.ts";
import { falseByHandThird, trueByHandThird } from "./by-hand-third.ts";
import { cases, type Case } from "./evidence.ts";
import { chance } from "./random.ts";
import { falsehoods, wrongs, type Told } from "./falsehoods.ts";
import { heldWrongs } from "./falsehoods-held.ts";
import { truths, type Forms, type Sentence } from "./truths.ts";
import { heldTruths } from "./truths-held.ts";

export interface Half {
  readonly name: string;
  /** `run`: which sort of model it is told as; only where somebody else wrote it. */
  readonly truths: readonly (Told & { readonly run?: number })[];
  readonly falsehoods: readonly (Told & { readonly kind: string })[];
}

const falsehoodsEach = 200;

/** The same seed gives the same sentences. */
export function halves(seed: number): readonly Half[] {
  const all = cases();
  const made = [
    { name: "tuned on", forms: truths, wrong: wrongs },
    { name: "held out", forms: heldTruths, wrong: heldWrongs },
  ].map(({ name, forms, wrong }): Half => {
    const random = chance(seed);
    const told = all.flatMap((of) => sentencesOf(of, forms, random));
    return { name, truths: told, falsehoods: falsehoods(told, wrong, falsehoodsEach, random) };
  });
  return [
    ...made,
    byHand("by hand", trueByHand, falseByHand, all),
    byHand("by hand, second round", trueByHandHeld, falseByHandHeld, all),
    byHand("by hand, third round", trueByHandThird, falseByHandThird, all),
    ...anotherAuthor().map(({ name, told }) => byAnother(name, told, all)),
  ];
}

/** Of every metric some of the forms, of the rest all. */
const metricShare = 0.35;

function sentencesOf(of: Case, forms: Forms, random: () => number): Told[] {
  const told: Told[] = [];
  const add = (made: Sentence | string | null, cite: string): void => {
    if (made === null) return;
    const sentence = typeof made === "string" ? { text: made, cites: [cite] } : made;
    told.push({ ...sentence, of });
  };
  for (const metric of of.metrics)
    for (const form of forms.metric)
      if (random() < metricShare) add(form(metric, of, random), metric.cite);
  for (const change of of.changes)
    for (const form of forms.change) add(form(change, of, random), change.cite);
  for (const log of of.logs) for (const form of forms.log) add(form(log, of, random), log.cite);
  for (const form of forms.whole) add(form(of, random), "");
  return told;
}

function byHand(
  name: string,
  right: readonly ByHand[],
  wrong: readonly ByHand[],
  all: readonly Case[],
): Half {
  const told = ([where, text, cites]: ByHand): Told => {
    const of = all.find((each) => each.name === where);
    if (of === undefined) throw new Error(`there is no incident ${where}`);
    return { text, cites, of };
  };
  return {
    name,
    truths: right.map(told),
    falsehoods: wrong.map((each) => ({ ...told(each), kind: "by hand" })),
  };
}

function byAnother(name: string, told: Answers, all: readonly Case[]): Half {
  const of = (place: string): Case => {
    const found = all[Number(place.slice(0, 2))];
    if (found === undefined || !place.endsWith(found.name))
      throw new Error(`there is no incident ${place}`);
    return found;
  };
  return {
    name,
    truths: told.flatMap((each) => each.true.map((one) => ({ ...one, of: of(each.case) }))),
    falsehoods: told.flatMap((each) =>
      each.false.map(({ text, cites }) => ({ text, cites, of: of(each.case), kind: "by hand" })),
    ),
  };
}
