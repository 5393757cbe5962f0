import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "drizzle-orm";
import { errorTrace, errorWords } from "../src/error-words.ts";
import { connect, type Connection } from "../src/edges/postgres/connect.ts";
import { workspace } from "../src/edges/postgres/schema.ts";
import { freshDatabase, type TestDatabase } from "./database.ts";

let database: TestDatabase;
let connection: Connection;
before(async () => {
  database = await freshDatabase();
  connection = connect(database.url);
});
after(async () => {
  await connection[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** What somebody wrote, a stack that they pasted included. */
const canary = 'Canary\n    at canary (canary.ts:1:1)\nparams: canary "canary"';

async function failureOf(asking: Promise<unknown>): Promise<unknown> {
  try {
    await asking;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("what is written down of a query that failed", () => {
  const row = { id: canary, name: canary, botUserId: canary };
  const queries: Readonly<Record<string, () => Promise<unknown>>> = {
    "a value that PostgreSQL quotes": () => connection.sql`select ${canary}::int`,
    "the same through drizzle": () => connection.db.execute(sql`select ${canary}::int`),
    "a row that is there already": async () => {
      await connection.db.insert(workspace).values(row);
      await connection.db.insert(workspace).values(row);
    },
    "a change within a transaction": () =>
      connection.db.transaction((tx) => tx.execute(sql`select ${canary}::jsonb`)),
    "inside of another error": async () => {
      const cause = await failureOf(connection.db.execute(sql`select ${canary}::int`));
      throw new Error("the queue did not take it", { cause });
    },
  };
  for (const [name, query] of Object.entries(queries)) {
    test(`holds nothing of what it was asked with: ${name}`, async () => {
      const error = await failureOf(query());
      assert.match(String(error instanceof Error && error.stack) + inspected(error), /canary/i);
      for (const written of [errorWords(error), errorTrace(error)]) {
        assert.doesNotMatch(written, /canary/i);
        assert.match(written, /invalid input syntax|duplicate key value/);
      }
      assert.match(errorTrace(error), /\n\s+at .*\d+:\d+/);
    });
  }
});

function inspected(error: unknown): string {
  return JSON.stringify(error, Object.getOwnPropertyNames(error));
}

describe("the words of an error", () => {
  test("are its own, then those of what caused it", () => {
    const cause = Object.assign(new Error(""), { code: "ECONNREFUSED" });
    const error = new Error("the database is away", { cause });
    assert.equal(errorWords(error), "the database is away: ECONNREFUSED");
    assert.match(errorTrace(error), /^Error: the database is away\n.*caused by: Error: ECONN/s);
  });

  test("come to an end, also where causes go in a circle or say too much", () => {
    const error = new Error("round");
    error.cause = error;
    assert.equal(errorWords(error), Array.from({ length: 5 }, () => "round").join(": "));
    assert.ok(errorWords(new Error("x".repeat(1e6))).length < 3_000);
  });

  test("are there for what is no error", () => {
    assert.equal(errorWords("gone"), "gone");
    assert.equal(errorWords({ message: "a copy of one", queue: "slack" }), "a copy of one");
    assert.equal(errorWords({ secret: "canary" }), "object");
    assert.equal(errorWords(new TypeError()), "TypeError");
  });
});
