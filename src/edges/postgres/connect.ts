/** The connection that the store's queries share. */

import { drizzle } from "drizzle-orm/postgres-js";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as deliverySchema from "./schema-delivery.ts";
import * as ledgerSchema from "./schema.ts";

const schema = { ...ledgerSchema, ...deliverySchema };

const connectionsMax = 8;
/** A database that does not answer must not hold an acknowledgement past its second. */
const connectTimeoutSeconds = 5;

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface Connection extends AsyncDisposable {
  readonly db: Database;
  readonly sql: postgres.Sql;
}

export function connect(url: string): Connection {
  const sql = postgres(url, {
    max: connectionsMax,
    connect_timeout: connectTimeoutSeconds,
    idle_timeout: 60,
    onnotice: () => undefined,
    connection: { application_name: "hindsight" },
  });
  return {
    db: drizzle(sql, { schema }),
    sql,
    [Symbol.asyncDispose]: () => sql.end({ timeout: 2 }),
  };
}
