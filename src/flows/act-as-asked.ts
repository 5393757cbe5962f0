/** What a mention asks to be done: mute, resume, lead, severity, status, an update, another beginning; an end takes a click. */

import type { Ask } from "../message/ask.ts";
import { deedDone, openAgain, resolveChoice } from "../message/deed-asked.ts";
import { refusal } from "../message/refusals.ts";
import type { UserId } from "../vocabulary.ts";
import { reopen, setFact, type Fact } from "./change-incident.ts";
import { merge } from "./merge-incident.ts";
import { noIncidentIn } from "./no-incident.ts";
import type { World } from "./ports.ts";
import { updateByCommand } from "./post-update.ts";
import { reply, replyEffect, type Said } from "./reply.ts";
import { runElsewhere } from "./run-elsewhere.ts";
import type { Shown } from "./show-incident.ts";

export interface AskedBy extends Said {
  readonly job: string;
  readonly user: UserId;
}

/** False: nothing was to be done. */
export async function actAsAsked(
  world: World,
  said: AskedBy,
  ask: Ask,
  shown: Shown | null,
): Promise<boolean> {
  const fact = factOf(ask, said.user);
  if (ask.kind === "merge" || ask.kind === "reopen" || ask.kind === "update") {
    await doAsAsked(world, said, ask, shown);
    return true;
  }
  if (fact === null && ask.kind !== "resolve") return false;
  const kind = fact?.kind ?? "resolved";
  const elsewhere = runElsewhere(world, shown?.incident ?? null, kind);
  if (elsewhere !== null) {
    await reply(world, said, refusal(elsewhere));
  } else if (shown === null) {
    await reply(world, said, refusal(await noIncidentIn(world, said.channel)));
  } else if (shown.incident.state === "resolved") {
    await reply(world, said, refusal({ reason: "incident-resolved", name: shown.name }));
  } else if (fact?.kind === "lead-set" && fact.lead === world.botUser) {
    await reply(world, said, refusal({ reason: "bad-lead", text: "@hindsight" }));
  } else if (fact === null) {
    await reply(world, said, resolveChoice(shown.stored.id, shown.name));
  } else {
    const { job, user, channel, ts, threadTs } = said;
    const asker = { job, user, channel, threadTs: threadTs ?? ts, incident: shown.stored.id };
    const done = replyEffect(world, said, deedDone(shown.name, fact));
    await setFact(world, { ...asker, reply: done }, fact);
  }
  return true;
}

/** What tells of itself in the thread, or to whoever asked why not. */
async function doAsAsked(
  world: World,
  said: AskedBy,
  ask: Extract<Ask, { kind: "merge" | "reopen" | "update" }>,
  shown: Shown | null,
): Promise<void> {
  if (shown === null) {
    await reply(world, said, refusal(await noIncidentIn(world, said.channel)));
    return;
  }
  const { job, user, channel, ts, threadTs } = said;
  const asker = { job, user, channel, threadTs: threadTs ?? ts, incident: shown.stored.id };
  switch (ask.kind) {
    case "merge":
      return merge(world, asker, ask.into.replace(/^#/, ""));
    case "reopen":
      if (shown.incident.state === "open") {
        return reply(world, said, refusal({ reason: "nothing-to-reopen", open: shown.name }));
      }
      return reopen(world, { ...asker, reply: replyEffect(world, said, openAgain(shown.name)) });
    case "update":
      return updateByCommand(world, { ...asker, triggerId: null }, ask.known);
  }
}

function factOf(ask: Ask, user: UserId): Extract<Fact, Parameters<typeof deedDone>[1]> | null {
  switch (ask.kind) {
    case "mute":
      return { kind: "muted", by: user };
    case "resume":
      return { kind: "resumed", by: user };
    case "take-lead":
      return { kind: "lead-set", lead: user };
    case "give-lead":
      return { kind: "lead-set", lead: ask.lead };
    case "severity":
      return { kind: "severity-set", severity: ask.severity };
    case "status":
      return { kind: "status-set", status: ask.status };
    case "reopen":
    case "update":
    case "resolve":
    case "merge":
    case "help":
    case "thanks":
    case "catch-up":
    case "board":
    case "lead":
    case "similar":
    case "services":
    case "changes":
    case "graph":
    case "digest":
    case "stats":
    case "suspect":
    case "look":
      return null;
  }
}
