/** The world of the flows, put together from the edges. */

import { v7 as uuidv7 } from "uuid";
import type { WebClient } from "@slack/web-api";
import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config.ts";
import { jobIdOf } from "../edges/postgres/group-commit.ts";
import { chatOn } from "../edges/slack/chat.ts";
import { issuesOn } from "../edges/github/issues.ts";
import { pullRequestsOn } from "../edges/github/publish.ts";
import { outgoingHook } from "../edges/outgoing-hook.ts";
import type { PostmortemExports } from "../flows/postmortem-ports.ts";
import { schedulesOnPagerDuty } from "../edges/pagerduty/on-call.ts";
import type { Meter } from "../flows/meter.ts";
import type { Model } from "../flows/model-ports.ts";
import type { Changes, Sources, Store, World } from "../flows/ports.ts";
import { foundCatalog } from "./found-catalog.ts";
import type { WorkspaceId } from "../vocabulary.ts";
import type { LiveCatalog } from "./live-catalog.ts";
import {
  anySources,
  changesFor,
  changesSources,
  gitHubSettings,
  loadSteps,
  logsSources,
  metricsSources,
  versionSources,
} from "./sources.ts";
import { runbooksFor } from "./runbooks.ts";
import type { Local } from "./local.ts";
import type { Identity } from "./slack.ts";

export interface Parts {
  readonly config: Config;
  readonly identity: Identity;
  readonly store: Store;
  /** Believed before those that the settings name. */
  readonly hooks: readonly Changes[];
  readonly client: WebClient;
  readonly apiUrl: string | undefined;
  readonly local: Local | null;
  readonly trouble: (sentence: string) => void;
  readonly catalog: LiveCatalog;
  readonly meter: Meter;
  readonly model: Model | null;
  /** Fills the workspace of made-up incidents; asked in the local workspace alone. */
  readonly openSample: (world: World) => Promise<WorkspaceId>;
  readonly url: string;
}

/** Rejects with every error of the playbook. */
export async function makeWorld(parts: Parts): Promise<World> {
  const { config, identity, store, client, local, meter, catalog } = parts;
  const steps = await loadSteps(config);
  const own = local === null ? [] : [new URL(parts.url).origin];
  const configured = configuredSources(config, catalog, { hooks: parts.hooks, own });
  const publicUrl = (config.publicUrl ?? parts.url).replace(/\/+$/, "");
  const world: World = {
    workspace: identity.id,
    botUser: identity.botUserId,
    store,
    chat: chatOn(client, (url) => isSlacks(url, parts.apiUrl), config.addressesInSlack),
    steps,
    incidentChannels: config.incidentChannels,
    keepsMessagesDays: config.keepsMessagesDays,
    alerts: config.alerts,
    ownsLifecycle: config.ownsLifecycle,
    digest: config.digest,
    exports: exportsOf(config),
    now: () => new Date(),
    newId: () => uuidv7(),
    idOf: (words) => jobIdOf(identity.id, words),
    sourcesFor: async (channel) => {
      await local?.settled();
      return sourcesIn(channel, local, await configured());
    },
    get linkHosts() {
      return linkHosts(config, catalog.current(), parts.url);
    },
    model: parts.model,
    schedules: config.pagerduty === null ? null : schedulesOnPagerDuty(config.pagerduty),
    ...pagesOf(local, publicUrl),
    sample: local === null ? null : () => parts.openSample(world),
    deadline: (ms) => AbortSignal.timeout(ms),
    stepTried: (channel, stepId) => local?.player.tried(channel, stepId),
    trouble: parts.trouble,
    meter,
  };
  return world;
}

/** Pages are shown in the local workspace alone. */
function pagesOf(
  local: Local | null,
  publicUrl: string,
): Pick<World, "evidencePage" | "postmortemPage" | "digestPage"> {
  return {
    evidencePage: (snapshot, cite) =>
      local === null || snapshot === ""
        ? null
        : `${publicUrl}/evidence/${snapshot}#${encodeURIComponent(cite)}`,
    postmortemPage: (id) => (local === null ? null : `${publicUrl}/postmortems/${id}`),
    digestPage: (id) => (local === null ? null : `${publicUrl}/digest/${id}`),
  };
}

