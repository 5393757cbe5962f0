/** What follows /postmortem: each verb with its one line of help; help, manifest and refusals are made from it. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { language, type Command } from "./command-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

export const postmortemCommand = "/postmortem";

const postmortemCommands = [
  { verb: "help", help: "shows this list", needs: "nothing", also: ["?"] },
  {
    verb: "draft",
    argument: "[INC-42]",
    help: "writes a draft, or renews what nobody has edited",
    needs: "any",
    also: ["write"],
  },
  { verb: "show", argument: "[INC-42]", help: "shows it, to you alone", needs: "any" },
  {
    verb: "edit",
    argument: "[heading]",
    help: "opens what stands under a heading in a form; alone it lists the headings",
    needs: "any",
  },
  {
    verb: "publish",
    argument: "[INC-42]",
    help: "publishes it as it reads now",
    needs: "any",
  },
  {
    verb: "export",
    argument: "[file | github | issue | canvas | hook]",
    help: "gives it out as a file in the thread, a pull request or an issue on GitHub, a canvas, or to your own hook",
    needs: "any",
  },
  {
    verb: "actions",
    argument: "[INC-42]",
    help: "lists its action items, with buttons to add, take over and close them",
    needs: "any",
    also: ["action items"],
  },
] as const satisfies readonly Command[];

export type PostmortemVerb = (typeof postmortemCommands)[number]["verb"];

export const postmortemLanguage = language(postmortemCommand, postmortemCommands);

/** Which incident is meant, by its number; null: the channel's. A bare number is one where no other words may follow the verb. */
export function incidentIn({
  verb,
  argument,
}: {
  readonly verb: PostmortemVerb;
  readonly argument: string;
}): { readonly number: number | null; readonly rest: string } {
  const found =
    /(?:^|\s)inc[-\s]?(\d{1,9})(?=\s|$)/i.exec(argument) ??
    (hasWords(verb) ? null : /^\s*#?(\d{1,9})\s*$/.exec(argument));
  if (found === null) return { number: null, rest: argument.trim() };
  return { number: Number(found[1]), rest: argument.replace(found[0], " ").trim() };
}

/** A heading, or where it is to go. */
export function hasWords(verb: PostmortemVerb): boolean {
  return verb === "edit" || verb === "export";
}

export function postmortemHelp(): MessageBody {
  return message(helpLines(textPen), [section(helpLines(blockPen([])).join("\n"))]);
}

function helpLines(pen: Pen): readonly string[] {
  return [
    pen.strong("The postmortem of this channel's incident, or of the one that you name:"),
    ...postmortemCommands.map(
      (command: Command) => `${pen.code(postmortemLanguage.usage(command))}: ${command.help}`,
    ),
    "Every sentence of a draft says where it is from. Members of the incident's channel write and publish it.",
  ];
}
