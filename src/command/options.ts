/** The words of a command parted into options and the rest, as its program would part them. */

import type { Argument } from "./shell.ts";

export interface Parted {
  /** "-n", "--output"; clusters of letters taken apart. */
  readonly options: readonly Option[];
  readonly rest: readonly Argument[];
  /** Behind "--"; null where there is none. */
  readonly behind: readonly Argument[] | null;
}

interface Option {
  readonly name: string;
  readonly value: string | null;
}

/**
 * `valued` names the options that take the next word, or the rest of their own. With `isWhole` a single dash begins one
 * long name, as in `-no-color`. `stopsAtRest`: options behind the first other word belong to it, as with sudo.
 */
export interface Manner {
  readonly valued?: readonly string[];
  readonly isWhole?: boolean;
  readonly stopsAtRest?: boolean;
}

export function parted(words: readonly Argument[], manner: Manner = {}): Parted {
  const valued = new Set(manner.valued ?? []);
  const options: Option[] = [];
  const rest: Argument[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    const { text } = word;
    if (text === "--") return { options, rest, behind: words.slice(index + 1) };
    if (!text.startsWith("-") || text === "-" || word.isOpen) {
      if (manner.stopsAtRest === true) {
        return { options, rest: [...rest, ...words.slice(index)], behind: null };
      }
      rest.push(word);
      continue;
    }
    const [last, isOwn] = optionsIn(text, valued, manner.isWhole === true, options);
    if (last !== null && !isOwn && valued.has(last)) {
      const value = words[index + 1]?.text ?? null;
      options[options.length - 1] = { name: last, value };
      index += 1;
    }
  }
  return { options, rest, behind: null };
}

/** The last name in the word, and whether its value stands in the same word. */
function optionsIn(
  text: string,
  valued: ReadonlySet<string>,
  isWhole: boolean,
  options: Option[],
): readonly [last: string | null, isOwn: boolean] {
  if (text.startsWith("--") || isWhole) {
    const at = text.indexOf("=");
    const name = at < 0 ? text : text.slice(0, at);
    options.push({ name, value: at < 0 ? null : text.slice(at + 1) });
    return [name, at >= 0];
  }
  for (let at = 1; at < text.length; at += 1) {
    const name = `-${text.charAt(at)}`;
    const value = valued.has(name) && at + 1 < text.length ? text.slice(at + 1) : null;
    options.push({ name, value });
    if (value !== null) return [name, true];
    if (at === text.length - 1) return [name, false];
  }
  return [null, false];
}

/** Many programs take the beginning of a long name for the whole. */
export function has({ options }: Parted, ...names: readonly string[]): boolean {
  return options.some(({ name }) => names.some((wanted) => isSame(name, wanted)));
}

const beginningMin = 4;

function isSame(name: string, wanted: string): boolean {
  return (
    name === wanted ||
    (name.startsWith("--") && name.length >= beginningMin && wanted.startsWith(name))
  );
}

export function valuesOf({ options }: Parted, ...names: readonly string[]): readonly string[] {
  return options.flatMap(({ name, value }) =>
    names.some((wanted) => isSame(name, wanted)) ? [value ?? ""] : [],
  );
}
