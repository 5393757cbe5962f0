import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import postgres from "postgres";
import { digestOf, type Digest, type Repeat } from "../src/digest/digest.ts";
import type { PeriodFacts } from "../src/digest/facts.ts";
import type { Spread } from "../src/digest/spread.ts";
import { statisticsOf, type Statistics } from "../src/digest/statistics.ts";
import { calibrationOf } from "../src/learning/calibration.ts";
import { openStore } from "./edges/postgres/opened.ts";
import { weeks } from "./digest/facts.ts";
import { ledgers, plantLedger, workspace } from "./digest-world.ts";
import { runs, seed } from "./property-runs.ts";
import { read } from "./repository.ts";

const blocks = [...read("docs/digest.md").matchAll(/```sql\n([\s\S]*?)```/g)].map(
  ([, block = ""]) => block,
);
const queries = new Map(
  blocks.flatMap((block) => {
    const [, name] = /^-- (.*)\n/.exec(block) ?? [];
    return name === undefined ? [] : [[name, block] as const];
  }),
);
const views = blocks.filter((block) => block.startsWith("create"));

const [firstWeek] = weeks;
const week = weeks.at(-1) ?? firstWeek;
const late = weeks.at(-4) ?? firstWeek;
/** Some of the items are due on it. */
const today = "2026-11-23";
const settings = {
  today,
  workspace,
  zone: "UTC",
  from: firstWeek.from.toISOString(),
  late: late.from.toISOString(),
  week: week.from.toISOString(),
  to: week.to.toISOString(),
};

type Row = Readonly<Record<string, unknown>>;
interface Told {
  readonly digest: Digest;
  readonly statistics: Statistics;
  readonly facts: PeriodFacts;
}

const range = (spread: Spread | null): Row =>
  spread === null
    ? { count: 0, least: null, most: null }
    : { count: spread.count, least: spread.least, most: spread.most };
/** The documented query has quartiles of any number. */
const ranged = ({ count, least, most, lower, upper }: Row, spread: Spread | null): Row => {
  const usual = (spread?.usual ?? null) === null ? {} : { usual: [lower, upper] };
  return { count, least, most, ...usual };
};
const spread = (of: Spread | null): Row => ({
  ...range(of),
  ...((of?.usual ?? null) === null ? {} : { usual: of?.usual }),
});

/** What the digest and the statistics say, as the query of each name has it: the query's rows, and what is expected of them. */
const said: Readonly<
  Record<string, (told: Told, rows: readonly Row[]) => readonly [unknown, unknown]>
