/** Runbooks as they stand, below what was read for an alert: their first steps with their commands, and where the rest is. */

import { counted } from "../evidence/format.ts";
import type { Gap } from "../incident/timeline.ts";
import type { Way } from "../playbook/step.ts";
import { context, sections } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape } from "./escape.ts";
import { notRead } from "./evidence-lines.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const runbooksMax = 2;
const stepsMax = 5;
const quoteMax = 200;
const reasonMax = 100;

export interface QuotedRunbook {
  readonly title: string;
  readonly link: string;
  /** In its own order. */
  readonly steps: readonly { readonly quote: string; readonly way: Way | null }[];
  /** Why further steps of it are not shown: the words of the rules. */
  readonly forbidden: readonly string[];
}

export function quotedRunbooks({
  runbooks,
  gaps,
  hosts,
}: {
  readonly runbooks: readonly QuotedRunbook[];
  readonly gaps: readonly Gap[];
  readonly hosts: readonly string[];
}): MessageBody {
  const lines = (pen: Pen): readonly string[] => [
    ...runbooks.slice(0, runbooksMax).flatMap((runbook) => runbookLines(runbook, pen)),
    ...moreLine(runbooks.slice(runbooksMax), pen),
  ];
  const unread = notRead(gaps);
  return message(
    [...lines(textPen), unread],
    [...sections(lines(blockPen(hosts))), ...(unread === "" ? [] : [context(unread)])],
  );
}

function runbookLines(runbook: QuotedRunbook, pen: Pen): readonly string[] {
  const { steps, forbidden } = runbook;
  const more = steps.length - stepsMax;
  const [reason = ""] = forbidden;
  const hidden = `${counted(forbidden.length, "step")} hidden by rule (${escape(cut(reason, reasonMax))}).`;
  const rest = [
    ...(more > 0 ? [`${more} more ${more === 1 ? "stands" : "stand"} there.`] : []),
    ...(forbidden.length > 0 ? [hidden] : []),
  ].join(" ");
  const shown = steps.slice(0, stepsMax).map((step, index) => stepLine(step, index + 1, pen));
  const says = shown.length === 0 ? ":" : " says:";
  return [`Runbook ${named(runbook, pen)}${says}`, ...shown, ...(rest === "" ? [] : [rest])];
}

function stepLine(
  { quote, way }: QuotedRunbook["steps"][number],
  number: number,
  pen: Pen,
): string {
  const words = escape(cut(quote.replace(/[.:]$/, ""), quoteMax));
  if (way === null) return `${number}. ${words}.`;
  const undo = way.undo === undefined ? "" : `; undo: ${pen.code(way.undo)}`;
  return `${number}. ${words}: ${pen.code(way.command)}${undo}`;
}

function moreLine(others: readonly QuotedRunbook[], pen: Pen): readonly string[] {
  return others.length === 0 ? [] : [`Also: ${others.map((each) => named(each, pen)).join(", ")}.`];
}

function named({ title, link }: QuotedRunbook, pen: Pen): string {
  return pen.link(link, `"${escape(cut(title, quoteMax))}"`);
}
