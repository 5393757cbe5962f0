import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import postgres from "postgres";
import type { StepRole } from "../src/playbook/step.ts";
import { selfHealedIn } from "../src/suggestion/self-healed.ts";
import { withLinks } from "../src/suggestion/led-to.ts";
import type { LedTo } from "../src/suggestion/led-to.ts";
import { recordOf } from "../src/suggestion/record.ts";
import type { LedgerRow } from "../src/suggestion/tally.ts";
import { tallyOf } from "../src/suggestion/tally.ts";
import { credits, outcomeLabels } from "../src/vocabulary.ts";
import type { Credit, OutcomeLabel } from "../src/vocabulary.ts";
import { freshDatabase } from "./database.ts";
import { runs, seed } from "./property-runs.ts";
import { read } from "./repository.ts";

const [, query = ""] = /```sql\n([\s\S]*?)```/.exec(read("docs/how-it-learns.md")) ?? [];
const workspace = "T1";
const about = { symptom: "latency", service: "checkout" } as const;
const roles: Readonly<Record<string, StepRole>> = { "roll-back": "fix", "read-pool": "check" };
const steps = Object.keys(roles);

/** Incidents of public channels but the last two: one is of a private channel, one is the reader's own. */
const incidents = ["inc_1", "inc_2", "inc_3", "inc_private", "inc_own"] as const;
const isTaught = (id: string): boolean => id !== "inc_private" && id !== "inc_own";
const placeOf = (incident: string) => ({
  symptom: incident === "inc_3" ? ("errors" as const) : about.symptom,
  service: incident === "inc_2" ? "payments" : about.service,
});

interface Vote {
  readonly incident: (typeof incidents)[number];
  readonly step: string;
  readonly list: 1 | 2;
  readonly actor: string;
  readonly label: OutcomeLabel;
  readonly confidence: number;
  readonly minutes: number | null;
}

const votes = fc.array(
  fc.record<Vote>({
    incident: fc.constantFrom(...incidents),
    step: fc.constantFrom(...steps),
    list: fc.constantFrom(1, 2),
    actor: fc.constantFrom("U1", "U2", "U3"),
    label: fc.constantFrom(...outcomeLabels),
    confidence: fc.constantFrom(0, 0.25, 0.5, 1),
    minutes: fc.option(fc.integer({ min: 1, max: 60 })),
  }),
  { maxLength: 40, size: "max" },
);

interface Answer {
  readonly incident: (typeof incidents)[number];
  readonly credit: Credit;
}

/** What did it, in the order in which it was said. */
const answers = fc.array(
  fc.record<Answer>({
    incident: fc.constantFrom(...incidents),
    credit: fc.constantFrom(...credits, "by-itself", "by-itself"),
  }),
  { maxLength: 4 },
);

interface Pointed {
  readonly incident: (typeof incidents)[number];
  readonly actor: string;
  readonly check: string | null;
}

const pointed = fc.array(
  fc.record<Pointed>({
    incident: fc.constantFrom(...incidents),
    actor: fc.constantFrom("U1", "U2"),
    check: fc.constantFrom("read-pool", null),
  }),
  { maxLength: 8 },
);

function linkOf({ incident, actor, check }: Pointed, index: number): LedTo {
  const at = new Date(Date.UTC(2026, 10, 1) + Math.floor(index / 2) * 1000);
  return {
    id: `led_${String(index).padStart(4, "0")}`,
    incidentId: incident,
    fixId: `sug_${incident}_roll-back_1`,
    pointer: check === null ? "skip" : "check",
    checkId: check === null ? null : `sug_${incident}_${check}_1`,
    actor,
    at,
    recordedAt: at,
  };
}

function rowOf(vote: Vote, index: number): LedgerRow {
  const at = new Date(Date.UTC(2026, 10, 1) + Math.floor(index / 2) * 1000);
  return {
    id: `out_${String(index).padStart(4, "0")}`,
    suggestionId: `sug_${vote.incident}_${vote.step}_${vote.list}`,
    incidentId: vote.incident,
    stepId: vote.step,
    role: roles[vote.step] ?? "fix",
    ...placeOf(vote.incident),
    label: vote.label,
    confidence: vote.confidence,
    source: "click",
    actor: vote.actor,
    minutes: vote.minutes,
    note: null,
    at,
    recordedAt: at,
  };
}

