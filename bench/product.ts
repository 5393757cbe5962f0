/** The product as its users run it: a child process, with its settings in the environment. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../hindsight", import.meta.url));
const readyTimeoutMs = 60_000;
const lookEveryMs = 25;
const logCharsMax = 200_000;

export interface Product extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Resolves once /readyz answers 200; rejects where the process ends before. */
  readonly ready: () => Promise<void>;
  /** Sends the signal and waits for the end; gives the exit status, null where the signal ended it. */
  readonly end: (signal: "SIGKILL" | "SIGTERM") => Promise<number | null>;
  /** Resolves with the exit status when it ends by itself. */
  readonly ended: () => Promise<number | null>;
  /** Standard error so far. */
  readonly log: () => string;
  /** Standard output so far. */
  readonly output: () => string;
}

export type Settings = Readonly<Record<string, string>>;

/** On a free port of the loopback, with nothing of this process's settings but the path. */
export async function startProduct(
  settings: Settings,
  args: readonly string[] = ["serve"],
): Promise<Product> {
  const port = settings["PORT"] ?? String(await freePort());
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(program, args, {
    env: { PATH, HOME, HOST: "127.0.0.1", PORT: port, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  let output = "";
  child.stderr.on("data", (chunk) => (log = (log + String(chunk)).slice(-logCharsMax)));
  child.stdout.on("data", (chunk) => (output = (output + String(chunk)).slice(-logCharsMax)));
  const url = `http://127.0.0.1:${port}`;
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const ended = async (): Promise<number | null> => {
    if (!isOver()) await once(child, "close");
    return child.exitCode;
  };
  const end = (signal: "SIGKILL" | "SIGTERM"): Promise<number | null> => {
    if (!isOver()) child.kill(signal);
    return ended();
  };
  return {
    url,
    pid: child.pid ?? 0,
    log: () => log,
    output: () => output,
    ended,
    end,
    ready: async () => {
      const deadline = Date.now() + readyTimeoutMs;
      while (!(await statusOf(`${url}/readyz`).then((status) => status === 200))) {
        if (isOver()) throw new Error(`the product ended before it was ready:\n${log}`);
        if (Date.now() > deadline) throw new Error(`not ready in ${readyTimeoutMs} ms:\n${log}`);
        await pause(lookEveryMs);
      }
    },
    [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
  };
}

/** null: nobody answers. */
async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
