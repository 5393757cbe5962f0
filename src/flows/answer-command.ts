/** Slash commands and the form: what is said in the response, and what follows from the queue. */

import { catchUp } from "../message/catch-up.ts";
import { parseCommand, parseSeverity, slashCommand } from "../message/commands.ts";
import type { ParsedCommand } from "../message/commands.ts";
import { declareModal, parseDeclaration } from "../message/declare-modal.ts";
import type { MessageBody } from "../message/body.ts";
import { helpMessage } from "../message/help.ts";
import { markupAsWords } from "../message/markup.ts";
import { refusal } from "../message/refusals.ts";
import type { ChannelId, UserId } from "../vocabulary.ts";
import { declare, placeFor } from "./begin-incident.ts";
import { resolve, setFact } from "./change-incident.ts";
import { lookAgain } from "./look-again.ts";
import type { Opening, StoredIncident, World } from "./ports.ts";
import { linksOf, showIncident } from "./show-incident.ts";
import { refuse, tell } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface CommandEvent extends Asker {
  readonly command: string;
  readonly text: string;
  readonly triggerId: string | null;
}

/** What needs nothing but the words is answered in the response; null: the answer comes from the queue. */
export function answerAtOnce(command: string, text: string): MessageBody | null {
  if (command !== slashCommand) return refusal({ reason: "unknown-command", text: command });
  const parsed = parseCommand(text);
  if (parsed === null) return refusal({ reason: "unknown-command", text });
  return parsed.verb === "help" ? helpMessage() : null;
}

export async function runCommand(world: World, event: CommandEvent): Promise<void> {
  if (answerAtOnce(event.command, event.text) !== null) return;
  const parsed = parseCommand(event.text);
  if (parsed === null || (await world.store.wasHandled(world.workspace, [event.job]))) return;
  if (parsed.verb === "declare") return declareByCommand(world, event, parsed.argument);
  const open = await world.store.openIncidentIn(world.workspace, event.channel);
  if (open === null) {
    return refuse(world, event, { reason: "no-open-incident", elsewhere: [] });
  }
  return onIncident(world, event, parsed, open);
}

/** A title declares at once; without one the form asks, and where Slack refuses it the channel's name is enough. */
async function declareByCommand(world: World, event: CommandEvent, title: string): Promise<void> {
  const place = await placeFor(world, event.channel);
  if ("reason" in place) return refuse(world, event, place);
  if (title === "" && event.triggerId !== null) {
    switch (await openForm(world, event, event.triggerId)) {
      case "open":
        return;
      case "unclear":
        return refuse(world, event, { reason: "form-unclear" });
      case "refused":
        break;
    }
  }
  return declare(world, { ...event, title: markupAsWords(title) });
}

/** At most once: a second run of the job finds its trigger used up, which says nothing of the first. */
async function openForm(
  { workspace, store, chat }: World,
  { job, channel }: CommandEvent,
  triggerId: string,
): Promise<Opening> {
  const commit = await store.commit({ workspace, handled: [`form:${job}`] });
  return commit === "committed" ? chat.openModal(triggerId, declareModal(channel, "")) : "unclear";
}

async function onIncident(
  world: World,
  event: CommandEvent,
  { verb, argument }: ParsedCommand,
  open: StoredIncident,
): Promise<void> {
  const deed = { ...event, incident: open.id };
  switch (verb) {
    case "status": {
      const { name, incident, board } = await showIncident(world, open);
      const view = { name, incident, board, now: world.now(), nextUpdateAt: null };
      return tell(world, event, catchUp({ ...view, links: linksOf(world, incident) }));
    }
    case "steps":
    case "look-again":
      return lookAgain(world, deed);
    case "severity": {
      const severity = parseSeverity(argument);
      if (severity === undefined) {
        return refuse(world, event, { reason: "bad-severity", text: argument });
      }
      return setFact(world, deed, { kind: "severity-set", severity });
    }
    case "lead": {
      const lead = leadOf(argument, event.user);
      if (lead === undefined) return refuse(world, event, { reason: "bad-lead", text: argument });
      return setFact(world, deed, { kind: "lead-set", lead });
    }
    case "mute":
      return setFact(world, deed, { kind: "muted", by: event.user });
    case "resume":
      return setFact(world, deed, { kind: "resumed", by: event.user });
    case "resolve":
      return resolve(world, deed);
    case "help":
    case "declare":
      return;
  }
}

/** undefined: nobody that Slack knows. */
function leadOf(argument: string, user: UserId): UserId | null | undefined {
  if (argument === "" || /^me$/i.test(argument)) return user;
  if (/^none$/i.test(argument)) return null;
  return /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(argument)?.[1];
}

/** The form came back; what it lacked was said in the response already. */
export async function submitDeclaration(
  world: World,
  event: {
    readonly job: string;
    readonly user: UserId;
    readonly channel: ChannelId;
    readonly values: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const declaration = parseDeclaration(event.values);
  if (!declaration.ok) return;
  const { title, severity } = declaration;
  return declare(world, { ...event, title, severity });
}
