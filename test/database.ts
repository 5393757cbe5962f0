/**
 * A fresh database for a test, cloned from a template at the newest schema. All test processes share one
 * PostgreSQL server in the temporary folder (or the one that DATABASE_URL_TEST names); it ends by itself
 * when no test has used it for a while.
 */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { makeFiles } from "../src/edges/postgres/embedded-files.ts";
import { findPlace, type Place } from "../src/edges/postgres/embedded-place.ts";
import { findServer, startServer, stopServer } from "../src/edges/postgres/embedded-server.ts";
import { migrate } from "../src/edges/postgres/migrate.ts";

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

const root = new URL("../", import.meta.url);
const attemptsMax = 10;
const retryMs = 200;
/** The server ends when it has had no user at this many looks in a row. */
const idleLooksMax = 4;
const lookEveryMs = 5_000;
const templatesKept = 4;

/** Advisory locks on the server: a test holds `users` shared; the others are held by one process at a time. */
const locks = { users: 811_001, template: 811_002, sweeper: 811_003 };

/** Nothing here outlives a crash, so nothing waits for the disk. */
const hastySettings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
};

let place: Promise<Place> | undefined;

/** A database of this test alone, at the newest schema; dropped with whoever is still connected when disposed. */
export async function freshDatabase(): Promise<TestDatabase> {
  return await newDatabase(true);
}

/** A database of this test alone with nothing in it, for what makes a schema. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return await newDatabase(false);
}

async function newDatabase(hasSchema: boolean): Promise<TestDatabase> {
  for (let attempt = 1; ; attempt += 1) {
    const server = await serverUrl();
    const admin = connectAdmin(server);
    try {
      await admin`select pg_advisory_lock_shared(${locks.users})`;
      const template = hasSchema ? await schemaTemplate(admin, server) : "template1";
      const name = `test_${process.pid}_${randomBytes(4).toString("hex")}`;
      await admin.unsafe(`create database ${name} template ${template}`);
      return { url: sibling(server, name), [Symbol.asyncDispose]: () => drop(admin, name) };
    } catch (error) {
      await admin.end({ timeout: 1 });
      if (!isServerGone(error) || attempt === attemptsMax) throw error;
    }
    await sleep(retryMs);
  }
}

async function drop(admin: postgres.Sql, name: string): Promise<void> {
  try {
    await admin.unsafe(`drop database ${name} with (force)`);
  } finally {
    await admin.end({ timeout: 1 });
  }
}

function connectAdmin(url: string): postgres.Sql {
  return postgres(url, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
  });
}

/** The same server, another database. */
function sibling(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function serverUrl(): Promise<string> {
  const given = process.env["DATABASE_URL_TEST"];
  if (given !== undefined) return given;
  const running = await (place ??= findPlace({ folder: testFolder(), log: () => undefined }));
  await makeFiles(running);
  const found = await findServer(running);
  if (found) return found.url;
  const started = await startServer(running, { settings: hastySettings }).catch(async () => {
    // Files that never waited for the disk may not survive a crash of the machine; they hold nothing.
    await rm(running.home, { recursive: true, force: true });
    await makeFiles(running);
    return await startServer(running, { settings: hastySettings });
  });
  spawn(process.execPath, [fileURLToPath(import.meta.url)], {
    detached: true,
    stdio: "ignore",
  }).unref();
  return started.url;
}

function testFolder(): string {
  return join(tmpdir(), `hindsight-test-${userInfo().username}`);
}

/** The template at the newest schema, made by the first process that needs it. */
async function schemaTemplate(admin: postgres.Sql, server: string): Promise<string> {
  const name = `template_${await schemaHash()}`;
  const isThere = async (): Promise<boolean> =>
    (await admin`select 1 from pg_database where datname = ${name}`).length > 0;
  if (await isThere()) return name;
  await admin`select pg_advisory_lock(${locks.template})`;
  try {
    if (await isThere()) return name;
    const draft = `draft_${name}`;
    await admin.unsafe(`drop database if exists ${draft} with (force)`);
    await admin.unsafe(`create database ${draft}`);
    await migrate(sibling(server, draft));
    await admin.unsafe(`alter database ${draft} rename to ${name}`);
    return name;
  } finally {
    await admin`select pg_advisory_unlock(${locks.template})`;
  }
}

/** Changes with everything that decides what `migrate` makes. */
async function schemaHash(): Promise<string> {
  const migrations = await readdir(new URL("drizzle/", root), { recursive: true });
  const files = [
    ...migrations.filter((name) => /\.(sql|json)$/.test(name)).map((name) => `drizzle/${name}`),
    "src/edges/postgres/migrate.ts",
    "src/edges/postgres/queue.ts",
    "node_modules/pg-boss/package.json",
  ];
  const hash = createHash("sha256");
  for (const file of files.toSorted())
    hash.update(file).update(await readFile(new URL(file, root)));
  return hash.digest("hex").slice(0, 16);
}

function isServerGone(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return /^(57P0\d|CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE)/.test(String(error.code));
}

/** Runs beside the server until nobody uses it, then drops what tests left behind and ends it. */
async function sweep(): Promise<void> {
  const running = await findPlace({ folder: testFolder(), log: () => undefined });
  const server = await findServer(running);
  if (!server) return;
  const admin = connectAdmin(server.url);
  try {
    if (!(await tryLock(admin, locks.sweeper))) return;
    for (let idleLooks = 0; idleLooks < idleLooksMax;) {
      await sleep(lookEveryMs);
      const isIdle = await tryLock(admin, locks.users);
      idleLooks = isIdle ? idleLooks + 1 : 0;
      // The last lock is kept: a test that comes now waits, sees the server go, and starts it again.
      if (isIdle && idleLooks < idleLooksMax) {
        await admin`select pg_advisory_unlock(${locks.users})`;
      }
    }
    await dropLeftovers(admin);
    await stopServer(running, server.pid);
  } finally {
    await admin.end({ timeout: 1 });
  }
}

async function tryLock(admin: postgres.Sql, key: number): Promise<boolean> {
  const [row] = await admin<{ taken: boolean }[]>`select pg_try_advisory_lock(${key}) as taken`;
  return row?.taken ?? false;
}

async function dropLeftovers(admin: postgres.Sql): Promise<void> {
  const leftovers = await admin<{ name: string }[]>`
    select datname as name from pg_database where datname ~ '^(test|draft)_'
    union all
    (select datname from pg_database where datname ~ '^template_' order by oid desc offset ${templatesKept})`;
  for (const { name } of leftovers) await admin.unsafe(`drop database ${name} with (force)`);
}

if (import.meta.main) await sweep();
