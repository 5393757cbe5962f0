/** The action items of an incident as whoever asked sees them, and what is said where one cannot be kept. */

import {
  actionItemsMax,
  asSentence,
  inOrder,
  isOverdue,
  type ActionItem,
} from "../postmortem/action-record.ts";
import type { IncidentId, UserId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { cut, escape, knownUrl, person } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

/** Each takes two of Slack's fifty blocks. */
const shownMax = 20;
const textMax = 300;
const yoursMax = 1_000;

/** An owner is not in Slack any more, or not in the incident's channel, which is not public. */
export type Unreached = "left" | "outside";

/** After their name. */
export const unreachedWords: Readonly<Record<Unreached, string>> = {
  left: "cannot be reached in Slack any more",
  outside: "is no member of the incident's channel any more",
};

export interface ActionList {
  readonly incident: IncidentId;
  /** "INC-42" */
  readonly name: string;
  readonly items: readonly ActionItem[];
  /** The addresses of their issues, of those that have one. */
  readonly issues: ReadonlyMap<string, string | null>;
  readonly canMakeIssues: boolean;
  /** Owners whom no reminder reaches. */
  readonly unreached: ReadonlyMap<UserId, Unreached>;
  /** What the postmortem proposes, and nobody has taken over. */
  readonly proposals: readonly string[];
  /** A day of the calendar. */
  readonly today: string;
  readonly hosts: readonly string[];
  /** What was just done, or why not. */
  readonly said?: string;
}

/** Each open item with its buttons; what was proposed below them. */
export function actionList(list: ActionList): MessageBody {
  const { incident, proposals, said } = list;
  const items = inOrder(list.items);
  const shown = items.slice(0, shownMax);
  const head = [...(said === undefined ? [] : [said]), headline(list)];
  const tail = [
    ...(items.length > shownMax ? [`${items.length - shownMax} more are in the postmortem.`] : []),
    ...(proposals.length === 0 ? [] : [proposalLine(proposals)]),
  ];
  const blocks: Block[] = [section(head.join("\n"))];
  const pen = blockPen(list.hosts);
  for (const item of shown) {
    blocks.push(
      section(itemLine(item, list, pen)),
      actions(...itemButtons(incident, item), ...issueButton(item, list)),
    );
  }
  if (tail.length > 0) blocks.push(section(tail.join("\n")));
  const lines = [...head, ...shown.map((item) => itemLine(item, list, textPen)), ...tail];
  return message(lines, [...blocks, actions(...listButtons(list))]);
}

/** "Action items of INC-42: 3 open (1 overdue), 2 closed." */
function headline({ name, items, today }: ActionList): string {
  if (items.length === 0) return `${escape(name)} has no action items on record yet.`;
  const open = items.filter(({ state }) => state === "open").length;
  const overdue = items.filter((item) => isOverdue(item, today)).length;
  const late = overdue === 0 ? "" : ` (${overdue} overdue)`;
  return `Action items of ${escape(name)}: ${open} open${late}, ${items.length - open} closed.`;
}

const closedWords = { open: "", done: " Done.", dropped: " Dropped." } as const;

function itemLine(item: ActionItem, list: ActionList, pen: Pen): string {
  const { today, hosts, issues } = list;
  const { priority, text, due, state, link } = item;
  const late = isOverdue(item, today) ? ", overdue" : "";
  const issue = issues.get(item.id) ?? null;
  const addresses = [...new Set([link, issue])].filter((each) => each !== null);
  const linked = (url: string): string =>
    knownUrl(url, hosts) === null ? escape(url) : pen.link(url, escape(url));
  const told = [
    `• ${pen.strong(priority)} ${escape(asSentence(cut(text, textMax)))}`,
    `Owner: ${ownerWords(item, list)}. Due: ${due ?? "not set"}${late}.${closedWords[state]}`,
    ...addresses.map(linked),
  ];
  return told.join(" ");
}

/** "@bo, who cannot be reached in Slack any more: Edit hands it on" */
function ownerWords({ owner, state }: ActionItem, { unreached }: ActionList): string {
  if (owner === null) return "nobody yet";
  const why = state === "open" ? unreached.get(owner) : undefined;
  const mark = why === undefined ? "" : `, who ${unreachedWords[why]} (Edit hands it on)`;
  return `${person(owner)}${mark}`;
}

export function itemButtons(incident: IncidentId, { id, state }: ActionItem) {
  const edit = button("Edit", `${actionIds.action}:edit:${id}`, `${incident} edit ${id}`);
  if (state !== "open") return [edit];
  return [button("Done", `${actionIds.action}:done:${id}`, `${incident} done ${id}`), edit];
}

/** Only where there is a repository for it, and none has been made. */
function issueButton({ id, state }: ActionItem, { incident, issues, canMakeIssues }: ActionList) {
  if (state !== "open" || !canMakeIssues || issues.has(id)) return [];
  return [button("Make an issue", `${actionIds.action}:issue:${id}`, `${incident} issue ${id}`)];
}

function listButtons({ incident, proposals }: ActionList) {
  const { length } = proposals;
  const words = length === 1 ? "Take over the proposed one" : `Take over the ${length} proposed`;
  return [
    button("Add an action item", `${actionIds.action}:add`, `${incident} add`),
    ...(length === 0 ? [] : [button(words, `${actionIds.action}:take`, `${incident} take`)]),
  ];
}

function proposalLine(proposals: readonly string[]): string {
  const shown = proposals.slice(0, shownMax).map((text) => `• ${escape(cut(text, textMax / 2))}`);
  return ["The postmortem proposes:", ...shown].join("\n");
}

export type ActionRefusal =
  | { readonly reason: "form-unclear" }
  | { readonly reason: "too-many" }
  | { readonly reason: "no-such-item" }
  | { readonly reason: "nothing-proposed" }
  | {
      readonly reason: "owner-no-person" | "owner-left" | "owner-outside";
      readonly owner: UserId;
      readonly text: string;
    }
  /** Somebody else changed it while the form was open. */
  | { readonly reason: "changed-meanwhile"; readonly by: UserId; readonly text: string };

/** Why it was not done, and the mend; what was written in the form is given back. */
export function actionRefusal(refused: ActionRefusal): string {
  switch (refused.reason) {
    case "form-unclear":
      return "It is not certain that the form opened. Click again.";
    case "too-many":
      return `An incident keeps ${actionItemsMax} action items at most; nothing was added. Put what is left into one of them.`;
    case "no-such-item":
      return "That action item is not known here. The list below is how they stand.";
    case "nothing-proposed":
      return "Nothing is proposed that is not on record already.";
    case "owner-no-person":
      return `${person(refused.owner)} is a program; nothing was saved. Name a person as the owner. ${yours(refused.text)}`;
    case "owner-left":
      return `${person(refused.owner)} ${unreachedWords.left}; nothing was saved. Name somebody else as the owner. ${yours(refused.text)}`;
    case "owner-outside":
      return `${person(refused.owner)} is no member of the incident's channel, which is not public; nothing was saved. Invite them there first, or name somebody else. ${yours(refused.text)}`;
    case "changed-meanwhile":
      return `${person(refused.by)} changed it while your form was open; nothing was saved. Edit it again as it stands now. ${yours(refused.text)}`;
  }
}

function yours(text: string): string {
  return `You wrote: ${escape(cut(text, yoursMax))}`;
}
