/** What Hindsight says of itself: the help, made from the commands, and the introduction on joining. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { commands, usage } from "./commands.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

/** `hasModel`: one answers what these words do not cover. */
export function helpMessage(hasModel = false): MessageBody {
  const lines = (pen: Pen) => helpLines(pen, hasModel);
  return message(lines(textPen), [section(lines(blockPen([])).join("\n"))]);
}

/** What a mention may say, one for each thing that people ask first. */
const asked: readonly string[] = [
  "what now?",
  "look again",
  "is it redis?",
  "what changed in payments?",
  "graph p99 of checkout",
  "who is on what?",
  "catch me up",
];

function helpLines(pen: Pen, hasModel: boolean): readonly string[] {
  return [
    pen.strong("Hindsight reads metrics and changes, and proposes the next steps of an incident."),
    "It runs nothing that changes a system. Mention it in an incident channel, or:",
    ...commands.map((command) => `${pen.code(usage(command))}: ${command.help}`),
    `In a thread: ${asked.map((words) => pen.code(`@hindsight ${words}`)).join(", ")}`,
    ...(hasModel
      ? ["Or ask anything about the incident: a language model looks for it and words the answer."]
      : []),
  ];
}

/** Posted once on joining: what is read, what is kept, what goes to a model. */
export function introduction(view: {
  readonly keepsMessagesDays: number;
  /** Host of the model's server; null without one. */
  readonly modelHost: string | null;
}): MessageBody {
  const model =
    view.modelHost === null
      ? "Nothing is sent to a language model."
      : `What is gathered and written here goes, without secrets and without who wrote it, to the language model at ${view.modelHost}.`;
  const lines = [
    "I read the messages of this channel, those before I came included, and the metrics and changes of its services, and propose next steps.",
    `Texts of messages are kept ${days(view.keepsMessagesDays)}, without secrets; what is deleted in Slack is deleted here. Evidence is kept with the incident. ${model}`,
    "I run nothing that changes a system.",
  ];
  return message(lines, [section(lines.join("\n"))]);
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
