/** Tells from `postmaster.pid` whether a living process serves a data folder: the pid alone may be anybody's by now. */
import { execFile } from "node:child_process";
import { link, readFile, readlink, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";

interface PidFile {
  readonly text: string;
  readonly pid: number;
  readonly port: number;
  /** True once the server takes connections; false while it starts, replays its log or stops. */
  readonly ready: boolean;
}

const connectSecondsMax = 2;
const pollMs = 50;

/** What the server wrote about itself: line 1 its pid, line 4 its port, line 8 its state (PostgreSQL, pidfile.h). */
export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { text, pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * The living server of this data folder. Waits up to `msMax` for one that starts or stops; a file that names
 * a process of another kind (a pid used again, a copied folder) is set aside, so that a server can start.
 * @throws Error when a live server does not answer, or serves the folder from a place it was moved from.
 */
export async function findProcess(
  data: string,
  urlOf: (port: number) => string,
  msMax: number,
): Promise<{ pid: number; port: number } | undefined> {
  const until = Date.now() + msMax;
  for (;;) {
    const file = await readPidFile(data);
    if (file === undefined || !isAlive(file.pid)) return undefined;
    const { pid, port } = file;
    const served = port > 0 ? await servedFolder(urlOf(port)) : undefined;
    if (served !== undefined && (await realpath(data)) === served) return { pid, port };
    if (!(await worksIn(pid, data))) {
      // A server that ended since we looked took its file along, or another has written one: look again.
      if (isAlive(pid)) await setAside(data, file);
      continue;
    }
    if (served !== undefined || Date.now() > until) {
      const moved = served === undefined ? "does not answer" : `still believes it is in ${served}`;
      throw new Error(
        `The database server (process ${pid}) of ${data} ${moved}. Stop that process, then start Hindsight again.`,
      );
    }
    await sleep(pollMs);
  }
}

/** The data folder that the server at `url` says it serves; undefined where none takes our password. */
async function servedFolder(url: string): Promise<string | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: connectSecondsMax, fetch_types: false });
  try {
    const [row] = await sql<
      { folder: string }[]
    >`select current_setting('data_directory') as folder`;
    return row?.folder;
  } catch {
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Whether process `pid` is at work in the data folder: a server has it as its working directory. */
async function worksIn(pid: number, data: string): Promise<boolean> {
  if (process.platform === "linux") {
    const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return directory === (await realpath(data));
  }
  const command = await promisify(execFile)("ps", ["-o", "args=", "-p", String(pid)]).catch(
    () => undefined,
  );
  return command?.stdout.includes(data) ?? false;
}

/** Takes the stale file away; one that a server wrote in the meantime is put back. */
async function setAside(data: string, stale: PidFile): Promise<void> {
  const path = join(data, "postmaster.pid");
  const aside = `${path}.stale-${process.pid}`;
  const isTaken = await rename(path, aside).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw error;
    },
  );
  if (!isTaken) return;
  if ((await readFile(aside, "utf8")) !== stale.text) await link(aside, path);
  await rm(aside);
}
