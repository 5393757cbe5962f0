/** One ended incident ranked again: from the ledger as it was before it began, beside the order shown and the playbook's. */

import type { Told } from "../learning/calibration.ts";
import { sum } from "../learning/numbers.ts";
import type { Step } from "../playbook/step.ts";
import { arrange } from "./arrange.ts";
import { noDraw } from "./draw.ts";
import { ledgerBefore, type KeptIncident, type KeptLedger } from "./kept-ledger.ts";
import { chancesOf, type Ledger } from "./learned.ts";
import { asideBecause, rankSteps, type Eligible } from "./rank-steps.ts";
import { tallyOf, type LedgerRow } from "./tally.ts";

export const orderNames = ["replayed", "shown", "playbook"] as const;
export type OrderName = (typeof orderNames)[number];

/** Where what resolved an incident stood. */
export interface Stood {
  readonly stepId: string;
  /** 1 for the first, of all and of the fixes alone; after the last where it stood nowhere. */
  readonly place: number;
  readonly placeOfFixes: number;
  /** Until it was done, had each step before it been tried first. */
  readonly minutes: number;
  /** Its own. */
  readonly leastMinutes: number;
  /** What stood first; null: nothing did. */
  readonly first: string | null;
}

export type ReplayedIncident =
  | { readonly told: readonly Told[]; readonly notCounted: "nothing-attested" | "not-in-playbook" }
  | {
      readonly told: readonly Told[];
      readonly notCounted: null;
      readonly number: number;
      readonly stood: Readonly<Record<OrderName, Stood>>;
    };

/** `told`: of each step that was tried, its chance before the incident and what came. */
export function replayIncident(
  steps: readonly Step[],
  ledger: KeptLedger,
  incident: KeptIncident,
): ReplayedIncident {
  const rows = ledger.rows.filter(({ incidentId }) => incidentId === incident.id);
  const tried = tallyOf(rows).filter(({ counts }) => (counts?.tried ?? 0) > 0);
  if (tried.length === 0) return { told: [], notCounted: "nothing-attested" };
  const replayed = orderBefore(steps, ledger, incident);
  const worked = tried.flatMap(({ stepId, counts }) => ((counts?.worked ?? 0) > 0 ? [stepId] : []));
  const told = replayed.flatMap(({ stepId, p }) =>
    tried.some((each) => each.stepId === stepId) ? [{ p, hasWorked: worked.includes(stepId) }] : [],
  );
  const isFix = (id: string) =>
    incident.offered.some((one) => one.stepId === id && one.role === "fix");
  const attested = worked.filter(isFix);
  if (attested.length === 0) return { told, notCounted: "nothing-attested" };
  const fixes = attested.filter((id) => steps.some((step) => step.id === id));
  if (fixes.length === 0) return { told, notCounted: "not-in-playbook" };
  const orders: Readonly<Record<OrderName, readonly Placed[]>> = {
    replayed,
    shown: shownIn(incident),
    playbook: orderFrom({ incidents: [], rows: [] }, steps, incident),
  };
  const stoodIn = (name: OrderName) =>
    stoodOf(fixes, orders[name], minutesIn(steps, incident, rows));
  const stood = {
    replayed: stoodIn("replayed"),
    shown: stoodIn("shown"),
    playbook: stoodIn("playbook"),
  };
  return { told, notCounted: null, number: incident.number, stood };
}

interface Placed {
  readonly stepId: string;
  readonly role: Step["role"];
}

/** All that could have stood in the incident's lists, in the order of the present ranker on what was known before it began. */
export function orderBefore(
  steps: readonly Step[],
  ledger: KeptLedger,
  incident: KeptIncident,
): readonly (Placed & { readonly p: number })[] {
  return orderFrom(ledgerBefore(incident.openedAt, ledger, incident.id), steps, incident);
}

function orderFrom(ledger: Ledger, steps: readonly Step[], incident: KeptIncident) {
  const [first] = incident.offered;
  if (first === undefined) return [];
  const { symptom, service, flags, shownAt } = first;
  const { turns } = incident;
  const then = turns.findLast(({ recordedAt }) => recordedAt <= shownAt) ?? turns[0];
  const here = { symptom, service, flags, text: then?.title ?? "", outcomes: [] };
  const chances = chancesOf(steps, ledger, here);
  const tallies = tallyOf(ledger.rows);
  const eligible = eligibleIn(steps, incident).filter(
    ({ step }) => asideBecause(step.id, service, tallies) === null,
  );
  return arrange(rankSteps(eligible, { symptom, tallies, chances }), {
    severity: then?.severity ?? 2,
    max: eligible.length,
    draw: noDraw,
  });
}

/** Each with what the evidence first said of it; lists from before that was kept hold what they showed, and no evidence. */
function eligibleIn(steps: readonly Step[], { offered }: KeptIncident): readonly Eligible[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const eligible = new Map<string, Eligible>();
  for (const { stepId, foretold, considered } of offered) {
    const shown = { stepId, odds: foretold?.odds ?? 1, mayLead: true };
    for (const { stepId: id, odds, mayLead } of [...(considered ?? []), shown]) {
      const step = byId.get(id);
      if (step !== undefined && !eligible.has(id)) eligible.set(id, { step, odds, mayLead });
    }
  }
  return [...eligible.values()];
}

/** As they were first shown, list after list. */
function shownIn({ offered }: KeptIncident): readonly Placed[] {
  return [...new Map(offered.map((one) => [one.stepId, one])).values()];
}

/** What a step took here, where that was recorded; else the playbook's word. */
function minutesIn(
  steps: readonly Step[],
  { offered }: KeptIncident,
  rows: readonly LedgerRow[],
): (stepId: string) => number {
  return (stepId) =>
    rows.findLast((row) => row.stepId === stepId && row.minutes !== null)?.minutes ??
    steps.find(({ id }) => id === stepId)?.minutes ??
    offered.find((one) => one.stepId === stepId)?.minutes ??
    0;
}

/** Of several fixes the one that stood first. */
function stoodOf(
  fixes: readonly string[],
  order: readonly Placed[],
  minutesOf: (stepId: string) => number,
): Stood {
  const at = order.findIndex(({ stepId }) => fixes.includes(stepId));
  const before = at < 0 ? order : order.slice(0, at);
  const stepId = order[at]?.stepId ?? fixes[0] ?? "";
  const leastMinutes = minutesOf(stepId);
  return {
    stepId,
    place: before.length + 1,
    placeOfFixes: before.filter(({ role }) => role === "fix").length + 1,
    minutes: sum(before.map((one) => minutesOf(one.stepId))) + leastMinutes,
    leastMinutes,
    first: order[0]?.stepId ?? null,
  };
}
