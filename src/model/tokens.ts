/** How many tokens a text may come to, by no model's own count: rather too many than too few. */

import type { ModelRequest } from "./asked.ts";

/** What a message costs beside its text. */
const messageTokens = 6;

/**
 * By the coarsest tokenizers that are in use: a word is a token for each four letters begun, a digit or a sign one, a
 * character of another script one for each byte but the first.
 */
export function tokensIn(text: string): number {
  let tokens = 0;
  for (const [part] of text.matchAll(/[A-Za-z]+|[\t\n\r ]+|[\0-\x7f]|[^\0-\x7f]/gu)) {
    if (/^[A-Za-z]/.test(part)) tokens += Math.ceil(part.length / 4);
    else if (/^\s/.test(part)) tokens += part === " " ? 0 : Math.ceil(part.length / 4);
    else tokens += Math.max(1, bytesOf(part) - 1);
  }
  return tokens;
}

/** Of one character, in UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** Of all that is sent. */
export function tokensAsked({ messages, tools = [] }: Pick<ModelRequest, "messages" | "tools">) {
  const told = messages.reduce((sum, message) => sum + messageTokens + tokensIn(message.text), 0);
  return told + (tools.length === 0 ? 0 : tokensIn(JSON.stringify(tools)));
}
