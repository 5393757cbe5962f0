/** Who asked something while the bot was away, longer ago than is answered of itself. */

import type { UserId } from "../vocabulary.ts";
import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { person } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const shownMax = 10;

/** Oldest first. */
export function missedMentions(
  asked: readonly { readonly by: UserId; readonly at: Date }[],
): MessageBody {
  const rest = asked.length - shownMax;
  const line = (pen: Pen) => {
    const names = asked.slice(0, shownMax).map(({ by, at }) => `${person(by)} ${pen.clock(at)}`);
    const all = [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
    return `Asked while I was away, and not answered: ${all}. Mention me again where it still matters.`;
  };
  return message([line(textPen)], [section(line(blockPen([])))]);
}
