/** What people can type: each command with its one line of help; help, manifest and refusals are made from it. */

import { severities, type Severity } from "../vocabulary.ts";
import { nearest } from "./nearest.ts";

export interface Command {
  readonly verb: string;
  /** What follows the verb: "[title]". */
  readonly argument?: string;
  readonly help: string;
  /** Other words that people try for it. */
  readonly also?: readonly string[];
}

export const slashCommand = "/hindsight";

export const commands = [
  { verb: "help", help: "shows this list", also: ["?"] },
  { verb: "declare", argument: "[title]", help: "opens an incident in this channel" },
  {
    verb: "status",
    help: "says how it stands, to you alone",
    also: ["catch up", "catch me up", "summary"],
  },
  { verb: "steps", help: "posts the next steps again, best first", also: ["next steps"] },
  {
    verb: "look-again",
    help: "reads metrics and changes now",
    also: ["look", "read again", "refresh"],
  },
  {
    verb: "severity",
    argument: "1 to 4",
    help: "sets the severity; 1 is the gravest",
    also: ["sev", "set severity"],
  },
  {
    verb: "lead",
    argument: "[me | @someone | none]",
    help: "says who leads",
    also: ["take lead", "take the lead"],
  },
  { verb: "mute", help: "posts answers only, until you resume" },
  { verb: "resume", help: "posts updates again", also: ["unmute"] },
  { verb: "resolve", help: "ends the incident and asks what did it", also: ["resolved"] },
] as const satisfies readonly Command[];

type Verb = (typeof commands)[number]["verb"];

export interface ParsedCommand {
  readonly verb: Verb;
  readonly argument: string;
}

const spellings = commands.flatMap((command) =>
  [command.verb, ...("also" in command ? command.also : [])].map((words) => ({ command, words })),
);

/** The longest first, so that "look again" is not "look" with an argument. */
const patterns = spellings
  .toSorted((a, b) => b.words.length - a.words.length)
  .map(({ command: { verb }, words }) => ({ verb, pattern: beginning(words) }));

/** A hyphen is a space, and a number may follow at once: "look again", "SEV-2", "sev2". */
function beginning(words: string): RegExp {
  const letters = words.replaceAll("?", "\\?").replaceAll(/[\s-]/g, "[\\s-]+");
  return new RegExp(`^${letters}(?:[\\s-]*(?=\\d)|(?![\\p{L}\\p{N}_-]))`, "iu");
}

/** The text after the slash command; empty means help. null: it begins with no command of ours. */
export function parseCommand(text: string): ParsedCommand | null {
  const typed = unquoted(text);
  if (typed === "") return { verb: "help", argument: "" };
  for (const { verb, pattern } of patterns) {
    const [found] = pattern.exec(typed) ?? [];
    if (found === undefined) continue;
    const argument = unquoted(typed.slice(found.length));
    return { verb, argument: argument.replaceAll(/\s+/g, " ") };
  }
  return null;
}

/** Help and refusals show commands between quotes or as code, and so they are copied. */
function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^["“”„«»`]([^"“”„«»`]*)["“”„«»`]$/, "$1")
    .trim();
}

/** "2", "sev2", "SEV 2". */
export function parseSeverity(argument: string): Severity | undefined {
  const number = argument.replace(/^sev(?:erity)?[\s-]*/i, "");
  return severities.find((each) => String(each) === number);
}

/** The command that was meant by words that are none; null where none is near. */
export function nearestCommand(text: string): Command | null {
  const words = unquoted(text)
    .toLowerCase()
    .split(/[\s-]+/);
  const found = nearest(spellings, (spelling) => ({
    typed: words.slice(0, spelling.words.split(/[\s-]+/).length).join(" "),
    meant: spelling.words.replaceAll("-", " "),
  }));
  return found?.command ?? null;
}

/** "/hindsight severity 1 to 4" */
export function usage(command: Command): string {
  const argument = command.argument === undefined ? "" : ` ${command.argument}`;
  return `${slashCommand} ${command.verb}${argument}`;
}

/** For the manifest's usage hint: "help | declare [title] | …". */
export function usageHint(): string {
  return commands
    .map((command: Command) => [command.verb, command.argument].filter(Boolean).join(" "))
    .join(" | ");
}
