/** Runs the real Prometheus over a folder of data that promtool makes from OpenMetrics text, or on a program to scrape. */

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const programs = { server: "prometheus", tool: "promtool" } as const;
const readyMs = 20_000;

export async function isPrometheusInstalled(): Promise<boolean> {
  try {
    await run(programs.server, ["--version"]);
    await run(programs.tool, ["--version"]);
    return true;
  } catch {
    return false;
  }
}

export interface RealPrometheus extends AsyncDisposable {
  readonly url: string;
}

export async function startPrometheus(openMetrics: string): Promise<RealPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-prometheus-"));
  await makeData(folder, openMetrics);
  return running(folder, {});
}

async function makeData(folder: string, openMetrics: string): Promise<void> {
  await writeFile(join(folder, "metrics.txt"), openMetrics);
  const made = ["tsdb", "create-blocks-from", "openmetrics", "--quiet"];
  await run(programs.tool, [...made, join(folder, "metrics.txt"), join(folder, "data")]);
}

export interface Scraping {
  /** What it knows from before, as OpenMetrics text. */
  readonly history: string;
  /** Alerting rules, each second anew. */
  readonly rules: readonly object[];
  /** Whom it tells of them. */
  readonly alertmanager: string;
}

/** One that scrapes this program, native histograms included, as the job of that name. */
export async function scrapingPrometheus(
  program: string,
  job: string,
  more?: Scraping,
): Promise<RealPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-prometheus-"));
  const everySecond = { scrape_interval: "1s", evaluation_interval: "1s" };
  const scraped = { job_name: job, static_configs: [{ targets: [new URL(program).host] }] };
  const config = { global: everySecond, scrape_configs: [scraped] };
  if (more === undefined) return running(folder, config);
  await makeData(folder, more.history);
  const rules = join(folder, "rules.yml");
  await writeFile(rules, JSON.stringify({ groups: [{ name: job, rules: more.rules }] }));
  const targets = [new URL(more.alertmanager).host];
  const alerting = { alertmanagers: [{ static_configs: [{ targets }] }] };
  return running(folder, { ...config, rule_files: [rules], alerting });
}

async function running(folder: string, config: object): Promise<RealPrometheus> {
  // JSON is YAML.
  await writeFile(join(folder, "prometheus.yml"), JSON.stringify(config));
  const port = await freePort();
  const child = spawn(
    programs.server,
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      "--storage.tsdb.retention.time=100y",
      "--enable-feature=native-histograms,exemplar-storage",
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, [Symbol.asyncDispose]: stop };
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + readyMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error(`Prometheus was not ready within ${readyMs} ms`);
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
