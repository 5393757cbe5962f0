import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sql } from "drizzle-orm";
import { connect } from "../../../src/edges/postgres/connect.ts";
import { eachRow } from "../../../src/edges/postgres/each-row.ts";
import { freshDatabase } from "../../database.ts";

describe("a large answer", () => {
  test("comes row by row, with times as Date; a failure of either side rejects, and the connection serves on", async () => {
    await using database = await freshDatabase();
    await using connection = connect(database.url);
    const { db } = connection;
    const many = sql<{ readonly n: number }>`
      select n, timestamptz '2026-11-23 14:05:00.123+02' as at, null::timestamptz as never, ${"told"}::text as word
      from generate_series(1, 5000) n`;
    const rows: unknown[] = [];
    await eachRow(db, many, (row) => rows.push({ ...row }));
    assert.equal(rows.length, 5_000);
    const at = new Date("2026-11-23T12:05:00.123Z");
    assert.deepEqual(rows.at(-1), { n: 5_000, at, never: null, word: "told" });
    const refused = (): never => {
      throw new Error("no such row");
    };
    // More often than there are connections.
    for (let nth = 0; nth < 10; nth += 1) {
      await assert.rejects(eachRow(db, many, refused), /no such row/);
      await assert.rejects(
        eachRow(db, sql<{ readonly n: number }>`select 1 / 0 as n`, refused),
        /division by zero/,
      );
    }
    const after: unknown[] = [];
    await eachRow(db, sql<{ readonly n: number }>`select 1 as n`, ({ n }) => after.push(n));
    assert.deepEqual(after, [1]);
  });
});
