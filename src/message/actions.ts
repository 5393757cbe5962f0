/** What a click means: the ids and values that buttons carry, and the way back from them to a deed. */

import type { Rule } from "../catalog/rule.ts";
import {
  credits,
  outcomeLabels,
  severities,
  type Credit,
  type IncidentId,
  type OutcomeLabel,
  type Severity,
  type SuggestionId,
} from "../vocabulary.ts";

/** Ids of buttons and menus. Where one block holds several of a kind, `:` and a word follow. */
export const actionIds = {
  claim: "step:claim",
  outcome: "step:outcome",
  more: "step:more",
  whyOrder: "step:why-order",
  hidden: "step:hidden",
  steps: "incident:steps",
  lead: "incident:lead",
  severity: "incident:severity",
  mute: "incident:mute",
  resume: "incident:resume",
  resolve: "incident:resolve",
  stillOn: "incident:still-on",
  credit: "incident:credit",
  declare: "incident:declare",
  addRule: "rule:add",
  revokeRule: "rule:revoke",
  openPage: "incident:open-page",
} as const;

export type Click =
  | { readonly kind: "claim"; readonly suggestion: SuggestionId }
  | { readonly kind: "outcome"; readonly suggestion: SuggestionId; readonly label: OutcomeLabel }
  | {
      readonly kind: "more" | "why-order" | "hidden";
      readonly incident: IncidentId;
      readonly list: number;
    }
  | {
      readonly kind: "steps" | "lead" | "mute" | "resume" | "resolve" | "still-on" | "ask-severity";
      readonly incident: IncidentId;
    }
  | { readonly kind: "severity"; readonly incident: IncidentId; readonly severity: Severity }
  | { readonly kind: "credit"; readonly incident: IncidentId; readonly credit: Credit }
  | { readonly kind: "declare"; readonly title: string }
  | { readonly kind: "add-rule" }
  | { readonly kind: "revoke-rule"; readonly rule: Rule["id"] }
  /** A button that only opens a page: nothing to do. */
  | { readonly kind: "page" };

const incidentKinds = {
  [actionIds.steps]: "steps",
  [actionIds.lead]: "lead",
  [actionIds.mute]: "mute",
  [actionIds.resume]: "resume",
  [actionIds.resolve]: "resolve",
  [actionIds.stillOn]: "still-on",
} as const;
const listKinds = {
  [actionIds.more]: "more",
  [actionIds.whyOrder]: "why-order",
  [actionIds.hidden]: "hidden",
} as const;

/** `value`: the button's, or that of the menu's chosen option. null: nothing of ours, or spoilt. */
export function parseClick(actionId: string, value: string): Click | null {
  const [noun, verb] = actionId.split(":");
  const id = `${noun}:${verb}`;
  if (id === actionIds.openPage) return { kind: "page" };
  if (id === actionIds.declare) return { kind: "declare", title: value };
  if (id === actionIds.addRule) return { kind: "add-rule" };
  if (id === actionIds.revokeRule && isRule(value)) return { kind: "revoke-rule", rule: value };
  const [first = "", second = ""] = value.split(" ");
  if (isSuggestion(first)) return ofSuggestion(id, first, second);
  return isIncident(first) ? ofIncident(id, first, second) : null;
}

function ofSuggestion(id: string, suggestion: SuggestionId, word: string): Click | null {
  if (id === actionIds.claim || word === "claim") return { kind: "claim", suggestion };
  const label = outcomeLabels.find((each) => each === word);
  if (id === actionIds.outcome && label !== undefined)
    return { kind: "outcome", suggestion, label };
  return null;
}

function ofIncident(id: string, incident: IncidentId, word: string): Click | null {
  if (isKey(incidentKinds, id)) return { kind: incidentKinds[id], incident };
  if (isKey(listKinds, id) && /^\d{1,6}$/.test(word))
    return { kind: listKinds[id], incident, list: Number(word) };
  if (id === actionIds.severity) {
    const severity = severities.find((each) => String(each) === word);
    return severity === undefined
      ? { kind: "ask-severity", incident }
      : { kind: "severity", incident, severity };
  }
  const credit = credits.find((each) => each === word);
  if (id === actionIds.credit && credit !== undefined) return { kind: "credit", incident, credit };
  return null;
}

function isKey<T extends object>(record: T, key: string): key is string & keyof T {
  return Object.hasOwn(record, key);
}
function isSuggestion(value: string): value is SuggestionId {
  return value.startsWith("sug_");
}
function isRule(value: string): value is Rule["id"] {
  return value.startsWith("rul_");
}
function isIncident(value: string): value is IncidentId {
  return value.startsWith("inc_");
}
