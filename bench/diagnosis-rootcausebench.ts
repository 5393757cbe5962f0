/** Root-cause-bench (Edge Delta): an alert, metrics, logs, traces, and a history of commits of which one or none did it. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { kindOf } from "../src/evidence/series-kinds.ts";
import type { ChangeRecord, LogLine, Point, Series } from "../src/evidence/input.ts";
import { readJson, readText, type Case } from "./diagnosis-case.ts";

interface AlertFile {
  readonly service: string;
  readonly metric: string;
  readonly fired_at: string;
  readonly summary: string;
  readonly detail?: string;
}
interface CommitFile {
  readonly sha: string;
  readonly author: string;
  readonly timestamp: string;
  readonly message: string;
  readonly files_changed: readonly string[];
  readonly diff: string | null;
}
interface DeployFile {
  readonly timestamp: string;
  readonly service: string;
  readonly commit_sha: string;
  readonly version: string;
}
interface FlagFile {
  readonly timestamp: string;
  readonly flag: string;
  readonly service: string;
  readonly change: string;
  readonly actor: string;
}
interface SpanFile {
  readonly span_id: string;
  readonly parent_id: string | null;
  readonly service: string;
}
interface LogFile {
  readonly timestamp: string;
  readonly service: string;
  readonly severity_text: string;
  readonly msg: string;
}
interface TruthFile {
  readonly root_cause_commit: string;
  readonly first_failing_service: string;
  readonly decoy_deploy_commits: readonly string[];
}

export function rootCauseCases(data: string): Case[] {
  const folder = join(data, "rootcausebench");
  const truths = readJson<Record<string, TruthFile>>(join(folder, "truth.json"));
  return readdirSync(folder)
    .filter((name) => truths[name] !== undefined)
    .map((name) => caseOf(join(folder, name), name, truths[name]));
}

function caseOf(folder: string, id: string, truth: TruthFile | undefined): Case {
  const alert = readJson<AlertFile>(join(folder, "alert.json"));
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
  const spans = readJson<SpanFile[]>(join(folder, "traces.json"));
  const serviceOf = new Map(spans.map(({ span_id, service }) => [span_id, service]));
  const calls = new Set<string>();
  for (const { parent_id, service } of spans) {
    const caller = serviceOf.get(parent_id ?? "");
    if (caller !== undefined && caller !== service) calls.add(JSON.stringify([caller, service]));
  }
  return [...calls].map((call): [string, string] => JSON.parse(call));
}

function changesIn(folder: string): ChangeRecord[] {
  const commits = readJson<CommitFile[]>(join(folder, "commits.json"));
  const deploys = readJson<DeployFile[]>(join(folder, "deploys.json"));
  const flags = readJson<FlagFile[]>(join(folder, "flags.json"));
  return [
    ...commits.map(
      ({ sha, author, timestamp, message, files_changed, diff }): ChangeRecord => ({
        id: sha,
        kind: "commit",
        at: secondsOf(timestamp),
        title: message,
        author,
        files: files_changed,
        ...(diff === null ? {} : { diff }),
      }),
    ),
    ...deploys.map(
      ({ timestamp, service, commit_sha, version }): ChangeRecord => ({
        id: `${service} ${version}`,
        kind: "deploy",
        at: secondsOf(timestamp),
        service,
        title: version,
        deploys: [commit_sha],
      }),
    ),
    ...flags.map(
      ({ timestamp, flag, service, change, actor }): ChangeRecord => ({
        id: `${flag} ${timestamp}`,
        kind: "flag",
        at: secondsOf(timestamp),
        service,
        title: `${flag} ${change}`,
        author: actor,
      }),
    ),
  ];
}

function logsIn(folder: string): LogLine[] {
  return readText(join(folder, "logs.ndjson"))
    .trim()
    .split("\n")
    .map((line): LogLine => {
      // A file of a fixed shape, as above.
      const log = JSON.parse(line) as LogFile;
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
