import assert from "node:assert/strict";
import { test } from "node:test";
import { after, kept, turn } from "../../suggestion/kept.ts";
import { openStore, team, viewer } from "./opened.ts";
import { plant } from "./planted.ts";

test("of earlier incidents the end and the last answer to what did it are known, and none that goes on in another", async () => {
  await using opened = await openStore();
  const ended = (number: number) => turn(number, 60, { endedAt: after(number, 60) });
  const answered = (number: number, minutes: number, credit: "by-itself" | "several") =>
    turn(number, minutes, { endedAt: after(number, 60), credit });
  const turns = (number: number, ...later: readonly ReturnType<typeof turn>[]) =>
    kept(number, { turns: [turn(number, 0), ended(number), ...later], offered: [] });
  const incidents = [
    turns(1, answered(1, 61, "by-itself")),
    turns(2, answered(2, 61, "by-itself"), answered(2, 62, "several")),
    turns(3),
    turns(4),
    kept(5, { turns: [turn(5, 0)], offered: [] }),
  ];
  await plant(opened.db, team, { incidents, rows: [] });
  await opened.sql`
    insert into timeline_entry (workspace_id, incident_id, seq, kind, actor, source, at, recorded_at, fact)
    select ${team}, 'inc_4', 3, 'merged', 'U1', 'slack', now(), now(),
      ${opened.sql.json({ kind: "merged", by: "U1", into: { id: "inc_3", name: "INC-3", channel: "C3" } })}`;
  const known = async () =>
    (await opened.store.pastIncidents(team, viewer, null)).map(({ id, credit }) => [id, credit]);
  const three = [
    ["inc_3", null],
    ["inc_2", "several"],
    ["inc_1", "by-itself"],
  ];
  assert.deepEqual(await known(), three);
  await opened.sql`
    insert into timeline_entry (workspace_id, incident_id, seq, kind, actor, source, at, recorded_at, fact)
    values (${team}, 'inc_4', 4, 'reopened', 'U1', 'slack', now(), now(), '{"kind":"reopened","by":"U1"}')`;
  assert.deepEqual(await known(), [["inc_4", null], ...three]);
});
