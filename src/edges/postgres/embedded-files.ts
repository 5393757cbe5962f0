/** Makes the files of the embedded database, once. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { plainError } from "./embedded-error.ts";
import type { Place } from "./embedded-place.ts";
import { isAlive } from "./embedded-process.ts";

/** Longest wait for initdb, which takes about half a second on an idle machine. */
const initialiseMsMax = 60_000;

const run = promisify(execFile);

/**
 * Makes the database's files where there are none: UTF-8, C locale, a random password in a file of mode 0600.
 * They are built beside their place and renamed into it, so that a killed or simultaneous start leaves a whole one.
 * @throws Error with a mend when the files were made by another major version, or cannot be made.
 */
export async function makeFiles(place: Place): Promise<void> {
  const made = await readFile(join(place.home, "data", "PG_VERSION"), "utf8").catch(
    () => undefined,
  );
  if (made !== undefined && made.trim() !== place.major) {
    throw new Error(
      `The database in ${place.home} was made by PostgreSQL ${made.trim()}, this Hindsight brings ${place.major}. ` +
        `Start it with the Hindsight that made it, or set HINDSIGHT_DATA to another folder.`,
    );
  }
  if (made !== undefined) return;
  await removeAbandonedDrafts(place.home);
  const draft = `${place.home}.new-${process.pid}`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(join(draft, "password"), randomBytes(24).toString("hex"), { mode: 0o600 });
    if (place.runAs) {
      await chown(join(draft, "password"), place.runAs.uid, place.runAs.gid);
      await chown(draft, place.runAs.uid, place.runAs.gid);
    }
    await initialise(place, draft);
    await rename(draft, place.home).catch((error: unknown) => {
      if (!hasCode(error, "ENOTEMPTY", "EEXIST")) throw error;
    });
  } catch (cause) {
    throw plainError(`The database's files in ${place.home} cannot be made`, cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function initialise(place: Place, draft: string): Promise<void> {
  await run(
    join(place.programs, "bin", "initdb"),
    [
      `--pgdata=${join(draft, "data")}`,
      `--pwfile=${join(draft, "password")}`,
      "--username=hindsight",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--no-instructions",
      "--set=shared_buffers=64MB",
      "--set=max_connections=50",
    ],
    { ...place.runAs, cwd: draft, env: serverEnvironment(), timeout: initialiseMsMax },
  );
}

/** Removes what a first start that was killed left beside the place. */
async function removeAbandonedDrafts(home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true, mode: 0o755 });
  for (const name of await readdir(dirname(home))) {
    const [, pid] = name.split(`${basename(home)}.new-`);
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(dirname(home), name), { recursive: true, force: true });
  }
}

/** Nothing of our own environment, secrets least of all, goes to the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { TZ: "UTC", LC_ALL: "C", PATH: "/usr/bin:/bin" };
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
