/** `doctor`: every setting and every outside system in one line each, with the mend; 0 only if all is well. */

import { emptyCatalog, scheduleOf, type Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config.ts";
import { schedulesOnPagerDuty } from "../edges/pagerduty/on-call.ts";
import { alertCounts } from "../edges/postgres/alert-groups.ts";
import { hookCounts } from "../edges/postgres/change-events.ts";
import { backlogOf } from "../edges/postgres/backlog.ts";
import { connect } from "../edges/postgres/connect.ts";
import type { Connection } from "../edges/postgres/connect.ts";
import { isSchemaCurrent } from "../edges/postgres/migrate.ts";
import { deadQueue } from "../edges/postgres/queue.ts";
import { catalogNow } from "./catalog-files.ts";
import { visitDatabase } from "./database.ts";
import { attempt, type Finding } from "./doctor-finding.ts";
import { modelFindings } from "./doctor-model.ts";
import { checkAlertChannel, checkSlack, checkSocket } from "./doctor-slack.ts";
import { sourceFindings, strayedSources } from "./doctor-sources.ts";
import { openLog } from "./log.ts";
import { loadSteps } from "./sources.ts";

const oldestPostgres = 15;
const scheduleTimeoutMs = 5_000;

/** The exit status; `write` gets each line as soon as it is known. */
export async function runDoctor(
  config: Config,
  notices: readonly string[],
  write: (line: string) => void,
): Promise<number> {
  const findings: Finding[] = [];
  for await (const finding of examine(config)) {
    findings.push(finding);
    const { isWell, what, said } = finding;
    write(`${isWell ? "ok  " : "FAIL"} ${what}: ${said}\n`);
  }
  for (const notice of notices) write(`note ${notice}\n`);
  return findings.every(({ isWell }) => isWell) ? 0 : 1;
}

async function* examine(config: Config): AsyncGenerator<Finding> {
  yield { what: "Settings", isWell: true, said: "every variable makes sense" };
  yield await attempt("Database", "see DATABASE_URL and HINDSIGHT_DATA", () => database(config));
  yield await attempt("Slack", "see SLACK_BOT_TOKEN and the app's scopes", () =>
    checkSlack(config),
  );
  const { slack: settings } = config;
  if (settings.mode === "socket") {
    const mend = "SLACK_APP_TOKEN has to be an app-level token with connections:write";
    yield await attempt("Slack's socket", mend, () => checkSocket(config, settings.appToken));
  }
  yield await attempt("Playbook", "see PLAYBOOK", async () => {
    const steps = await loadSteps(config);
    return `${steps.length} steps`;
  });
  let catalog: Catalog | null = null;
  yield await attempt("Catalog", "see CATALOG", async () => {
    if (config.catalog === null) return "none; services are found by the names in the metrics";
    catalog = await catalogNow(config, config.catalog);
    const stray = strayedSources(catalog, config);
    if (stray.length > 0) throw new Error(`no server is called ${stray.join(", ")}`);
    return `${catalog.services.length} services in ${config.catalog}`;
  });
  const known = catalog ?? emptyCatalog;
  yield* sourceFindings(config, known);
  yield* schedules(config, known);
  for (const source of Object.keys(config.hooks)) {
    const mend = "see the sender's address and secret in docs/configure.md";
    yield await attempt(`Hook /hooks/${source}`, mend, () => hook(config, source));
  }
  yield await alerts(config);
  yield* modelFindings(config);
}

/** Each schedule that the catalog names. */
async function* schedules({ pagerduty }: Config, { teams }: Catalog): AsyncGenerator<Finding> {
  for (const { name, oncall = "" } of teams) {
    const schedule = scheduleOf(oncall);
    if (schedule === null) continue;
    const mend = `see oncall of ${name} in the catalog, and PAGERDUTY_TOKEN`;
    yield await attempt(`On call, ${name}`, mend, async () => {
      if (pagerduty === null) throw new Error("PAGERDUTY_TOKEN is not set");
      const signal = AbortSignal.timeout(scheduleTimeoutMs);
      const names = await schedulesOnPagerDuty(pagerduty).onCall(schedule, signal);
      return names.length === 0 ? "nobody now" : names.join(", ");
    });
  }
}

async function alerts(config: Config): Promise<Finding> {
  const { channel } = config.alerts;
  if (channel === null) {
    const said = "answered nowhere but in incidents; ALERT_CHANNEL names a channel for them";
    return { what: "Alerts", isWell: true, said };
  }
  const mend = "see ALERT_CHANNEL, and invite the bot to a private one";
  return attempt("Alerts", mend, () => checkAlertChannel(config, channel));
}

/** What came in so far; that nothing did is no fault, for a sender may be new or quiet. */
async function hook(config: Config, source: string): Promise<string> {
  await using opened = await visitDatabase(config, openLog("silent", false));
  await using connection = connect(opened.url);
  const ofSource = (all: Counts, what: string): string[] =>
    all
      .filter((each) => each.source === source)
      .map(({ count, newest }) => `${count} ${what}, the last ${newest?.toISOString()}`);
  const told = [
    ...ofSource(await hookCounts(connection.db), "changes told"),
    ...ofSource(await alertCounts(connection.db), "groups of alerts told"),
  ];
  return `its secret is set; ${told.join("; ") || "nothing has been told yet"}`;
}

type Counts = Awaited<ReturnType<typeof hookCounts>>;

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
