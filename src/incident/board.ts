/** The board: each offered step with its state and its human owner (DESIGN §4). */

import type { StepRole } from "../playbook/step.ts";
import type { OutcomeLabel, SuggestionId, UserId } from "../vocabulary.ts";
import type { Claim, Incident, OfferedList, StepOutcome } from "./incident.ts";

/** What the board needs to know of an offered step. */
export interface OnBoard {
  readonly id: SuggestionId;
  readonly stepId: string;
  readonly role: StepRole;
  readonly title: string;
  /** A model named it. */
  readonly origin?: string;
}

interface Owner {
  readonly by: UserId;
  readonly since: Date;
}

type StepState =
  | { readonly state: "free" }
  /** At least one owner, the first to come first; two are told so. */
  | { readonly state: "claimed"; readonly owners: readonly Owner[] }
  | {
      readonly state: "out";
      readonly label: Exclude<OutcomeLabel, "resolved" | "helped">;
      readonly by: UserId;
      readonly at: Date;
      /** A change told of it, and nobody. */
      readonly isObserved?: true;
      /** A model read it in the thread. */
      readonly isRead?: true;
    }
  | {
      readonly state: "good";
      readonly label: "resolved" | "helped";
      readonly by: UserId;
      readonly at: Date;
      readonly isRead?: true;
    };

export interface BoardLine {
  readonly stepId: string;
  /** The newest suggestion of the step in this incident. */
  readonly suggestion: SuggestionId;
  readonly role: StepRole;
  readonly title: string;
  readonly state: StepState;
  /** The first who said, with no check, that what it is about is not the cause. */
  readonly claimedAway?: { readonly by: UserId; readonly at: Date };
}

/**
 * One line a step, in the order in which the steps were first offered. A step that was offered in several lists is
 * one line; its newest event decides: a claim after an outcome is another try.
 */
export function boardOf(incident: Incident, offered: readonly OnBoard[]): readonly BoardLine[] {
  const ids = incident.lists.flatMap((list) => list.suggestions);
  const byId = new Map(offered.map((each) => [each.id, each]));
  const lines = new Map<string, OnBoard>();
  for (const id of ids) {
    const each = byId.get(id);
    if (each !== undefined) lines.set(each.stepId, each);
  }
  const ofModel = new Set([...lines.values()].flatMap(({ id, origin }) => origin && id));
  const all = [...lines.values()].map((each): BoardLine => ({
    stepId: each.stepId,
    suggestion: each.id,
    role: each.role,
    title: each.title,
    state: stateOf(
      incident.claims.filter((claim) => claim.stepId === each.stepId),
      incident.outcomes.filter((outcome) => outcome.stepId === each.stepId),
    ),
  }));
  // Nobody is to take up what a rule forbids by now, and nobody has to what a model named; what is in hand or done stays told.
  const isOpenTo = ({ state, stepId, suggestion }: BoardLine) =>
    state.state !== "free" ||
    !(ofModel.has(suggestion) || incident.forbidden.some((each) => each.stepId === stepId));
  return all.filter(isOpenTo);
}

function stateOf(claims: readonly Claim[], outcomes: readonly StepOutcome[]): StepState {
  const open = claims.filter(
    (claim) => !outcomes.some((outcome) => outcome.by === claim.by && outcome.at >= claim.at),
  );
  const last = outcomes.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
  const isTriedAgain = last === undefined || open.some((claim) => claim.at > last.at);
  if (open.length > 0 && isTriedAgain) return { state: "claimed", owners: ownersOf(open) };
  if (last === undefined) return { state: "free" };
  const { label, by, at } = last;
  return label === "resolved" || label === "helped"
    ? { state: "good", label, by, at }
    : { state: "out", label, by, at, ...howKnown(last) };
}

function howKnown({ source }: StepOutcome) {
  if (source === "observed") return { isObserved: true } as const;
  return source === "model" ? ({ isRead: true } as const) : {};
}

/** One entry a person, since their first open claim. */
function ownersOf(claims: readonly Claim[]): readonly Owner[] {
  const owners = new Map<UserId, Owner>();
  for (const claim of claims.toSorted((a, b) => a.at.getTime() - b.at.getTime()))
    if (!owners.has(claim.by)) owners.set(claim.by, { by: claim.by, since: claim.at });
  return [...owners.values()];
}

/** The list that people work from: the newest, and while it is not over by now, the newest that was not made in calm. */
export function listInForce({ lists, evidence }: Incident): OfferedList | undefined {
  if (evidence?.backSince !== undefined) return lists.at(-1);
  return lists.findLast(({ backSince }) => backSince === undefined) ?? lists.at(-1);
}

/** Steps that more than one person has in hand. */
export function sharedSteps(board: readonly BoardLine[]): readonly BoardLine[] {
  return board.filter((line) => line.state.state === "claimed" && line.state.owners.length > 1);
}
