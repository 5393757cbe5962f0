/** What somebody wants of a postmortem by /postmortem: which incident is meant, whether it may be shown here, which deed it is. */

import {
  hasWords,
  incidentIn,
  postmortemHelp,
  postmortemLanguage,
} from "../message/postmortem-commands.ts";
import type { PostmortemVerb } from "../message/postmortem-commands.ts";
import type { MessageBody } from "../message/body.ts";
import { postmortemText } from "../message/postmortem-message.ts";
import { postmortemRefusal, type PostmortemRefusal } from "../message/postmortem-refusals.ts";
import type { CommandEvent } from "./answer-command.ts";
import { draftPostmortem } from "./draft-postmortem.ts";
import { editPostmortem } from "./edit-postmortem.ts";
import { exportByCommand } from "./export-postmortem.ts";
import { listActions } from "./list-actions.ts";
import type { StoredIncident, World } from "./ports.ts";
import { movePostmortem } from "./publish-postmortem.ts";
import { viewerNow } from "./refresh-channel.ts";
import { tell, type Asker } from "./tell.ts";

/** What needs nothing but the words; null: the answer comes from the queue. */
export function answerPostmortemAtOnce(text: string): MessageBody | null {
  const parsed = postmortemLanguage.parse(text);
  if (parsed === null) return postmortemRefusal({ reason: "unknown-command", text });
  return parsed.verb === "help" ? postmortemHelp() : null;
}

export async function runPostmortem(world: World, event: CommandEvent): Promise<void> {
  const parsed = postmortemLanguage.parse(event.text);
  if (parsed === null || parsed.verb === "help") return;
  if (await world.store.wasHandled(world.workspace, [event.job])) return;
  const { verb } = parsed;
  const { number, rest } = incidentIn(parsed);
  if (number === null && rest !== "" && !hasWords(verb)) {
    return tell(world, event, postmortemRefusal({ reason: "not-an-incident", verb, text: rest }));
  }
  const found = await incidentFor(world, event, number);
  if ("reason" in found) return tell(world, event, postmortemRefusal(found));
  return act(world, event, { stored: found, verb, rest });
}

/** The newest of the channel where none is named. */
async function incidentFor(
  world: World,
  { channel }: Asker,
  number: number | null,
): Promise<StoredIncident | PostmortemRefusal> {
  const { workspace, store } = world;
  if (number === null) {
    return (await store.latestIncidentIn(workspace, channel)) ?? { reason: "no-incident-here" };
  }
  const viewer = await viewerNow(world, channel);
  const found = await store.incidentShown(workspace, { number, viewer });
  if (found !== null) return found;
  if (viewer.kind === "external") return { reason: "not-shown-here" };
  return { reason: "no-such-incident", name: `INC-${number}` };
}

function act(
  world: World,
  event: CommandEvent,
  meant: {
    readonly stored: StoredIncident;
    readonly verb: Exclude<PostmortemVerb, "help">;
    readonly rest: string;
  },
): Promise<void> {
  const { stored, verb, rest } = meant;
  const deed = { ...event, incident: stored.id };
  switch (verb) {
    case "draft":
      return draftPostmortem(world, deed, stored);
    case "show":
      return show(world, event, stored);
    case "actions":
      return listActions(world, event, stored);
    case "edit":
      return editPostmortem(world, deed, { stored, heading: rest });
    case "publish":
      return movePostmortem(world, deed, { stored, to: "published" });
    case "export":
      return exportByCommand(world, deed, { stored, words: rest });
  }
}

/** To whoever asks, in a channel that may see the incident. */
async function show(world: World, asker: Asker, stored: StoredIncident): Promise<void> {
  const name = `INC-${stored.number}`;
  const latest = await world.store.latestPostmortem(world.workspace, stored.id);
  if (latest === null) return tell(world, asker, postmortemRefusal({ reason: "none-yet", name }));
  const view = { incident: stored.id, name, head: latest.head };
  const hosts = [...world.linkHosts, ...slackHosts(latest.head.markdown)];
  return tell(world, asker, postmortemText(view, hosts));
}

/** Messages are cited by Slack's own addresses, whose host is the workspace's. */
function slackHosts(markdown: string): readonly string[] {
  const found = markdown.matchAll(/\]\(https:\/\/([a-z0-9-]+\.slack\.com)\//g);
  return [...new Set([...found].map(([, host = ""]) => host))];
}
