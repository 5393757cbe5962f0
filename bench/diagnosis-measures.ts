/** How good answers are: accuracy among the first k, Wilson intervals, Brier score, calibration. */

import { diagnose } from "../src/evidence/diagnose.ts";
import type { Diagnosis } from "../src/evidence/diagnosis.ts";
import { shareOf as intervalOf } from "../src/learning/calibration.ts";
import type { Case } from "./diagnosis-case.ts";

export interface Answer {
  readonly one: Case;
  readonly diagnosis: Diagnosis;
  readonly ms: number;
}

/** A share with its 95 % Wilson interval, e.g. "0.62 (0.43–0.78)". */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export function answered(cases: readonly Case[]): Answer[] {
  return cases.map((one) => {
    const started = performance.now();
    const diagnosis = diagnose(one.input);
    return { one, diagnosis, ms: performance.now() - started };
  });
}

export function shareOf(hits: number, of: number): Share {
  const { low, high } = intervalOf(hits, of);
  const share = of === 0 ? 0 : rounded(hits / of);
  return { hits, of, share, low: rounded(low), high: rounded(high) };
}

export function worded({ share, low, high }: Share): string {
  return `${share.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

/** 0-based place of the true service; of equals the last place, Infinity where nothing is known of it. */
export function rankOf({ one, diagnosis }: Answer): number {
  const own = diagnosis.services.find(({ service }) => service === one.truth.service);
  if (own === undefined || own.score === 0) return Infinity;
  return diagnosis.services.filter(({ score }) => score >= own.score).length - 1;
}

export interface ServiceFigures {
  readonly ac1: Share;
  readonly ac3: Share;
  readonly avg5: number;
  readonly clear: Share;
  readonly clearRight: Share;
  readonly msMedian: number;
}

export function serviceFigures(answers: readonly Answer[]): ServiceFigures {
  const ranks = answers.map(rankOf);
  const within = (places: number): number => ranks.filter((rank) => rank < places).length;
  const clear = answers.filter(({ diagnosis }) => diagnosis.confidence === "clear");
  return {
    ac1: shareOf(within(1), answers.length),
    ac3: shareOf(within(3), answers.length),
    avg5: rounded([1, 2, 3, 4, 5].reduce((sum, k) => sum + within(k), 0) / 5 / answers.length),
    clear: shareOf(clear.length, answers.length),
    clearRight: shareOf(clear.filter((one) => rankOf(one) === 0).length, clear.length),
    msMedian: medianMs(answers),
  };
}

export interface ChangeFigures {
  readonly exact: Share;
  readonly first3: Share;
  readonly decoyFirst: Share;
  /** Mean of (p − truth)² over every candidate of every case, "none of them" among them; 0 is perfect. */
  readonly brier: number;
  /** Sum instead of mean over a case's candidates: 0 is perfect, 2 surely wrong. */
  readonly brierPerCase: number;
  readonly calibration: readonly Bin[];
}

/** What was said with about this probability, and how often it was so. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly said: number;
  readonly wasSo: number;
  readonly of: number;
}

const binEdges = [0, 0.05, 0.2, 0.4, 0.6, 0.8, 1];

export function changeFigures(answers: readonly Answer[]): ChangeFigures {
  const withChange = answers.filter(({ one }) => typeof one.truth.change === "string");
  const guesses = answers.map(guessesOf);
  const all = guesses.flat();
  const errors = guesses.map((own) => own.map(({ p, isTrue }) => (p - (isTrue ? 1 : 0)) ** 2));
  const sum = errors.flat().reduce((total, error) => total + error, 0);
  return {
    exact: shareOf(answers.filter(isExact).length, answers.length),
    first3: shareOf(withChange.filter(isInFirst3).length, withChange.length),
    decoyFirst: shareOf(answers.filter(isDecoyFirst).length, answers.length),
    brier: rounded(sum / all.length),
    brierPerCase: rounded(sum / answers.length),
    calibration: binEdges.slice(0, -1).map((from, at) => binOf(all, from, binEdges[at + 1] ?? 1)),
  };
}

interface Guess {
  readonly p: number;
  readonly isTrue: boolean;
}

function guessesOf({ one, diagnosis }: Answer): Guess[] {
  return [
    ...diagnosis.changes.map(({ id, p }) => ({ p, isTrue: id === one.truth.change })),
    { p: diagnosis.noChange, isTrue: one.truth.change === null },
  ];
}

function binOf(all: readonly Guess[], from: number, to: number): Bin {
  const own = all.filter(({ p }) => p >= from && (p < to || to === 1));
  const said = own.reduce((total, { p }) => total + p, 0) / Math.max(own.length, 1);
  const wasSo = own.filter(({ isTrue }) => isTrue).length / Math.max(own.length, 1);
  return { from, to, said: rounded(said), wasSo: rounded(wasSo), of: own.length };
}

/** What is likeliest: the id of a change, or null for none of them. */
export function firstChange({ diagnosis }: Answer): string | null {
  const first = diagnosis.changes[0];
  return first === undefined || first.p <= diagnosis.noChange ? null : first.id;
}

export function isExact(answer: Answer): boolean {
  return firstChange(answer) === (answer.one.truth.change ?? null);
}

function isInFirst3({ one, diagnosis }: Answer): boolean {
  return diagnosis.changes.slice(0, 3).some(({ id }) => id === one.truth.change);
}

export function isDecoyFirst(answer: Answer): boolean {
  return (answer.one.truth.decoys ?? []).includes(firstChange(answer) ?? "");
}

/** Answers that accuse nobody: "none" or "weak". */
export function isCalm({ diagnosis }: Answer): boolean {
  return diagnosis.confidence === "none" || diagnosis.confidence === "weak";
}

export function medianMs(answers: readonly Answer[]): number {
  const times = answers.map(({ ms }) => ms).toSorted((x, y) => x - y);
  return rounded(times[Math.floor(times.length / 2)] ?? 0);
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
