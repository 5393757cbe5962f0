/** What is said when something cannot be done: what is missing and how to mend it. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { nearestCommand, slashCommand, usage } from "./commands.ts";
import { cut, escape, plain } from "./escape.ts";
import { isOfMerge, mergeRefused, type MergeRefusal } from "./merge-refusals.ts";
import { message } from "./pen.ts";
import { isOfWord, wordRefused, type WordRefusal } from "./word-refusals.ts";

/** Why something that a person asked for was not done. */
export type Refusal =
  /** `elsewhere`: names of channels that have one, for instance "inc-42-checkout". */
  | { readonly reason: "no-open-incident"; readonly elsewhere: readonly string[] }
  | WordRefusal
  | { readonly reason: "already-open"; readonly name: string }
  | { readonly reason: "unknown-command"; readonly text: string }
  | { readonly reason: "unknown-button" }
  | { readonly reason: "no-such-step" }
  /** A reaction on a list of several. */
  | { readonly reason: "which-step" }
  | { readonly reason: "incident-resolved"; readonly name: string }
  | { readonly reason: "bad-severity"; readonly text: string }
  | { readonly reason: "bad-lead"; readonly text: string }
  | { readonly reason: "bad-status"; readonly text: string }
  | MergeRefusal
  | { readonly reason: "not-muted"; readonly name: string }
  /** There is none, or the last one is open. */
  | { readonly reason: "nothing-to-reopen"; readonly open: string | null }
  | { readonly reason: "run-elsewhere"; readonly tool: string }
  /** The bot is not there and cannot join by itself. */
  | { readonly reason: "not-invited" }
  | { readonly reason: "direct-message" }
  | { readonly reason: "form-unclear"; readonly verb: keyof typeof formWords }
  /** The alert has another place by now. */
  | { readonly reason: "alert-taken" }
  | { readonly reason: "failed" }
  /** It was tried for a day. */
  | { readonly reason: "given-up"; readonly deed: "click" | "command" | "form" | "invitation" };

const wordsMax = 80;
const channelsMax = 3;

export function refusal(refused: Refusal): MessageBody {
  const line = refusalWords(refused);
  return message([line], [section(line)]);
}

export function refusalWords(refused: Refusal): string {
  if (isOfMerge(refused)) return mergeRefused(refused);
  return isOfWord(refused) ? wordRefused(refused) : wordsOf(refused);
}

function wordsOf(refused: Exclude<Refusal, MergeRefusal | WordRefusal>): string {
  switch (refused.reason) {
    case "no-open-incident":
      return noOpenIncident(refused.elsewhere);
    case "already-open":
      return `${quoted(refused.name)} is open in this channel already. End it with ${slashCommand} resolve before you declare another.`;
    case "unknown-command":
      return unknownCommand(refused.text);
    case "unknown-button":
    case "no-such-step":
      return `${goneWords[refused.reason]}; nothing was recorded. ${slashCommand} steps posts the list again.`;
    case "which-step":
      return `A reaction on a list of several steps does not say which one it means; nothing was recorded. Press the button beside the step, or react to the message of your try.`;
    case "incident-resolved":
      return `${quoted(refused.name)} is resolved; nothing was changed. Take it up again with ${slashCommand} reopen, or declare another with ${slashCommand} declare.`;
    case "bad-severity":
    case "bad-lead":
    case "bad-status":
      return badArgument(refused);
    case "not-muted":
      return `${quoted(refused.name)} is not muted; updates are posted as they come.`;
    case "nothing-to-reopen":
      return nothingToReopen(refused.open);
    case "run-elsewhere":
      return `${quoted(refused.tool)} runs this incident; set it there and it shows here.`;
    case "not-invited":
      return `I am not in this channel and cannot join it by myself. Invite me with "/invite @hindsight" and run ${slashCommand} declare again. I cannot be in a group message: declare in a channel instead.`;
    case "direct-message":
      return `An incident needs a channel that others can join. Run ${slashCommand} declare in one.`;
    case "form-unclear":
      return `It is not certain that the form opened; nothing was ${formWords[refused.verb]}`;
    case "alert-taken":
      return "That alert has an incident already, or its channel is just being opened; nothing was declared. Its message says where.";
    case "given-up":
    case "failed":
      return `${failedWords(refused)} and nothing was recorded. It is in the log; please try once more.`;
  }
}

/** What was not done, and how to do it without the form. */
const formWords = {
  declare: `declared. If you do not see it, say ${slashCommand} declare and a title in one line.`,
  update: `posted. If you do not see it, say ${slashCommand} update and what is known in one line.`,
  rules: "forbidden. If you do not see it, click again.",
} as const;

const goneWords = {
  "unknown-button": "That button belongs to nothing that is known here",
  "no-such-step": "That step is no longer known",
} as const;

function badArgument({
  reason,
  text,
}: {
  reason: keyof typeof argumentHelp;
  text: string;
}): string {
  const [asked, not, mend] = argumentHelp[reason];
  return `${text === "" ? `${asked}?` : `"${quoted(text)}" is ${not}.`} ${mend}`;
}

/** What is asked for, what an argument is not, and what it can be. */
const argumentHelp = {
  "bad-severity": [
    "Which severity",
    "no severity",
    `Say ${slashCommand} severity 1, 2, 3 or 4; 1 is the gravest.`,
  ],
  "bad-lead": [
    "Who leads",
    "nobody who can lead",
    `Say ${slashCommand} lead me, a mention of somebody, or none.`,
  ],
  "bad-status": [
    "Which status",
    "no status",
    `Say ${slashCommand} status investigating, identified or monitoring; ${slashCommand} resolve ends it.`,
  ],
} as const;

function unknownCommand(text: string): string {
  const near = nearestCommand(text);
  const meant = near === null ? "" : ` The nearest is ${usage(near)}.`;
  return `There is no command "${quoted(text)}".${meant} ${slashCommand} help lists them.`;
}

function failedWords(refused: Extract<Refusal, { reason: "given-up" | "failed" }>): string {
  return refused.reason === "failed"
    ? "Something went wrong here"
    : `Your ${refused.deed} in this channel could not be done for a day,`;
}

function nothingToReopen(open: string | null): string {
  return open === null
    ? `This channel has had no incident. Declare one with ${slashCommand} declare.`
    : `${quoted(open)} is open in this channel; nothing was changed.`;
}

function noOpenIncident(elsewhere: readonly string[]): string {
  const names = elsewhere.slice(0, channelsMax).map((name) => channel(name));
  const there = names.length === 0 ? "" : `, or run this in its channel: ${names.join(", ")}`;
  return `There is no open incident in this channel. Declare one with ${slashCommand} declare${there}.`;
}

function channel(name: string): string {
  return `#${quoted(name.replace(/^#/, ""))}`;
}

function quoted(text: string): string {
  return escape(cut(plain(text), wordsMax));
}
