/** A command that only asks: answered to its asker alone, by a job of its own where a source is waited for. */

import { withLine } from "../message/answers-asked.ts";
import type { Question } from "../message/ask.ts";
import type { ParsedCommand } from "../message/commands.ts";
import { markupAsWords } from "../message/markup.ts";
import { answerQuestion } from "./answer-question.ts";
import { pictureEffect } from "./draw-series.ts";
import { noIncidentIn } from "./no-incident.ts";
import type { StoredIncident, World } from "./ports.ts";
import { livingKey, showIncident } from "./show-incident.ts";
import { refuse, tell } from "./tell.ts";
import type { Asker } from "./tell.ts";

/** What only asks; null: it does something. */
export function questionOf({ verb, argument }: ParsedCommand): Question | null {
  switch (verb) {
    case "status":
      return argument === "" ? { kind: "catch-up" } : null;
    case "catch-up":
    case "board":
    case "similar":
    case "services":
      return { kind: verb };
    case "changes":
    case "graph":
    case "digest":
    case "stats":
      return { kind: verb, about: markupAsWords(argument) };
    case "help":
    case "declare":
    case "update":
    case "rules":
    case "steps":
    case "look-again":
    case "severity":
    case "lead":
    case "merge":
    case "mute":
    case "resume":
    case "resolve":
    case "reopen":
      return null;
  }
}

/** What waits for a source is a job of its own, so that no other event waits for it. */
export async function orderAnswer(world: World, event: Asker, question: Question): Promise<void> {
  const { job, channel, user, responseUrl = null } = event;
  const answer = { kind: "answer-command", channel, user, question, responseUrl } as const;
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    jobs: [{ id: world.idOf(`answer ${job}`), job: answer }],
  });
}

export async function answerCommand(
  world: World,
  { question, ...asker }: Asker & { readonly question: Question },
): Promise<void> {
  if (await world.store.wasHandled(world.workspace, [asker.job])) return;
  const stored = await world.store.latestIncidentIn(world.workspace, asker.channel);
  return answerAsker(world, asker, question, stored);
}

/** To the asker alone; a picture goes into the incident's thread, and nowhere where none is open. */
export async function answerAsker(
  world: World,
  asker: Asker,
  question: Question,
  stored: StoredIncident | null,
): Promise<void> {
  const { channel, job } = asker;
  const shown = stored === null ? null : await showIncident(world, stored);
  const answer = await answerQuestion(world, question, { channel, shown });
  if (answer === null) return refuse(world, asker, await noIncidentIn(world, channel));
  const { body, drawn } = answer;
  if (drawn === null) return tell(world, asker, body);
  const mayPost = await world.chat.isMember(channel, asker.user);
  if (shown?.incident.state !== "open" || !mayPost) {
    return tell(world, asker, withLine(body, drawnByMention));
  }
  const to = { channel, key: `graph:${job}`, under: livingKey(shown.stored.id) };
  const told = withLine(body, `The chart is in the thread of ${shown.name}.`);
  return tell(world, asker, told, { effects: [pictureEffect(world, to, drawn)] });
}

const drawnByMention = 'To have it drawn in a thread, mention me: "@hindsight graph …".';
