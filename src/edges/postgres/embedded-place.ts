/** Where the embedded database lies, and as which user its server runs. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { plainError } from "./embedded-error.ts";
import {
  installedPrograms,
  type OsUser,
  reachablePrograms,
  succeedsAs,
} from "./embedded-programs.ts";

export interface Place {
  /** Folder that holds `data`, `password`, `port` and `server.log`; the first start makes it. */
  readonly home: string;
  /** Folder that holds `bin/postgres` and what it needs. */
  readonly programs: string;
  /** Major version of the server programs, such as "18". */
  readonly major: string;
  /** The user to run the server as; undefined where it is our own. */
  readonly runAs: OsUser | undefined;
}

export interface PlaceOptions {
  /** The folder that `HINDSIGHT_DATA` names; made where it is missing. */
  readonly folder: string;
  /** Told where the data went when that is elsewhere. */
  readonly log: (sentence: string) => void;
  /** Where data and programs go when the server's user cannot enter theirs; /var/lib/hindsight unless given. */
  readonly fallback?: string;
}

/** Users that a server started by root may run as, best first. */
const serverUsers = ["postgres", "_postgres", "nobody"];

const run = promisify(execFile);

/**
 * Finds the place for the folder that `HINDSIGHT_DATA` names, and makes that folder. PostgreSQL refuses to run
 * as root, so root hands the files to another user; where that user cannot enter the folder the data goes under
 * /var/lib/hindsight, a file in the wished folder remembers it, and `log` says so.
 * @throws Error with a mend when the folder cannot be written or belongs to somebody else.
 */
export async function findPlace(options: PlaceOptions): Promise<Place> {
  const { log, fallback = "/var/lib/hindsight" } = options;
  const wished = await makeFolder(resolve(options.folder));
  const pointer = join(wished, "database-is-at");
  const pointed = (await readFile(pointer, "utf8").catch(() => "")).trim();
  const home = pointed === "" ? join(wished, "database") : pointed;
  const owner = await ownerOf(home);
  if (!isRoot()) {
    const mayUse = owner === undefined || process.geteuid === undefined;
    if (!mayUse && owner.uid !== process.geteuid?.()) throw foreignOwner(home, owner.uid);
    const { programs, major } = await installedPrograms();
    return { home, programs, major, runAs: undefined };
  }
  if (owner?.uid === 0) throw foreignOwner(home, 0);
  const runAs = owner ?? (await serverUser());
  const { programs, major } = await reachablePrograms(fallback, runAs);
  if (await canEnter(dirname(home), runAs)) {
    if (pointed !== "") log(movedSentence(home, wished));
    return { home, programs, major, runAs };
  }
  if (owner !== undefined) {
    throw new Error(
      `The database in ${home} belongs to user ${owner.uid}, who can no longer enter ${dirname(home)}. ` +
        `Run chmod a+x on the folders above it, or set HINDSIGHT_DATA to another folder.`,
    );
  }
  const moved = join(fallback, createHash("sha256").update(wished).digest("hex").slice(0, 12));
  await mkdir(fallback, { recursive: true, mode: 0o755 });
  await writeFile(pointer, `${moved}\n`);
  log(movedSentence(moved, wished));
  return { home: moved, programs, major, runAs: (await ownerOf(moved)) ?? runAs };
}

function movedSentence(home: string, wished: string): string {
  return `The database lies in ${home}: PostgreSQL does not run as root, and its own user cannot enter ${wished}.`;
}

function foreignOwner(home: string, uid: number): Error {
  return new Error(
    uid === 0
      ? `${home} belongs to root, as whom PostgreSQL does not run. Run chown -R on it for the user that made it, or set HINDSIGHT_DATA to another folder.`
      : `${home} belongs to user ${uid}. Start Hindsight as that user, or set HINDSIGHT_DATA to another folder.`,
  );
}

async function makeFolder(folder: string): Promise<string> {
  try {
    const made = await mkdir(folder, { recursive: true });
    if (made !== undefined) await chmod(folder, 0o755);
    return await realpath(folder);
  } catch (cause) {
    throw plainError(`The folder ${folder} cannot be made`, cause);
  }
}

function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

async function ownerOf(path: string): Promise<OsUser | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

async function serverUser(): Promise<OsUser> {
  for (const name of serverUsers) {
    const ids = await run("/bin/sh", ["-c", `id -u ${name} && id -g ${name}`]).catch(
      () => undefined,
    );
    const [uid, gid] = ids?.stdout.trim().split(/\s+/).map(Number) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is no user named postgres or nobody. Start Hindsight as an ordinary user, or set DATABASE_URL.",
  );
}

async function canEnter(folder: string, user: OsUser): Promise<boolean> {
  return await succeedsAs(user, "/bin/sh", ["-c", 'cd "$1"', "sh", folder]);
}
