/** `doctor`: every setting and every outside system in one line each, with the mend; 0 only if all is well. */

import type { WebClient } from "@slack/web-api";
import type { Catalog } from "../catalog/catalog.ts";
import { isMeasuredOn, strayedSource } from "../catalog/measured-on.ts";
import type { Config } from "../config.ts";
import { hookCounts } from "../edges/postgres/change-events.ts";
import { backlogOf } from "../edges/postgres/backlog.ts";
import type { CheckedChanges } from "../edges/git/changes.ts";
import { connect } from "../edges/postgres/connect.ts";
import type { Connection } from "../edges/postgres/connect.ts";
import { isSchemaCurrent } from "../edges/postgres/migrate.ts";
import { deadQueue } from "../edges/postgres/queue.ts";
import type { Metrics } from "../flows/ports.ts";
import { visitDatabase } from "./database.ts";
import { attempt, type Finding } from "./doctor-finding.ts";
import { openLog } from "./log.ts";
import { slackClient } from "./slack.ts";
import { changesSources, loadCatalog, loadSteps, logsSources, metricsSources } from "./sources.ts";
import { gitEnvironment } from "./world.ts";

const checkTimeoutMs = 8_000;
const lookBackMs = 3_600_000;
const oldestPostgres = 15;
/** What the bot calls and hears; slack-manifest.json asks for the same. */
const scopesNeeded = [
  "app_mentions:read",
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "commands",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
];

export async function runDoctor(config: Config, notices: readonly string[]): Promise<number> {
  const findings: Finding[] = [];
  for await (const finding of examine(config)) {
    findings.push(finding);
    const { isWell, what, said } = finding;
    process.stdout.write(`${isWell ? "ok  " : "FAIL"} ${what}: ${said}\n`);
  }
  for (const notice of notices) process.stdout.write(`note ${notice}\n`);
  return findings.every(({ isWell }) => isWell) ? 0 : 1;
}

async function* examine(config: Config): AsyncGenerator<Finding> {
  yield { what: "Settings", isWell: true, said: "every variable makes sense" };
  yield await attempt("Database", "see DATABASE_URL and HINDSIGHT_DATA", () => database(config));
  yield await attempt("Slack", "see SLACK_BOT_TOKEN and the app's scopes", () => slack(config));
  const { slack: settings } = config;
  if (settings.mode === "socket") {
    const mend = "SLACK_APP_TOKEN has to be an app-level token with connections:write";
    yield await attempt("Slack's socket", mend, () => socket(config, settings.appToken));
  }
  yield await attempt("Playbook", "see PLAYBOOK", async () => {
    const steps = await loadSteps(config);
    return `${steps.length} steps`;
  });
  let catalog: Catalog | null = null;
  yield await attempt("Catalog", "see CATALOG", async () => {
    catalog = await loadCatalog(config);
    const stray = strayedSources(catalog, config);
    if (stray.length > 0) throw new Error(`no server is called ${stray.join(", ")}`);
    if (config.catalog === null) return "none; services are found by the names in the metrics";
    return `${catalog.services.length} services in ${config.catalog}`;
  });
  yield* sources(config, catalog ?? { teams: [], services: [] });
  for (const source of Object.keys(config.hooks)) {
    const mend = "see the sender's address and secret in docs/configure.md";
    yield await attempt(`Hook /hooks/${source}`, mend, () => hook(config, source));
  }
}

/** What came in so far; that nothing did is no fault, for a sender may be new or quiet. */
async function hook(config: Config, source: string): Promise<string> {
  await using opened = await visitDatabase(config, openLog("silent", false));
  await using connection = connect(opened.url);
  const told = (await hookCounts(connection.db)).find((each) => each.source === source);
  if (told === undefined) return "its secret is set; nothing has been told yet";
  return `its secret is set; ${told.count} changes told, the last ${told.newest?.toISOString()}`;
}

async function* sources(config: Config, catalog: Catalog): AsyncGenerator<Finding> {
  const metrics = metricsSources(config);
  const keys = metrics.map(({ key }) => key);
  if (metrics.length === 0) {
    yield { what: "Metrics", isWell: true, said: "none; PROMETHEUS_URL switches them on" };
  }
  for (const source of metrics) {
    yield await checked(source.name, (signal) => source.check(signal));
    yield* coverage(source, catalog, keys);
  }
  const changes = changesSources(config, catalog, gitEnvironment);
  if (changes.length === 0) {
    const said = "none; GITHUB_TOKEN or a local repository in the catalog switches them on";
    yield { what: "Changes", isWell: true, said };
  }
  for (const source of changes) yield await checked(source.name, (signal) => source.check(signal));
  const logs = logsSources(config);
  if (logs.length === 0) {
    yield { what: "Logs", isWell: true, said: "none; LOKI_URL switches them on" };
  }
  for (const source of logs) yield await checked(source.name, (signal) => source.check(signal));
  yield* repositories(changes, catalog);
}

