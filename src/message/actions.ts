/** What a click means: the ids and values that buttons carry, and the way back from them to a deed. */

import type { Rule } from "../catalog/rule.ts";
import {
  causes,
  credits,
  driveAnswers,
  outcomeLabels,
  pointers,
  severities,
  type ActionId,
  type Cause,
  type Credit,
  type DriveAnswer,
  type IncidentId,
  type OutcomeLabel,
  type Pointer,
  type Severity,
  type SuggestionId,
} from "../vocabulary.ts";

/** Ids of buttons and menus. Where one block holds several of a kind, `:` and a word follow. */
export const actionIds = {
  claim: "step:claim",
  outcome: "step:outcome",
  pointer: "step:pointer",
  driven: "step:driven",
  more: "step:more",
  whyOrder: "step:why-order",
  hidden: "step:hidden",
  leftOut: "step:left-out",
  fell: "step:fell",
  steps: "incident:steps",
  lead: "incident:lead",
  severity: "incident:severity",
  mute: "incident:mute",
  resume: "incident:resume",
  resolve: "incident:resolve",
  stillOn: "incident:still-on",
  credit: "incident:credit",
  cause: "incident:cause",
  named: "incident:named",
  declare: "incident:declare",
  declareAlert: "alert:declare",
  addRule: "rule:add",
  revokeRule: "rule:revoke",
  openPage: "incident:open-page",
  help: "help:show",
  postmortem: "postmortem:do",
  action: "action:do",
} as const;

const postmortemDeeds = ["edit", "review", "publish"] as const;
type PostmortemDeed = (typeof postmortemDeeds)[number];

const actionDeeds = ["add", "take"] as const;
const itemDeeds = ["edit", "done", "issue"] as const;

export type Click =
  /** Adds an action item, or takes over those that the postmortem proposes. */
  | {
      readonly kind: "action";
      readonly incident: IncidentId;
      readonly deed: (typeof actionDeeds)[number];
    }
  | {
      readonly kind: "action-item";
      readonly incident: IncidentId;
      readonly deed: (typeof itemDeeds)[number];
      readonly item: ActionId;
    }
  /** What pointed to the fix `suggestion`; `check` where it was one. */
  | {
      readonly kind: "pointer";
      readonly suggestion: SuggestionId;
      readonly pointer: Pointer;
      readonly check: SuggestionId | null;
    }
  | { readonly kind: "claim" | "take-back"; readonly suggestion: SuggestionId }
  | { readonly kind: "outcome"; readonly suggestion: SuggestionId; readonly label: OutcomeLabel }
  | { readonly kind: "driven"; readonly suggestion: SuggestionId; readonly answer: DriveAnswer }
  | {
      readonly kind: "more" | "why-order" | "hidden" | "left-out" | "fell";
      readonly incident: IncidentId;
      readonly list: number;
    }
  | {
      readonly kind: "steps" | "lead" | "mute" | "resume" | "still-on" | "ask-severity";
      readonly incident: IncidentId;
    }
  /** `at`: when it was over, where the button says so; null: now. */
  | { readonly kind: "resolve"; readonly incident: IncidentId; readonly at: Date | null }
  /** `group`: of alerts. */
  | { readonly kind: "declare-alert"; readonly group: string }
  | { readonly kind: "severity"; readonly incident: IncidentId; readonly severity: Severity }
  | { readonly kind: "credit"; readonly incident: IncidentId; readonly credit: Credit }
  | { readonly kind: "cause"; readonly incident: IncidentId; readonly cause: Cause }
  /** A step of the playbook that no list had offered, as what ended it. */
  | { readonly kind: "named"; readonly incident: IncidentId; readonly stepId: string }
  | { readonly kind: "declare"; readonly title: string }
  | { readonly kind: "add-rule" }
  | { readonly kind: "revoke-rule"; readonly rule: Rule["id"] }
  | { readonly kind: "postmortem"; readonly incident: IncidentId; readonly deed: PostmortemDeed }
  /** A part of a postmortem, by its version and its place in it. */
  | {
      readonly kind: "postmortem-part";
      readonly incident: IncidentId;
      readonly version: number;
      readonly index: number;
    }
  /** A button that only opens a page: nothing to do. */
  | { readonly kind: "page" | "help" };

