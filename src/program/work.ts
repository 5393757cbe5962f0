/** The working half: Bolt fed from the queue, the flows' jobs, the outbox's drain. */

import type { WebClient } from "@slack/web-api";
import type { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Delivery } from "../alert/alert.ts";
import { errorWords } from "../error-words.ts";
import type { Config } from "../config.ts";
import { pngOf } from "../edges/chart/draw.ts";
import type { Metering } from "../edges/http/meter.ts";
import type { Connection } from "../edges/postgres/connect.ts";
import { outboxOn } from "../edges/postgres/outbox.ts";
import { rememberWorkspace, storeOn, sweep } from "../edges/postgres/store.ts";
import { startWorkers } from "../edges/postgres/workers.ts";
import type { QueuedJob, Workers } from "../edges/postgres/workers.ts";
import { startDrain } from "../edges/slack/drain.ts";
import type { Drain } from "../edges/slack/drain.ts";
import type { Job } from "../flows/change.ts";
import { handleAlerts } from "../flows/handle-alerts.ts";
import { giveUp, runJob } from "../flows/run-job.ts";
import type { World } from "../flows/ports.ts";
import type { Outbox } from "../flows/outbox.ts";
import { keepCaughtUp } from "./catch-up.ts";
import { keepDueWork } from "./due-work.ts";
import { handEvent } from "./hand-event.ts";
import type { LiveCatalog } from "./live-catalog.ts";
import type { Local } from "./local.ts";
import type { Log } from "./log.ts";
import { openSample } from "./sample.ts";
import { hookSources } from "./hooks.ts";
import { modelFor } from "./model.ts";
import { flowsBehind, identify, slackClient, startBolt } from "./slack.ts";
import type { Identity, SlackAccess } from "./slack.ts";
import { untilItWorks } from "./wait.ts";
import { makeWorld } from "./world.ts";

const sweepEveryMs = 3_600_000;
/** Beyond so many tries of the same job, those that ended with its process among them, a failure is told to the channel. */
const failuresMax = 4;

export interface WorkOptions {
  readonly config: Config;
  readonly access: SlackAccess;
  readonly connection: Connection;
  readonly boss: PgBoss;
  readonly local: Local | null;
  readonly catalog: LiveCatalog;
  readonly meter: Metering;
  readonly log: Log;
  /** Hears, in a sentence, what the start waits for. */
  readonly say: (sentence: string) => void;
  readonly url: string;
  readonly signal: AbortSignal;
}

export interface Working extends AsyncDisposable {
  readonly world: World;
  wake(): void;
}

