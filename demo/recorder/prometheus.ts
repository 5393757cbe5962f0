/** A real Prometheus that scrapes the shop, and what is read back from it. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { launch } from "./processes.ts";
import { targetsFile, type Ports } from "./shop.ts";

export const stepSeconds = 5;
const answerMsMax = 10_000;

export interface Measured {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [at: number, value: number])[];
}

interface FiringAlert {
  readonly rule: string;
  readonly text: string;
}

export interface Prometheus {
  /** Result of a range query between two Unix seconds. */
  range(query: string, from: number, to: number): Promise<readonly Measured[]>;
  firing(): Promise<readonly FiringAlert[]>;
  /** Type by metric name: counter, gauge, histogram, summary. */
  types(): Promise<ReadonlyMap<string, string>>;
  stop(): Promise<void>;
}

const rangeAnswer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});
const alertsAnswer = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        state: z.string(),
        labels: z.object({ alertname: z.string() }),
        annotations: z.object({ summary: z.string() }),
      }),
    ),
  }),
});
const metadataAnswer = z.object({
  data: z.record(z.string(), z.array(z.object({ type: z.string() }))),
});

export async function startPrometheus(folder: string, ports: Ports): Promise<Prometheus> {
  const own = join(folder, "prometheus");
  await mkdir(own, { recursive: true });
  const configuration = join(own, "prometheus.yml");
  await writeFile(configuration, configurationFor(folder));
  const address = `127.0.0.1:${ports.prometheus}`;
  const launched = launch({
    program: "prometheus",
    args: [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(own, "data")}`,
      `--web.listen-address=${address}`,
    ],
    logFile: join(folder, "logs", "prometheus.log"),
    readyWords: "Server is ready to receive web requests",
  });
  await launched.ready;

  const get = async <T>(path: string, shape: z.ZodType<T>): Promise<T> => {
    const response = await fetch(`http://${address}/api/v1/${path}`, {
      signal: AbortSignal.timeout(answerMsMax),
    });
    if (!response.ok) throw new Error(`Prometheus: ${response.status} ${await response.text()}`);
    return shape.parse(await response.json());
  };
  return {
    stop: () => launched.end(),
    range: async (query, from, to) => {
      const asked = new URLSearchParams({ query, start: `${from}`, end: `${to}` });
      const answer = await get(`query_range?${asked.toString()}&step=${stepSeconds}`, rangeAnswer);
      return answer.data.result.map(({ metric, values }) => ({
        labels: metric,
        points: values.map(([at, value]) => [at, Number(value)] as const),
      }));
    },
    firing: async () => {
      const answer = await get("alerts", alertsAnswer);
      return answer.data.alerts
        .filter(({ state }) => state === "firing")
        .map(({ labels, annotations }) => ({
          rule: labels.alertname,
          text: annotations.summary,
        }));
    },
    types: async () => {
      const answer = await get("metadata", metadataAnswer);
      const entries = Object.entries(answer.data);
      return new Map(entries.map(([name, [first]]) => [name, first?.type ?? "unknown"]));
    },
  };
}

function configurationFor(folder: string): string {
  return `global:
  scrape_interval: ${stepSeconds}s
  scrape_timeout: 4s
rule_files: ["${join(folder, "repo", "prometheus", "rules.yml")}"]
scrape_configs:
  - job_name: shop
    file_sd_configs:
      - files: ["${targetsFile(folder)}"]
`;
}
