/** The embedded database: a PostgreSQL of our own under one folder, for as long as this process lives. */
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorWords } from "../../error-words.ts";
import { plainError } from "./embedded-error.ts";
import { makeFiles } from "./embedded-files.ts";
import { type Lock, lockHolder, type Taken, takeLock } from "./embedded-lock.ts";
import { findPlace, type Place, type PlaceOptions } from "./embedded-place.ts";
import { readPidFile } from "./embedded-process.ts";
import {
  findServer,
  type Server,
  startServer,
  type StartOptions,
  stopServer,
} from "./embedded-server.ts";

/** `log` also hears of an adopted server and of one that had to be started again. */
export interface EmbeddedOptions extends PlaceOptions, StartOptions {}

export interface EmbeddedDatabase extends AsyncDisposable {
  /** Stays the same while this lives, restarts of the server included. */
  readonly url: string;
  /** Where the files really are. */
  readonly folder: string;
  /** Stops the server; its data stays. */
  close(): Promise<void>;
}

/** Pause between attempts to start a server that died. */
const restartMs = 1_000;
const attemptsMax = 5;
const lockRetryMs = 200;

interface Locked<L> {
  readonly server: Server;
  readonly lock: L;
  readonly isAdopted: boolean;
}

/**
 * Opens the embedded database: makes it at the first start, adopts the server that a killed process left behind,
 * and starts the server again when it dies. One process at a time: the others are refused and disturb nothing.
 * @throws Error with a sentence that says what stands in the way and what mends it.
 */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { folder, log } = options;
  const place = await findPlace(options);
  let held = await openAndLock(place, folder, options);
  const { url, pid, port } = held.server;
  if (held.isAdopted) log(`Adopted the database server (process ${pid}) that was left running.`);
  const watch = new AbortController();
  const watching = keepRunning();
  let closed: Promise<void> | undefined;

  async function keepRunning(): Promise<void> {
    const stopping = new Promise<void>((resolve) => {
      watch.signal.addEventListener("abort", () => resolve());
    });
    for (;;) {
      await Promise.race([held.lock.lost, stopping]);
      if (watch.signal.aborted) return;
      log("The database server ended unexpectedly; starting it again.");
      const again = await reopen(place, { ...options, port }, watch.signal);
      if (again === undefined) return;
      held = again;
      log("The database server runs again.");
    }
  }

  async function stop(): Promise<void> {
    watch.abort();
    await watching;
    await stopServer(place, held.server.pid);
    await held.lock.release();
  }

  const close = (): Promise<void> => (closed ??= stop());
  return { url, folder: place.home, close, [Symbol.asyncDispose]: close };
}

/** The database of this folder where another Hindsight has it open, and which: to look at, beside it. */
export async function findOpenDatabase(
  options: PlaceOptions,
): Promise<{ readonly url: string; readonly by: string } | undefined> {
  const place = await findPlace(options);
  const isServed = (await readPidFile(join(place.home, "data"))) !== undefined;
  const server = isServed ? await findServer(place) : undefined;
  const by = server && (await lockHolder(server.url));
  return server && by !== undefined ? { url: server.url, by } : undefined;
}

async function openAndLock(
  place: Place,
  folder: string,
  options: StartOptions,
): Promise<Locked<Lock>> {
  await makeFiles(place);
  const { lock, ...rest } = await lockServer(place, options);
  if (!("by" in lock)) return { ...rest, lock };
  const named = relative(process.cwd(), folder);
  throw new Error(
    `Another Hindsight (${lock.by}) already uses ${named.startsWith("..") ? folder : named}. ` +
      `Stop it, or set HINDSIGHT_DATA to another folder.`,
  );
}

/** A server that its last user stops just now is waited for and started again. */
async function lockServer(place: Place, options: StartOptions): Promise<Locked<Lock | Taken>> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await findServer(place);
    const server = found ?? (await startServer(place, options));
    try {
      return { server, lock: await takeLock(server.url), isAdopted: found !== undefined };
    } catch (cause) {
      if (attempt === attemptsMax) throw plainError("The database cannot be locked", cause);
    }
    await sleep(lockRetryMs);
  }
}

/** Tries until the server runs and is ours again; undefined when told to stop first. */
async function reopen(
  place: Place,
  options: EmbeddedOptions,
  signal: AbortSignal,
): Promise<Locked<Lock> | undefined> {
  let said = "";
  while (!signal.aborted) {
    try {
      return await openAndLock(place, options.folder, options);
    } catch (error) {
      const reason = errorWords(error);
      if (reason !== said) options.log(reason);
      said = reason;
    }
    await sleep(restartMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}
