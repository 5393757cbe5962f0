/** Takes the rows of a large answer one by one as they come, so that none is held for longer than its turn. */

import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { Query, types, type CustomTypesConfig, type QueryResultRow } from "pg";
import type { Database } from "./connect.ts";

const dialect = new PgDialect();

/** The driver's own reading of a time takes five times as long. */
const parsers: CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === types.builtins.TIMESTAMPTZ
      ? (text: string) => new Date(text)
      : types.getTypeParser(id, format),
};

/** Rejects where the query fails or `take` throws. Times come as Date. */
export async function eachRow<Row extends QueryResultRow>(
  db: Database,
  query: SQL<Row>,
  take: (row: Row) => void,
): Promise<void> {
  const { sql: text, params } = dialect.sqlToQuery(query);
  const client = await db.$client.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      const asked = client.query(new Query<Row>({ text, values: params, types: parsers }));
      asked.on("row", (row) => {
        try {
          take(row);
        } catch (error) {
          reject(error);
        }
      });
      asked.on("end", () => resolve());
      asked.on("error", reject);
    });
  } finally {
    client.release();
  }
}
