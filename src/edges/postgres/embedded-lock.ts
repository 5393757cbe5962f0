/** The lock that keeps a second Hindsight off an embedded database: it lives and dies with one connection. */
import postgres from "postgres";

/** Any fixed number: PostgreSQL's advisory locks are told apart by it. */
const lockKey = 4_815_162;
/** A killed process's lock goes when the server sees its connection close; longer than this, somebody lives. */
const lockMsMax = 3_000;
const connectSecondsMax = 5;

export interface Lock {
  /** Settles when the connection is gone, which means that the server went or dropped us. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

export type Taken = { readonly by: string };

/** Takes the lock, or says which process has it, such as "process 4711". */
export async function takeLock(url: string): Promise<Lock | Taken> {
  const { promise: lost, resolve: loseLock } = Promise.withResolvers<void>();
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    connect_timeout: connectSecondsMax,
    connection: { application_name: `hindsight process ${process.pid}`, lock_timeout: lockMsMax },
    onclose: () => loseLock(),
  });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    return { lost, release: () => sql.end({ timeout: 1 }) };
  } catch (error) {
    const by = isLockTimeout(error) ? ((await holder(sql)) ?? "process unknown") : undefined;
    await sql.end({ timeout: 1 });
    if (by === undefined) throw error;
    return { by };
  }
}

/** Who has the lock just now, such as "process 4711"; it is left alone. */
export async function lockHolder(url: string): Promise<string | undefined> {
  const sql = postgres(url, { max: 1, fetch_types: false, connect_timeout: connectSecondsMax });
  try {
    return await holder(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function holder(sql: postgres.Sql): Promise<string | undefined> {
  const [row] = await sql<{ name: string }[]>`
    select application_name as name from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and objid = ${lockKey}`;
  return row?.name.replace(/^hindsight /, "");
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === "55P03";
}
