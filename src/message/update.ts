/** A stakeholder update as it is read, and the word to the lead when the next one is late. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { slashCommand } from "./commands.ts";
import { cut, escape, person, plain } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import type { Severity, UserId } from "../vocabulary.ts";

const textMax = 1_000;
const nameMax = 40;

export interface UpdateView {
  /** "INC-42" */
  readonly name: string;
  readonly severity: Severity;
  readonly by: UserId;
  readonly known: string;
  readonly impact: string;
  readonly nextAt: Date | null;
}

export function updateMessage(view: UpdateView): MessageBody {
  return message(lines(view, textPen), [section(lines(view, blockPen([])).join("\n"))]);
}

function lines({ name, severity, by, known, impact, nextAt }: UpdateView, pen: Pen): string[] {
  const title = `Update on ${escape(cut(plain(name), nameMax))}, SEV${severity}, by ${person(by)}`;
  return [
    pen.strong(title),
    escape(cut(known, textMax)),
    ...(impact === "" ? [] : [`Impact: ${escape(cut(impact, textMax))}`]),
    nextAt === null ? "No further update is planned." : `Next update by ${pen.clock(nextAt)}.`,
  ];
}

/** "INC-42: an update was due 14:32. /hindsight update writes it." */
export function updateOverdue(name: string, dueAt: Date): MessageBody {
  const line = (pen: Pen) =>
    `${escape(cut(plain(name), nameMax))}: an update was due ${pen.clock(dueAt)}. ${slashCommand} update writes it.`;
  return message([line(textPen)], [section(line(blockPen([])))]);
}
