/** How a page says to undo what it tells: the words that begin it, and the command or the sentence in them. */

import { commandIn } from "./commands.ts";
import { sentence } from "./phrases.ts";

export const undoHeading =
  /^(?:how to )?(?:undo(?:ing)?|back(?:ing)? ?out|inverse|roll ?back plan|revert(?:ing)? (?:this|it|the change)|roll(?:ing)? ?back (?:this|the change))\b/i;
export const undoWords =
  /^(?:(?:to |how to )?(?:undo|revert|roll ?back|back ?out|inverse)(?: (?:this|it|again|the change|with|by|plan))*\s*[:,–—-]|to (?:undo|revert|roll ?back|back ?out)\b)/i;
/** Both null: the words only lead in to what follows. */
export function undoIn(text: string): {
  readonly command: string | null;
  readonly words: string | null;
} {
  const told = text.replace(/^[^:]{0,40}:\s*/, "");
  // Nothing but code behind the colon is a command, whatever its program.
  const [, code] = /^`([^`]+ [^`]+)`\.?$/.exec(told) ?? [];
  const command = commandIn(text) ?? code ?? null;
  const isBare = /^(?:(?:to |how to )?(?:undo|revert|roll ?back)[^:.`]{0,40}:?|.{0,60}:)$/i.test(
    text,
  );
  return { command, words: command === null && !isBare ? capital(sentence(told)) : null };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
