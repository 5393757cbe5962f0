/**
 * From a mention to the first post that helps, over fresh incidents with sources that take 200 ms an answer.
 * Helps: at least one finding that can be opened, or every source's gap, and at least one step.
 *
 * npm run bench:answer [incidents] [runs] [answers|hangs|fails|babbles: there is a model that does so]
 */

import { loadavg } from "node:os";
import postgres from "postgres";
import type { LocalWorkspace } from "../src/local/workspace.ts";
import { openBed, openBenchDatabase } from "./bed.ts";
import { medianOf, spreadOf, table, type Spread } from "./figures.ts";
import { modelBehaviours, type ModelBehaviour } from "./pretended-model.ts";
import { startProduct } from "./product.ts";

const sourceDelayMs = 200;
const barP95Ms = 2_000;
const patienceMs = 30_000;
/** Until the last incident says what became of the model: it is asked for 25 s at most, four incidents at a time. */
const modelPatienceMs = 180_000;
const ana = "U00000000ANA";

const phases = ["acknowledged", "written", "firstUseful", "inItsThread"] as const;
type Times = Readonly<Record<(typeof phases)[number], number>>;
type Run = Readonly<Record<(typeof phases)[number], Spread>>;

const words: Readonly<Record<(typeof phases)[number], string>> = {
  acknowledged: "mention acknowledged",
  written: "answer in the outbox",
  firstUseful: "first useful post",
  inItsThread: "answer in the mention's thread",
};

async function measureRun(incidents: number, model: ModelBehaviour | undefined): Promise<Run> {
  await using database = await openBenchDatabase();
  await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs, model });
  await using product = await startProduct(bed.settings);
  await product.ready();
  bed.slack.sendEventsTo(`${product.url}/slack/events`);
  const sql = postgres(database.url, { max: 1 });
  const times: Times[] = [];
  try {
    for (let n = 1; n <= incidents; n += 1) times.push(await measureIncident(bed.slack, sql, n));
    if (model !== undefined) await untilModelIsTold(bed.slack);
  } catch (error) {
    process.stderr.write(product.log());
    throw error;
  } finally {
    await sql.end();
  }
  await product.end("SIGTERM");
  const spread = (phase: (typeof phases)[number]) => spreadOf(times.map((each) => each[phase]));
  return {
    acknowledged: spread("acknowledged"),
    written: spread("written"),
    firstUseful: spread("firstUseful"),
    inItsThread: spread("inItsThread"),
  };
}

/** Milliseconds since the mention; its channel is made, and the bot invited, in the same breath. */
async function measureIncident(
  slack: LocalWorkspace,
  sql: postgres.Sql,
  n: number,
): Promise<Times> {
  const { id } = slack.createChannel({ name: `inc-${n}-checkout-latency`, by: ana });
  slack.invite(id, slack.botUserId, ana);
  const started = Date.now();
  const text = `<@${slack.botUserId}> checkout is slow, what now?`;
  const ts = slack.say({ channel: id, user: ana, text });
  const since = async (happened: () => unknown): Promise<number> => {
    await slack.waitFor(() => Boolean(happened()), patienceMs);
    return Date.now() - started;
  };
  const [acknowledged, firstUseful, inItsThread] = await Promise.all([
    since(() => isAcknowledged(slack, ts)),
    since(() => ofTheBot(slack, id).some(isUseful)),
    since(() => ofTheBot(slack, id).some((message) => message.thread_ts === ts)),
  ]);
  const [row] = await sql<{ ms: number }[]>`
    select (extract(epoch from min(created_at)) * 1000)::float8 as ms
    from outbox where channel_id = ${id} and (key like 'living:%' or key like 'steps:%')`;
  return { acknowledged, firstUseful, inItsThread, written: (row?.ms ?? Number.NaN) - started };
}

/** Every question gets an end state, the model's part in it too; rejects where one has none. */
async function untilModelIsTold(slack: LocalWorkspace): Promise<void> {
  const living = () =>
    slack.channels().flatMap(({ id }) =>
      ofTheBot(slack, id)
        .filter(({ text }) => text.includes("INC-"))
        .slice(0, 1),
    );
  await slack.waitFor(
    () => living().every(({ text }) => /The model is away: |Model: [\d,]+ of/.test(text)),
    modelPatienceMs,
  );
}

function isAcknowledged(slack: LocalWorkspace, ts: string): boolean {
  const told = slack.deliveries().filter(({ event }) => event["ts"] === ts);
  return told.length === 2 && told.every(({ state }) => state === "delivered");
}

function ofTheBot(slack: LocalWorkspace, channel: string) {
  return slack.channel(channel).messages.filter(({ user }) => user === slack.botUserId);
}

function isUseful(message: { readonly text: string; readonly blocks?: unknown }): boolean {
  const blocks = JSON.stringify(message.blocks ?? []);
  const isCited = /<https?:[^|>]+\|[^>]+>/.test(blocks);
  const saysGaps = ["Prometheus", "GitHub"].every((source) =>
    new RegExp(`Not read:.*${source} \\(`).test(message.text),
  );
  const hasStep = message.text.includes("First: ") || blocks.includes("step:claim");
  return (isCited || saysGaps) && hasStep;
}

const [incidents = 50, runsMax = 3] = process.argv.slice(2, 4).map(Number);
const model = modelBehaviours.find((each) => each === process.argv[4]);
const runs: Run[] = [];
for (let run = 0; run < runsMax; run += 1) runs.push(await measureRun(incidents, model));
const medianSpread = (phase: (typeof phases)[number]) => medianOf(runs.map((run) => run[phase]));
const medians: Run = {
  acknowledged: medianSpread("acknowledged"),
  written: medianSpread("written"),
  firstUseful: medianSpread("firstUseful"),
  inItsThread: medianSpread("inItsThread"),
};
const p95s = (phase: (typeof phases)[number]) => runs.map((run) => run[phase].p95).join(" ");
process.stdout.write(
  `${table([
    [`ms since the mention, ${incidents} incidents`, "p50", "p95", "max", "p95 of each run"],
    ...phases.map((phase) => {
      const { p50, p95, max } = medians[phase];
      return [words[phase], p50, p95, max, p95s(phase)];
    }),
  ])}\nMedians of ${runs.length} runs, sources at ${sourceDelayMs} ms; the bar is ${barP95Ms} ms at p95.\n`,
);
const isReached = medians.firstUseful.p95 <= barP95Ms;
process.stdout.write(
  `${JSON.stringify({
    bench: "answer",
    incidents,
    runs: runs.length,
    sourceDelayMs,
    model: model ?? "none",
    ...Object.fromEntries(phases.map((phase) => [`${phase}Ms`, medians[phase]])),
    barP95Ms,
    isReached,
    loadAverage: loadavg()[0],
  })}\n`,
);
process.exitCode = isReached ? 0 : 1;
