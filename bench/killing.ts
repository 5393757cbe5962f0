/** Kills the product again and again under load, then counts what was acknowledged and what was answered. */

import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { LocalWorkspace } from "../src/local/workspace.ts";
import { openBed } from "./bed.ts";
import { freePort, startProduct, type Settings } from "./product.ts";

export interface Killing {
  readonly databaseUrl: string;
  readonly kills: number;
  /** Two a mention: Slack tells it as `message` and as `app_mention`. */
  readonly eventsPerSecond: number;
  readonly channels: number;
  /** Each life ends at a random moment before this, its start included. */
  readonly lifeMsMax: number;
  readonly onProgress?: (sentence: string) => void;
}

export interface Tally {
  readonly mentions: number;
  readonly acknowledged: number;
  readonly answered: number;
  /** Acknowledged and never answered. */
  readonly lost: number;
  /** Answered more than once. */
  readonly duplicated: number;
  /** Answered with the sentence that it could not be done. */
  readonly failed: number;
  /** Incidents with more or less than one living message. */
  readonly doubledIncidents: number;
  readonly drainedSeconds: number;
}

interface Mention {
  readonly channel: string;
  readonly ts: string;
  isAcknowledged: boolean;
}

const ana = "U00000000ANA";
const sourceDelayMs = 20;
/** As many tries as it takes: an event that Slack gives up was never acknowledged. */
const retryDelaysMs = [0, 250, 500, ...Array.from({ length: 300 }, () => 1_000)];
const lookEveryMs = 500;
const drainTimeoutMs = 1_800_000;
/** One channel in so many is an incident's. */
const incidentEvery = 6;

export async function runKills(options: Killing): Promise<Tally> {
  const { databaseUrl, kills, lifeMsMax, onProgress } = options;
  await using bed = await openBed({ databaseUrl, sourceDelayMs, retryDelaysMs });
  const { slack } = bed;
  const port = String(await freePort());
  const settings = { ...bed.settings, PORT: port, LOG_LEVEL: "error" };
  slack.sendEventsTo(`http://127.0.0.1:${port}/slack/events`);
  const mentions: Mention[] = [];
  const look = setInterval(() => noteAcknowledged(slack, mentions), 10 * lookEveryMs);
  const talk = startTalking(slack, options, mentions);
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const product = await startProduct(settings);
      await pause(Math.random() * lifeMsMax);
      await product.end("SIGKILL");
      if (kill % 10 === 0) onProgress?.(`${kill} kills, ${mentions.length} mentions`);
    }
  } finally {
    clearInterval(talk);
  }
  try {
    const started = Date.now();
    await drain({ slack, settings, databaseUrl, say: onProgress ?? (() => undefined) });
    noteAcknowledged(slack, mentions);
    return { ...tallyOf(slack, mentions), drainedSeconds: (Date.now() - started) / 1000 };
  } finally {
    clearInterval(look);
  }
}

function startTalking(
  slack: LocalWorkspace,
  { channels, eventsPerSecond }: Killing,
  mentions: Mention[],
): NodeJS.Timeout {
  const rooms = Array.from({ length: channels }, (_, n) => {
    const name = n % incidentEvery === 0 ? `inc-${n}-checkout-latency` : `team-${n}`;
    const { id } = slack.createChannel({ name, by: ana });
    slack.invite(id, slack.botUserId, ana);
    return id;
  });
  return setInterval(
    () => {
      const channel = rooms[Math.floor(Math.random() * rooms.length)] ?? "";
      const text = `<@${slack.botUserId}> ${question(Math.random())}`;
      mentions.push({
        channel,
        ts: slack.say({ channel, user: ana, text }),
        isAcknowledged: false,
      });
    },
    (2 * 1_000) / eventsPerSecond,
  );
}

/** Mostly cheap ones. */
function question(chance: number): string {
  if (chance < 0.9) return "help";
  return chance < 0.95 ? "what changed in checkout?" : "checkout is slow, what now?";
}

