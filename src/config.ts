/** Settings: the environment is read in one place and checked in one place, and what makes no sense is named with its mend. */

import { readFileSync } from "node:fs";
import { alertNotices, alertSettings, hookSecrets, ownsLifecycle } from "./config-hooks.ts";
import { catalogSettings, type CatalogSettings } from "./config-catalog.ts";
import { channelSettings, type ChannelSettings } from "./config-channels.ts";
import { digestSettings, type DigestSettings } from "./config-digest.ts";
import type { AlertSettings, HookSecrets } from "./config-hooks.ts";
import { serverSettings, type ServerSettings } from "./config-servers.ts";
import { githubSettings, type GitHubSettings } from "./config-github.ts";
import { modelNotices, modelSettings, modelVariables, type ModelSettings } from "./config-model.ts";
import { addressesOf } from "./config-redaction.ts";
import type { Addresses } from "./redaction/redact.ts";
import { postmortemSettings, type PostmortemSettings } from "./config-postmortems.ts";
import { askingOf, isLoopback, logLevelOf, portOf, urlOf } from "./config-values.ts";
import type { Asking, Environment, LogLevel, Problem } from "./config-values.ts";

type SlackSettings =
  | { readonly mode: "http"; readonly botToken: string; readonly signingSecret: string }
  | { readonly mode: "socket"; readonly botToken: string; readonly appToken: string }
  | { readonly mode: "local" };

export interface Config extends CatalogSettings, ChannelSettings, ServerSettings {
  readonly port: number;
  readonly host: string;
  /** Where people reach this server, where that is not where it listens. */
  readonly publicUrl: string | null;
  /** null: the embedded database. */
  readonly databaseUrl: string | null;
  readonly migrationUrl: string | null;
  readonly dataFolder: string;
  readonly slack: SlackSettings;
  readonly slackApiUrl: string | null;
  readonly github: GitHubSettings | null;
  readonly githubApiUrl: string | null;
  /** null: no model is asked anything. */
  readonly model: ModelSettings | null;
  readonly hooks: HookSecrets;
  readonly alerts: AlertSettings;
  readonly postmortems: PostmortemSettings;
  readonly ownsLifecycle: boolean;
  readonly digest: DigestSettings;
  readonly playbookFolder: string | null;
  /** Struck out beside secrets of all that Slack is sent. */
  readonly addressesInSlack: Addresses;
  readonly logLevel: LogLevel;
}

export type Reading =
  | { readonly ok: true; readonly config: Config; readonly notices: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Every variable that this version reads; `*` stands for a name. The README's table and .env.example list the same. */
export const variables = [
  "PORT",
  "HOST",
  "PUBLIC_URL",
  "DATABASE_URL",
  "DATABASE_MIGRATION_URL",
  "HINDSIGHT_DATA",
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "SLACK_API_URL",
  "GITHUB_TOKEN",
  "GITHUB_APP_ID",
  "GITHUB_APP_PRIVATE_KEY",
  "GITHUB_API_URL",
  "PROMETHEUS_URL",
  "LOKI_URL",
  "SOURCE_URLS",
  "RUNBOOK_ORIGINS",
  ...modelVariables,
  "HOOK_TOKEN_GENERIC",
  "HOOK_TOKEN_LAUNCHDARKLY",
  "HOOK_TOKEN_UNLEASH",
  "HOOK_TOKEN_FLAGSMITH",
  "HOOK_TOKEN_ALERTMANAGER",
  "HOOK_TOKEN_GRAFANA",
  "PAGERDUTY_WEBHOOK_SECRETS",
  "GITHUB_WEBHOOK_SECRET",
  "POSTMORTEM_TEMPLATE",
  "POSTMORTEM_REPO",
  "POSTMORTEM_PATH",
  "OUTGOING_HOOK_URL",
  "OUTGOING_HOOK_SECRET",
  "ALERT_CHANNEL",
  "AUTO_DECLARE",
  "QUIET_AFTER",
  "LIFECYCLE",
  "DIGEST_CHANNEL",
  "DIGEST_CRON",
  "DIGEST_TIMEZONE",
  "CATALOG",
  "PAGERDUTY_TOKEN",
  "PAGERDUTY_API_URL",
  "PLAYBOOK",
  "INCIDENT_CHANNELS",
  "RETENTION_DAYS_MESSAGES",
  "REDACT_SLACK",
  "REDACT_MODEL",
  "LOG_LEVEL",
] as const;

/** Settings of the design that nothing reads yet: whoever sets one is told so at the start. */
const unreadVariables =
  /^(SHADOW_CHANNEL$|HOOK_TOKEN_(?!(?:GENERIC|LAUNCHDARKLY|UNLEASH|FLAGSMITH|ALERTMANAGER|GRAFANA)(?:_FILE)?$)|RETENTION_DAYS_EVIDENCE$|SLACK_CLIENT_)/;

/** `files` reads a secret's file and lists what lies beside the program; it throws where it cannot. */
export function readConfig(
  env: Environment,
  files: { readonly read: (path: string) => string; readonly has: (path: string) => boolean } = {
    read: (path) => readFileSync(path, "utf8"),
    has: () => false,
  },
): Reading {
  const problems: Problem[] = [];
  const asking = askingOf(env, files.read, problems);
  const slack = slackSettings(env, asking);
  const port = portOf(asking);
  const host = hostOf(asking, slack);
  const config: Config = {
    port,
    host,
    publicUrl: urlOf(asking, "PUBLIC_URL", ["http:", "https:"]),
    databaseUrl: urlOf(asking, "DATABASE_URL", ["postgres:", "postgresql:"]),
    migrationUrl: urlOf(asking, "DATABASE_MIGRATION_URL", ["postgres:", "postgresql:"]),
    dataFolder: asking.value("HINDSIGHT_DATA") ?? ".hindsight",
    slack,
    slackApiUrl: slackApiUrl(asking),
    github: githubSettings(asking),
    githubApiUrl: urlOf(asking, "GITHUB_API_URL", ["http:", "https:"]),
    ...serverSettings(Object.keys(env), asking),
    model: modelSettings(asking),
    hooks: hookSecrets(asking),
    alerts: alertSettings(asking, slack.mode === "local"),
    postmortems: postmortemSettings(asking, files.read),
    ownsLifecycle: ownsLifecycle(asking),
    ...catalogSettings(asking, files.has("catalog.yaml")),
    digest: digestSettings(asking),
    playbookFolder: asking.value("PLAYBOOK") ?? null,
    ...channelSettings(asking),
    addressesInSlack: addressesOf(asking, "REDACT_SLACK"),
    logLevel: logLevelOf(asking),
  };
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, config, notices: noticesOf(env, config) };
}