test("the documented query counts what the ranker counts, on any ledger", async () => {
  await using database = await freshDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  try {
    await plant(sql);
    await fc.assert(
      fc.asyncProperty(votes, pointed, answers, async (made, told, answered) => {
        const rows = made.map(rowOf);
        const links = told.map(linkOf);
        await sql`truncate outcome, led_to, timeline_entry`;
        for (const row of rows) await insert(sql, row);
        for (const link of links) await insertLink(sql, link);
        for (const [seq, answer] of answered.entries()) await insertAnswer(sql, seq, answer);
        const ended = incidents.map((id) => ({
          id,
          credit: answered.findLast(({ incident }) => incident === id)?.credit ?? null,
        }));
        const taught = rows.filter(({ incidentId }) => isTaught(incidentId));
        const selfHealed = selfHealedIn({ incidents: ended, rows: taught });
        const tallies = tallyOf(withLinks(taught, links), selfHealed);
        const expected = steps.flatMap((step) => {
          const { stepId, ...record } = recordOf(step, about, tallies);
          return record.tried === 0 && record.selfHealed === 0 ? [] : [{ step: stepId, ...record }];
        });
        assert.deepEqual(await counted(sql), expected.toSorted(byStep));
      }),
      { numRuns: runs(300), seed },
    );
  } finally {
    await sql.end();
  }
});

const byStep = (a: { readonly step: string }, b: { readonly step: string }): number =>
  a.step < b.step ? -1 : 1;

async function counted(sql: postgres.Sql) {
  const rows = await sql.unsafe(query, [workspace, "inc_own", about.symptom, about.service]);
  return rows.map((row) => ({
    step: row["step_id"],
    tried: row["tried"],
    worked: row["worked"],
    helped: row["helped"],
    worsened: row["worsened"],
    selfHealed: row["self_healed"],
    triedHere: row["tried_here"],
    workedHere: row["worked_here"],
    ledToFix: row["led_to_fix"],
    medianMinutes: row["median_minutes"],
  }));
}

async function plant(sql: postgres.Sql): Promise<void> {
  const at = new Date(0);
  for (const [index, id] of incidents.entries()) {
    const kind = id === "inc_private" ? "private" : "public";
    const { symptom, service } = placeOf(id);
    await sql`
      insert into channel (workspace_id, id, name, kind) values (${workspace}, ${`C${index}`}, ${id}, ${kind})`;
    await sql`
      insert into incident (id, workspace_id, number, channel_id, title, last_seq, opened_at, closed_at)
      values (${id}, ${workspace}, ${index + 1}, ${`C${index}`}, ${id}, 0, ${at}, ${at})`;
    for (const step of steps) {
      for (const list of [1, 2]) {
        await sql`
          insert into suggestion (workspace_id, id, incident_id, list, position, step_id, role, p, minutes, score,
            propensity, policy, seed, symptom, service, flags, offered, record, shown_at)
          values (${workspace}, ${`sug_${id}_${step}_${list}`}, ${id}, ${list}, 1, ${step}, ${roles[step] ?? "fix"},
            0.5, 5, 0.1, 1, 'test', 0, ${symptom}, ${service}, '{}', '{}', '{}', ${at})`;
      }
    }
  }
}

async function insert(sql: postgres.Sql, row: LedgerRow): Promise<void> {
  await sql`
    insert into outcome (workspace_id, id, suggestion_id, incident_id, step_id, label, confidence, source, actor,
      minutes, at, recorded_at)
    values (${workspace}, ${row.id}, ${row.suggestionId}, ${row.incidentId}, ${row.stepId}, ${row.label},
      ${row.confidence}, ${row.source}, ${row.actor}, ${row.minutes}, ${row.at}, ${row.recordedAt})`;
}

async function insertLink(sql: postgres.Sql, link: LedTo): Promise<void> {
  await sql`
    insert into led_to (workspace_id, id, incident_id, fix_id, pointer, check_id, actor, at, recorded_at)
    values (${workspace}, ${link.id}, ${link.incidentId}, ${link.fixId}, ${link.pointer}, ${link.checkId},
      ${link.actor}, ${link.at}, ${link.recordedAt})`;
}

async function insertAnswer(
  sql: postgres.Sql,
  seq: number,
  { incident, credit }: Answer,
): Promise<void> {
  const fact = { kind: "credited", credit, by: "U1" } as const;
  await sql`
    insert into timeline_entry (workspace_id, incident_id, seq, kind, actor, source, at, recorded_at, fact)
    values (${workspace}, ${incident}, ${seq + 1}, 'credited', 'U1', 'slack', now(), now(), ${sql.json(fact)})`;
}
