/** What is said to a mention that is not understood, where a list of steps stands already: one line, and nothing is listed anew. */

import { actionIds } from "./actions.ts";
import { actions, button, section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { nearestCommand, usage } from "./commands.ts";
import { cut, escape, plain } from "./escape.ts";
import { message } from "./pen.ts";

const wordsMax = 80;
/** Longer texts are no mistyped command. */
const commandWordsMax = 3;

/** `words`: what was said, without the mention. */
export function notUnderstood(words: string): MessageBody {
  const said = plain(words).trim();
  const isShort = said.split(/\s+/).length <= commandWordsMax;
  const near = isShort ? nearestCommand(said) : null;
  const meant = near === null ? "" : ` The nearest is ${usage(near)}.`;
  const line = `"${escape(cut(said, wordsMax))}" is not understood.${meant} Ask for instance "what now?", "what changed?" or "catch me up".`;
  return message(
    [line],
    [section(line), actions(button("What can be asked", actionIds.help, "help"))],
  );
}
