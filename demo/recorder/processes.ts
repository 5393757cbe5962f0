/** Child processes that say when they are ready and end when told. */

import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const readyMsMax = 20_000;
const endMsMax = 8000;

export interface Launched {
  readonly child: ChildProcess;
  /** Settles when the process has printed the words; rejects when it ends before or takes 20 s. */
  readonly ready: Promise<void>;
  /** SIGTERM, and SIGKILL to one that is still there after 8 s. */
  end(): Promise<void>;
}

export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Standard output and error are appended to it. */
  readonly logFile: string;
  readonly readyWords: string;
}

export function launch({ program, args, environment, logFile, readyWords }: Launch): Launched {
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(logFile, { flags: "a" });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    let seen = "";
    const read = (chunk: Buffer) => {
      log.write(chunk);
      if (seen.includes(readyWords)) return;
      seen += chunk.toString("utf8");
      if (seen.includes(readyWords)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    const fail = (reason: string) => reject(new Error(`${args.join(" ")} ${reason}: ${seen}`));
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => fail(`ended with ${code}`));
    setTimeout(() => fail(`is not ready after ${readyMsMax} ms`), readyMsMax).unref();
  });
  // Whoever awaits `ready` learns of the failure; one that ends later is no failure.
  ready.catch(() => undefined);
  return {
    child,
    ready,
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await Promise.race([exited, delay(endMsMax, undefined, { ref: false })]);
      child.kill("SIGKILL");
      await exited;
    },
  };
}
