/** Runs the real Alertmanager with one webhook, quick to tell and to tell again. */

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "../../until.ts";

const program = "prometheus-alertmanager";
const readyMs = 30_000;

export async function isAlertmanagerInstalled(): Promise<boolean> {
  try {
    await promisify(execFile)(program, ["--version"]);
    return true;
  } catch {
    return false;
  }
}

export interface RealAlertmanager extends AsyncDisposable {
  readonly url: string;
  /** What Prometheus does: tells which alerts there are. */
  tell(...alerts: readonly ToldAlert[]): Promise<void>;
}

export interface ToldAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt: Date;
  /** It is over since then. */
  readonly endsAt?: Date;
}

/** Posts to `url` with the token; alerts of one name and service are a group. */
export async function startAlertmanager(url: string, token: string): Promise<RealAlertmanager> {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-alertmanager-"));
  const config = {
    route: {
      receiver: "hindsight",
      group_by: ["alertname", "service"],
      group_wait: "100ms",
      group_interval: "1s",
      repeat_interval: "1s",
    },
    receivers: [
      {
        name: "hindsight",
        webhook_configs: [
          { url, send_resolved: true, http_config: { authorization: { credentials: token } } },
        ],
      },
    ],
  };
  // JSON is YAML.
  await writeFile(join(folder, "alertmanager.yml"), JSON.stringify(config));
  const port = await freePort();
  const flags = [
    `--config.file=${join(folder, "alertmanager.yml")}`,
    `--storage.path=${join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
  ];
  const child = spawn(program, flags, { stdio: "ignore" });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };
  const base = `http://127.0.0.1:${port}`;
  try {
    const isReady = async () => (await fetch(`${base}/-/ready`).catch(() => null))?.ok;
    await until("Alertmanager is ready", isReady, readyMs);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: base,
    tell: async (...alerts) => {
      const headers = { "content-type": "application/json" };
      const request = { method: "POST", headers, body: JSON.stringify(alerts) };
      const answer = await fetch(`${base}/api/v2/alerts`, request);
      if (!answer.ok) throw new Error(await answer.text());
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
