/**
 * A storm of alerts: so many in 200 groups within a minute, told as Alertmanager does, each group several times with
 * what fires by then. Every one has to be kept, and at most one channel may open.
 *
 * npm run bench:intake [alerts] [seconds]
 */

import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { openBed, openBenchDatabase } from "./bed.ts";
import { quantile, table } from "./figures.ts";
import { startProduct } from "./product.ts";
import { KeptGroup, tell } from "./telling.ts";

const [alerts = 10_000, seconds = 60] = process.argv.slice(2).map(Number);
const groups = 200;
/** So often each group is told. */
const rounds = 5;
const token = "bench-alerts";
const drainTimeoutMs = 1_800_000;

await using database = await openBenchDatabase();
await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 20 });
const { slack } = bed;
const ana = "U00000000ANA";
const room = slack.createChannel({ name: "alerts", by: ana }).id;
slack.invite(room, slack.botUserId, ana);
await using product = await startProduct({
  ...bed.settings,
  HOOK_TOKEN_ALERTMANAGER: token,
  ALERT_CHANNEL: "#alerts",
  AUTO_DECLARE: "sev4",
});
await product.ready();
slack.sendEventsTo(`${product.url}/slack/events`);
await using sql = Object.assign(postgres(database.url, { max: 1 }), {
  [Symbol.asyncDispose]: () => sql.end(),
});

const startsAt = new Date();
const acknowledgedMs: number[] = [];
const began = performance.now();
await Promise.all(Array.from({ length: groups * rounds }, (_, n) => tellGroup(n)));
const toldSeconds = (performance.now() - began) / 1000;
await drained();
const drainedSeconds = (performance.now() - began) / 1000 - toldSeconds;
const tally = await tallyOf();
const figures = {
  alerts,
  groups,
  payloads: groups * rounds,
  toldSeconds: Math.round(toldSeconds),
  p50: Math.round(quantile(acknowledgedMs, 0.5)),
  p99: Math.round(quantile(acknowledgedMs, 0.99)),
  ...tally,
  drainedSeconds: Math.round(drainedSeconds),
};
process.stdout.write(
  `${table([
    [
      `${alerts} alerts, ${groups} groups, ${groups * rounds} payloads in ${figures.toldSeconds} s`,
      "",
    ],
    ["acknowledged after, ms: p50", figures.p50],
    ["acknowledged after, ms: p99", figures.p99],
    ["acknowledged and lost", tally.lost],
    ["channels opened", tally.channels],
    ["incidents", tally.incidents],
    ["messages where alerts are answered", tally.messages],
    ["messages in the incident's channel", tally.inChannel],
    ["seconds until all was decided and sent", figures.drainedSeconds],
  ])}\n`,
);
const isReached = tally.lost === 0 && tally.channels <= 1;
process.stdout.write(
  `${JSON.stringify({ bench: "intake", ...figures, isReached, loadAverage: loadavg()[0] })}\n`,
);
process.exitCode = isReached ? 0 : 1;

/** At its moment of the storm: all that fires of the group by then. */
async function tellGroup(n: number): Promise<void> {
  await pause((n / (groups * rounds)) * seconds * 1000);
  const group = n % groups;
  const round = Math.floor(n / groups) + 1;
  const firing = Math.ceil(((alerts / groups) * round) / rounds);
  const labels = { alertname: "HighLatency", service: `service-${group}`, severity: "critical" };
  const told = Array.from({ length: firing }, (_, pod) => {
    const fingerprint = `alert ${group} ${pod}`;
    return {
      status: "firing",
      labels: { ...labels, pod: `p${pod}` },
      startsAt,
      fingerprint,
    } as const;
  });
  const hook = { url: `${product.url}/hooks/alertmanager`, token };
  acknowledgedMs.push(await tell(hook, `group ${group}`, told));
}

/** Until every alert was decided on and every message sent; planned readings are no work yet. */
async function drained(): Promise<void> {
  const deadline = Date.now() + drainTimeoutMs;
  for (;;) {
    const [left] = await sql<{ count: number }[]>`
      select (select count(*)::int from pgboss.job
          where state in ('created', 'retry', 'active') and start_after < now() + interval '30 s')
        + (select count(*)::int from outbox where state = 'pending') as count`;
    if (left?.count === 0) return;
    if (Date.now() > deadline) throw new Error(`${left?.count} left\n${product.log()}`);
    await pause(500);
  }
}

async function tallyOf() {
  const rows = await sql<{ state: unknown }[]>`select state from alert_group`;
  const kept = new Set(
    rows.flatMap(({ state }) => KeptGroup.parse(state).alerts.map((each) => each.fingerprint)),
  );
  const opened = slack.channels().filter(({ name }) => name.startsWith("inc-"));
  const posted = (channel: string) =>
    slack
      .channel(channel)
      .messages.filter(({ user, subtype }) => user === slack.botUserId && subtype === undefined);
  const incidents = await sql`select 1 from incident`;
  return {
    lost: alerts - kept.size,
    channels: opened.length,
    incidents: incidents.length,
    messages: posted(room).length,
    inChannel: opened.reduce((sum, { id }) => sum + posted(id).length, 0),
  };
}
