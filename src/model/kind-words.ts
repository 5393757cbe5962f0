/** What a kind of evidence may be called: the words that a sentence may use where it cites such a thing, and nowhere else. */

import type { MetricKind } from "../vocabulary.ts";

const byKind: Readonly<Record<MetricKind, string>> = {
  cpu: "cpu processor core cores usage utilisation utilization consumption consume consumes load",
  memory: "memory bytes heap usage footprint consumption consume consumes",
  disk: "disk",
  network: "network",
  latency:
    "latency latencies wait waits waiting slowdown pauses slow slower slowed slowing slowest slowness response responses answer answers answered duration sluggish lag time times take takes took taking tail request requests call calls",
  errors:
    "request requests call calls error errors complete fail fails failed failing failure failures share rate ratio",
  requests: "request requests traffic load rate throughput volume demand rps qps",
  availability: "availability available unavailable up down",
  saturation: "saturation saturated wait waits waiting",
  queue: "queue queues queued lag backlog pending",
  restarts: "restart restarts restarted",
  other: "",
};

export const wordsOfKind = (kind: MetricKind): string => byKind[kind];

export const metricWords = (kind: MetricKind): string =>
  `metric metrics series measurement value ${byKind[kind]}`;

export const changeWords =
  "change changes code patch update commit commits committed deploy deploys deployed deployment release released rollout pull request pr merge merged merging revision version live running runs run ran reach reached went go going production file files diff title titled flag flags toggle turned turn on off switched config configuration setting settings set touch touched touches edit edits edited modifies modified";

export const logWords =
  "log logs logged logging line lines message messages entry entries template write writes wrote written error errors read reads text";

export const scopeWords =
  "only affected confined limited restricted scope slice share everywhere label version route shift instance instances pod pods host hosts node nodes hit runs running";

export const examinedWords =
  "nothing no none not error errors latency trouble sign metric metrics moved move shift shifted shifts change changed unchanged flat steady stable normal quiet fine healthy unaffected neither nor same examined";

export const suspectWords = "suspect suspects suspected suspicion likely likeliest first";

export const textWords = "runbook incident past case says said according recommends similar alike";
