/** The connections that the store's queries share; whatever waits on one of them waits for a limited time. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Socket } from "node:net";
import { sql as query } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import type { QueryResultRow } from "pg";
import { boundedSocket } from "./bounded-socket.ts";
import * as deliverySchema from "./schema-delivery.ts";
import * as hooksSchema from "./schema-hooks.ts";
import * as learningSchema from "./schema-learning.ts";
import * as digestSchema from "./schema-digest.ts";
import * as postmortemsSchema from "./schema-postmortems.ts";
import * as messagesSchema from "./schema-messages.ts";
import * as rulesSchema from "./schema-rules.ts";
import * as ledgerSchema from "./schema.ts";

const schema = {
  ...ledgerSchema,
  ...learningSchema,
  ...deliverySchema,
  ...hooksSchema,
  ...postmortemsSchema,
  ...rulesSchema,
  ...digestSchema,
  ...messagesSchema,
};

const connectionsMax = 8;
/** For a new connection, and for a free one where all are busy. */
export const connectTimeoutMs = 5_000;
/** Nothing that the store asks for takes so long: a connection that is silent until then is given up. */
const silenceMaxMs = 15_000;
/** Less than the silence that is allowed, so that what has no use ends in peace. */
const idleTimeoutMs = 10_000;
const closeTimeoutMs = 2_000;

export type Database = NodePgDatabase<typeof schema> & { readonly $client: Pool };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** A statement written in place; its values become parameters, and times come as Date. */
export type Sql = <Row extends object>(
  text: TemplateStringsArray,
  ...values: readonly unknown[]
) => Promise<Rows<Row>>;

/** The rows of an answer, and how many rows the statement touched. */
type Rows<Row> = Row[] & { readonly count: number };

export interface Connection extends AsyncDisposable {
  readonly db: Database;
  readonly sql: Sql;
  readonly pool: Pool;
}

export interface ConnectOptions {
  /** Milliseconds; 15,000 by default, 0: for ever. */
  readonly silenceMaxMs?: number;
}

export function connect(url: string, options: ConnectOptions = {}): Connection {
  const sockets = new Set<Socket>();
  const silentMs = options.silenceMaxMs ?? silenceMaxMs;
  const pool = new Pool({
    connectionString: url,
    application_name: "hindsight",
    max: connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
    stream: () => remembered(sockets, boundedSocket(silentMs)),
  });
  // Whoever asked hears of it too; an idle connection is replaced when it is needed.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    db: drizzle(pool, { schema }),
    sql: (text, ...values) => run(pool, text, values),
    pool,
    [Symbol.asyncDispose]: async () => {
      const stop = new AbortController();
      const late = sleep(closeTimeoutMs, undefined, { signal: stop.signal }).catch(() => undefined);
      await Promise.race([pool.end(), late]);
      stop.abort();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function remembered(sockets: Set<Socket>, socket: Socket): Socket {
  sockets.add(socket);
  return socket.once("close", () => sockets.delete(socket));
}

async function run<Row extends object>(
  pool: Pool,
  text: TemplateStringsArray,
  values: readonly unknown[],
): Promise<Rows<Row>> {
  const numbered = text.reduce((before, after, index) => `${before}$${index}${after}`);
  const { rows, rowCount } = await pool.query<Row & QueryResultRow>(numbered, [...values]);
  return Object.assign(rows, { count: rowCount ?? 0 });
}

/**
 * What the server ends by itself in this transaction, so that no lock outlives whoever took it. Set inside the
 * transaction: a pooler refuses these as parameters of a connection, and would hand them on to others.
 */
export async function limitTransaction(tx: Transaction): Promise<void> {
  await tx.execute(query`select
    set_config('statement_timeout', '10s', true),
    set_config('lock_timeout', '5s', true),
    set_config('idle_in_transaction_session_timeout', '10s', true)`);
}
