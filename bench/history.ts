/**
 * From the creation of an incident's channel to the bot in it, introduced, with all that was said there before stored:
 * 120 messages, one of them with 20 answers, which is three pages. Sources take 200 ms an answer.
 *
 * npm run bench:history [incidents] [runs]
 */

import { loadavg } from "node:os";
import postgres from "postgres";
import type { LocalWorkspace } from "../src/local/workspace.ts";
import { openBed, openBenchDatabase } from "./bed.ts";
import { medianOf, spreadOf, table, type Spread } from "./figures.ts";
import { startProduct } from "./product.ts";

const sourceDelayMs = 200;
const barP95Ms = 5_000;
const patienceMs = 60_000;
const messages = 120;
const answers = 20;
const lookEveryMs = 20;
const ana = "U00000000ANA";

const phases = ["joined", "stored", "introduced", "all"] as const;
type Phase = (typeof phases)[number];
type Times = Readonly<Record<Phase, number>>;
type Run = ReadonlyMap<Phase, Spread>;

const words: Readonly<Record<Phase, string>> = {
  joined: "joined",
  stored: "history stored",
  introduced: "introduced",
  all: "all three",
};

async function measureRun(incidents: number): Promise<Run> {
  await using database = await openBenchDatabase();
  await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs });
  await using product = await startProduct(bed.settings);
  await product.ready();
  bed.slack.sendEventsTo(`${product.url}/slack/events`);
  const sql = postgres(database.url, { max: 1 });
  const times: Times[] = [];
  try {
    for (let n = 1; n <= incidents; n += 1) times.push(await measureIncident(bed.slack, sql, n));
  } catch (error) {
    process.stderr.write(product.log());
    throw error;
  } finally {
    await sql.end();
  }
  await product.end("SIGTERM");
  return new Map(phases.map((phase) => [phase, spreadOf(times.map((each) => each[phase]))]));
}

/** Milliseconds since the channel was made; what is said there is said before the bot can hear of it. */
async function measureIncident(
  slack: LocalWorkspace,
  sql: postgres.Sql,
  n: number,
): Promise<Times> {
  const started = Date.now();
  const { id } = slack.createChannel({ name: `inc-${n}-checkout-latency`, by: ana });
  const say = (text: string, threadTs?: string) =>
    slack.say({ channel: id, user: ana, text, ...(threadTs === undefined ? {} : { threadTs }) });
  const first = say("checkout is slow");
  for (let each = 1; each < messages; each += 1) say(`message ${each}`);
  for (let each = 0; each < answers; each += 1) say(`answer ${each}`, first);
  const since = async (happened: () => unknown): Promise<number> => {
    await slack.waitFor(() => Boolean(happened()), patienceMs);
    return Date.now() - started;
  };
  const [joined, introduced, stored] = await Promise.all([
    since(() => slack.channel(id).members.includes(slack.botUserId)),
    since(() => slack.channel(id).messages.some(({ text }) => text.startsWith("I read the"))),
    storedAfter(sql, id, started),
  ]);
  return { joined, stored, introduced, all: Math.max(joined, stored, introduced) };
}

async function storedAfter(sql: postgres.Sql, channel: string, started: number): Promise<number> {
  while (Date.now() - started < patienceMs) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from message where channel_id = ${channel}`;
    if ((row?.count ?? 0) >= messages + answers) return Date.now() - started;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error(`the history of ${channel} was not stored in ${patienceMs} ms`);
}

const [incidents = 30, runsMax = 3] = process.argv.slice(2).map(Number);
const runs: Run[] = [];
for (let run = 0; run < runsMax; run += 1) runs.push(await measureRun(incidents));
const of = (phase: Phase) => medianOf(runs.flatMap((run) => run.get(phase) ?? []));
process.stdout.write(
  `${table([
    [`ms since the channel was made, ${incidents} incidents`, "p50", "p95", "max"],
    ...phases.map((phase) => {
      const { p50, p95, max } = of(phase);
      return [words[phase], p50, p95, max];
    }),
  ])}\nMedians of ${runs.length} runs, sources at ${sourceDelayMs} ms; the bar is ${barP95Ms} ms at p95.\n`,
);
const isReached = of("all").p95 <= barP95Ms;
process.stdout.write(
  `${JSON.stringify({
    bench: "history",
    incidents,
    runs: runs.length,
    messages,
    answers,
    sourceDelayMs,
    ...Object.fromEntries(phases.map((phase) => [`${phase}Ms`, of(phase)])),
    barP95Ms,
    isReached,
    loadAverage: loadavg()[0],
  })}\n`,
);
process.exitCode = isReached ? 0 : 1;
