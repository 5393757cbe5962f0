import assert from "node:assert/strict";
import { test } from "node:test";
import postgres from "postgres";
import { emptyDatabase, freshDatabase } from "./database.ts";

test("each fresh database has the newest schema and nothing of another's rows", async () => {
  await using one = await freshDatabase();
  await using other = await freshDatabase();
  assert.notEqual(one.url, other.url);
  assert.deepEqual(await tables(one.url), await tables(other.url));
  assert.ok((await tables(one.url)).length > 5);
  await query(one.url, "create table only_here ()");
  assert.ok(!(await tables(other.url)).includes("only_here"));
});

test("an empty database has no tables", async () => {
  await using empty = await emptyDatabase();
  assert.deepEqual(await tables(empty.url), []);
});

test("a database is gone when its test is over, even where a connection was left open", async () => {
  const database = await freshDatabase();
  const left = postgres(database.url, { max: 1, fetch_types: false });
  await left`select 1`;
  await database[Symbol.asyncDispose]();
  await assert.rejects(tables(database.url), /does not exist/);
  await left.end({ timeout: 1 });
});

async function tables(url: string): Promise<string[]> {
  const rows = await query(
    url,
    "select tablename as name from pg_tables where schemaname in ('public', 'pgboss') order by 1",
  );
  return rows.map((row) => String(row["name"]));
}

async function query(url: string, text: string): Promise<readonly postgres.Row[]> {
  const sql = postgres(url, { max: 1, fetch_types: false });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
