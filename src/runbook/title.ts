/** What a step of a runbook is called: the page's own words, as far as they are an order. */

import { commandIn, firstLine } from "./commands.ts";
import { orderIn } from "./verbs.ts";

const titleMax = 90;

/**
 * The first sentence that is an order; where there is none, the comment that its code begins with, or the heading above,
 * if that is one; else the command itself.
 */
export function titleOf(
  { text, section }: { readonly text: string; readonly section: readonly string[] },
  command: string | null,
): string {
  const bare = command === null ? text : withoutCommands(text);
  const [, comment = ""] = /^\s*#+\s*([^\n]{1,200})/.exec(command ?? "") ?? [];
  const said = [...sentencesOf(bare), comment, section.at(-1) ?? ""];
  const order = said.find((each) => orderIn(each) !== null);
  const told =
    command === null ? (order ?? firstSentence(text)) : named(order, firstLine(command).trim());
  return short(told.replace(/\s*\(\d{1,3} min(?:utes)?\)$/, ""));
}

/** "Run" and "Drain:" alone say nothing: the command says what. */
function named(order: string | undefined, command: string): string {
  const verb = order === undefined ? "" : (orderIn(order)?.verb ?? "");
  const isVerbAlone = order?.toLowerCase().replace(/\W+$/, "").endsWith(verb) ?? true;
  if (order !== undefined && !isVerbAlone) return order;
  return /^(?:|run|execute|rerun)$/.test(verb)
    ? `Run ${command}`
    : `${order?.replace(/\W+$/, "") ?? ""}: ${command}`;
}

export function firstSentence(text: string): string {
  return sentencesOf(text)[0] ?? "";
}

function sentencesOf(text: string): readonly string[] {
  const bare = text.replaceAll("`", "").replace(/^(?:step\s+)?\d{1,3}[.:)]\s+/i, "");
  return bare
    .split(/(?<=[.;])\s/, 10)
    .map((each) => each.replace(/[.:;,]$/, "").trim())
    .filter((each) => each !== "");
}

/** "Check the queue with `kubectl get pods`." → "Check the queue"; the command stands beside it. */
function withoutCommands(text: string): string {
  const parts = text.split("`").map((part, index, all) => {
    const isCode = index % 2 === 1 && index < all.length - 1;
    return isCode && commandIn(`\`${part}\``) !== null ? "" : part;
  });
  return parts
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/\s+([.,:;])/g, "$1")
    .replace(/\s(?:with|by|from|using|via|running|and run|run)(?=[\s.:;,]*$)/i, "")
    .trim();
}

function short(text: string): string {
  if (text.length <= titleMax) return text;
  const cut = text.slice(0, titleMax - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), titleMax / 2)).trimEnd()}…`;
}
