import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { keptLedger, workspacesOf } from "../../../src/edges/postgres/read-kept.ts";
import { after as minutesAfter, kept, ledger, offered, said, turn } from "../../suggestion/kept.ts";
import { openStore, team, type Opened } from "./opened.ts";
import { plant } from "./planted.ts";

const { rows, incidents } = ledger(
  [
    kept(1, {
      turns: [
        turn(1, 0, { severity: 3 }),
        turn(1, 4, { severity: 1 }),
        turn(1, 61, { severity: 1, endedAt: minutesAfter(1, 60) }),
        turn(1, 90, { severity: 1 }),
        turn(1, 99, { severity: 1, endedAt: minutesAfter(1, 99) }),
        turn(1, 100, { severity: 1, endedAt: minutesAfter(1, 99), credit: "by-itself" }),
      ],
      causes: [
        { cause: "deploy", recordedAt: minutesAfter(2, 0) },
        { cause: "capacity", recordedAt: minutesAfter(3, 0) },
      ],
      offered: [
        offered(1, "roll-back-deploy", {
          considered: [{ stepId: "roll-back-deploy", odds: 2, mayLead: true }],
        }),
        offered(1, "scale-out", { position: 3, greedy: { stepId: "restart-service", p: 0.4 } }),
      ],
    }),
    kept(2, { turns: [turn(2, 0)], symptom: "errors" }),
  ],
  [
    said(1, "scale-out", "resolved"),
    said(2, "restart-service", "no_effect", { symptom: "errors" }),
  ],
);

describe("the whole ledger of a workspace", () => {
  let opened: Opened;
  before(async () => {
    opened = await openStore([team, "T2"]);
    await plant(opened.db, team, { incidents, rows });
    await plant(
      opened.db,
      team,
      { incidents: [kept(3)], rows: [said(3, "scale-out", "resolved")] },
      "private",
    );
    await plant(
      opened.db,
      team,
      { incidents: [kept(4)], rows: [said(4, "scale-out", "resolved")] },
      "external",
    );
    await plant(opened.db, "T2", { incidents: [kept(5)], rows: [] });
  });
  after(() => opened[Symbol.asyncDispose]());

  test("is what happened in public channels, each fact with when it became known, and a count of the rest", async () => {
    const read = await keptLedger(opened.db, team);
    assert.deepEqual(read.elsewhere, { private: 1, external: 1 });
    assert.deepEqual(
      read.incidents.map(({ id }) => id),
      ["inc_2", "inc_1"],
    );
    const [second, first] = read.incidents;
    const [planned] = incidents;
    const causes = first?.causes.map(({ cause, recordedAt }) => ({ cause, recordedAt }));
    assert.deepEqual([first?.turns, causes], [planned?.turns, planned?.causes]);
    assert.deepEqual(second?.turns, [turn(2, 0)]);
    const told = first?.offered.map(({ stepId, position, greedy, considered }) => [
      stepId,
      position,
      greedy,
      considered,
    ]);
    assert.deepEqual(told, [
      ["roll-back-deploy", 1, null, planned?.offered[0]?.considered],
      ["scale-out", 3, planned?.offered[1]?.greedy, null],
    ]);
    assert.deepEqual(
      read.rows.map(({ stepId, label, recordedAt, symptom }) => [
        stepId,
        label,
        recordedAt,
        symptom,
      ]),
      rows
        .toReversed()
        .map(({ stepId, label, recordedAt, symptom }) => [stepId, label, recordedAt, symptom]),
    );
  });

  test("of a channel that is private by now is nothing but one more that does not count", async () => {
    await opened.sql`update channel set kind = 'private' where id = 'C-inc_1'`;
    const read = await keptLedger(opened.db, team);
    assert.deepEqual(
      read.incidents.map(({ id }) => id),
      ["inc_2"],
    );
    assert.equal(read.elsewhere.private, 2);
  });

  test("is read for every workspace of the database", async () => {
    assert.deepEqual((await workspacesOf(opened.db)).map(({ id }) => id).toSorted(), [team, "T2"]);
    assert.deepEqual(
      (await keptLedger(opened.db, "T2")).incidents.map(({ id }) => id),
      ["inc_5"],
    );
  });
});
