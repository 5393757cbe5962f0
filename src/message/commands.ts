/** What people can type: each command with its one line of help; help, manifest and refusals are made from it. */

export interface Command {
  readonly verb: string;
  /** What follows the verb: "[title]". */
  readonly argument?: string;
  readonly help: string;
}

export const slashCommand = "/hindsight";

export const commands = [
  { verb: "help", help: "shows this list" },
  { verb: "declare", argument: "[title]", help: "opens an incident in this channel" },
  { verb: "status", help: "says how it stands, to you alone" },
  { verb: "steps", help: "posts the next steps again, best first" },
  { verb: "look-again", help: "reads metrics and changes now" },
  { verb: "severity", argument: "1 to 4", help: "sets the severity; 1 is the gravest" },
  { verb: "lead", argument: "[me | @someone | none]", help: "says who leads" },
  { verb: "mute", help: "posts answers only, until you resume" },
  { verb: "resume", help: "posts updates again" },
  { verb: "resolve", help: "ends the incident and asks what did it" },
] as const satisfies readonly Command[];

type Verb = (typeof commands)[number]["verb"];

export interface ParsedCommand {
  readonly verb: Verb;
  readonly argument: string;
}

/** The text after the slash command; empty means help. null: the first word is no verb of ours. */
export function parseCommand(text: string): ParsedCommand | null {
  const [word = "", ...rest] = text.trim().split(/\s+/);
  const verb = word === "" ? "help" : word.toLowerCase();
  const known = commands.find((command) => command.verb === verb);
  return known === undefined ? null : { verb: known.verb, argument: rest.join(" ") };
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
