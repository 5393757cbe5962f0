/** One ended incident ranked again: from the ledger as it was before it began, beside the order shown and the playbook's. */

import type { Told } from "../learning/calibration.ts";
import { sum } from "../learning/numbers.ts";
import type { Step } from "../playbook/step.ts";
import { arrange } from "./arrange.ts";
import { noDraw } from "./draw.ts";
import { ledgerBefore, type KeptIncident, type KeptLedger } from "./kept-ledger.ts";
import { thoughtOf, type Ledger } from "./learned.ts";
import { byRecording } from "./latest.ts";
import { asideBecause, rankSteps, type Eligible } from "./rank-steps.ts";
import { selfHealedIn } from "./self-healed.ts";
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
  | {
      readonly told: readonly Told[];
      readonly notCounted: "nothing-attested" | "self-healed" | "not-in-playbook";
    }
  | {
      readonly told: readonly Told[];
      readonly notCounted: null;
      readonly number: number;
      readonly stood: Readonly<Record<OrderName, Stood>>;
    };

/** `told`: of each step that was tried, its chance just before and what came. */
export function replayIncident(
  steps: readonly Step[],
  ledger: KeptLedger,
  incident: KeptIncident,
): ReplayedIncident {
  const rows = ledger.rows
    .filter(({ incidentId }) => incidentId === incident.id)
    .toSorted(byRecording);
  const tried = tallyOf(rows).filter(({ counts }) => (counts?.tried ?? 0) > 0);
  const unattested =
    incident.turns.at(-1)?.credit === "by-itself" ? "self-healed" : "nothing-attested";
  if (tried.length === 0) return { told: [], notCounted: unattested };
  const worked = new Set(tried.flatMap(({ stepId, counts }) => (counts?.worked ? [stepId] : [])));
  const past = ledgerBefore(incident.openedAt, ledger, incident.id);
  const scene = sceneOf(steps, past, incident);
  const replayed = scene.order();
  const told = rows.flatMap((row, index) => {
    const isFirst = rows.findIndex(({ stepId }) => stepId === row.stepId) === index;
    const p =
      isFirst && tried.some(({ stepId }) => stepId === row.stepId)
        ? scene.chanceOf(row.stepId)
        : null;
    scene.tell(row);
    return p === null ? [] : [{ p, hasWorked: worked.has(row.stepId) }];
  });
  const attested = rows.filter(({ role, stepId }) => role === "fix" && worked.has(stepId));
  if (attested.length === 0) return { told, notCounted: unattested };
  const fixes = attested
    .map(({ stepId }) => stepId)
    .filter((id) => steps.some((step) => step.id === id));
  if (fixes.length === 0) return { told, notCounted: "not-in-playbook" };
  const minutesOf = minutesIn(steps, incident, rows);
  const stood = {
    replayed: stoodOf(fixes, replayed, minutesOf),
    shown: stoodOf(fixes, shownIn(incident), minutesOf),
    playbook: stoodOf(fixes, sceneOf(steps, nothing, incident).order(), minutesOf),
  };
  return { told, notCounted: null, number: incident.number, stood };
}

const nothing: Ledger = { incidents: [], rows: [] };

interface Placed {
  readonly stepId: string;
  readonly role: Step["role"];
}

/** All that could have stood in the incident's lists, in the order of the present ranker on what was known before it began. */
export function orderBefore(
  steps: readonly Step[],
  ledger: KeptLedger,
  incident: KeptIncident,
): readonly Placed[] {
  return sceneOf(steps, ledgerBefore(incident.openedAt, ledger, incident.id), incident).order();
}

/** The incident with what a ledger knows, to be told of as it goes on. */
interface Scene {
  readonly order: () => readonly Placed[];
  /** null: it would not have been offered. */
  readonly chanceOf: (stepId: string) => number | null;
  readonly tell: (row: LedgerRow) => void;
}

function sceneOf(steps: readonly Step[], ledger: Ledger, incident: KeptIncident): Scene {
  const [first] = incident.offered;
  if (first === undefined) return { order: () => [], chanceOf: () => null, tell: () => undefined };
  const { symptom, service, flags, shownAt } = first;
  const { turns } = incident;
  const then = turns.findLast(({ recordedAt }) => recordedAt <= shownAt) ?? turns[0];
  const thought = thoughtOf(steps, ledger, { symptom, service, flags, text: then?.title ?? "" });
  const tallies = tallyOf(ledger.rows, selfHealedIn(ledger));
  const eligible = eligibleIn(steps, incident).filter(
    ({ step }) => asideBecause(step.id, service, tallies) === null,
  );
  const ranked = (of: readonly Eligible[]) =>
    rankSteps(of, { symptom, tallies, chances: thought.chances() });
  return {
    order: () =>
      arrange(ranked(eligible), {
        severity: then?.severity ?? 2,
        max: eligible.length,
        draw: noDraw,
      }),
    chanceOf: (id) => ranked(eligible.filter(({ step }) => step.id === id))[0]?.p ?? null,
    tell: ({ stepId, label, actor: by, at, confidence }) => {
      if (confidence > 0) thought.tell({ stepId, label, by, at });
    },
  };
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
