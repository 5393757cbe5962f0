/** A command about the incident of its channel: a fact that is set, an end, another beginning, another reading. */

import { parseSeverity, parseStatus } from "../message/commands.ts";
import type { ParsedCommand } from "../message/commands.ts";
import type { Refusal } from "../message/refusals.ts";
import type { UserId } from "../vocabulary.ts";
import { reopen, resolve, setFact, type Fact } from "./change-incident.ts";
import type { Deed } from "./may-change.ts";
import { lookAgain } from "./look-again.ts";
import { merge } from "./merge-incident.ts";
import type { World } from "./ports.ts";
import { updateByCommand } from "./post-update.ts";
import { refuse } from "./tell.ts";

export function onIncident(
  world: World,
  deed: Deed & { readonly triggerId: string | null },
  { verb, argument }: ParsedCommand,
): Promise<void> | undefined {
  const { user: by } = deed;
  if (verb === "resolve") return resolve(world, deed);
  if (verb === "reopen") return reopen(world, deed);
  switch (verb) {
    case "status":
    case "severity":
    case "lead": {
      const why = { reason: badWords[verb], text: argument } as const;
      return setOr(world, deed, factIn(verb, argument, by), why);
    }
    case "update":
      return updateByCommand(world, deed, argument);
    case "merge":
      return merge(world, deed, argument);
    case "mute":
    case "resume":
      return setFact(world, deed, { kind: verb === "mute" ? "muted" : "resumed", by });
    case "steps":
    case "look-again":
      return lookAgain(world, deed);
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

function setOr(world: World, deed: Deed, fact: Fact | null, why: Refusal): Promise<void> {
  return fact === null ? refuse(world, deed, why) : setFact(world, deed, fact);
}

const badWords = { status: "bad-status", severity: "bad-severity", lead: "bad-lead" } as const;

/** null: it makes no sense. */
function factIn(verb: keyof typeof badWords, argument: string, user: UserId): Fact | null {
  switch (verb) {
    case "status":
      return statusIn(argument);
    case "severity":
      return severityIn(argument);
    case "lead":
      return leadIn(argument, user);
  }
}

function statusIn(argument: string): Fact | null {
  const status = parseStatus(argument);
  return status === undefined ? null : { kind: "status-set", status };
}

function severityIn(argument: string): Fact | null {
  const severity = parseSeverity(argument);
  return severity === undefined ? null : { kind: "severity-set", severity };
}

/** null: nobody that Slack knows. */
function leadIn(argument: string, user: UserId): Fact | null {
  if (argument === "" || /^me$/i.test(argument)) return { kind: "lead-set", lead: user };
  if (/^none$/i.test(argument)) return { kind: "lead-set", lead: null };
  const lead = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(argument)?.[1];
  return lead === undefined ? null : { kind: "lead-set", lead };
}
