/** A step's record among similar incidents: same workspace, visible here, same symptom (DESIGN §9); and its words. */

import type { StepRole } from "../playbook/step.ts";
import type { Symptom } from "../vocabulary.ts";
import type { StepRecord, StepTally } from "./suggestion.ts";

export function recordOf(
  stepId: string,
  about: { readonly symptom: Symptom; readonly service: string | null },
  tallies: readonly StepTally[],
): StepRecord {
  const similar = tallies.filter(
    (tally) => tally.stepId === stepId && tally.symptom === about.symptom,
  );
  const here = similar.filter((tally) => about.service !== null && tally.service === about.service);
  return {
    stepId,
    tried: sum(similar.map((tally) => counts(tally).tried)),
    worked: sum(similar.map((tally) => counts(tally).worked)),
    triedHere: sum(here.map((tally) => counts(tally).tried)),
    workedHere: sum(here.map((tally) => counts(tally).worked)),
    ledToFix: sum(similar.map((tally) => tally.ledToFix)),
    medianMinutes: median(similar.flatMap((tally) => tally.minutes)),
  };
}

/** "Worked in 4 of 5 similar incidents, 2 on checkout, median 6 min." */
export function recordWords(role: StepRole, record: StepRecord, service: string | null): string {
  if (record.tried === 0) return "From the playbook, no record here yet.";
  return role === "fix" ? fixWords(record, service) : checkWords(record);
}

/** "worked 4 of 5", "answered 7 of 9"; null without a record. For the living message's first line. */
export function shortRecord(role: StepRole, record: StepRecord): string | null {
  if (record.tried === 0) return null;
  return `${role === "fix" ? "worked" : "answered"} ${record.worked} of ${record.tried}`;
}

function fixWords(record: StepRecord, service: string | null): string {
  const { tried, worked, triedHere, workedHere } = record;
  const incidents = tried === 1 ? "similar incident" : "similar incidents";
  if (worked === 0) {
    const verdict = tried === 1 ? "did not work" : "worked in none";
    return `Tried in ${tried} ${incidents}, ${verdict}.`;
  }
  const here = workedHere === triedHere ? `${workedHere}` : `${workedHere} of ${triedHere}`;
  const parts = [
    `Worked in ${worked} of ${tried} ${incidents}`,
    ...(triedHere > 0 && service !== null ? [`${here} on ${service}`] : []),
    ...(record.medianMinutes === null ? [] : [minutesWords(record)]),
  ];
  return `${parts.join(", ")}.`;
}

function checkWords({ tried, worked, ledToFix }: StepRecord): string {
  const times = tried === 1 ? "time" : "times";
  if (worked === 0) return `Done ${tried === 1 ? "once" : `${tried} times`}, no answer.`;
  const led = ledToFix > 0 ? `, led to the fix in ${ledToFix}` : "";
  return `Answered ${worked} of ${tried} ${times}${led}.`;
}

function minutesWords({ tried, medianMinutes }: StepRecord): string {
  const minutes = Math.max(1, Math.round(medianMinutes ?? 0));
  return tried === 1 ? `took ${minutes} min` : `median ${minutes} min`;
}

function counts(tally: StepTally) {
  return tally.counts ?? { tried: Math.round(tally.trials), worked: Math.round(tally.successes) };
}

function median(values: readonly number[]): number | null {
  const ordered = values.toSorted((a, b) => a - b);
  const upper = ordered[Math.floor(ordered.length / 2)];
  const lower = ordered[Math.ceil(ordered.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
