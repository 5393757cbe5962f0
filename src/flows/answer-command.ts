/** Slash commands and the form: what is said in the response, and what follows from the queue. */

import { needsOf, parseCommand, slashCommand } from "../message/commands.ts";
import { declareModal, parseDeclaration } from "../message/declare-modal.ts";
import type { MessageBody } from "../message/body.ts";
import { helpMessage } from "../message/help.ts";
import { markupAsWords } from "../message/markup.ts";
import { postmortemCommand } from "../message/postmortem-commands.ts";
import { refusal, type Refusal } from "../message/refusals.ts";
import type { ChannelId, UserId } from "../vocabulary.ts";
import { answerAsker, orderAnswer, questionOf } from "./answer-command-question.ts";
import { declare, placeFor } from "./begin-incident.ts";
import { onIncident } from "./command-on-incident.ts";
import { listRules } from "./keep-rules.ts";
import { noIncidentIn } from "./no-incident.ts";
import { openForm } from "./open-form.ts";
import type { World } from "./ports.ts";
import { answerPostmortemAtOnce, runPostmortem } from "./postmortem-command.ts";
import { refuse } from "./tell.ts";
import type { Asker } from "./tell.ts";

export interface CommandEvent extends Asker {
  readonly command: string;
  readonly text: string;
  readonly triggerId: string | null;
}

/** What needs nothing but the words, and whether there is a model, is answered in the response; null: the answer comes from the queue. */
export function answerAtOnce(command: string, text: string, hasModel = false): MessageBody | null {
  if (command === postmortemCommand) return answerPostmortemAtOnce(text);
  if (command !== slashCommand) return refusal({ reason: "unknown-command", text: command });
  const parsed = parseCommand(text);
  if (parsed === null) return refusal({ reason: "unknown-command", text });
  return parsed.verb === "help" ? helpMessage(hasModel) : null;
}

export async function runCommand(world: World, event: CommandEvent): Promise<void> {
  if (answerAtOnce(event.command, event.text) !== null) return;
  if (event.command === postmortemCommand) return runPostmortem(world, event);
  const parsed = parseCommand(event.text);
  if (parsed === null || (await world.store.wasHandled(world.workspace, [event.job]))) return;
  if (parsed.verb === "declare") return declareByCommand(world, event, parsed.argument);
  if (parsed.verb === "rules") return listRules(world, event);
  const question = questionOf(parsed);
  const needs = needsOf(parsed.verb);
  if (needs === "nothing")
    return question === null ? undefined : orderAnswer(world, event, question);
  const { workspace, store } = world;
  const stored =
    needs === "open"
      ? await store.openIncidentIn(workspace, event.channel)
      : await store.latestIncidentIn(workspace, event.channel);
  if (stored === null) {
    const isReopen = parsed.verb === "reopen";
    const none = { reason: "nothing-to-reopen", open: null } as const;
    return refuse(world, event, isReopen ? none : await whyNotHere(world, event.channel));
  }
  return question === null
    ? onIncident(world, { ...event, incident: stored.id, name: `INC-${stored.number}` }, parsed)
    : answerAsker(world, event, question, stored);
}

async function whyNotHere(world: World, channel: ChannelId): Promise<Refusal> {
  const latest = await world.store.latestIncidentIn(world.workspace, channel);
  return latest === null
    ? noIncidentIn(world, channel)
    : { reason: "incident-resolved", name: `INC-${latest.number}` };
}

/** A title declares at once; without one the form asks, and where Slack refuses it the channel's name is enough. */
async function declareByCommand(world: World, event: CommandEvent, title: string): Promise<void> {
  const place = await placeFor(world, event.channel);
  if ("reason" in place) return refuse(world, event, place);
  if (title === "" && event.triggerId !== null) {
    switch (await openForm(world, event, declareModal(event.channel, ""))) {
      case "open":
        return;
      case "unclear":
        return refuse(world, event, { reason: "form-unclear", verb: "declare" });
      case "refused":
        break;
    }
  }
  return declare(world, { ...event, title: markupAsWords(title) });
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
