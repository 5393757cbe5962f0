/** The hooks of the program: whose workspace they are kept for is known from Slack. */

import type { Service } from "../catalog/catalog.ts";
import type { Config } from "../config.ts";
import type { WebClient } from "@slack/web-api";
import type { PgBoss } from "pg-boss";
import { hookListener, type HookOptions } from "../edges/hooks/receiver.ts";
import type { Metering } from "../edges/http/meter.ts";
import type { Handler } from "../edges/http/server.ts";
import { chatOn } from "../edges/slack/chat.ts";
import { changesOfHooks, keepChangeEvents } from "../edges/postgres/change-events.ts";
import type { Connection } from "../edges/postgres/connect.ts";
import { enqueueNews } from "../edges/postgres/enqueue-news.ts";
import { changeSources } from "../evidence/change-event.ts";
import type { Changes } from "../flows/ports.ts";
import { unplacedNews } from "../flows/unplaced-news.ts";
import type { WorkspaceId } from "../vocabulary.ts";
import type { LiveCatalog } from "./live-catalog.ts";
import type { Log } from "./log.ts";
import { identify, slackClient } from "./slack.ts";
import type { SlackAccess } from "./slack.ts";
import { untilItWorks } from "./wait.ts";

/** A sender may write what it likes. */
const notesMax = 20;

export function hasHooks({ hooks }: Config): boolean {
  return Object.keys(hooks).length > 0;
}

/** Waits for Slack to say who we are; null when the program was stopped before. */
export async function openHooks(options: {
  readonly config: Config;
  readonly catalog: LiveCatalog;
  readonly access: SlackAccess;
  readonly connection: Connection;
  readonly boss: PgBoss;
  readonly wake: () => void;
  /** Somebody pushed to this repository. */
  readonly pushed: (repository: string) => void;
  readonly meter: Metering;
  readonly log: Log;
  /** Hears, in a sentence, what the hooks wait for. */
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}): Promise<Handler | null> {
  const { config, catalog, access, connection, boss, wake, meter, log, say, signal } = options;
  const client = slackClient(access, log);
  const away = (reason: string): void =>
    say(`The hooks wait for Slack to say who we are (${reason}); check SLACK_BOT_TOKEN.`);
  const identity = await untilItWorks(() => identify(client), away, signal);
  if (identity === null) return null;
  const keep = keepChangeEvents(connection.db, identity.id);
  const news = enqueueNews(boss, identity.id, wake);
  return hookListener({
    secrets: config.hooks,
    keep: async (events) => {
      await keep(events);
      await news.changes(events);
    },
    enqueue: (deliveries) => news.alerts(deliveries),
    tell: (told) => news.incidents(told),
    unplaced: unplacedIn(client, config),
    issue: (told) => (isOurs(config, told.repo) ? news.issue(told) : Promise.resolve()),
    serviceOf: (repository) => serviceOf(catalog.current().services, repository),
    pushed: options.pushed,
    onEvent: (source, outcome) => meter.hook(source, outcome),
    onNote: saidOnce((sentence) => log.warn(sentence)),
  });
}

/** Slack is asked here, for the sender is told at once. */
function unplacedIn(client: WebClient, { alerts }: Config): HookOptions["unplaced"] {
  const chat = chatOn(client, () => false);
  return (told) => unplacedNews({ chat, alerts, deadline: (ms) => AbortSignal.timeout(ms) }, told);
}

/** The same of every payload: a log that says it each time hides everything else. */
function saidOnce(say: (sentence: string) => void): (sentence: string) => void {
  const said = new Set<string>();
  return (sentence) => {
    if (said.has(sentence) || said.size >= notesMax) return;
    said.add(sentence);
    say(sentence);
  };
}

/** Whether its issues may be action items. */
function isOurs({ postmortems: { repo } }: Config, repository: string): boolean {
  return repository.toLowerCase() === repo?.toLowerCase();
}

/** One that the catalog does not have is called as it is; null where it holds several services. */
function serviceOf(services: readonly Service[], repository: string): string | null {
  const its = services.filter(({ repo }) => repo?.toLowerCase() === repository.toLowerCase());
  if (its.length === 0) return repository.slice(repository.indexOf("/") + 1);
  return its.length === 1 ? (its[0]?.name ?? null) : null;
}

/** What was told at the hooks, believed before all other sources; none where no hook that tells of changes is set. */
export function hookSources(
  config: Config,
  { db }: Connection,
  workspace: WorkspaceId,
): readonly Changes[] {
  const isTold = changeSources.some((source) => config.hooks[source] !== undefined);
  return isTold ? [changesOfHooks(db, workspace)] : [];
}