function hostOf(asking: Asking, slack: SlackSettings): string {
  const host = asking.value("HOST") ?? (slack.mode === "local" ? "127.0.0.1" : "0.0.0.0");
  if (slack.mode === "local" && !isLoopback(host)) {
    asking.problem(
      "HOST",
      `is "${host}", but the local workspace may only be reached from this machine. Unset HOST, or connect Slack with SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET.`,
    );
  }
  return host.replace(/^\[(.*)\]$/, "$1");
}

function slackSettings(env: Environment, { value, problem }: Asking): SlackSettings {
  const botToken = value("SLACK_BOT_TOKEN");
  const signingSecret = value("SLACK_SIGNING_SECRET");
  const appToken = value("SLACK_APP_TOKEN");
  const others = Object.keys(env).filter(
    (name) => name.startsWith("SLACK_") && !name.startsWith("SLACK_API_URL") && env[name]?.trim(),
  );
  if (others.length === 0) return { mode: "local" };
  if (botToken === undefined) {
    problem(
      "SLACK_BOT_TOKEN",
      `is not set, but ${others[0]} is. It starts with xoxb-; see "Connect Slack" in the README.`,
    );
    return { mode: "http", botToken: "", signingSecret: "" };
  }
  if (!botToken.startsWith("xoxb-")) {
    problem("SLACK_BOT_TOKEN", "must start with xoxb-: take the Bot User OAuth Token of the app.");
  }
  if (appToken !== undefined) {
    if (!appToken.startsWith("xapp-")) {
      problem(
        "SLACK_APP_TOKEN",
        "must start with xapp-: make an app-level token with connections:write.",
      );
    }
    return { mode: "socket", botToken, appToken };
  }
  if (signingSecret === undefined) {
    problem(
      "SLACK_SIGNING_SECRET",
      "is not set, but SLACK_BOT_TOKEN is. Set it (Basic Information of the app), or SLACK_APP_TOKEN for Socket Mode.",
    );
  }
  return { mode: "http", botToken, signingSecret: signingSecret ?? "" };
}

function slackApiUrl(asking: Asking): string | null {
  const url = urlOf(asking, "SLACK_API_URL", ["http:", "https:"]);
  if (url !== null && !url.endsWith("/api/")) {
    asking.problem("SLACK_API_URL", `must end in /api/; it is "${url}".`);
  }
  return url;
}

function noticesOf(env: Environment, config: Config): string[] {
  const unread = Object.keys(env)
    .filter((name) => unreadVariables.test(name) && env[name]?.trim())
    .map((name) => `${name} is set, but this version does not read it yet.`);
  return [...unread, ...alertNotices(config), ...modelNotices(config.model)];
}
