/** Root-cause-bench (Edge Delta): an alert, metrics, logs, traces, and a history of commits of which one or none did it. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { kindOf } from "../src/evidence/series-kinds.ts";
import type { ChangeRecord, LogLine, Point, Series } from "../src/evidence/input.ts";
import { readJson, readText, type Case } from "./diagnosis-case.ts";

const alertShape = z.object({
  service: z.string(),
  metric: z.string(),
  fired_at: z.string(),
  summary: z.string(),
  detail: z.string().optional(),
});
const commitsShape = z.array(
  z.object({
    sha: z.string(),
    author: z.string(),
    timestamp: z.string(),
    message: z.string(),
    files_changed: z.array(z.string()),
    diff: z.string().nullable(),
  }),
);
const deploysShape = z.array(
  z.object({
    timestamp: z.string(),
    service: z.string(),
    commit_sha: z.string(),
    version: z.string(),
  }),
);
const flagsShape = z.array(
  z.object({
    timestamp: z.string(),
    flag: z.string(),
    service: z.string(),
    change: z.string(),
    actor: z.string(),
  }),
);
const spansShape = z.array(
  z.object({ span_id: z.string(), parent_id: z.string().nullable(), service: z.string() }),
);
const logShape = z.object({
  timestamp: z.string(),
  service: z.string(),
  severity_text: z.string(),
  msg: z.string(),
});
const truthsShape = z.record(
  z.string(),
  z.object({
    root_cause_commit: z.string(),
    first_failing_service: z.string(),
    decoy_deploy_commits: z.array(z.string()),
  }),
);
type TruthFile = z.infer<typeof truthsShape>[string];

export function rootCauseCases(data: string): Case[] {
  const folder = join(data, "rootcausebench");
  const truths = readJson(join(folder, "truth.json"), truthsShape);
  return readdirSync(folder)
    .filter((name) => truths[name] !== undefined)
    .map((name) => caseOf(join(folder, name), name, truths[name]));
}

function caseOf(folder: string, id: string, truth: TruthFile | undefined): Case {
  const alert = readJson(join(folder, "alert.json"), alertShape);
  const text = [alert.summary, alert.detail ?? ""].join(" ").trim();
  const commit = truth?.root_cause_commit ?? "none";
  return {
    id,
    input: {
      onset: secondsOf(alert.fired_at),
      alert: { service: alert.service, metric: alert.metric, kind: kindOf(alert.metric), text },
      series: seriesIn(folder),
      calls: callsIn(folder),
      changes: changesIn(folder),
      logs: logsIn(folder),
    },
    truth: {
      service: truth?.first_failing_service ?? null,
      change: commit === "none" ? null : commit,
      decoys: truth?.decoy_deploy_commits ?? [],
    },
  };
}

function seriesIn(folder: string): Series[] {
  const points = new Map<string, Point[]>();
  const [, ...rows] = readText(join(folder, "metrics.csv")).trim().split("\n");
  for (const row of rows) {
    const [time = "", service = "", name = "", value = ""] = row.split(",");
    const key = JSON.stringify([service, name]);
    const known = points.get(key) ?? [];
    known.push([secondsOf(time), Number(value)]);
    points.set(key, known);
  }
  return [...points].map(([key, own]) => {
    const [service = "", name = ""]: string[] = JSON.parse(key);
    return { service, name, kind: kindOf(name), points: own };
  });
}

function callsIn(folder: string): [string, string][] {
  const spans = readJson(join(folder, "traces.json"), spansShape);
  const serviceOf = new Map(spans.map(({ span_id, service }) => [span_id, service]));
  const calls = new Set<string>();
  for (const { parent_id, service } of spans) {
    const caller = serviceOf.get(parent_id ?? "");
    if (caller !== undefined && caller !== service) calls.add(JSON.stringify([caller, service]));
  }
  return [...calls].map((call): [string, string] => JSON.parse(call));
}

function changesIn(folder: string): ChangeRecord[] {
  const commits = readJson(join(folder, "commits.json"), commitsShape);
  const deploys = readJson(join(folder, "deploys.json"), deploysShape);
  const flags = readJson(join(folder, "flags.json"), flagsShape);
  return [
    ...commits.map(({ sha, author, timestamp, message, files_changed, diff }): ChangeRecord => ({
      id: sha,
      kind: "commit",
      at: secondsOf(timestamp),
      title: message,
      author,
      files: files_changed,
      ...(diff === null ? {} : { diff }),
    })),
    ...deploys.map(({ timestamp, service, commit_sha, version }): ChangeRecord => ({
      id: `${service} ${version}`,
      kind: "deploy",
      at: secondsOf(timestamp),
      service,
      title: version,
      deploys: [commit_sha],
    })),
    ...flags.map(({ timestamp, flag, service, change, actor }): ChangeRecord => ({
      id: `${flag} ${timestamp}`,
      kind: "flag",
      at: secondsOf(timestamp),
      service,
      title: `${flag} ${change}`,
      author: actor,
    })),
  ];
}

function logsIn(folder: string): LogLine[] {
  return readText(join(folder, "logs.ndjson"))
    .trim()
    .split("\n")
    .map((line): LogLine => {
      const log = logShape.parse(JSON.parse(line));
      return {
        at: secondsOf(log.timestamp),
        service: log.service,
        level: log.severity_text,
        text: log.msg,
      };
    });
}

function secondsOf(time: string): number {
  return Date.parse(time) / 1_000;
}
