/** An action item as an issue on GitHub, and how what was changed on either side comes to the other. */

import { actionTextMax, type ActionItem, type ActionTold } from "./action-record.ts";
import { issueMark, quiet } from "./issue.ts";

/** GitHub's limit, in characters. */
const titleMax = 256;
const begin = "<!-- kept by Hindsight -->";
const end = "<!-- write below this line -->";
const block = new RegExp(`${begin}[^]*?${end}`);

/** How one reads. */
export interface IssueReading {
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "completed" | "not_planned";
}

/** What was told when one last came to the other. */
export interface Agreed {
  /** The issue's. */
  readonly title: string;
  /** What the item's text made for a title; another one where the text is too long for it. */
  readonly own: string;
  readonly state: ActionTold["state"];
}

const stateOfIssue = { open: "open", completed: "done", not_planned: "dropped" } as const;
const stateOfItem = { open: "open", done: "completed", dropped: "not_planned" } as const;

export function titleOfItem({ text }: Pick<ActionTold, "text">): string {
  const line = oneLine(text.trim().split("\n", 1).join(""));
  return line.length > titleMax ? `${line.slice(0, titleMax - 1).trimEnd()}…` : line;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A title that is cut holds only the beginning of what is to be done. */
function isWhole(item: Pick<ActionTold, "text">): boolean {
  return titleOfItem(item) === oneLine(item.text);
}

export interface ItemNamed {
  readonly item: ActionItem;
  /** "INC-42" */
  readonly incident: string;
  /** As they are called; null: nobody owns it. */
  readonly owner: string | null;
  /** Of the issue itself, where that is its link. */
  readonly url: string | null;
}

/** Ours is a block at the top; what people wrote beside it stays. `before`: null for a new one. */
export function bodyOfItem(before: string | null, named: ItemNamed): string {
  const ours = blockOf(named);
  if (before === null || before.trim() === "") return `${ours}\n`;
  return block.test(before) ? before.replace(block, () => ours) : `${ours}\n\n${before}`;
}

function blockOf({ item, incident, owner, url }: ItemNamed): string {
  const { text, due, priority, link, id } = item;
  const who = `Owner: ${quiet(owner ?? "nobody yet")}. Due: ${due ?? "not set"}. Priority: ${priority}.`;
  const lines = [
    ...(isWhole(item) ? [] : [quiet(text.trim())]),
    who,
    ...(link === null || link === url ? [] : [link]),
    `Action item of ${incident}. ${issueMark(id)}; closing it closes it there too.`,
  ];
  return [begin, ...lines, end].join("\n\n");
}

export interface Mirroring {
  /** What the item is to say; the same as it says where nothing was changed there. */
  readonly told: ActionTold;
  /** What the issue is to say other than it does; null: nothing. */
  readonly change: Partial<IssueReading> | null;
  readonly agreed: Agreed;
}

/** What was changed on one side since both agreed goes to the other; where both were changed GitHub's counts, for it is the newer one that we know of. */
export function mirrored(named: ItemNamed, issue: IssueReading, agreed: Agreed): Mirroring {
  const { item } = named;
  const there = stateOfIssue[issue.state];
  const state = there === agreed.state ? item.state : there;
  const theirs = oneLine(issue.title);
  const isRenamed = theirs !== "" && theirs !== agreed.title;
  const text = isRenamed && isWhole(item) ? theirs.slice(0, actionTextMax) : item.text;
  const told: ActionTold = { ...toldOf(item), state, text };
  const own = titleOfItem(told);
  const title = isRenamed || own === agreed.own ? theirs : own;
  const body = bodyOfItem(issue.body, { ...named, item: { ...item, ...told } });
  const change = {
    ...(title === theirs ? {} : { title }),
    ...(body.trim() === issue.body.trim() ? {} : { body }),
    ...(state === there ? {} : { state: stateOfItem[state] }),
  };
  return {
    told,
    change: Object.keys(change).length === 0 ? null : change,
    agreed: { title, own, state },
  };
}

function toldOf({ text, owner, due, priority, state, link }: ActionTold): ActionTold {
  return { text, owner, due, priority, state, link };
}
