/**
 * What digests, statistics and an export take with many incidents in the database (docs/benchmarks.md).
 *
 * npm run bench:scale [incidents]
 */

import { loadavg } from "node:os";
import postgres from "postgres";
import { digestOf, periodWeeks } from "../src/digest/digest.ts";
import { csvLines } from "../src/digest/exported.ts";
import { statisticsOf } from "../src/digest/statistics.ts";
import { weekBefore, weeksUpTo, type Week } from "../src/digest/week.ts";
import { openActions } from "../src/edges/postgres/action-items.ts";
import { connect, type Database } from "../src/edges/postgres/connect.ts";
import { keepCounted } from "../src/edges/postgres/keep-counted.ts";
import { exportedIncidents } from "../src/edges/postgres/read-export.ts";
import { periodFacts } from "../src/edges/postgres/read-period.ts";
import { openBenchDatabase } from "./bed.ts";
import { spreadOf, table, type Spread } from "./figures.ts";

const incidentsUsual = 10_000;
const repeats = 9;
const workspace = "T1";
const end = new Date("2026-11-23T00:00:00Z");
const viewer = { id: "C-READER", kind: "public" } as const;

/** One in ten in private, two lists of six steps and four words each, all in the `days` before the end. */
async function plant(sql: postgres.Sql, count: number, days: number): Promise<void> {
  await plantIncidents(sql, count, days);
  await plantLedger(sql);
  await plantAftermath(sql);
  await sql.unsafe("analyze");
}

async function plantIncidents(sql: postgres.Sql, count: number, days: number): Promise<void> {
  const began = sql`${end}::timestamptz - (n * ${days}::float8 / ${count}) * interval '1 day'`;
  await sql`insert into workspace (id, name, bot_user_id) values (${workspace}, 'bench', 'UBOT')`;
  await sql`
    insert into channel (workspace_id, id, name, kind)
    select ${workspace}, 'C' || n, 'inc-' || n, case when n % 10 = 0 then 'private' else 'public' end
    from generate_series(1, ${count}::int) n`;
  await sql`
    insert into incident (id, workspace_id, number, channel_id, title, service, symptom, last_seq, opened_at, closed_at)
    select 'inc_' || n, ${workspace}, n, 'C' || n, 'service ' || n % 40 || ' is slow', 'service-' || n % 40,
      (array['latency', 'errors', 'saturation'])[1 + n % 3], 20, ${began}, ${began} + interval '40 minutes'
    from generate_series(1, ${count}::int) n`;
  // A reading is large: a tenth of what a real one takes.
  await sql`
    insert into timeline_entry (workspace_id, incident_id, seq, kind, actor, source, at, recorded_at, fact)
    select ${workspace}, i.id, seq, kind, case source when 'slack' then 'U1' else 'bot' end, source,
      i.opened_at + seq * interval '1 minute', i.opened_at, case kind
        when 'declared' then jsonb_build_object('kind', kind, 'title', i.title, 'severity', 1 + i.number % 4)
        when 'credited' then jsonb_build_object('kind', kind, 'credit', 'by-itself')
        when 'status-set' then jsonb_build_object('kind', kind, 'status', 'monitoring')
        when 'evidence-read' then jsonb_build_object('kind', kind, 'backSince', extract(epoch from i.opened_at) + 1500,
          'diagnosis', (select jsonb_agg(md5(i.id || x)) from generate_series(1, 100) x))
        else jsonb_build_object('kind', kind) end
    from incident i cross join lateral (
      select seq, case when seq = 1 then 'declared' when seq = 20 and i.number % 3 = 0 then 'credited'
        when seq = 18 then 'status-set' when seq % 5 = 0 then 'evidence-read' else 'claimed' end as kind,
        case when seq % 5 = 0 then 'bot' else 'slack' end as source
      from generate_series(1, 20) seq) told`;
}

