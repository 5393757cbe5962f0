/** How a page says to undo what it tells: the words that begin it, and the command or the sentence in them. */

import { commandIn } from "./commands.ts";
import { sentence } from "./phrases.ts";
import { masked } from "./sentences.ts";

export const undoHeading =
  /^(?:how to )?(?:undo(?:ing)?|back(?:ing)? ?out|inverse|roll ?back plan|revert(?:ing)? (?:this|it|the change)|roll(?:ing)? ?back (?:this|the change))\b/i;
export const undoWords =
  /^(?:(?:to |how to )?(?:undo|revert|roll ?back|back ?out|inverse)(?: (?:this|it|again|the change|with|by|plan))*\s*[:,–—-]|to (?:undo|revert|roll ?back|back ?out)\b|undo(?: (?:it|this|that|again|the change))? (?:with|by|via|using)\b)/i;
/** In the middle of a paragraph only what cannot be an order itself: "roll back with …" may be the step. */
const undoBehind =
  /[.;,(–—]\s*(?:(?:and|or|then) )?(?=(?:(?:to |how to )(?:undo|revert|reverse|roll ?back|back ?out)\b|undo(?: (?:it|this|that|again|the change))?\s*(?:[:`–—-]|(?:with|by|via|using)\b)|(?:revert|roll ?back|inverse)\s*:|(?:revert|reverse) (?:it|this|that|with|by)\b|(?:it|this|which) (?:can be|is) (?:undone|reverted|reversed|rolled back)\b))/i;

/** "Drain it: `a`. Undo with `b`." → what to do, and what undoes it; the latter "" where it is not said. */
export function partedAtUndo(text: string): { readonly order: string; readonly undo: string } {
  const found = undoBehind.exec(masked(text));
  if (found === null) return { order: text, undo: "" };
  const { index, 0: mark } = found;
  const isOpen = mark.startsWith("(");
  const behind = text.slice(index + mark.length).trim();
  return {
    order: text.slice(0, mark.startsWith(".") ? index + 1 : index).trim(),
    undo: isOpen ? behind.replace(/\)[.;]?$/, "") : behind,
  };
}

/** Both null: the words only lead in to what follows. */
export function undoIn(text: string): {
  readonly command: string | null;
  readonly words: string | null;
} {
  const told = text.replace(/^[^:]{0,40}:\s*/, "");
  // Nothing but code behind the colon or "with" is a command, whatever its program.
  const [, code] =
    /^(?:[^`:]{0,40}\b(?:with|by|via|using|run|running|execute)\s)?`([^`]+ [^`]+)`[.)]*$/i.exec(
      told,
    ) ?? [];
  const command = commandIn(text) ?? code ?? null;
  const isBare = /^(?:(?:to |how to )?(?:undo|revert|roll ?back)[^:.`]{0,40}:?|.{0,60}:)$/i.test(
    text,
  );
  return { command, words: command === null && !isBare ? capital(sentence(told)) : null };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