/** Where postmortems can go, by what is set. */
function exportsOf(config: Config): PostmortemExports {
  const { template, folder, repo, hook } = config.postmortems;
  const github = gitHubSettings(config);
  return {
    template,
    folder,
    repository: repo === null || github === null ? null : pullRequestsOn(github, repo),
    issues: repo === null || github === null ? null : issuesOn(github, repo),
    hook: hook === null ? null : outgoingHook({ ...hook, now: () => new Date() }),
  };
}

/** git reads its own settings from HOME, such as which folders are safe. */
const { PATH = "", HOME = "" } = process.env;
export const gitEnvironment = { PATH, HOME };

/**
 * What is played in the channel; else what is configured; and where nothing is, the newest play: in a practice workspace
 * every question is about that.
 */
function sourcesIn(channel: string, local: Local | null, configured: Sources): Sources {
  const played = (of: string): Sources | null => {
    const sources = local?.player.sourcesFor(of) ?? null;
    const { runbooks } = configured;
    return sources === null || runbooks === undefined ? sources : { ...sources, runbooks };
  };
  const here = played(channel);
  if (here !== null) return here;
  const newest = local?.player.playing().at(-1)?.channel;
  const isConfigured =
    configured.metrics.length + configured.changes.length + configured.logs.length > 0;
  if (isConfigured || newest === undefined) return configured;
  return played(newest) ?? configured;
}

/** Without a catalog the services are those that the metrics name. */
function configuredSources(
  config: Config,
  live: LiveCatalog,
  {
    hooks,
    own,
  }: {
    readonly hooks: readonly Changes[];
    /** Origins of our own, where runbooks may be. */
    readonly own: readonly string[];
  },
): () => Promise<Sources> {
  const metrics = metricsSources(config);
  const changes = changesSources(config, gitEnvironment);
  const versions = versionSources(config);
  const logs = logsSources(config);
  const any = anySources(config);
  const runbooks = runbooksFor(
    { ...config, runbookOrigins: [...config.runbookOrigins, ...own] },
    () => live.current(),
  );
  const found = foundCatalog({ metrics, logs }, () => Date.now());
  return async () => {
    const catalog = live.current();
    const trouble = live.trouble();
    const told = [...hooks, ...changesFor(changes, catalog)];
    return {
      ...(catalog.services.length > 0 ? { catalog } : withRules(await found(), catalog)),
      ...(trouble === null ? {} : { catalogTrouble: trouble }),
      metrics: [...metrics, ...any.map((source) => source.metrics)],
      changes: [...told, ...any.map((source) => source.changes), ...versions],
      logs: [...logs, ...any.map((source) => source.logs)],
      runbooks,
      now: new Date(),
    };
  };
}

/** What holds for every service holds for those that were found as well. */
function withRules<T extends Pick<Sources, "catalog">>(found: T, { constraints = [] }: Catalog): T {
  return constraints.length === 0
    ? found
    : { ...found, catalog: { ...found.catalog, constraints } };
}

/** Sources' own pages, what the catalog links to, GitHub, and our own. */
function linkHosts(config: Config, { services }: Catalog, url: string): string[] {
  const urls = [
    url,
    ...(config.publicUrl === null ? [] : [config.publicUrl]),
    "https://github.com",
    ...(config.githubApiUrl === null ? [] : [config.githubApiUrl]),
    ...[...config.prometheis, ...config.lokis].map((server) => server.url),
    ...config.sourceUrls,
    ...config.runbookOrigins,
    ...services.flatMap(({ dashboards, runbooks }) => [...dashboards, ...runbooks]),
  ];
  return [...new Set(urls.filter((each) => URL.canParse(each)).map((each) => new URL(each).host))];
}

/** A response_url is called only where Slack's own, or the stand-in's, origin is. */
function isSlacks(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { origin } = new URL(url);
  return origin === (apiUrl === undefined ? "https://hooks.slack.com" : new URL(apiUrl).origin);
}