/** Names of servers that `metrics.source` asks for and that no setting has. */
function strayedSources({ services }: Catalog, { prometheis }: Config): string[] {
  const keys = prometheis.map(({ key }) => key);
  return [...new Set(services.flatMap((service) => strayedSource(service, keys) ?? []))];
}

/** Whether each repository that the catalog names is read by any source. */
async function* repositories(
  changes: readonly CheckedChanges[],
  { services }: Catalog,
): AsyncGenerator<Finding> {
  for (const [repo, its] of Map.groupBy(services, (service) => service.repo)) {
    const [service] = its;
    if (repo === undefined || service === undefined) continue;
    const names = its.map(({ name }) => name).join(", ");
    const mend = `see repo of ${names} in the catalog, and GITHUB_TOKEN`;
    yield await attempt(`Repository ${repo}`, mend, async () => {
      const signal = AbortSignal.timeout(checkTimeoutMs);
      const tried = changes.map((source) => source.checkRepository(service, signal));
      const answers = (await Promise.all(tried)).filter((answer) => answer !== null);
      const answer = answers.find(({ ok }) => ok) ?? answers[0];
      if (answer === undefined) throw new Error("no source reads it");
      if (!answer.ok) throw new Error(answer.said);
      return `${answer.said}, for ${names}`;
    });
  }
}

/** How many series each service of the catalog has on this server. */
async function* coverage(
  source: Metrics,
  catalog: Catalog,
  keys: readonly string[],
): AsyncGenerator<Finding> {
  const now = Date.now();
  const window = { from: new Date(now - lookBackMs), onset: new Date(now), to: new Date(now) };
  for (const service of catalog.services) {
    if (!isMeasuredOn(service, source.key, keys)) continue;
    yield await attempt(
      `${source.name}, ${service.name}`,
      "see its metrics in the catalog",
      async () => {
        const signal = AbortSignal.timeout(checkTimeoutMs);
        const { items, leftOut } = await source.series([service], window, signal);
        if (items.length === 0) throw new Error("no series");
        return [`${items.length} series`, ...leftOut].join("; ");
      },
    );
  }
}

async function database(config: Config): Promise<string> {
  const log = openLog("silent", false);
  await using opened = await visitDatabase(config, log);
  await using connection = connect(opened.url);
  const [row] = await connection.sql<{ version: string }>`
    select current_setting('server_version') as version`;
  const version = row?.version ?? "unknown";
  if (Number.parseInt(version, 10) < oldestPostgres) {
    throw new Error(`PostgreSQL ${version} is too old; ${oldestPostgres} or newer is needed`);
  }
  if (!(await isSchemaCurrent(connection))) throw new Error("old schema; run the migrate command");
  const embedded = opened.isEmbedded ? ", embedded" : "";
  const used = opened.usedBy === null ? "" : `; Hindsight runs on it (${opened.usedBy})`;
  return `PostgreSQL ${version}${embedded}, newest schema${used}${await deadWords(connection)}`;
}

/** What is past is no reason to fail; nothing where nothing was given up. */
async function deadWords({ sql }: Connection): Promise<string> {
  const dead = (await backlogOf(sql)).find(({ queue }) => queue === deadQueue)?.waiting ?? 0;
  const jobs = dead === 1 ? "1 job was" : `${dead} jobs were`;
  return dead === 0 ? "" : `; ${jobs} given up in the last 14 days, see "gave up" in the log`;
}

async function slack(config: Config): Promise<string> {
  if (config.slack.mode === "local") return "not configured; the local workspace stands in for it";
  const answer = await clientOf(config, config.slack.botToken).auth.test();
  const scopes = answer.response_metadata?.scopes;
  const missing = scopes === undefined ? [] : scopesNeeded.filter((each) => !scopes.includes(each));
  if (missing.length > 0) {
    throw new Error(
      `the token lacks ${missing.join(", ")}; install the app again from slack-manifest.json`,
    );
  }
  return `${answer.team ?? answer.team_id} as ${answer.user ?? answer.user_id}`;
}

/** An address for the socket, which nobody then goes to. */
async function socket(config: Config, appToken: string): Promise<string> {
  const { url } = await clientOf(config, appToken).apps.connections.open({});
  if (url === undefined) throw new Error("Slack gave no address");
  return "Slack gives an address for it";
}

function clientOf({ slackApiUrl: apiUrl }: Config, token: string): WebClient {
  const access = { botToken: token, ...(apiUrl === null ? {} : { apiUrl }) };
  return slackClient(access, openLog("silent", false));
}

function checked(
  what: string,
  check: (signal: AbortSignal) => Promise<{ readonly ok: boolean; readonly said: string }>,
): Promise<Finding> {
  return attempt(what, "see its settings", async () => {
    const { ok, said } = await check(AbortSignal.timeout(checkTimeoutMs));
    if (!ok) throw new Error(said);
    return said;
  });
}
