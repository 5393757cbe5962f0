import assert from "node:assert/strict";
import { chown, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { describe, test } from "node:test";
import { openEmbeddedDatabase } from "../../../src/edges/postgres/embedded.ts";
import { folderWithDatabase, openElsewhere, query, temporaryFolder } from "./embedded-process.ts";

const quiet = (): void => undefined;

// Most of each is waiting for processes, so some run side by side.
describe("the embedded database", { concurrency: 4 }, () => {
  test("a first start makes a durable UTF-8 database that asks for a password and listens on the loopback address alone", async () => {
    await using folder = await temporaryFolder();
    await using database = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    const [settings] = await query(
      database.url,
      `select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
       current_setting('listen_addresses') as listens, current_setting('synchronous_commit') as commits,
       (select datcollate from pg_database where datname = current_database()) as collate`,
    );
    assert.deepEqual(
      { ...settings },
      { fsync: "on", encoding: "UTF8", listens: "127.0.0.1", commits: "on", collate: "C" },
    );
    const password = await stat(join(database.folder, "password"));
    assert.equal(password.mode & 0o777, 0o600);
    const wrong = new URL(database.url);
    wrong.password = "guess";
    await assert.rejects(query(wrong.href, "select 1"), /password authentication failed/);
  });

  test("what was written is there after a restart, at the same address", async () => {
    await using folder = await folderWithDatabase();
    const first = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    await query(first.url, "create table kept as select 42 as answer");
    await first.close();
    await assert.rejects(query(first.url, "select 1"));
    await using second = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    assert.equal(second.url, first.url);
    assert.deepEqual([...(await query(second.url, "select answer from kept"))], [{ answer: 42 }]);
  });

  test("the server of a killed process is adopted, with its data", async () => {
    await using folder = await folderWithDatabase();
    const killed = await openElsewhere({ folder: folder.path, fallback: folder.fallback });
    await query(killed.said.url, "create table kept as select 42 as answer");
    const [before] = await query(killed.said.url, "select pg_postmaster_start_time()::text as at");
    await killed.end("SIGKILL");
    const sentences: string[] = [];
    await using database = await openEmbeddedDatabase({
      folder: folder.path,
      log: (sentence) => sentences.push(sentence),
    });
    const [after] = await query(database.url, "select pg_postmaster_start_time()::text as at");
    assert.equal(after?.["at"], before?.["at"]);
    assert.match(sentences.join(), /Adopted the database server \(process \d+\)/);
    assert.deepEqual([...(await query(database.url, "select answer from kept"))], [{ answer: 42 }]);
  });

  test("a second start names the process that uses the folder, and that one goes on working", async () => {
    await using folder = await folderWithDatabase();
    await using database = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    const second = await openElsewhere({ folder: folder.path, fallback: folder.fallback });
    assert.equal(
      second.said.error,
      `Another Hindsight (process ${process.pid}) already uses ${folder.path}. Stop it, or set HINDSIGHT_DATA to another folder.`,
    );
    await second.end("SIGTERM");
    await query(database.url, "create table still_mine ()");
  });

  test("of two first starts at once exactly one gets the folder", async () => {
    await using folder = await temporaryFolder();
    const both = await Promise.all([
      openElsewhere(options(folder)),
      openElsewhere(options(folder)),
    ]);
    const winners = both.filter((other) => other.said.url !== undefined);
    assert.equal(winners.length, 1, JSON.stringify(both.map((other) => other.said)));
    const [winner] = winners;
    const loser = both.find((other) => other !== winner);
    assert.match(loser?.said.error ?? "", new RegExp(`process ${winner?.pid}\\) already uses`));
    await query(winner?.said.url, "create table works ()");
    await Promise.all(both.map((other) => other.end("SIGTERM")));
  });

  test("a start while the former process is still stopping waits for it", async () => {
    await using folder = await folderWithDatabase();
    const former = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    const closing = former.close();
    await using next = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    await closing;
    await query(next.url, "select 1");
  });

  test("a server that dies is started again at the same address", async () => {
    await using folder = await folderWithDatabase();
    const { promise: runsAgain, resolve } = Promise.withResolvers<void>();
    const sentences: string[] = [];
    await using database = await openEmbeddedDatabase({
      folder: folder.path,
      log: (sentence) => {
        sentences.push(sentence);
        if (sentence === "The database server runs again.") resolve();
      },
    });
    await query(database.url, "create table kept as select 42 as answer");
    process.kill(await serverPid(database.folder), "SIGKILL");
    await runsAgain;
    assert.deepEqual([...(await query(database.url, "select answer from kept"))], [{ answer: 42 }]);
    assert.match(sentences[0] ?? "", /ended unexpectedly/);
  });

  test("a pid file from before a crash of the machine, its number now somebody else's, does not stand in the way", async () => {
    await using folder = await folderWithDatabase();
    const first = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    const pidFile = join(first.folder, "data", "postmaster.pid");
    const text = await readFile(pidFile, "utf8");
    await first.close();
    await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
    await using second = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    await query(second.url, "select 1");
  });

  test("where the port of last time is taken, another is used", async () => {
    await using folder = await folderWithDatabase();
    const first = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    await first.close();
    const intruder = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await once(intruder, "listening");
    await using second = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    assert.notEqual(second.url, first.url);
    await query(second.url, "select 1");
    intruder.close();
  });

  test("data of another major version is left alone, and the error names the mend", async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, "database", "data");
    await mkdir(data, { recursive: true });
    await writeFile(join(data, "PG_VERSION"), "17\n");
    if (process.geteuid?.() === 0) await chown(join(folder.path, "database"), 65_534, 65_534);
    await assert.rejects(
      openEmbeddedDatabase({ folder: folder.path, log: quiet }),
      /was made by PostgreSQL 17, this Hindsight brings 18\. .* set HINDSIGHT_DATA to another folder\./,
    );
  });

  test("a folder that cannot be made is an error that names the setting", async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.path);
    await writeFile(join(folder.path, "file"), "");
    await assert.rejects(
      openEmbeddedDatabase({ folder: join(folder.path, "file", "data"), log: quiet }),
      /cannot be made: .*\. Set HINDSIGHT_DATA to a folder that can be written/,
    );
  });

  test("what a first start that was killed left behind is swept away by the next", async () => {
    await using folder = await temporaryFolder();
    const abandoned = join(folder.path, "database.new-4194305");
    await mkdir(join(abandoned, "data"), { recursive: true });
    await using database = await openEmbeddedDatabase({ folder: folder.path, log: quiet });
    await query(database.url, "select 1");
    await assert.rejects(stat(abandoned), { code: "ENOENT" });
  });
});

function options(folder: { path: string; fallback: string }): { folder: string; fallback: string } {
  return { folder: folder.path, fallback: folder.fallback };
}

async function serverPid(home: string): Promise<number> {
  const [pid] = (await readFile(join(home, "data", "postmaster.pid"), "utf8")).split("\n");
  return Number(pid);
}
