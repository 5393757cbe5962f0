/** A click on one of our buttons or menus: which deed it is, and who does it. */

import { parseClick } from "../message/actions.ts";
import type { Click } from "../message/actions.ts";
import { hiddenRules, leftOutSteps } from "../message/asides.ts";
import { whyThisOrder } from "../message/answers.ts";
import { helpMessage } from "../message/help.ts";
import type { OfferedList } from "../incident/incident.ts";
import type { MessageBody } from "../message/body.ts";
import { fellMessage } from "../message/model-words.ts";
import { parseFellClick } from "../message/question-words.ts";
import type { IncidentId, SuggestionId, UserId } from "../vocabulary.ts";
import { askSeverity } from "./ask-severity.ts";
import { stillOn } from "./ask-quiet.ts";
import { declare } from "./begin-incident.ts";
import { labelCause } from "./ask-cause.ts";
import { nameStep } from "./name-step.ts";
import { resolve, setFact } from "./change-incident.ts";
import type { Fact } from "./change-incident.ts";
import { claimStep, recordOutcome } from "./record-outcome.ts";
import { askForRule, revokeRule } from "./keep-rules.ts";
import { recordDriver } from "./observe-deeds.ts";
import { recordPointer } from "./record-pointer.ts";
import { clickPostmortem } from "./click-postmortem.ts";
import { lookAgain } from "./look-again.ts";
import { declareAlert } from "./open-alert-channel.ts";
import type { World } from "./ports.ts";
import { showIncident, suggestionsOf } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { takeBackWord } from "./take-back.ts";
import { refuse, tell } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface ClickEvent extends Asker {
  readonly actionId: string;
  readonly value: string;
  readonly triggerId?: string | null;
}

export async function handleClick(world: World, event: ClickEvent): Promise<void> {
  if (await world.store.wasHandled(world.workspace, [event.job])) return;
  const fell = parseFellClick(event.actionId, event.value);
  if (fell !== null) return explainAnswer(world, event, fell);
  const click = parseClick(event.actionId, event.value);
  if (click === null) return refuse(world, event, { reason: "unknown-button" });
  return act(world, event, click);
}

async function act(world: World, event: ClickEvent, click: Click): Promise<void> {
  if ("suggestion" in click) return sayOfStep(world, event, click);
  const fact = factOf(click, event.user);
  if (fact !== null && "incident" in click) {
    return setFact(world, { ...event, incident: click.incident }, fact);
  }
  if ("deed" in click || click.kind === "postmortem-part")
    return clickPostmortem(world, { ...event, incident: click.incident }, click);
  if ("list" in click) return explainList(world, event, click);
  if ("incident" in click) return onIncident(world, { ...event, incident: click.incident }, click);
  switch (click.kind) {
    case "declare":
      return declare(world, { ...event, title: click.title });
    case "add-rule":
      return askForRule(world, event);
    case "revoke-rule":
      return revokeRule(world, event, click.rule);
    case "help":
      return tell(world, event, helpMessage(world.model !== null));
    case "declare-alert":
      return declareAlert(world, { ...event, group: click.group });
    case "page":
      return;
  }
}

function onIncident(
  world: World,
  event: ClickEvent & { readonly incident: IncidentId },
  click: Extract<Click, { incident: IncidentId }>,
): Promise<void> | void {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- `act` names every other kind
  switch (click.kind) {
    case "ask-severity":
      return askSeverity(world, { ...event, incident: click.incident });
    case "steps":
      return lookAgain(world, event);
    case "resolve":
      return resolve(world, { ...event, over: click.at });
    case "still-on":
      return stillOn(world, event);
    case "cause":
      return labelCause(world, { ...event, cause: click.cause });
    case "named":
      return nameStep(world, { ...event, stepId: click.stepId });
    default:
      return;
  }
}

/** What it adds to its incident as it is; null: it does something else. */
function factOf(click: Click, by: UserId): Fact | null {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- `act` names every other kind
  switch (click.kind) {
    case "more":
      return { kind: "list-expanded", list: click.list, by };
    case "lead":
      return { kind: "lead-set", lead: by };
    case "mute":
      return { kind: "muted", by };
    case "resume":
      return { kind: "resumed", by };
    case "severity":
      return { kind: "severity-set", severity: click.severity };
    case "credit":
      return { kind: "credited", credit: click.credit, by };
    default:
      return null;
  }
}

function sayOfStep(
  world: World,
  event: ClickEvent,
  click: Extract<Click, { suggestion: SuggestionId }>,
): Promise<void> {
  switch (click.kind) {
    case "claim":
      return claimStep(world, { ...event, ...click });
    case "take-back":
      return takeBackWord(world, { ...event, ...click });
    case "outcome":
      return recordOutcome(world, { ...event, ...click });
    case "pointer":
      return recordPointer(world, { ...event, ...click });
    case "driven":
      return recordDriver(world, { ...event, ...click });
  }
}

async function explainAnswer(
  world: World,
  event: ClickEvent,
  { incident, ts }: NonNullable<ReturnType<typeof parseFellClick>>,
): Promise<void> {
  const stored = await world.store.incident(world.workspace, incident);
  const shown = stored === null ? null : await showIncident(world, stored);
  const answer = shown?.incident.questions.find((each) => each.ts === ts)?.answer ?? null;
  if (answer === null) return refuse(world, event, { reason: "unknown-button" });
  return tell(world, event, fellMessage(answer.fell));
}

async function explainList(
  world: World,
  event: ClickEvent,
  click: Extract<Click, { kind: "more" | "why-order" | "hidden" | "left-out" | "fell" }>,
): Promise<void> {
  const stored = await world.store.incident(world.workspace, click.incident);
  const shown = stored === null ? null : await showIncident(world, stored);
  const list = shown?.incident.lists.find((each) => each.list === click.list);
  if (shown === null || list === undefined) {
    return refuse(world, event, { reason: "unknown-button" });
  }
  return tell(world, event, explained(click.kind, shown, list));
}

function explained(
  kind: "more" | "why-order" | "hidden" | "left-out" | "fell",
  shown: Shown,
  list: OfferedList,
): MessageBody {
  switch (kind) {
    case "hidden":
      return hiddenRules(
        list.hiddenByRule.map((rule) => ({ title: rule.title, constraint: rule })),
      );
    case "left-out":
      return leftOutSteps(list.leftOut);
    case "fell":
      return fellMessage(list.fell);
    case "more":
    case "why-order":
      return whyThisOrder(suggestionsOf(shown, list));
  }
}
