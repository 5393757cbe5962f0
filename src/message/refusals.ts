/** What is said when something cannot be done: what is missing and how to mend it. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { nearestCommand, slashCommand, usage } from "./commands.ts";
import { cut, escape, plain } from "./escape.ts";
import { message } from "./pen.ts";

/** Why something that a person asked for was not done. */
export type Refusal =
  /** `elsewhere`: names of channels that have one, for instance "inc-42-checkout". */
  | { readonly reason: "no-open-incident"; readonly elsewhere: readonly string[] }
  | { readonly reason: "not-a-member"; readonly channelName: string }
  | { readonly reason: "already-open"; readonly name: string }
  | { readonly reason: "unknown-command"; readonly text: string }
  | { readonly reason: "unknown-button" }
  | { readonly reason: "no-such-step" }
  /** A reaction on a list of several. */
  | { readonly reason: "which-step" }
  | { readonly reason: "incident-resolved"; readonly name: string }
  | { readonly reason: "bad-severity"; readonly text: string }
  | { readonly reason: "bad-lead"; readonly text: string }
  | { readonly reason: "run-elsewhere"; readonly tool: string }
  /** The bot is not there and cannot join by itself. */
  | { readonly reason: "not-invited" }
  | { readonly reason: "direct-message" }
  | { readonly reason: "form-unclear" }
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
  switch (refused.reason) {
    case "no-open-incident":
      return noOpenIncident(refused.elsewhere);
    case "not-a-member":
      return `Only members of ${channel(refused.channelName)} can record outcomes. Join the channel and click again; nothing was recorded.`;
    case "already-open":
      return `${quoted(refused.name)} is open in this channel already. End it with ${slashCommand} resolve before you declare another.`;
    case "unknown-command":
      return unknownCommand(refused.text);
    case "unknown-button":
      return `That button belongs to nothing that is known here; nothing was recorded. ${slashCommand} steps posts the list again.`;
    case "no-such-step":
      return `That step is no longer known; nothing was recorded. ${slashCommand} steps posts the list again.`;
    case "which-step":
      return `A reaction on a list of several steps does not say which one it means; nothing was recorded. Press the button beside the step, or react to the message of your try.`;
    case "incident-resolved":
      return `${quoted(refused.name)} is resolved; nothing was changed. Declare another with ${slashCommand} declare.`;
    case "bad-severity":
      return `"${quoted(refused.text)}" is no severity. Say ${slashCommand} severity 1, 2, 3 or 4; 1 is the gravest.`;
    case "bad-lead":
      return `"${quoted(refused.text)}" is nobody in this workspace. Say ${slashCommand} lead me, a mention, or none.`;
    case "run-elsewhere":
      return `${quoted(refused.tool)} runs this incident; set it there and it shows here.`;
    case "not-invited":
      return `I am not in this channel and cannot join it by myself. Invite me with "/invite @hindsight" and run ${slashCommand} declare again. I cannot be in a group message: declare in a channel instead.`;
    case "direct-message":
      return `An incident needs a channel that others can join. Run ${slashCommand} declare in one.`;
    case "form-unclear":
      return `Slack did not say whether the form opened; nothing was declared. If you do not see it, say ${slashCommand} declare and a title in one line.`;
    case "alert-taken":
      return "That alert has an incident already, or its channel is just being opened; nothing was declared. Its message says where.";
    case "given-up":
      return `Your ${refused.deed} in this channel could not be done for a day, and nothing was recorded. It is in the log; please try once more.`;
    case "failed":
      return `Something went wrong here and nothing was recorded. It is in the log; please try once more.`;
  }
}

function unknownCommand(text: string): string {
  const near = nearestCommand(text);
  const meant = near === null ? "" : ` The nearest is ${usage(near)}.`;
  return `There is no command "${quoted(text)}".${meant} ${slashCommand} help lists them.`;
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
