/** What follows a slash command, understood from a list of verbs: how each is spelled, used, and nearly meant. */

import { nearest } from "./nearest.ts";

export interface Command {
  readonly verb: string;
  /** What follows the verb: "[title]". */
  readonly argument?: string;
  readonly help: string;
  /** What has to be in the channel: an open incident, one that may be over, or nothing. */
  readonly needs: "open" | "any" | "nothing";
  /** Other words that people try for it. */
  readonly also?: readonly string[];
}

interface Typed<V extends string> {
  readonly verb: V;
  readonly argument: string;
}

export interface Language<V extends string> {
  /** The text after the slash command; empty means help. null: it begins with none of the verbs. */
  readonly parse: (text: string) => Typed<V | "help"> | null;
  /** The command that was meant by words that are none; null where none is near. */
  readonly nearest: (text: string) => Command | null;
  /** "/hindsight severity 1 to 4" */
  readonly usage: (command: Command) => string;
  /** For the manifest's usage hint: "help | declare [title] | …". */
  readonly hint: () => string;
}

export function language<V extends string>(
  slash: string,
  commands: readonly (Command & { readonly verb: V })[],
): Language<V> {
  const spellings = commands.flatMap((command) =>
    [command.verb, ...(command.also ?? [])].map((words) => ({ command, words })),
  );
  // The longest first, so that "look again" is not "look" with an argument.
  const patterns = spellings
    .toSorted((a, b) => b.words.length - a.words.length)
    .map(({ command: { verb }, words }) => ({ verb, pattern: beginning(words) }));
  return {
    parse: (text) => {
      const typed = unquoted(text);
      if (typed === "") return { verb: "help", argument: "" };
      for (const { verb, pattern } of patterns) {
        const [found] = pattern.exec(typed) ?? [];
        if (found === undefined) continue;
        const argument = unquoted(typed.slice(found.length));
        return { verb, argument: argument.replaceAll(/\s+/g, " ") };
      }
      return null;
    },
    nearest: (text) => nearestOf(spellings, text),
    usage: (command) => `${slash} ${withArgument(command)}`,
    hint: () => commands.map(withArgument).join(" | "),
  };
}

function withArgument({ verb, argument }: Command): string {
  return [verb, argument].filter(Boolean).join(" ");
}

function nearestOf(
  spellings: readonly { readonly command: Command; readonly words: string }[],
  text: string,
): Command | null {
  const words = unquoted(text)
    .toLowerCase()
    .split(/[\s-]+/);
  const found = nearest(spellings, (spelling) => ({
    typed: words.slice(0, spelling.words.split(/[\s-]+/).length).join(" "),
    meant: spelling.words.replaceAll("-", " "),
  }));
  return found?.command ?? null;
}

/** A hyphen is a space, and a number may follow at once: "look again", "SEV-2", "sev2"; in "stats -3" it is the number's. */
function beginning(words: string): RegExp {
  const letters = words.replaceAll("?", "\\?").replaceAll(/[\s-]/g, "[\\s-]+");
  return new RegExp(`^${letters}(?:(?:-|\\s*)(?=\\d)|(?![\\p{L}\\p{N}_-]))`, "iu");
}

/** Help and refusals show commands between quotes or as code, and so they are copied. */
function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^["“”„«»`]([^"“”„«»`]*)["“”„«»`]$/, "$1")
    .trim();
}