> = {
  week: ({ digest }, rows) => [
    {
      by: rows.map((row) => ({ severity: row["severity"], incidents: row["incidents"] })),
      open: total(rows, "still_open"),
    },
    { by: digest.severities, open: digest.stillOpen },
  ],
  "week's minutes": ({ digest }, rows) => [
    rows.map((row) => ranged(row, digest.mitigate)),
    [spread(digest.mitigate)],
  ],
  repeats: ({ digest }, rows) => [rows, byKind(digest).map(({ left: _left, ...repeat }) => repeat)],
  "action items of repeats": ({ digest }, rows) => [
    rows.filter(({ service, symptom }) =>
      digest.repeats.some((each) => each.service === service && each.symptom === symptom),
    ),
    byKind(digest).flatMap(({ service, symptom, left }) =>
      left === undefined ? [] : [{ service, symptom, ...left }],
    ),
  ],
  weeks: ({ digest }, rows) => [
    rows.map(({ week: _week, ...row }) => row),
    digest.weeks
      .filter(({ incidents }) => incidents > 0)
      .map(({ incidents, medianMinutes, record }) => ({
        incidents,
        median: medianMinutes,
        by_first_three: record.fixedByFirstThree,
        otherwise: record.fixed - record.fixedByFirstThree,
        by_themselves: record.byThemselves,
        not_known: record.ended - record.attested,
      })),
  ],
  record: ({ digest: { record } }, rows) => [
    rows,
    [
      {
        ended: record.ended,
        attested: record.attested,
        by_themselves: record.byThemselves,
        fixed: record.fixed,
        fixed_by_first_three: record.fixedByFirstThree,
      },
    ],
  ],
  shown: ({ digest: { record } }, rows) => [rows, [{ shown: record.shown }]],
  tried: ({ digest: { record } }, rows) => [
    rows,
    [
      {
        tried: record.tried,
        helped: record.helped,
        fixes_tried: record.fixes.tried,
        fixes_worked: record.fixes.worked,
        checks_run: record.checks.run,
        checks_answered: record.checks.answered,
      },
    ],
  ],
  "worst miss": ({ digest: { record } }, rows) => [
    rows,
    record.worstMiss === null
      ? []
      : [
          {
            number: record.worstMiss.number,
            first_offered: record.worstMiss.first,
            fixed_by: record.worstMiss.fixedBy,
            minutes_to_fix: record.worstMiss.minutes,
          },
        ],
  ],
  places: ({ digest: { trends, record } }, rows) => {
    const known = rows.filter(
      (row) => Math.min(num(row, "late_lists"), num(row, "early_lists")) >= 5,
    );
    const moved = (sign: number) =>
      known
        .filter((row) => sign * (num(row, "late") - num(row, "early")) >= 1)
        .map((row) => row["step_id"]);
    const missed = record.worstMiss?.places;
    if (missed !== undefined)
      assert.ok(
        known.some(
          (row) => near(num(row, "late"), missed.to) && near(num(row, "early"), missed.from),
        ),
      );
    const ids = (of: Digest["trends"]["rising"]) => of.map(({ stepId }) => stepId).toSorted();
    return [
      { rising: moved(-1), falling: moved(1), tooLittle: rows.length - known.length },
      { rising: ids(trends.rising), falling: ids(trends.falling), tooLittle: trends.tooLittle },
    ];
  },
  "model cost": ({ facts: { model } }, rows) => [
    rows.map((row) => (row["cost"] === null ? null : row)),
    [model],
  ],
  postmortems: ({ digest: { postmortems = [] } }, rows) => [
    rows,
    postmortems.map(({ number, state }) => ({ number, state })),
  ],
  "postmortems of the period": ({ statistics: { postmortems } }, rows) => [rows, [postmortems]],
  "open action items": ({ digest: { actions } }, rows) => [rows, [actions]],
  times: ({ statistics }, rows) => {
    const events = ["acknowledge", "mitigate", "resolve"] as const;
    const told = events.filter((event) => statistics[event] !== null);
    return [
      rows.map((row) => {
        const event = events.find((each) => each === row["event"]);
        return [event, ranged(row, event === undefined ? null : statistics[event])];
      }),
      told.map((event) => [event, spread(statistics[event])]),
    ];
  },
  "by severity": ({ statistics }, rows) => [rows, statistics.severities.map(grouped)],
  "by service": ({ statistics }, rows) => [rows, statistics.services.map(grouped)],
  repeated: ({ statistics }, rows) => [rows, [{ repeated: statistics.repeated }]],
  chances: ({ facts }, rows) => [
    rows.map((row) => [row["from"], row["tried"], row["worked"], row["said"]]),
    calibrationOf(facts.told).bins.map(({ from, count, came, said: p }) => [
      from,
      count,
      Math.round(came * count),
      p,
    ]),
  ],
};

const byKind = ({ repeats }: Digest): readonly Repeat[] =>
  repeats.toSorted((a, b) => (`${a.service} ${a.symptom}` < `${b.service} ${b.symptom}` ? -1 : 1));

const grouped = ({
  of,
  incidents,
  mitigate,
}: Statistics["services" | "severities"][number]): Row => {
  const { least, most } = range(mitigate);
  return { of, incidents, least, most };
};

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}
function num(row: Row, column: string): number {
  return Number(row[column]);
}
function total(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + num(row, column), 0);
}
/** Sums of fractions in another order differ in their last digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === "number" ? Math.round(each * 1e6) / 1e6 : each,
    ),
  );
}

test("every number of the digest and of the statistics is what its documented query gives", async () => {
  assert.deepEqual([...queries.keys()].toSorted(), Object.keys(said).toSorted());
  await using opened = await openStore();
  const sql = postgres(opened.url, { max: 1, onnotice: () => undefined });
  try {
    for (const [name, value] of Object.entries(settings))
      await sql`select set_config(${`digest.${name}`}, ${value}, false)`;
    for (const view of views) await sql.unsafe(view);
    await fc.assert(
      fc.asyncProperty(ledgers, async (ledger) => {
        await plantLedger(sql, ledger);
        const facts = await opened.store.periodFacts(workspace, {
          viewer: { id: "C-READER", kind: "public" },
          from: firstWeek.from,
          to: week.to,
          lateFrom: late.from,
          services: null,
        });
        const actions = await opened.store.openActions(workspace, {
          viewer: { id: "C-READER", kind: "public" },
          services: null,
          today,
        });
        const told = {
          digest: digestOf(facts, { team: null, weeks, actions }),
          statistics: statisticsOf(facts),
          facts,
        };
        for (const [name, query] of queries) {
          const rows = await sql.unsafe<Row[]>(query);
          const [counted, expected] =
            said[name]?.(
              told,
              rows.map((row) => ({ ...row })),
            ) ?? [];
          assert.deepEqual(rounded(counted), rounded(expected), name);
        }
      }),
      // A ledger takes a quarter of a second: none is looked for that is smaller.
      { numRuns: runs(300), seed, endOnFailure: true },
    );
  } finally {
    await sql.end();
  }
});
