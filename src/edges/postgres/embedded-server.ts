/** The embedded PostgreSQL server as a process: found, started, stopped. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { plainError } from "./embedded-error.ts";
import { serverEnvironment } from "./embedded-files.ts";
import type { Place } from "./embedded-place.ts";
import { findProcess, isAlive, readPidFile } from "./embedded-process.ts";

export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
}

export interface StartOptions {
  /** Settings of postgresql.conf that differ from `modestSettings`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The only port that will do; otherwise the one of last time, or a free one. */
  readonly port?: number;
}

/** Longest wait for a server to come up, replay of its log after a crash included. */
const startMsMax = 60_000;
/** Longest wait for a server that ends while we start, or for the last children of a killed one. */
const leftoverMsMax = 5_000;
const stopMsMax = 8_000;
const pollMs = 15;

/** Small and durable; reached on the loopback address alone. Only what ends the server is logged, so that its log stays short. */
const modestSettings: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "64MB",
  max_connections: "50",
  max_wal_size: "256MB",
  min_wal_size: "32MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  jit: "off",
  fsync: "on",
  synchronous_commit: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "fatal",
  log_min_error_statement: "panic",
};

/** The server of these files that runs already, if one does. */
export async function findServer(place: Place): Promise<Server | undefined> {
  const password = await readFile(join(place.home, "password"), "utf8");
  const found = await findProcess(
    join(place.home, "data"),
    (port) => urlOf(password, port),
    startMsMax,
  );
  return found && { ...found, url: urlOf(password, found.port) };
}

/**
 * Starts the server, or returns the one that somebody else started at the same moment.
 * @throws Error with the server's own reason and a mend.
 */
export async function startServer(place: Place, options: StartOptions = {}): Promise<Server> {
  const until = Date.now() + leftoverMsMax;
  let port = options.port ?? (await lastPort(place.home));
  for (;;) {
    const started = await tryStart(place, port, { ...modestSettings, ...options.settings });
    if (typeof started !== "string") return started;
    const other = await findServer(place);
    if (other) return other;
    const portTaken = started.includes("could not create any TCP/IP sockets");
    if (portTaken && options.port === undefined) port = await freePort();
    const mayPass =
      portTaken || /lock file .* (already exists|is empty)|still in use/.test(started);
    if (!mayPass || Date.now() > until) {
      throw plainError(`The database in ${place.home} did not start`, new Error(started));
    }
    await sleep(10 * pollMs);
  }
}

/** A server that answers, or the last line of its log when it ended instead. */
async function tryStart(
  place: Place,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Server | string> {
  const { home } = place;
  const log = await open(join(home, "server.log"), "w", 0o600);
  const set = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const data = join(home, "data");
  const child = spawn(
    join(place.programs, "bin", "postgres"),
    ["-D", data, "-p", String(port), ...set],
    // Detached: Ctrl-C must reach the database after us, not with us.
    {
      ...place.runAs,
      cwd: home,
      env: serverEnvironment(),
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    },
  );
  child.unref();
  const ended = once(child, "exit").then(() => "ended" as const);
  await log.close();
  const until = Date.now() + startMsMax;
  while (Date.now() < until) {
    const state = await Promise.race([ended, sleep(pollMs, "running" as const)]);
    if (state === "ended") return await lastLine(join(home, "server.log"));
    const file = await readPidFile(data);
    if (file?.pid !== child.pid || file?.ready !== true) continue;
    await writeFile(join(home, "port"), String(port));
    const password = await readFile(join(home, "password"), "utf8");
    return { url: urlOf(password, port), pid: file.pid, port };
  }
  child.kill("SIGKILL");
  return `it was not ready within ${startMsMax / 1000} s`;
}

/** Ends this very server, open transactions rolled back; one that does not end in time is told to drop everything. */
export async function stopServer(place: Place, pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    const until = Date.now() + stopMsMax;
    if (await serves(place, pid)) process.kill(pid, signal);
    while (Date.now() < until) {
      if (!(await serves(place, pid))) return;
      await sleep(pollMs);
    }
  }
  throw new Error(`The database server (process ${pid}) of ${place.home} does not stop.`);
}

/** False once the server took its pid file away, which is the last thing it does. */
async function serves(place: Place, pid: number): Promise<boolean> {
  return (await readPidFile(join(place.home, "data")))?.pid === pid && isAlive(pid);
}

function urlOf(password: string, port: number): string {
  return `postgres://hindsight:${password}@127.0.0.1:${port}/postgres`;
}

async function lastPort(home: string): Promise<number> {
  const port = Number(await readFile(join(home, "port"), "utf8").catch(() => ""));
  return Number.isInteger(port) && port > 0 ? port : await freePort();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function lastLine(path: string): Promise<string> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return (
    lines.findLast((line) => line.includes("FATAL:") || line.includes("PANIC:")) ?? lines.join(" ")
  );
}
