/** What is said where a postmortem cannot be written, shown or given out: what is missing, and the mend. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, plain } from "./escape.ts";
import { message } from "./pen.ts";
import { postmortemCommand, postmortemLanguage } from "./postmortem-commands.ts";
import type { PostmortemVerb } from "./postmortem-commands.ts";

export type PostmortemRefusal =
  | { readonly reason: "unknown-command"; readonly text: string }
  | { readonly reason: "no-incident-here" }
  /** `text` stands where an incident is named. */
  | { readonly reason: "not-an-incident"; readonly verb: PostmortemVerb; readonly text: string }
  /** It does not exist, or may not be shown here: which of both is not told. */
  | { readonly reason: "no-such-incident"; readonly name: string }
  /** Whoever can read the channel may be of another organisation. */
  | { readonly reason: "not-shown-here" }
  | { readonly reason: "none-yet"; readonly name: string }
  | {
      readonly reason: "no-such-heading";
      readonly text: string;
      readonly titles: readonly string[];
    }
  | { readonly reason: "still-open"; readonly name: string }
  | { readonly reason: "form-unclear" }
  /** What stands under the heading is longer than a form may be. */
  | { readonly reason: "too-long"; readonly title: string }
  | { readonly reason: "not-public"; readonly name: string }
  | { readonly reason: "no-repository" }
  | { readonly reason: "no-hook" }
  | { readonly reason: "unknown-export"; readonly text: string }
  /** `said`: a sentence with its mend. */
  | { readonly reason: "not-exported"; readonly name: string; readonly said: string };

const wordsMax = 80;
const saidMax = 600;

export function postmortemRefusal(refused: PostmortemRefusal): MessageBody {
  const line = words(refused);
  return message([line], [section(line)]);
}

function words(refused: PostmortemRefusal): string {
  switch (refused.reason) {
    case "unknown-command":
      return unknownCommand(refused.text);
    case "no-incident-here":
      return `This channel has had no incident. Name one: ${postmortemCommand} draft INC-42.`;
    case "not-an-incident":
      return `"${named(refused.text)}" is no incident; nothing was done. Name one as INC-42, or say ${postmortemCommand} ${refused.verb} alone in its channel.`;
    case "no-such-incident":
      return `There is no ${named(refused.name)} that may be shown here. An incident of a private channel is shown in that channel alone.`;
    case "not-shown-here":
      return "Incidents of other channels are not shown here: people from outside can read this channel, or I am not in it. Ask in a channel of your own that I am in.";
    case "none-yet":
      return `${named(refused.name)} has no postmortem yet. ${postmortemCommand} draft writes one.`;
    case "no-such-heading":
      return `It has no heading "${named(refused.text)}". There are: ${refused.titles.map(named).join(", ")}.`;
    case "still-open":
      return `${named(refused.name)} is open still; its postmortem can be published once it is resolved. The draft is kept.`;
    case "form-unclear":
      return `It is not certain that the form opened; nothing was changed. If you do not see it, run ${postmortemCommand} edit again.`;
    case "too-long":
      return `What stands under "${named(refused.title)}" is too long for a form. Split it by a heading, or edit the file that ${postmortemCommand} export gives.`;
    case "not-public":
      return `${named(refused.name)} belongs to a channel that is not public: its postmortem leaves that channel for nowhere. ${postmortemCommand} export file gives it in its own thread.`;
    case "no-repository":
      return "No repository is set for postmortems. Set POSTMORTEM_REPO (owner/name) and GITHUB_TOKEN, or export it as a file.";
    case "no-hook":
      return "No hook is set to give postmortems to. Set OUTGOING_HOOK_URL and OUTGOING_HOOK_SECRET, or export it as a file.";
    case "unknown-export":
      return `"${named(refused.text)}" is nothing that it can be exported to. Say ${postmortemCommand} export file, github, issue, canvas or hook.`;
    case "not-exported":
      return `The postmortem of ${named(refused.name)} was not exported: ${escape(cut(plain(refused.said), saidMax))} It is kept here as it is.`;
  }
}

function unknownCommand(text: string): string {
  const near = postmortemLanguage.nearest(text);
  const meant = near === null ? "" : ` The nearest is ${postmortemLanguage.usage(near)}.`;
  return `There is no command "${named(text)}".${meant} ${postmortemCommand} help lists them.`;
}

function named(text: string): string {
  return escape(cut(plain(text), wordsMax));
}

/** Why Slack made no canvas, and the mend; by Slack's own words (docs.slack.dev, canvases.create and canvases.edit). */
export function canvasRefusal({
  reason,
  detail,
}: {
  readonly reason: string;
  readonly detail: string | null;
}): string {
  switch (reason) {
    case "missing_scope":
      return "Slack made no canvas, for the app may not write them: give it canvases:write by installing it again from slack-manifest.json.";
    case "not_allowed_token_type":
    case "restricted_action":
      return `Slack made no canvas (${reason}): an administrator of the workspace has to let apps make canvases.`;
    case "canvas_disabled_user_team":
    case "canvas_disabled_file_team":
      return "Slack made no canvas: canvases are switched off in this workspace. An administrator can switch them on.";
    case "free_team_canvas_tab_already_exists":
    case "free_teams_cannot_create_non_tabbed_canvases":
    case "free_teams_cannot_edit_standalone_canvases":
    case "team_tier_cannot_create_channel_canvases":
      return "Slack made no canvas: the workspace's plan has no further one for this channel.";
    case "channel_not_found":
    case "not_in_channel":
    case "is_archived":
      return `Slack made no canvas (${reason}): invite me to the incident's channel, or unarchive it, and export again.`;
    default: {
      const told = detail === null ? reason : `${reason}, ${detail}`;
      return `Slack made no canvas (${told}).`;
    }
  }
}
