/** What people can type: each command with its one line of help; help, manifest and refusals are made from it. */

import { openStatuses, severities, type OpenStatus, type Severity } from "../vocabulary.ts";
import { language, type Command } from "./command-words.ts";

export const slashCommand = "/hindsight";

export const commands = [
  { verb: "help", help: "shows this list", needs: "nothing", also: ["?"] },
  {
    verb: "declare",
    argument: "[title]",
    help: "opens an incident in this channel",
    needs: "nothing",
  },
  {
    verb: "status",
    argument: "[investigating | identified | monitoring]",
    help: "sets how far it is; alone it says how it stands",
    needs: "any",
    also: ["summary"],
  },
  {
    verb: "catch-up",
    help: "says how it stands, to you alone",
    needs: "any",
    also: ["catch me up"],
  },
  { verb: "board", help: "shows the steps and who has them, to you alone", needs: "any" },
  {
    verb: "steps",
    help: "posts the next steps again, best first",
    needs: "open",
    also: ["next steps"],
  },
  {
    verb: "look-again",
    help: "reads metrics and changes now",
    needs: "open",
    also: ["look", "read again", "refresh"],
  },
  {
    verb: "graph",
    argument: "metric",
    help: "draws it, for instance p99 of checkout",
    needs: "nothing",
    also: ["chart", "plot"],
  },
  {
    verb: "changes",
    argument: "[service]",
    help: "says what changed of late",
    needs: "nothing",
    also: ["what changed in", "what changed"],
  },
  { verb: "similar", help: "names the three most similar incidents", needs: "any" },
  { verb: "services", help: "lists the services that are known", needs: "nothing" },
  {
    verb: "digest",
    argument: "[team]",
    help: "shows last week's digest, to you alone",
    needs: "nothing",
  },
  {
    verb: "stats",
    argument: "[days]",
    help: "counts incidents, times and how good the steps were, to you alone",
    needs: "nothing",
    also: ["statistics"],
  },
  {
    verb: "update",
    argument: "[what is known]",
    help: "posts an update for those outside in the thread",
    needs: "open",
  },
  {
    verb: "severity",
    argument: "1 to 4",
    help: "sets the severity; 1 is the gravest",
    needs: "open",
    also: ["sev", "set severity"],
  },
  {
    verb: "lead",
    argument: "[me | @someone | none]",
    help: "says who leads",
    needs: "open",
    also: ["take lead", "take the lead"],
  },
  {
    verb: "rules",
    help: "lists what must not be offered, adds to it and revokes",
    needs: "nothing",
    also: ["rule"],
  },
  {
    verb: "merge",
    argument: "INC-n",
    help: "ends this incident as the same as another, where it continues",
    needs: "any",
  },
  { verb: "mute", help: "posts answers only, until you resume", needs: "open" },
  { verb: "resume", help: "posts updates again", needs: "open", also: ["unmute"] },
  {
    verb: "resolve",
    help: "ends the incident and asks what did it",
    needs: "open",
    also: ["resolved"],
  },
  { verb: "reopen", help: "takes up the last incident of this channel again", needs: "any" },
] as const satisfies readonly Command[];

export type Verb = (typeof commands)[number]["verb"];

export interface ParsedCommand {
  readonly verb: Verb;
  readonly argument: string;
}

const hindsight = language(slashCommand, commands);

/** The text after the slash command; empty means help. null: it begins with no command of ours. */
export const parseCommand: (text: string) => ParsedCommand | null = hindsight.parse;

/** "2", "sev2", "SEV 2". */
export function parseSeverity(argument: string): Severity | undefined {
  const number = argument.replace(/^sev(?:erity)?[\s-]*/i, "");
  return severities.find((each) => String(each) === number);
}

/** "identified", "Monitoring". */
export function parseStatus(argument: string): OpenStatus | undefined {
  return openStatuses.find((each) => each === argument.toLowerCase());
}

/** What has to be in the channel before the command means anything. */
export function needsOf(verb: Verb): Command["needs"] {
  return commands.find((each) => each.verb === verb)?.needs ?? "nothing";
}

/** The command that was meant by words that are none; null where none is near. */
export const nearestCommand: (text: string) => Command | null = hindsight.nearest;

/** "/hindsight severity 1 to 4" */
export const usage: (command: Command) => string = hindsight.usage;

/** For the manifest's usage hint: "help | declare [title] | …". */
export const usageHint: () => string = hindsight.hint;
