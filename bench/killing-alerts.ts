/** Kills the product again and again while alerts fire, repeat, clear and come back, then compares what is kept with what was acknowledged. */

import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { LocalWorkspace } from "../src/local/workspace.ts";
import { openBed } from "./bed.ts";
import { drain } from "./killing.ts";
import { freePort, startProduct } from "./product.ts";
import { KeptGroup, tell, type Hook } from "./telling.ts";

export interface AlertKilling {
  readonly databaseUrl: string;
  readonly kills: number;
  /** Every other of these is grave enough for a channel. */
  readonly groups: number;
  readonly alertsEach: number;
  /** Between two payloads about one alert. */
  readonly pauseMs: number;
  readonly lifeMsMax: number;
  readonly onProgress?: (sentence: string) => void;
}

export interface AlertTally {
  readonly acknowledged: number;
  /** Alerts whose newest acknowledged start or end is not what is kept. */
  readonly lost: number;
  readonly groups: number;
  /** Groups that are answered nowhere. */
  readonly unanswered: number;
  /** Groups with a message of their own that stands there more or less than once. */
  readonly doubled: number;
  readonly channels: number;
  readonly incidents: number;
  /** Incidents with more or less than one message of their channel. */
  readonly doubledIncidents: number;
  readonly drainedSeconds: number;
}

/** What was acknowledged of one alert, Unix seconds. */
interface Told {
  firedAt: number;
  clearedAt: number | null;
  payloads: number;
}

const ana = "U00000000ANA";
const token = "bench-alerts";

export async function runAlertKills(options: AlertKilling): Promise<AlertTally> {
  const { databaseUrl, kills, lifeMsMax, onProgress = () => undefined } = options;
  await using bed = await openBed({ databaseUrl, sourceDelayMs: 20, retryDelaysMs: retries });
  const { slack } = bed;
  const room = slack.createChannel({ name: "alerts", by: ana }).id;
  slack.invite(room, slack.botUserId, ana);
  const port = String(await freePort());
  const settings = {
    ...bed.settings,
    PORT: port,
    LOG_LEVEL: "error",
    HOOK_TOKEN_ALERTMANAGER: token,
    ALERT_CHANNEL: "#alerts",
    AUTO_DECLARE: "sev2",
  };
  slack.sendEventsTo(`http://127.0.0.1:${port}/slack/events`);
  const told = new Map<string, Told>();
  const stopping = new AbortController();
  const hook = { url: `http://127.0.0.1:${port}/hooks/alertmanager`, token };
  const telling = Promise.all(
    alertsOf(options).map((alert) => go(hook, alert, told, stopping.signal)),
  );
  for (let kill = 1; kill <= kills; kill += 1) {
    const product = await startProduct(settings);
    // Every other life is long enough to work, however slow the machine is to start one.
    if (kill % 2 === 0) await product.ready();
    await pause(Math.random() * lifeMsMax);
    await product.end("SIGKILL");
    if (kill % 10 === 0) onProgress(`${kill} kills`);
  }
  stopping.abort();
  const started = Date.now();
  await drain({ slack, settings, databaseUrl, say: onProgress, before: telling });
  const drainedSeconds = (Date.now() - started) / 1000;
  return { ...(await tallyOf({ slack, databaseUrl, told, room })), drainedSeconds };
}

const retries = [0, 250, 500, ...Array.from({ length: 300 }, () => 1_000)];

interface OneAlert {
  readonly group: string;
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly pauseMs: number;
}

function alertsOf({ groups, alertsEach, pauseMs }: AlertKilling): OneAlert[] {
  return Array.from({ length: groups * alertsEach }, (_, n) => {
    const group = n % groups;
    const severity = group % 2 === 0 ? "critical" : "warning";
    const labels = { alertname: `Alert${group}.`, service: `service-${group}`, severity };
    return { group: `group ${group}`, fingerprint: `alert ${n}`, labels, pauseMs };
  });
}

/** Fires, is repeated, clears, comes back; the next payload is told once the one before was taken. */
async function go(
  hook: Hook,
  alert: OneAlert,
  told: Map<string, Told>,
  signal: AbortSignal,
): Promise<void> {
  const { group, fingerprint, labels, pauseMs } = alert;
  const known: Told = { firedAt: 0, clearedAt: null, payloads: 0 };
  const say = async (startsAt: Date, endsAt?: Date): Promise<void> => {
    const status = endsAt === undefined ? "firing" : "resolved";
    const rest = endsAt === undefined ? {} : { endsAt };
    await tell(hook, group, [{ status, labels, startsAt, fingerprint, ...rest }]);
    known.payloads += 1;
    known.firedAt = startsAt.getTime() / 1000;
    known.clearedAt = endsAt === undefined ? known.clearedAt : endsAt.getTime() / 1000;
    told.set(fingerprint, known);
    await pause(pauseMs * (0.5 + Math.random()));
  };
  while (!signal.aborted) {
    const startsAt = new Date();
    await say(startsAt);
    if (!signal.aborted) await say(startsAt);
    if (!signal.aborted) await say(startsAt, new Date());
  }
}

async function tallyOf(seen: {
  readonly slack: LocalWorkspace;
  readonly databaseUrl: string;
  readonly told: ReadonlyMap<string, Told>;
  readonly room: string;
}): Promise<Omit<AlertTally, "drainedSeconds">> {
  const { slack, databaseUrl, told, room } = seen;
  const sql = postgres(databaseUrl, { max: 1 });
  const rows = await sql<{ state: unknown }[]>`select state from alert_group`;
  const incidents = await sql<{ channel: string }[]>`select channel_id as channel from incident`;
  await sql.end();
  const groups = rows.map(({ state }) => KeptGroup.parse(state));
  const kept = new Map(
    groups.flatMap(({ alerts }) => alerts.map((alert) => [alert.fingerprint, alert] as const)),
  );
  const isKept = ([fingerprint, { firedAt, clearedAt }]: readonly [string, Told]) => {
    const state = kept.get(fingerprint);
    return state?.firedAt === firedAt && state.clearedAt === clearedAt;
  };
  const rootsIn = (channel: string) =>
    slack.channel(channel).messages.filter(({ user, subtype, ts, thread_ts: thread = ts }) => {
      return user === slack.botUserId && subtype === undefined && thread === ts;
    });
  const own = groups.filter((group) => group.told !== null).length;
  const names = rootsIn(room).map(({ text }) => /Alert\d+\./.exec(text)?.[0] ?? text);
  return {
    acknowledged: [...told.values()].reduce((sum, { payloads }) => sum + payloads, 0),
    lost: [...told].filter((each) => !isKept(each)).length,
    groups: groups.length,
    unanswered: groups.filter(({ place }) => place === null || place.kind === "nowhere").length,
    doubled: Math.abs(names.length - own) + names.length - new Set(names).size,
    channels: slack.channels().filter(({ name }) => name.startsWith("inc-")).length,
    incidents: incidents.length,
    doubledIncidents: incidents.filter(({ channel }) => rootsIn(channel).length !== 1).length,
  };
}
