/** Which cause a text speaks for: softmax over causes, taught one incident after the other, each with some past ones again. */

import { bounded, softmax, unitFrom } from "./numbers.ts";
import { clausesOf, termsAround, termsOf, type Clause } from "./words.ts";

/** One incident as it teaches. */
interface Lesson {
  readonly cause: number;
  readonly clauses: readonly Clause[];
  readonly terms: readonly number[];
  /** Terms around the name of each cause, by its index; filled when they are asked for. */
  readonly around: Map<number, readonly number[]>;
}

interface NamedCause {
  readonly id: string;
  /** What a text may call it. */
  readonly name: string;
}

interface Taught {
  readonly name: string;
  lessons: number;
  readonly weights: Weights;
}

/** By term; grows with the vocabulary. */
interface Weights {
  of: Float64Array;
}

/** Changed by `teach` alone. */
export interface Wording {
  readonly lessons: Lesson[];
  readonly causes: Taught[];
  readonly causeIndex: Map<string, number>;
  readonly terms: Map<string, number>;
  /** In how many lessons a term stood. */
  readonly standsIn: number[];
  readonly around: Map<string, number>;
  readonly aroundWeights: Weights;
}

export interface Wordings {
  readonly labels: Wording;
  readonly remedies: Wording;
}

/** Past incidents that each new one repeats: many while there are few, so that the whole stays affordable. */
const repeatsMin = 3;
const repeatsMax = 20;
const repeatsTotal = 4000;
/** Share of a miss by which weights move. */
const pace = 0.2;
/** Draws each weight that is used towards 0. */
const decay = 0.001;
/** A cause that was missed by less learns nothing from it. */
const missMin = 0.001;
/** Length of a text's vector, so that long and short texts weigh the same. */
const textLength = 2;
/** Each term around a name, where there are few; the length of all of them, where there are many. */
const aroundValue = 0.5;
const aroundLengthMax = 2.5;

export function newWording(): Wording {
  return {
    lessons: [],
    causes: [],
    causeIndex: new Map(),
    terms: new Map(),
    standsIn: [],
    around: new Map(),
    aroundWeights: newWeights(),
  };
}

export function teach(wording: Wording, cause: NamedCause, text: string): void {
  const index = causeIndexOf(wording, cause);
  const clauses = clausesOf(text);
  const terms = termsOf(clauses).map((term) => indexOf(wording.terms, term));
  for (const term of terms) wording.standsIn[term] = (wording.standsIn[term] ?? 0) + 1;
  const lesson: Lesson = { cause: index, clauses, terms, around: new Map() };
  wording.lessons.push(lesson);
  const of = wording.causes[index];
  if (of !== undefined) of.lessons += 1;
  if (clauses.length > 0) learn(wording, lesson);
  const count = wording.lessons.length;
  const repeats = bounded(Math.round(repeatsTotal / count), repeatsMin, repeatsMax);
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const past = wording.lessons[Math.floor(unitFrom(count, repeat) * count)];
    if (past !== undefined && past.clauses.length > 0) learn(wording, past);
  }
}

/** What a text adds to the log odds of each cause; a cause that nothing was learned of goes by its name alone. */
export function textScores(
  wording: Wording,
  text: string,
): (cause: string, name: string) => number {
  const clauses = clausesOf(text);
  if (clauses.length === 0 || wording.lessons.length === 0) return () => 0;
  const vector = vectorOf(wording, indexesOf(termsOf(clauses), wording.terms));
  return (cause, name) => {
    const index = wording.causeIndex.get(cause);
    const around = indexesOf(termsAround(name, clauses), wording.around);
    const of = index === undefined ? undefined : wording.causes[index];
    return (of === undefined ? 0 : dot(of.weights, vector)) + aroundScore(wording, around);
  };
}

function indexesOf(terms: readonly string[], index: ReadonlyMap<string, number>): number[] {
  return terms.flatMap((term) => index.get(term) ?? []);
}

/** Terms with their weights: the rarer the heavier. */
interface Vector {
  readonly terms: readonly number[];
  readonly values: Float64Array;
}

function vectorOf(wording: Wording, terms: readonly number[]): Vector {
  const count = wording.lessons.length;
  const values = Float64Array.from(terms, (term) =>
    Math.log((1 + count) / (1 + (wording.standsIn[term] ?? 0)) + 0.01),
  );
  let squares = 0;
  for (const value of values) squares += value * value;
  const scale = squares === 0 ? 0 : textLength / Math.sqrt(squares);
  return { terms, values: values.map((value) => value * scale) };
}

/** One step down the log loss of one lesson. */
function learn(wording: Wording, lesson: Lesson): void {
  const vector = vectorOf(wording, lesson.terms);
  const around = wording.causes.map((_, index) => aroundOf(wording, lesson, index));
  const shares = softmax(
    wording.causes.map(
      ({ weights, lessons }, index) =>
        Math.log(lessons + 0.5) + dot(weights, vector) + aroundScore(wording, around[index] ?? []),
    ),
  );
  for (const [index, { weights }] of wording.causes.entries()) {
    const miss = Number(index === lesson.cause) - (shares[index] ?? 0);
    if (Math.abs(miss) < missMin) continue;
    for (let at = 0; at < vector.terms.length; at += 1) {
      move(weights, vector.terms[at] ?? 0, miss * (vector.values[at] ?? 0));
    }
    const terms = around[index] ?? [];
    const value = aroundValueOf(terms);
    for (const term of terms) move(wording.aroundWeights, term, miss * value);
  }
}

function move(weights: Weights, term: number, slope: number): void {
  if (term >= weights.of.length) {
    const grown = new Float64Array(2 ** Math.ceil(Math.log2(term + 1)));
    grown.set(weights.of);
    weights.of = grown;
  }
  const weight = weights.of[term] ?? 0;
  weights.of[term] = weight + pace * (slope - decay * weight);
}

function dot({ of }: Weights, { terms, values }: Vector): number {
  let total = 0;
  for (let at = 0; at < terms.length; at += 1) {
    total += (values[at] ?? 0) * (of[terms[at] ?? 0] ?? 0);
  }
  return total;
}

function aroundScore({ aroundWeights }: Wording, terms: readonly number[]): number {
  const value = aroundValueOf(terms);
  let total = 0;
  for (const term of terms) total += value * (aroundWeights.of[term] ?? 0);
  return total;
}

function aroundValueOf(terms: readonly number[]): number {
  return Math.min(aroundValue, aroundLengthMax / Math.sqrt(Math.max(terms.length, 1)));
}

function aroundOf(wording: Wording, lesson: Lesson, cause: number): readonly number[] {
  const kept = lesson.around.get(cause);
  if (kept !== undefined) return kept;
  const name = wording.causes[cause]?.name ?? "";
  const terms = termsAround(name, lesson.clauses).map((term) => indexOf(wording.around, term));
  lesson.around.set(cause, terms);
  return terms;
}

function causeIndexOf(wording: Wording, { id, name }: NamedCause): number {
  const index = indexOf(wording.causeIndex, id);
  wording.causes[index] ??= { name, lessons: 0, weights: newWeights() };
  return index;
}

function indexOf(index: Map<string, number>, key: string): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  index.set(key, index.size);
  return index.size - 1;
}

function newWeights(): Weights {
  return { of: new Float64Array(64) };
}
