/** Who is told of an action item that is due soon, or was: its owner, and whoever can hand it on where no reminder reaches them. */

import type { ActionItem } from "../postmortem/action-record.ts";
import { itemButtons, unreachedWords, type Unreached } from "./action-list.ts";
import { actions, section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { message } from "./pen.ts";

const textMax = 300;

export interface DueAction {
  readonly item: ActionItem;
  /** "INC-42" */
  readonly name: string;
  readonly due: string;
  readonly when: "before" | "after";
}

/** To its owner alone. */
export function actionReminder(told: DueAction): MessageBody {
  const { item, name } = told;
  const line = `Your action item of ${escape(name)} ${isDue(told)}: ${escape(cut(item.text, textMax))}`;
  return message([line], [section(line), actions(...itemButtons(item.incidentId, item))]);
}

/** To whoever led, with its buttons; else in the incident's thread, as one line. */
export function unreachedReminder(told: DueAction, why: Unreached, isToLead: boolean): MessageBody {
  const { item, name } = told;
  const owner = item.owner === null ? "its owner" : `its owner ${person(item.owner)}`;
  const line = `An action item of ${escape(name)}, "${escape(cut(item.text, textMax))}", ${isDue(told)}, and ${owner} ${unreachedWords[why]}. "/postmortem actions ${escape(name)}" hands it on.`;
  const buttons = isToLead ? [actions(...itemButtons(item.incidentId, item))] : [];
  return message([line], [section(line), ...buttons]);
}

function isDue({ due, when }: DueAction): string {
  return when === "before" ? `is due on ${due}` : `was due on ${due} and is open still`;
}
