/** A command about the incident of its channel: a fact that is set, an end, another beginning, another reading. */

import type { MessageBody } from "../message/body.ts";
import { parseSeverity, parseStatus } from "../message/commands.ts";
import type { ParsedCommand } from "../message/commands.ts";
import { deedDone, readNow, type Done } from "../message/deed-asked.ts";
import type { UserId } from "../vocabulary.ts";
import { askSeverity } from "./ask-severity.ts";
import { reopen, resolve, setFact } from "./change-incident.ts";
import type { Deed } from "./may-change.ts";
import { lookAgain } from "./look-again.ts";
import { merge } from "./merge-incident.ts";
import type { World } from "./ports.ts";
import { updateByCommand } from "./post-update.ts";
import { ephemeral } from "./show-incident.ts";
import { refuse } from "./tell.ts";

export function onIncident(
  world: World,
  deed: Deed & { readonly name: string; readonly triggerId: string | null },
  { verb, argument }: ParsedCommand,
): Promise<void> | undefined {
  const { user: by } = deed;
  // On a phone four buttons are easier than a number.
  if (verb === "severity" && argument === "") return askSeverity(world, deed);
  if (verb === "resolve") return resolve(world, deed);
  if (verb === "reopen") return reopen(world, deed);
  switch (verb) {
    case "status":
    case "severity":
    case "lead":
      return setOr(world, deed, { verb, argument });
    case "update":
      return updateByCommand(world, deed, argument);
    case "merge":
      return merge(world, deed, argument);
    case "mute":
    case "resume":
      return setAndSay(world, deed, { kind: verb === "mute" ? "muted" : "resumed", by });
    case "steps":
    case "look-again":
      return lookAgain(world, saying(world, deed, readNow(deed.name)));
    case "help":
    case "declare":
    case "catch-up":
    case "board":
    case "similar":
    case "services":
    case "changes":
    case "graph":
    case "digest":
    case "stats":
    case "rules":
      return undefined;
  }
}

function setOr(
  world: World,
  deed: Deed & { readonly name: string },
  { verb, argument }: { readonly verb: keyof typeof badWords; readonly argument: string },
): Promise<void> {
  const { botUser: bot } = world;
  const fact = factIn(verb, argument, { by: deed.user, bot });
  if (fact !== null) return setAndSay(world, deed, fact);
  const text = argument.includes(`<@${bot}`) ? "@hindsight" : argument;
  return refuse(world, deed, { reason: badWords[verb], text });
}

/** What is shown elsewhere is said to whoever typed it as well: a command without an answer looks lost. */
function setAndSay(
  world: World,
  deed: Deed & { readonly name: string },
  fact: Done,
): Promise<void> {
  return setFact(world, saying(world, deed, deedDone(deed.name, fact)), fact);
}

function saying(world: World, deed: Deed, body: MessageBody): Deed {
  const { channel, user } = deed;
  return { ...deed, reply: ephemeral(world, { channel, user }, body) };
}

const badWords = { status: "bad-status", severity: "bad-severity", lead: "bad-lead" } as const;

interface Who {
  readonly by: UserId;
  readonly bot: UserId;
}

/** null: it makes no sense. */
function factIn(verb: keyof typeof badWords, argument: string, who: Who): Done | null {
  switch (verb) {
    case "status":
      return statusIn(argument);
    case "severity":
      return severityIn(argument);
    case "lead":
      return leadIn(argument, who);
  }
}

function statusIn(argument: string): Done | null {
  const status = parseStatus(argument);
  return status === undefined ? null : { kind: "status-set", status };
}

function severityIn(argument: string): Done | null {
  const severity = parseSeverity(argument);
  return severity === undefined ? null : { kind: "severity-set", severity };
}

/** null: nobody that Slack knows, or the bot itself. */
function leadIn(argument: string, { by, bot }: Who): Done | null {
  if (argument === "" || /^me$/i.test(argument)) return { kind: "lead-set", lead: by };
  if (/^none$/i.test(argument)) return { kind: "lead-set", lead: null };
  const lead = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(argument)?.[1];
  return lead === undefined || lead === bot ? null : { kind: "lead-set", lead };
}