/** Waits for Slack to say who we are; null when the program was stopped before. */
export async function startWork(options: WorkOptions): Promise<Working | null> {
  const { access, boss, config, connection, meter, log, say, signal } = options;
  const client = slackClient(access, log);
  const away = (reason: string) =>
    say(`Slack does not say who we are (${reason}); check SLACK_BOT_TOKEN. Trying again.`);
  const identity = await untilItWorks(() => identify(client), away, signal);
  if (identity === null) return null;
  const remember = () => rememberWorkspace(connection.db, identity);
  const noDatabase = (reason: string) => say(`The database does not answer (${reason}).`);
  await untilItWorks(remember, noDatabase, signal);
  if (signal.aborted) return null;
  const outbox = outboxOn(connection.sql, identity.id);
  // What has begun ends again where the rest cannot begin.
  await using stack = new AsyncDisposableStack();
  const drain = stack.use(
    startDrain({
      client,
      outbox,
      now: () => new Date(),
      draw: pngOf,
      addresses: config.addressesInSlack,
      onSent: (kind, ageMs) => meter.sent(kind, ageMs / 1000),
      onTrouble: troubleOf(options, "outbox"),
    }),
  );
  const { workers, world } = await startHandling(options, { client, identity, outbox, drain });
  stack.use(keepDueWork({ boss, world, cron: config.digest.cron }, troubleOf(options, "digests")));
  stack.use(keepCaughtUp(connection.db, world, troubleOf(options, "history")));
  stack.use(keepSweeping(options));
  const opened = stack.move();
  return {
    world,
    wake: () => {
      workers.wake();
      drain.wake();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function keepSweeping({ config, connection, log }: WorkOptions): Disposable {
  const sweeping = setInterval(() => {
    sweep(connection.db, config).catch((error: unknown) =>
      log.warn(`sweeping failed: ${errorWords(error)}`),
    );
  }, sweepEveryMs);
  return { [Symbol.dispose]: () => clearInterval(sweeping) };
}

/** The flows behind the queues; what they commit wakes the workers and the drain. */
async function startHandling(
  options: WorkOptions,
  slack: {
    readonly client: WebClient;
    readonly identity: Identity;
    readonly outbox: Outbox;
    readonly drain: Drain;
  },
): Promise<{ readonly workers: Workers; readonly world: World }> {
  const { access, connection, boss, log, meter } = options;
  const { client, identity, outbox, drain } = slack;
  let workers: Workers | null = null;
  const store = storeOn(connection.db, boss, () => {
    workers?.wake();
    drain.wake();
  });
  const hooks = hookSources(options.config, connection, identity.id);
  const apiUrl = access.apiUrl;
  const trouble = troubleOf(options, "flow");
  const model = await modelFor(options.config, options);
  const sample = (world: World) => openSample(connection.db, world);
  const edges = { identity, store, client, hooks, apiUrl, model, openSample: sample };
  const world = await makeWorld({ ...options, ...edges, trouble });
  const bolt = await startBolt(access, identity, flowsBehind(world, outbox), log);
  void checkAlertChannel(world, troubleOf(options, "alerts"));
  workers = await startWorkers(boss, {
    slackEvent: (job) => handEvent(world, bolt, job, troubleOf(options, "event")),
    alerts: ({ id, data, since }) =>
      handleAlerts(world, { job: id, toldAt: since, ...AlertJob.parse(data) }),
    flowJob: (job) => runFlowJob(world, job, troubleOf(options, "flow")),
    onFailure: (queue, job, error) => {
      meter.trouble(queue);
      log.error({ err: error, job: job.id, tries: job.tries }, `a job of ${queue} failed`);
    },
  });
  return { workers, world };
}

/** A name that is wrong would be noticed by nobody until an alert is missed. */
async function checkAlertChannel(
  world: World,
  onTrouble: (sentence: string) => void,
): Promise<void> {
  const { channel } = world.alerts;
  if (channel === null) return;
  try {
    if ((await world.chat.channelNamed(channel)) !== null) return;
    onTrouble(`ALERT_CHANNEL: ${channel} is no channel that the bot can see; invite it there`);
  } catch (error) {
    onTrouble(`ALERT_CHANNEL: ${channel} could not be looked for: ${errorWords(error)}`);
  }
}

function troubleOf({ meter, log }: WorkOptions, where: string): (sentence: string) => void {
  return (sentence) => {
    meter.trouble(where);
    log.warn(sentence);
  };
}

/** Only enqueueNews sends these, from a Delivery. */
const AlertJob = z.object({
  delivery: z.custom<Delivery>((delivery) => typeof delivery === "object" && delivery !== null),
});

/** Only commitChange and enqueueNews send these, from a Job. */
const FlowJob = z.object({ job: z.custom<Job>((job) => typeof job === "object" && job !== null) });

/** A job that keeps failing ends with a sentence in its channel, and in the log. */
async function runFlowJob(
  world: World,
  { id, data, tries }: QueuedJob,
  onTrouble: (sentence: string) => void,
): Promise<void> {
  const { job } = FlowJob.parse(data);
  try {
    await runJob(world, id, job);
  } catch (error) {
    if (tries < failuresMax) throw error;
    onTrouble(`gave up on a job (${job.kind}) after ${tries + 1} tries: ${errorWords(error)}`);
    await giveUp(world, id, job);
  }
}
