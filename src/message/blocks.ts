/** Slack's blocks as plain values; Slack's limits hold for whatever is put in. */

import type { Block, MessageBody } from "./body.ts";
import { cut, plain } from "./escape.ts";

/** Slack's published limits, in characters unless the name says otherwise. */
export const limits = {
  sectionText: 3000,
  altText: 2000,
  buttonText: 75,
  optionText: 75,
  value: 2000,
  optionValue: 150,
  messageText: 3000,
  contextElements: 10,
  actionsElements: 25,
  overflowOptions: 5,
  selectOptions: 100,
  messageBlocks: 50,
} as const;

interface PlainText {
  readonly type: "plain_text";
  readonly text: string;
  readonly emoji: false;
}

export interface Option {
  readonly text: string;
  readonly value: string;
}

/** A button or a menu. */
export interface Element {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** `text` is mrkdwn, what came from outside in it escaped already. `verbatim`: Slack links nothing by itself. */
function mrkdwn(text: string) {
  return { type: "mrkdwn", text: cut(text, limits.sectionText), verbatim: true } as const;
}

function plainText(text: string, max: number): PlainText {
  return { type: "plain_text", text: cut(plain(text), max) || "…", emoji: false };
}

export function section(text: string): Block {
  return { type: "section", text: mrkdwn(text) };
}

/** The lines in as few sections as hold them whole. */
export function sections(lines: readonly string[]): readonly Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const joined = texts.length === 0 ? line : `${texts.at(-1)}\n${line}`;
    if (texts.length > 0 && joined.length <= limits.sectionText) texts.pop();
    texts.push(joined.length <= limits.sectionText ? joined : line);
  }
  return texts.map(section);
}

/** Texts beyond Slack's ten are joined into the tenth. */
export function context(...texts: readonly string[]): Block {
  const kept = texts.slice(0, limits.contextElements - 1);
  const rest = texts.slice(limits.contextElements - 1);
  const all = rest.length === 0 ? kept : [...kept, rest.join(" ")];
  return { type: "context", elements: all.map(mrkdwn) };
}

export function actions(...elements: readonly Element[]): Block {
  return { type: "actions", elements: elements.slice(0, limits.actionsElements) };
}

/** `alt` says in a sentence what the image shows. */
export function image(url: string, alt: string): Block {
  return { type: "image", image_url: url, alt_text: cut(plain(alt), limits.altText) };
}

export function button(
  text: string,
  actionId: string,
  value: string,
  style?: "primary" | "danger",
): Element {
  return {
    type: "button",
    text: plainText(text, limits.buttonText),
    action_id: actionId,
    value,
    ...(style === undefined ? {} : { style }),
  };
}

/** A button that opens a page; `url` is one that `knownUrl` let through. */
export function linkButton(text: string, actionId: string, url: string): Element {
  return { type: "button", text: plainText(text, limits.buttonText), action_id: actionId, url };
}

export function overflow(actionId: string, options: readonly Option[]): Element {
  return {
    type: "overflow",
    action_id: actionId,
    options: optionsOf(options, limits.overflowOptions),
  };
}

/** A menu of which nothing is chosen; `placeholder` says what it is for. */
export function select(placeholder: string, actionId: string, options: readonly Option[]): Element {
  return {
    type: "static_select",
    placeholder: plainText(placeholder, limits.optionText),
    action_id: actionId,
    options: optionsOf(options, limits.selectOptions),
  };
}

function optionsOf(options: readonly Option[], max: number) {
  return options
    .slice(0, max)
    .map(({ text, value }) => ({ text: plainText(text, limits.optionText), value }));
}

/** The body of a message: `text` for notifications is cut, blocks beyond Slack's fifty are left out. */
export function body(text: string, blocks: readonly Block[]): MessageBody {
  return { text: cut(text, limits.messageText), blocks: blocks.slice(0, limits.messageBlocks) };
}
