/** Kept incidents for the tests of the replay, one a day, with what a test does not care about filled in. */

import type { Turn } from "../../src/incident/turns.ts";
import type { Step } from "../../src/playbook/step.ts";
import type { KeptIncident, KeptLedger, KeptStep } from "../../src/suggestion/kept-ledger.ts";
import type { LedgerRow } from "../../src/suggestion/tally.ts";
import type { OutcomeLabel, Symptom } from "../../src/vocabulary.ts";
import { row } from "./rows.ts";
import { poolWaits, restart, rollBack, step } from "./situation.ts";

const scale = step({ id: "scale-out", role: "fix", mechanism: "capacity", minutes: 8 });
const flagOff = step({ id: "turn-flag-off", role: "fix", mechanism: "flag", minutes: 8 });
/** Four fixes of which the playbook says the same, and a check. */
export const steps: readonly Step[] = [rollBack, restart, scale, flagOff, poolWaits].map((one) => ({
  ...one,
  ...(one.role === "fix" ? { minutes: 8, risk: "reversible", priors: { "*": 0.2 } } : {}),
}));
export const fixes = steps.filter(({ role }) => role === "fix").map(({ id }) => id);

const minute = 60_000;
/** Minutes after the beginning of the incident of that number. */
export const after = (number: number, minutes: number): Date =>
  new Date(Date.UTC(2026, 0, 1) + number * 24 * 60 * minute + minutes * minute);

/** What was known from so many minutes after the beginning on. */
export function turn(number: number, minutes: number, told: Partial<Turn> = {}): Turn {
  const recordedAt = after(number, minutes);
  return { recordedAt, endedAt: null, credit: null, severity: 2, title: "slow", ...told };
}

export function kept(number: number, told: Partial<KeptIncident> = {}): KeptIncident {
  const symptom = told.symptom ?? "latency";
  return {
    id: `inc_${number}`,
    number,
    service: "checkout",
    symptom,
    openedAt: after(number, 0),
    turns: [turn(number, 0), turn(number, 60, { endedAt: after(number, 60) })],
    causes: [],
    offered: steps.map(({ id }, at) => offered(number, id, { position: at + 1, symptom })),
    ...told,
  };
}

export function offered(number: number, stepId: string, told: Partial<KeptStep> = {}): KeptStep {
  return {
    id: `sug_inc_${number}_${stepId}`,
    list: 1,
    position: 1,
    stepId,
    role: fixes.includes(stepId) ? "fix" : "check",
    p: 0.2,
    minutes: 8,
    propensity: 1,
    symptom: "latency",
    service: "checkout",
    flags: [],
    shownAt: after(number, 1),
    ...told,
  };
}

/** A click so many minutes after the beginning. */
export function said(
  number: number,
  stepId: string,
  label: OutcomeLabel,
  told: Partial<LedgerRow> & { readonly minute?: number } = {},
): LedgerRow {
  const { minute: at = 30, ...rest } = told;
  const time = after(number, at);
  const role = fixes.includes(stepId) ? "fix" : "check";
  return row({
    incidentId: `inc_${number}`,
    stepId,
    label,
    role,
    at: time,
    recordedAt: time,
    ...rest,
  });
}

export const ledger = (
  incidents: readonly KeptIncident[],
  rows: readonly LedgerRow[],
  elsewhere: KeptLedger["elsewhere"] = { private: 0, external: 0 },
): KeptLedger => ({ incidents, rows, elsewhere });

const symptoms: readonly Symptom[] = ["latency", "errors", "memory", "queue"];

/** An organisation in which each symptom has its own fix, and people try another one first. */
export function organisation(count: number, fixOf = (number: number) => number % symptoms.length) {
  const incidents = Array.from({ length: count }, (_, number) =>
    kept(number, { symptom: symptoms[number % symptoms.length] ?? "latency" }),
  );
  const rows = incidents.flatMap(({ number, symptom }) => {
    const fix = fixes[fixOf(number)] ?? "";
    const other = fixes[(fixOf(number) + 1 + (number % 3)) % fixes.length] ?? "";
    const about = { symptom: symptom ?? "latency" } as const;
    return [
      said(number, other, "no_effect", { ...about, minute: 20 }),
      said(number, fix, "resolved", about),
    ];
  });
  return ledger(incidents, rows);
}
