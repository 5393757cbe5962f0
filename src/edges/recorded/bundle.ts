/** The file format of a recorded incident: what was measured, what changed, and the truth that only the player reads. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { platforms, runtimes } from "../../catalog/catalog.ts";
import { mechanisms, metricKinds, symptoms } from "../../vocabulary.ts";

/** Decompressed; the recorded ones are a tenth of it. */
const bundleBytesMax = 50_000_000;

const kind = z.enum(metricKinds);
/** Unix seconds. */
const time = z.number().nonnegative();

const recordedSeries = z.object({
  service: z.string(),
  name: z.string(),
  kind,
  unit: z.string().exactOptional(),
  query: z.string(),
  callee: z.string().exactOptional(),
  labels: z.record(z.string(), z.string()).exactOptional(),
  points: z.array(z.tuple([time, z.number()])),
});

const change = z.object({
  id: z.string(),
  kind: z.enum(["commit", "deploy", "flag", "config"]),
  at: time,
  service: z.string().exactOptional(),
  environment: z.string().exactOptional(),
  live: z.boolean().exactOptional(),
  title: z.string(),
  author: z.string().exactOptional(),
  files: z.array(z.string()).exactOptional(),
  diff: z.string().exactOptional(),
  deploys: z.array(z.string()).exactOptional(),
});

const logLine = z.object({
  at: time,
  service: z.string(),
  level: z.string().exactOptional(),
  text: z.string(),
  count: z.number().int().positive().exactOptional(),
});

const namedQuery = z.object({
  name: z.string(),
  kind,
  unit: z.string().exactOptional(),
  query: z.string(),
  callee: z.string().exactOptional(),
  by: z.array(z.string()).exactOptional(),
});

const catalogService = z.object({
  name: z.string(),
  owner: z.string().exactOptional(),
  tier: z.number().int().exactOptional(),
  environments: z.array(z.string()).default([]),
  repo: z.string().exactOptional(),
  paths: z.array(z.string()).default([]),
  dependsOn: z.array(z.string()).default([]),
  runtime: z.enum(runtimes).default("other"),
  platform: z.enum(platforms).default("other"),
  metrics: z
    .object({ selector: z.string().exactOptional(), queries: z.array(namedQuery).default([]) })
    .exactOptional(),
});

const team = z.object({
  name: z.string(),
  channel: z.string().exactOptional(),
  timezone: z.string().exactOptional(),
  oncall: z.string().exactOptional(),
});

const bundle = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  summary: z.string(),
  symptom: z.enum(symptoms),
  /** ISO 8601. */
  recordedAt: z.string(),
  /** When the trouble began, was mended, and when the recording ends. */
  onset: time,
  mendedAt: time,
  end: time,
  stepSeconds: z.number().int().positive(),
  /** For instance "inc-checkout-latency". */
  channelName: z.string(),
  alert: z.object({
    service: z.string(),
    metric: z.string(),
    kind,
    text: z.string(),
    firedAt: time,
  }),
  /** In the shape of catalog.yaml (contracts §5). */
  catalog: z.object({ teams: z.array(team), services: z.array(catalogService) }),
  series: z.array(recordedSeries),
  /** Newest first. */
  changes: z.array(change),
  logs: z.array(logLine),
  truth: z.object({
    cause: z.enum(mechanisms),
    service: z.string(),
    changeId: z.string().nullable(),
    /** Any of these, tried, brings the recovery. */
    mendingSteps: z.array(z.string()).min(1),
  }),
});

export type Bundle = z.output<typeof bundle>;
export type RecordedSeries = z.output<typeof recordedSeries>;

/** The file's bundle; throws an Error that names the file and the field where it is broken. */
export function readBundle(file: string): Bundle {
  const parsed = bundle.safeParse(parsedJson(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new Error(`${file}: ${field === "" ? "the whole" : field}: ${issue?.message ?? "invalid"}`);
}

function parsedJson(file: string): unknown {
  try {
    const bytes = gunzipSync(readFileSync(file), { maxOutputLength: bundleBytesMax });
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file}: the whole: not gzip with JSON inside (${reason})`, { cause });
  }
}