/** Often enough that no delivery leaves the workspace's log unseen. */
function noteAcknowledged(slack: LocalWorkspace, mentions: readonly Mention[]): void {
  const taken = new Set(
    slack
      .deliveries()
      .filter(({ state, event }) => state === "delivered" && event["user"] === ana)
      .map(({ event }) => `${String(event["channel"])} ${String(event["ts"])}`),
  );
  for (const mention of mentions) {
    mention.isAcknowledged ||= taken.has(`${mention.channel} ${mention.ts}`);
  }
}

/** A last life, until every event was delivered, every job done and every message sent. */
export async function drain(final: {
  readonly slack: LocalWorkspace;
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly say: (sentence: string) => void;
  /** Resolves once nothing more comes in. */
  readonly before?: Promise<unknown>;
}): Promise<void> {
  const { slack, settings, databaseUrl, say } = final;
  await using product = await startProduct(settings);
  await product.ready();
  await final.before;
  const sql = postgres(databaseUrl, { max: 1 });
  const deadline = Date.now() + drainTimeoutMs;
  try {
    for (let looks = 1, left = await leftOver(slack, sql); left !== ""; looks += 1) {
      if (looks % 20 === 0) say(`still ${left}`);
      if (Date.now() > deadline) throw new Error(`not drained: ${left}\n${product.log()}`);
      await pause(lookEveryMs);
      left = await leftOver(slack, sql);
    }
  } finally {
    await sql.end();
  }
  await product.end("SIGTERM");
}

/** What is still to be done, in words; empty: nothing. Planned readings are no work yet. */
async function leftOver(slack: LocalWorkspace, sql: postgres.Sql): Promise<string> {
  const underWay = slack.deliveries().filter(({ state }) => state === "under way").length;
  const [row] = await sql<{ jobs: number; messages: number }[]>`
    select
      (select count(*)::int from pgboss.job where name in ('slack', 'alerts', 'flow')
        and state in ('created', 'retry', 'active')
        and coalesce(data->'job'->>'kind', '') not in ('read-again', 'ask-quiet')) as jobs,
      (select count(*)::int from outbox where state = 'pending') as messages`;
  const { jobs = 0, messages = 0 } = row ?? {};
  const isDone = underWay + jobs + messages === 0;
  return isDone ? "" : `${underWay} events, ${jobs} jobs, ${messages} messages to go`;
}

function tallyOf(
  slack: LocalWorkspace,
  mentions: readonly Mention[],
): Omit<Tally, "drainedSeconds"> {
  const ours = slack.channels().flatMap(({ id, name, messages }) =>
    messages
      .filter(({ user, subtype }) => user === slack.botUserId && subtype === undefined)
      .map(({ ts, text, thread_ts: thread = ts }) => ({
        id,
        name,
        text,
        thread,
        isRoot: thread === ts,
      })),
  );
  const answers = Map.groupBy(ours, ({ id, thread }) => `${id} ${thread}`);
  const answersTo = ({ channel, ts }: Mention) => answers.get(`${channel} ${ts}`) ?? [];
  const living = Map.groupBy(
    ours.filter(({ name, isRoot }) => name.startsWith("inc-") && isRoot),
    ({ id }) => id,
  );
  const incidents = slack.channels().filter(({ name }) => name.startsWith("inc-"));
  return {
    mentions: mentions.length,
    acknowledged: mentions.filter(({ isAcknowledged }) => isAcknowledged).length,
    answered: mentions.filter((mention) => answersTo(mention).length > 0).length,
    lost: mentions.filter((each) => each.isAcknowledged && answersTo(each).length === 0).length,
    duplicated: mentions.filter((mention) => answersTo(mention).length > 1).length,
    failed: ours.filter(({ text }) => text.startsWith("Something went wrong here")).length,
    doubledIncidents: incidents.filter(({ id }) => living.get(id)?.length !== 1).length,
  };
}