const incidentKinds = {
  [actionIds.steps]: "steps",
  [actionIds.lead]: "lead",
  [actionIds.mute]: "mute",
  [actionIds.resume]: "resume",
  [actionIds.stillOn]: "still-on",
} as const;
const listKinds = {
  [actionIds.more]: "more",
  [actionIds.whyOrder]: "why-order",
  [actionIds.hidden]: "hidden",
  [actionIds.leftOut]: "left-out",
  [actionIds.fell]: "fell",
} as const;

/** `value`: the button's, or that of the menu's chosen option. null: nothing of ours, or spoilt. */
export function parseClick(actionId: string, value: string): Click | null {
  const [noun, verb] = actionId.split(":");
  const id = `${noun}:${verb}`;
  if (id === actionIds.openPage) return { kind: "page" };
  if (id === actionIds.declare) return { kind: "declare", title: value };
  if (id === actionIds.declareAlert) return { kind: "declare-alert", group: value };
  if (id === actionIds.help) return { kind: "help" };
  if (id === actionIds.addRule) return { kind: "add-rule" };
  if (id === actionIds.revokeRule && isRule(value)) return { kind: "revoke-rule", rule: value };
  const [first = "", second = ""] = value.split(" ");
  if (isSuggestion(first)) return ofSuggestion(id, first, second);
  if (!isIncident(first)) return null;
  if (id === actionIds.action) return ofAction(first, value);
  return id === actionIds.postmortem ? ofPostmortem(first, value) : ofIncident(id, first, second);
}

function ofAction(incident: IncidentId, value: string): Click | null {
  const [, word = "", item = ""] = value.split(" ");
  const deed = actionDeeds.find((each) => each === word);
  if (deed !== undefined) return { kind: "action", incident, deed };
  const itemDeed = itemDeeds.find((each) => each === word);
  return itemDeed !== undefined && isAction(item)
    ? { kind: "action-item", incident, deed: itemDeed, item }
    : null;
}

function ofPostmortem(incident: IncidentId, value: string): Click | null {
  const [, word = "", version = "", index = ""] = value.split(" ");
  const deed = postmortemDeeds.find((each) => each === word);
  if (deed !== undefined) return { kind: "postmortem", incident, deed };
  const isPart = word === "part" && /^\d{1,9}$/.test(version) && /^\d{1,4}$/.test(index);
  return isPart
    ? { kind: "postmortem-part", incident, version: Number(version), index: Number(index) }
    : null;
}

function ofSuggestion(id: string, suggestion: SuggestionId, word: string): Click | null {
  if (id === actionIds.claim || word === "claim") return { kind: "claim", suggestion };
  if (id === actionIds.pointer) {
    if (isSuggestion(word)) return { kind: "pointer", suggestion, pointer: "check", check: word };
    const pointer = pointers.find((each) => each === word && each !== "check");
    return pointer === undefined ? null : { kind: "pointer", suggestion, pointer, check: null };
  }
  const answer = driveAnswers.find((each) => each === word);
  if (id === actionIds.driven && answer !== undefined)
    return { kind: "driven", suggestion, answer };
  if (id === actionIds.outcome && word === "take-back") return { kind: "take-back", suggestion };
  const label = outcomeLabels.find((each) => each === word);
  if (id === actionIds.outcome && label !== undefined)
    return { kind: "outcome", suggestion, label };
  return null;
}

function ofIncident(id: string, incident: IncidentId, word: string): Click | null {
  if (isKey(incidentKinds, id)) return { kind: incidentKinds[id], incident };
  if (id === actionIds.resolve) {
    return {
      kind: "resolve",
      incident,
      at: /^\d{1,11}$/.test(word) ? new Date(Number(word) * 1000) : null,
    };
  }
  if (isKey(listKinds, id) && /^\d{1,6}$/.test(word))
    return { kind: listKinds[id], incident, list: Number(word) };
  if (id === actionIds.severity) {
    const severity = severities.find((each) => String(each) === word);
    return severity === undefined
      ? { kind: "ask-severity", incident }
      : { kind: "severity", incident, severity };
  }
  if (id === actionIds.named && word !== "") return { kind: "named", incident, stepId: word };
  const cause = causes.find((each) => each === word);
  if (id === actionIds.cause && cause !== undefined) return { kind: "cause", incident, cause };
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
export function isAction(value: string): value is ActionId {
  return value.startsWith("act_");
}
function isRule(value: string): value is Rule["id"] {
  return value.startsWith("rul_");
}
export function isIncident(value: string): value is IncidentId {
  return value.startsWith("inc_");
}
