import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "drizzle-orm";
import { endedLike, selfHealed } from "../../../src/edges/postgres/ended-like.ts";
import { openStore, team, viewer, type Opened } from "./opened.ts";

/** Each with five suggestions and two outcomes of each. */
const incidents = 600;

const like = { viewer, incident: "inc_1", symptom: "latency", service: "checkout" } as const;

test("of many earlier incidents the newest that did not go on in another are compared: most of the same symptom and service, some of either", async () => {
  await using opened = await openStore();
  await plant(opened);
  await opened.sql`update incident set closed_at = null where id = 'inc_2'`;
  await opened.sql`
    insert into timeline_entry (workspace_id, incident_id, seq, kind, actor, source, at, recorded_at, fact)
    values (${team}, 'inc_3', 1, 'merged', 'U1', 'slack', now(), now(),
      ${opened.sql.json({ kind: "merged", by: "U1", into: { id: "inc_4", name: "INC-4", channel: "C4" } })})`;
  await opened.sql`update incident set service = 'cart' where number > 200 and number <= 400`;
  await opened.sql`update incident set symptom = 'errors' where number > 400`;
  const numbers = (await endedLike(opened.db, team, like)).map(({ number }) => number);
  const span = (from: number, to: number) => numbers.filter((one) => one > from && one <= to);
  assert.deepEqual([span(0, 3), span(3, 42).length, span(42, 200).length], [[], 39, 0]);
  assert.deepEqual([span(200, 212).length, span(212, 400).length], [12, 0]);
  assert.deepEqual([span(400, 408).length, span(408, 600).length], [8, 0]);
});

test("what was seen before is found without reading every outcome that there ever was", async () => {
  await using opened = await openStore();
  await plant(opened);
  const { ended, read } = await opened.db.transaction(async (tx) => ({
    ended: await endedLike(tx, team, like),
    read: (
      await tx.execute<{ name: string; one_by_one: string; found: string }>(sql`
        select relname as name, seq_tup_read as one_by_one, idx_tup_fetch as found
        from pg_stat_xact_user_tables where relname in ('outcome', 'suggestion')`)
    ).rows,
  }));
  assert.deepEqual(new Set(ended.map(({ fix }) => fix?.title)), new Set(["Roll back checkout"]));
  for (const { name, one_by_one: oneByOne, found } of read) {
    assert.equal(Number(oneByOne), 0, name);
    assert.ok(Number(found) < 1_500, `${name}: ${found} of 6,000`);
  }
  assert.equal(read.length, 2);
});

test("how often earlier ones healed by themselves follows the last word of each that ended with one", async () => {
  await using opened = await openStore();
  await plant(opened);
  await opened.sql`delete from outcome where incident_id not in ('inc_2', 'inc_3', 'inc_9')`;
  const credit = (id: string, seq: number, credit: string) => opened.sql`
    insert into timeline_entry (workspace_id, incident_id, seq, kind, actor, source, at, recorded_at, fact)
    values (${team}, ${id}, ${seq}, 'credited', 'U1', 'slack', now(), now(),
      ${opened.sql.json({ kind: "credited", credit, by: "U1" })})`;
  await credit("inc_3", 1, "by-itself");
  for (const id of ["inc_4", "inc_5", "inc_6", "inc_7", "inc_8"]) await credit(id, 1, "by-itself");
  await credit("inc_5", 2, "something-else");
  await opened.sql`update incident set service = 'cart' where id = 'inc_6'`;
  await opened.sql`update channel set kind = 'private' where id = 'C7'`;
  await opened.sql`update incident set closed_at = null where id = 'inc_8'`;
  await opened.sql`update outcome set confidence = 0 where incident_id = 'inc_9'`;
  await credit("inc_9", 1, "by-itself");
  assert.deepEqual(await selfHealed(opened.db, team, like), { healed: 2, of: 5 });
  const near = await endedLike(opened.db, team, like);
  const healed = near.filter(({ isSelfHealed }) => isSelfHealed === true);
  assert.deepEqual(
    healed.map(({ number }) => number).toSorted((a, b) => a - b),
    [4, 6, 9],
  );
  const other = { ...like, symptom: "errors" } as const;
  assert.deepEqual(await selfHealed(opened.db, team, other), { healed: 0, of: 0 });
});

async function plant({ sql: plain }: Opened): Promise<void> {
  await plain`
    insert into channel (workspace_id, id, name, kind)
    select ${team}, 'C' || n, 'inc-' || n, 'public' from generate_series(1, ${incidents}::int) n`;
  await plain`
    insert into incident (id, workspace_id, number, channel_id, title, service, symptom, last_seq, opened_at, closed_at)
    select 'inc_' || n, ${team}, n, 'C' || n, 'slow', 'checkout', 'latency', 0, now() - n * interval '1 hour', now()
    from generate_series(1, ${incidents}::int) n`;
  await plain`
    insert into suggestion (workspace_id, id, incident_id, list, position, step_id, role, p, minutes, score,
      propensity, policy, seed, symptom, service, flags, offered, record, shown_at)
    select ${team}, 'sug_' || n || '_' || s, 'inc_' || n, 1, s, 'step-' || s, 'fix', 0.3, 6, 0.05,
      1, 'greedy', 1, 'latency', 'checkout', '{}', '{"title": "Roll back checkout"}', '{}', now()
    from generate_series(1, ${incidents}::int) n, generate_series(1, 5) s`;
  await plain`
    insert into outcome (workspace_id, id, suggestion_id, incident_id, step_id, label, confidence, source,
      actor, at, recorded_at)
    select ${team}, 'out_' || n || '_' || s || '_' || o, 'sug_' || n || '_' || s, 'inc_' || n, 'step-' || s,
      'resolved', 1, 'click', 'U' || o, now(), now()
    from generate_series(1, ${incidents}::int) n, generate_series(1, 5) s, generate_series(1, 2) o`;
  await plain`analyze`;
}
