/** A step's record among similar incidents: same workspace, visible here, same symptom (DESIGN §9); and its words. */

import type { StepRole } from "../playbook/step.ts";
import type { Symptom } from "../vocabulary.ts";
import type { StepRecord, StepTally, TryCounts } from "./suggestion.ts";

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
    helped: sum(similar.map((tally) => counts(tally).helped ?? 0)),
    worsened: sum(similar.map((tally) => counts(tally).worsened ?? 0)),
    selfHealed: sum(similar.map((tally) => counts(tally).selfHealed ?? 0)),
    triedHere: sum(here.map((tally) => counts(tally).tried)),
    workedHere: sum(here.map((tally) => counts(tally).worked)),
    ledToFix: sum(similar.map((tally) => tally.ledToFix)),
    medianMinutes: median(similar.flatMap((tally) => tally.minutes)),
  };
}

/** A step that only a runbook knows. */
export function isRunbooksOwn(stepId: string): boolean {
  return stepId.startsWith("runbook:");
}

/** "Worked in 4 of 5 similar incidents, 2 on checkout, median 6 min; 2 that healed by themselves not counted." */
export function recordWords(role: StepRole, record: StepRecord, service: string | null): string {
  const { tried, selfHealed = 0 } = record;
  if (selfHealed === 0 && tried === 0) {
    const from = isRunbooksOwn(record.stepId) ? "runbook" : "playbook";
    return `From the ${from}, no record here yet.`;
  }
  const words =
    tried === 0
      ? "No record here yet"
      : role === "fix"
        ? fixWords(record, service)
        : checkWords(record);
  return selfHealed === 0 ? `${words}.` : `${words}; ${notCounted(selfHealed)}.`;
}

function notCounted(selfHealed: number): string {
  return selfHealed === 1
    ? "1 that healed by itself not counted"
    : `${selfHealed} that healed by themselves not counted`;
}

/** "worked 4 of 5", "answered 7 of 9"; what fixed nothing and yet helped "helped 1 of 1"; null without a record. For the living message's first line. */
export function shortRecord(role: StepRole, record: StepRecord): string | null {
  const { tried, worked, helped = 0 } = record;
  if (tried === 0) return null;
  if (role === "check") return `answered ${worked} of ${tried}`;
  return worked === 0 && helped > 0
    ? `helped ${helped} of ${tried}`
    : `worked ${worked} of ${tried}`;
}

function fixWords(record: StepRecord, service: string | null): string {
  const { tried, worked, triedHere, workedHere } = record;
  const incidents = tried === 1 ? "similar incident" : "similar incidents";
  if (worked === 0) return `Tried in ${tried} ${incidents}, ${withoutFix(record)}`;
  const here = workedHere === triedHere ? `${workedHere}` : `${workedHere} of ${triedHere}`;
  const parts = [
    `Worked in ${worked} of ${tried} ${incidents}`,
    ...(triedHere > 0 && service !== null ? [`${here} on ${service}`] : []),
    ...(record.medianMinutes === null ? [] : [minutesWords(record)]),
    ...sideEffects(record),
  ];
  return parts.join(", ");
}

/** What came of a fix that resolved none. */
function withoutFix(record: StepRecord): string {
  const { tried, helped = 0, worsened = 0 } = record;
  if (tried > 1) return ["worked in none", ...sideEffects(record)].join(", ");
  const said = [...(helped > 0 ? ["helped"] : []), ...(worsened > 0 ? ["made it worse"] : [])];
  return said.length === 0 ? "did not work" : said.join(" and ");
}

function sideEffects({ helped = 0, worsened = 0 }: StepRecord): readonly string[] {
  return [
    ...(helped > 0 ? [`helped in ${helped}`] : []),
    ...(worsened > 0 ? [`made it worse in ${worsened}`] : []),
  ];
}

function checkWords({ tried, worked, ledToFix, worsened = 0 }: StepRecord): string {
  const times = tried === 1 ? "time" : "times";
  const worse = worsened > 0 ? `, made it worse in ${worsened}` : "";
  if (worked === 0) {
    return `Done ${tried === 1 ? "once" : `${tried} times`}, no answer${worse}`;
  }
  const led = ledToFix > 0 ? `, led to the fix in ${ledToFix}` : "";
  return `Answered ${worked} of ${tried} ${times}${led}${worse}`;
}

function minutesWords({ tried, medianMinutes }: StepRecord): string {
  const minutes = Math.max(1, Math.round(medianMinutes ?? 0));
  return tried === 1 ? `took ${minutes} min` : `median ${minutes} min`;
}

function counts(tally: StepTally): TryCounts {
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
