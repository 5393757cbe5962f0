/** A postmortem as it is shown in Slack: how it stands, its text, its headings, and a conflict with both texts. */

import { plainText } from "../postmortem/markdown.ts";
import type { MarkdownPart } from "../postmortem/parts.ts";
import { titleOf, unwritten } from "../postmortem/parts.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import { stateWords } from "../postmortem/version.ts";
import type { IncidentId, UserId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, linkButton, section, sections } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { cut, escape, link, person, plain } from "./escape.ts";
import { message, textPen, blockPen, type Pen } from "./pen.ts";
import { postmortemCommand } from "./postmortem-commands.ts";

const titleMax = 80;
/** Beyond this nobody reads on in a chat; the file holds all of it. */
const shownMax = 11_000;
/** Of each text of a conflict. */
const conflictMax = 1_300;
/** Slack's limit of buttons in one row. */
const buttonsPerRow = 25;

export interface PostmortemView {
  readonly incident: IncidentId;
  /** "INC-42" */
  readonly name: string;
  readonly head: PostmortemVersion;
}

/** One an incident, in its thread, edited in place. `page`: where it can be read and edited; null: nowhere. */
export function postmortemMessage(
  { incident, name, head }: PostmortemView,
  page: string | null,
): MessageBody {
  const lines = (pen: Pen): readonly string[] => {
    const left = unwritten(head.markdown).map((title) => escape(cut(title, titleMax)));
    return [
      `${pen.strong(`Postmortem of ${escape(name)}`)}: ${stateWords[head.state]}, version ${head.version} by ${person(head.author)}, ${pen.clock(head.at)}.`,
      left.length === 0 ? "" : `Nobody has written yet: ${left.join(", ")}.`,
      `${pen.code(`${postmortemCommand} show`)} reads it, ${pen.code(`${postmortemCommand} export`)} gives it out.`,
    ].filter((line) => line !== "");
  };
  const [id, value] = [actionIds.postmortem, incident];
  return message(lines(textPen), [
    ...sections(lines(blockPen([]))),
    actions(
      button("Edit", `${id}:edit`, `${value} edit`),
      ...(head.state === "draft"
        ? [button("Ask for review", `${id}:review`, `${value} review`)]
        : []),
      ...(head.state === "published"
        ? []
        : [button("Publish", `${id}:publish`, `${value} publish`)]),
      ...(page === null ? [] : [linkButton("Open page", actionIds.openPage, page)]),
    ),
  ]);
}

/** `hosts`: where links may lead. */
export function postmortemText(
  { name, head }: PostmortemView,
  hosts: readonly string[],
): MessageBody {
  const text = cut(head.markdown, shownMax);
  const rest =
    text.length < head.markdown.length ? [`The rest: ${postmortemCommand} export file.`] : [];
  const state = `${escape(name)}, version ${head.version}, ${stateWords[head.state]}`;
  const shown = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("<!--"));
  return message(
    [state, ...shown.map((line) => inWords(line, [])), ...rest],
    sections([state, ...shown.map((line) => inWords(line, hosts)), ...rest]),
  );
}

/** A line of Markdown as a line of mrkdwn: headings strong, links kept where they lead to `hosts`, all else as it reads. */
function inWords(line: string, hosts: readonly string[]): string {
  const heading = /^#{1,6} +(.*)$/.exec(line)?.[1];
  if (heading !== undefined) return `*${words(heading, hosts)}*`;
  return words(line.replace(/^- (?:\[ \] )?/, "• "), hosts);
}

const linked = /(?<!\\)\[((?:\\.|[^\]\\])*)\]\((https?:\/\/[^\s)]+)\)/g;

function words(text: string, hosts: readonly string[]): string {
  let end = 0;
  let told = "";
  for (const found of text.matchAll(linked)) {
    const [whole, label = "", url = ""] = found;
    told += unescaped(text.slice(end, found.index)) + link(url, unescaped(label), hosts);
    end = found.index + whole.length;
  }
  return told + unescaped(text.slice(end));
}

/** As it reads, then escaped for Slack. */
function unescaped(markdown: string): string {
  return escape(plainText(markdown));
}

/** A button for each heading. */
export function headingsMessage(
  { incident, name, head }: PostmortemView,
  parts: readonly MarkdownPart[],
): MessageBody {
  const line = `Which part of the postmortem of ${escape(name)}?`;
  const buttons = parts.map((part, index) =>
    button(
      cut(plain(titleOf(part)), titleMax - 10),
      `${actionIds.postmortem}:part:${index}`,
      partValue(incident, head.version, index),
    ),
  );
  const rows: Block[] = [];
  for (let at = 0; at < buttons.length; at += buttonsPerRow)
    rows.push(actions(...buttons.slice(at, at + buttonsPerRow)));
  return message(
    [line, ...parts.map((part) => `• ${escape(titleOf(part))}`)],
    [section(line), ...rows],
  );
}

function partValue(incident: IncidentId, version: number, index: number): string {
  return `${incident} part ${version} ${index}`;
}

export interface Conflict {
  readonly incident: IncidentId;
  readonly name: string;
  readonly headings: readonly string[];
  /** Whose edit was quicker, and which version that is. */
  readonly by: UserId;
  readonly version: number;
  readonly theirs: string;
  readonly mine: string;
  /** Where mine is kept, and what it was about. */
  readonly kept: { readonly version: number; readonly index: number };
}

/** To whoever was later: both texts, and a way to bring them together. */
export function conflictMessage(conflict: Conflict): MessageBody {
  const { incident, name, headings, by, version, theirs, mine, kept } = conflict;
  const what = headings.map((title) => `"${escape(cut(plain(title), titleMax))}"`).join(", ");
  const lines = [
    `${person(by)} changed ${what} of the postmortem of ${escape(name)} before you saved (version ${version}). Yours was not put over it; it is kept as version ${kept.version}.`,
    `Theirs: ${quote(theirs)}`,
    `Yours: ${quote(mine)}`,
  ];
  return message(lines, [
    ...sections(lines),
    actions(
      button(
        "Edit with both in view",
        `${actionIds.postmortem}:part:${kept.index}`,
        partValue(incident, kept.version, kept.index),
      ),
    ),
  ]);
}

function quote(text: string): string {
  return escape(cut(text.trim(), conflictMax));
}

/** To whoever changed what was published. */
export const againInReview = "It was published, and is in review again.";

/** One sentence to whoever asked. */
export function postmortemAnswer(line: string): MessageBody {
  return message([line], [section(line)]);
}
