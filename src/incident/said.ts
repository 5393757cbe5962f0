/** The part of the fold that the ledger learns from: steps that were offered, words on them and on causes, and what was asked. */

import { keyOf } from "../suggestion/claim.ts";
import type { ClaimedAway, Incident, Observed, OfferedList } from "./incident.ts";
import { withModelRead } from "./model-read.ts";
import type { TimelineFact } from "./timeline.ts";

const saidKinds = [
  "suggested",
  "model-read",
  "list-expanded",
  "forbidden",
  "claimed",
  "claimed-away",
  "outcome",
  "withdrawn",
  "not-counted",
  "observed",
  "driven",
  "credited",
  "pointed",
  "cause-labelled",
  "asked",
] as const;
export type Said = Extract<TimelineFact, { kind: (typeof saidKinds)[number] }>;

export function isSaid(fact: TimelineFact): fact is Said {
  return saidKinds.some((kind) => kind === fact.kind);
}

export function said(incident: Incident, fact: Said, at: Date): Incident {
  switch (fact.kind) {
    case "suggested":
      return { ...incident, lists: [...incident.lists, listOf(fact, at)] };
    case "model-read":
      return withModelRead(incident, fact, at);
    case "list-expanded":
      return { ...incident, lists: incident.lists.map((list) => expanded(list, fact.list)) };
    case "forbidden":
      return { ...incident, forbidden: fact.steps };
    case "claimed":
      return { ...incident, claims: [...others(incident.claims, fact), without(fact, at)] };
    case "claimed-away":
      return { ...incident, claimedAway: withClaim(incident.claimedAway, without(fact, at)) };
    case "outcome":
      return { ...incident, outcomes: [...others(incident.outcomes, fact), without(fact, at)] };
    case "withdrawn":
      return fact.what === "claim"
        ? { ...incident, claims: others(incident.claims, fact) }
        : { ...incident, outcomes: others(incident.outcomes, fact) };
    case "not-counted":
      return incident;
    case "observed":
      return { ...incident, observed: [...incident.observed, unanswered(fact, at)] };
    case "driven":
      return { ...incident, observed: incident.observed.map((each) => answered(each, fact)) };
    case "credited":
      return { ...incident, credit: { credit: fact.credit, by: fact.by } };
    case "pointed": {
      const earlier = incident.pointed.filter(({ by }) => by !== fact.by);
      return { ...incident, pointed: [...earlier, without(fact, at)] };
    }
    case "cause-labelled":
      return { ...incident, cause: { cause: fact.cause, by: fact.by } };
    case "asked": {
      const { kind: _kind, question, ...where } = fact;
      return { ...incident, asked: { [question]: where, ...incident.asked } };
    }
  }
}

function listOf(fact: Extract<TimelineFact, { kind: "suggested" }>, at: Date): OfferedList {
  const { kind: _kind, hiddenByRule = [], leftOutAsDone = 0, leftOut = [], ...rest } = fact;
  const { unread = [] } = rest;
  const known = { hiddenByRule, leftOutAsDone, leftOut, unread };
  return { ...rest, ...known, at, isExpanded: false, fell: [] };
}

/** Older ones are forgotten. */
const claimedAwayMax = 20;

function withClaim(all: readonly ClaimedAway[], claim: ClaimedAway): readonly ClaimedAway[] {
  const isSame = ({ by, about }: ClaimedAway) =>
    by === claim.by && keyOf(about) === keyOf(claim.about);
  return [...all.filter((each) => !isSame(each)), claim].slice(-claimedAwayMax);
}

function expanded(list: OfferedList, number: number): OfferedList {
  return list.list === number ? { ...list, isExpanded: true } : list;
}

function unanswered(fact: Extract<TimelineFact, { kind: "observed" }>, at: Date): Observed {
  return { ...without(fact, at), answers: [] };
}

function answered(
  observed: Observed,
  { suggestion, answer, by }: Extract<TimelineFact, { kind: "driven" }>,
): Observed {
  if (observed.suggestion !== suggestion) return observed;
  const byOthers = observed.answers.filter((each) => each.by !== by);
  return { ...observed, answers: [...byOthers, { answer, by }] };
}

/** The fact itself with its time, its kind left out. */
export function without<T extends { readonly kind: string }>(fact: T, at: Date) {
  const { kind: _kind, ...rest } = fact;
  return { ...rest, at };
}

/** All but this actor's earlier word on this suggestion: the latest counts, it moves and never adds. */
function others<T extends { readonly suggestion: string; readonly by: string }>(
  all: readonly T[],
  of: { readonly suggestion: string; readonly by: string },
): readonly T[] {
  return all.filter((each) => each.suggestion !== of.suggestion || each.by !== of.by);
}