async function plantLedger(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into suggestion (workspace_id, id, incident_id, list, position, step_id, role, p, minutes, score, propensity,
      policy, seed, symptom, service, flags, offered, record, shown_at)
    select ${workspace}, 'sug_' || i.number || '_' || list || '_' || place, i.id, list, place, 'step-' || step,
      case when step % 3 = 0 then 'check' else 'fix' end, 0.6 / place, 5, 0.1, 1, 'bench', 0, i.symptom, i.service,
      '{}', jsonb_build_object('title', 'Step ' || step), '{}', i.opened_at + list * interval '2 minutes'
    from incident i, generate_series(1, 2) list, generate_series(1, 6) place,
      lateral (select (i.number * 7 + place * 11 + list) % 60 as step) s`;
  await sql`
    insert into outcome (workspace_id, id, suggestion_id, incident_id, step_id, label, confidence, source, actor, at,
      recorded_at)
    select ${workspace}, 'out_' || s.id, s.id, s.incident_id, s.step_id,
      (array['resolved', 'no_effect', 'helped', 'ruled_out'])[1 + (i.number + s.position) % 4], 1, 'click', 'U1',
      s.shown_at + interval '9 minutes', s.shown_at + interval '9 minutes'
    from suggestion s join incident i on i.id = s.incident_id where s.position <= 2`;
}

/** Five calls of a model an incident, and two action items, one of them done by a later revision. */
async function plantAftermath(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into model_call (workspace_id, id, incident_id, purpose, model, tokens_in, tokens_out, cost, at, ended)
    select ${workspace}, i.id || '-' || n, i.id, 'steps', 'bench', 10, 10, 0.01, i.opened_at, 'reply'
    from incident i, generate_series(1, 5) n`;
  await sql`
    insert into action_item (workspace_id, id, revision, incident_id, text, due, priority, state, by, at)
    select ${workspace}, 'act_' || md5(i.id || n), revision, i.id, 'Do it ' || i.id,
      i.opened_at::date + 14, 'P2', case revision when 2 then 'done' else 'open' end, 'U1', i.opened_at
    from incident i, generate_series(1, 2) n, generate_series(1, n) revision`;
}

async function timed(deed: () => Promise<unknown>, times = repeats): Promise<Spread> {
  const taken: number[] = [];
  for (let index = 0; index <= times; index += 1) {
    const from = performance.now();
    await deed();
    // The first fills caches.
    if (index > 0 || times === 0) taken.push(performance.now() - from);
  }
  return spreadOf(taken);
}

async function digest(db: Database): Promise<void> {
  const week = weekBefore(end, "UTC");
  const [first = week, ...rest] = weeksUpTo(week, periodWeeks, "UTC");
  const weeks: [Week, ...Week[]] = [first, ...rest];
  const period = { viewer, from: first.from, to: week.to, lateFrom: week.from, services: null };
  const today = end.toISOString().slice(0, 10);
  const [facts, actions] = await Promise.all([
    periodFacts(db, workspace, period),
    openActions(db, workspace, { viewer, services: null, today }),
  ]);
  digestOf(facts, { team: null, weeks, actions });
}

async function statistics(db: Database, days: number): Promise<void> {
  const from = new Date(end.getTime() - days * 86_400_000);
  statisticsOf(
    await periodFacts(db, workspace, { viewer, from, to: end, lateFrom: from, services: null }),
  );
}

async function exported(db: Database): Promise<void> {
  for await (const incident of exportedIncidents(db, workspace)) csvLines(incident);
}

async function measure(count: number, days: number) {
  await using database = await openBenchDatabase();
  const sql = postgres(database.url, { max: 1 });
  await plant(sql, count, days);
  await sql.end();
  await using connection = connect(database.url);
  const { db } = connection;
  const keeping = await timed(() => keepCounted(db), 0);
  // As PostgreSQL does by itself within a minute.
  await connection.sql`analyze counted_incident`;
  return {
    days,
    keeping,
    digest: await timed(() => digest(db)),
    stats: await timed(() => statistics(db, 91)),
    statsAll: await timed(() => statistics(db, days)),
    export: await timed(() => exported(db), 1),
  };
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? incidentsUsual);
  const rows = [await measure(count, 90), await measure(count, 1_825)];
  const words = ({ p50, max }: Spread) => `${p50} / ${max}`;
  console.log(
    table([
      [`${count} incidents, ms p50 / max`, ...rows.map(({ days }) => `in ${days} days`)],
      ["digest, 13 weeks", ...rows.map((row) => words(row.digest))],
      ["statistics, 91 days", ...rows.map((row) => words(row.stats))],
      ["statistics of all", ...rows.map((row) => words(row.statsAll))],
      ["export of all as CSV", ...rows.map((row) => words(row.export))],
      ["counted for the first time", ...rows.map((row) => words(row.keeping))],
    ]),
  );
  console.log(
    `\n${JSON.stringify({ bench: "scale", incidents: count, loadAverage: loadavg()[0], rows })}`,
  );
}

await main();
