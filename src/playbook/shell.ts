/** Puts values into the placeholders of a shell text so that a value is never more than one word of it. */

import { placeholderPattern } from "./placeholder.ts";

type Quoting = "none" | "single" | "double" | "comment";

/**
 * A value of ordinary characters goes in as it is. An unusual one is quoted where it stands free; inside quotes,
 * where quoting would end them, and where it could pass for an option, it is left out and its gap is shown.
 */
export function insertIntoShell(
  text: string,
  values: ReadonlyMap<string, string>,
): { readonly text: string; readonly isFilled: boolean } {
  let isFilled = true;
  let quoting: Quoting = "none";
  let read = 0;
  const filled = text.replaceAll(placeholderPattern, (_hole, name: string, offset: number) => {
    quoting = quotingAfter(text.slice(read, offset), quoting);
    read = offset;
    const value = values.get(name);
    const word = value === undefined ? null : asWord(value, quoting);
    isFilled &&= word !== null;
    return word ?? `<${name}>`;
  });
  return { text: filled, isFilled };
}

function asWord(value: string, quoting: Quoting): string | null {
  if (/^[\p{L}\p{N}_./:@%+=,][\p{L}\p{N}_./:@%+=,-]*$/u.test(value)) return value;
  if (value.startsWith("-") || quoting === "single" || quoting === "double") return null;
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** How the shell would read the next character after this piece of text. */
function quotingAfter(piece: string, before: Quoting): Quoting {
  let quoting = before;
  let isEscaped = false;
  let last = "";
  for (const character of piece) {
    const isPlain: boolean = !isEscaped;
    isEscaped = isPlain && character === "\\" && (quoting === "none" || quoting === "double");
    if (quoting === "comment") {
      if (character === "\n") quoting = "none";
    } else if (quoting === "single") {
      if (character === "'") quoting = "none";
    } else if (quoting === "double") {
      if (character === '"' && isPlain) quoting = "none";
    } else if (isPlain && character === "'") quoting = "single";
    else if (isPlain && character === '"') quoting = "double";
    else if (isPlain && character === "#" && /^\s?$/.test(last)) quoting = "comment";
    last = character;
  }
  return quoting;
}
