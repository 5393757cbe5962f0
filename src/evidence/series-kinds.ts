/** Which kind a metric is of and how it wants to be read, told from its name, unit and type by the common conventions. */

import type { MetricKind } from "../vocabulary.ts";

export const metricTypes = ["counter", "gauge", "histogram", "summary"] as const;
export type MetricType = (typeof metricTypes)[number];

/** A metric as people name it: a histogram is one family, not the three names that carry it. */
export interface MetricFamily {
  readonly name: string;
  readonly type: MetricType;
}

/**
 * The families behind a list of metric names. Types as the source tells them, by family or full name; where it tells
 * none the suffix decides (`_bucket` histogram, `_sum` with `_count` summary, `_total` counter, else gauge).
 * What carries no measurement (build information, limits, timestamps, the scrape's own) is left away.
 */
export function familiesOf(
  names: readonly string[],
  types: ReadonlyMap<string, MetricType>,
): MetricFamily[] {
  const present = new Set(names);
  const families = new Map<string, MetricType>();
  for (const name of names) {
    const [family, type] = familyOf(name, present, types);
    if (!carriesNothing(family)) families.set(family, type);
  }
  return [...families].map(([name, type]) => ({ name, type }));
}

function familyOf(
  name: string,
  present: ReadonlySet<string>,
  types: ReadonlyMap<string, MetricType>,
): [string, MetricType] {
  const base = name.replace(/_(bucket|sum|count)$/, "");
  if (present.has(`${base}_bucket`)) return [base, "histogram"];
  if (present.has(`${base}_sum`) && present.has(`${base}_count`)) return [base, "summary"];
  const told = types.get(name) ?? types.get(name.replace(/_total$/, ""));
  // A histogram or summary without its parts cannot be read as one.
  if (told === "counter" || told === "gauge") return [name, told];
  return [name, /_(total|sum|count)$/.test(name) ? "counter" : "gauge"];
}

const nothing = new RegExp(
  [
    "^_(alerts|scrape|promhttp)_",
    "^_kube_[a-z_]+_spec_",
    "_resource_(requests|limits)_",
    "_(info|created|labels|annotations|generation|uid|max_fds)_$",
    "_(limit|limits|quota)(_bytes|_cores|_ratio)?_$",
    "_(timestamp|expiry|not_after|boot_time|mtime)(_seconds)?_$",
    "_last_[a-z_]+_time(_seconds)?_$",
  ].join("|"),
);

function carriesNothing(name: string): boolean {
  return nothing.test(wordsOf(name));
}

/** Lower-case words between single underscores, with one at each end: "_http_request_duration_seconds_". */
function wordsOf(name: string): string {
  const split = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return `_${split.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "")}_`;
}

/** First match wins: what is more telling comes first, so that a failed request is an error and a request's duration a latency. */
const kindsByWords: readonly (readonly [RegExp, MetricKind])[] = [
  [/_(restarts?|oom|oomkilled|crash\w*|terminated|start_time|waiting_reason)_/, "restarts"],
  [/_(unavailable|unhealthy|not_ready|misscheduled)_/, "errors"],
  [
    /_(up|uptime|probe_success|success_(rate|ratio|percent)|healthy?|availability|replicas_(available|updated))_|(?<!_messages)_ready_/,
    "availability",
  ],
  [/_(free|avail|available|idle|remaining|headroom|unused)_/, "other"],
  [/_(throttled|throttling|cfs_\w+)_/, "saturation"],
  [
    /_(errors?|err|errs|fails?|failed|failures?|exceptions?|panics?|timeouts?|rejected|rejections?|refused|drops?|dropped|retrans\w*|retry|retries|aborted|aborts|denied|5xx|dead_letters?|cancell?ed|evicted|evictions)_/,
    "errors",
  ],
  [/_(gc|garbage|event_?loop|safepoint|pressure|lock|locks|mutex|deadlocks?)_/, "saturation"],
  [
    /_(pool|pools|connections?|conns|inflight|in_flight|in_progress|active|concurrent|utili[sz]ation|saturation|threads?|goroutines?|handles|fds|file_descriptors|load\d*|semaphore|busy|blocked|permits|slots)_/,
    "saturation",
  ],
  [
    /_(queue|queues|queued|backlog|pending|waiting|waiters|depth|unacked|consumer_lag|lag|messages_ready)_/,
    "queue",
  ],
  [/_(io_time|disk|filesystem|fs|volume|inodes?|iops|wal|blkio)_/, "disk"],
  [/_(request|response|message|payload|body)_(size|bytes|length)_/, "network"],
  [/_(duration|latency|latencies|response_time|rtt|elapsed|wait_time|roundtrip)_/, "latency"],
  [/_cpus?_/, "cpu"],
  [
    /_(memory|mem|memstats|heap|rss|resident|working_set|swap|malloc|alloc|allocated|arena|stack|cache_bytes)_/,
    "memory",
  ],
  [
    /_(network|net|netstat|receive|received|transmit|transmitted|sent|tcp|udp|conntrack|sockstat|sockets?|bandwidth|dns)_/,
    "network",
  ],
  [
    /_(requests?|rpcs?|calls?|messages?|processed|handled|hits|misses|quer(y|ies)|transactions?|operations?|ops|events?|orders?|jobs?|throughput|qps|rps|responses?)_/,
    "requests",
  ],
];

/** Words of a name decide; where they say nothing the type and unit do: a distribution of seconds is a latency. */
export function kindOf(name: string, type?: MetricType, unit?: string): MetricKind {
  const words = wordsOf(name);
  const found = kindsByWords.find(([pattern]) => pattern.test(words));
  if (found) return found[1];
  const isTime = /^(seconds?|s|ms|milliseconds?)$/.test(unit ?? "") || /_(seconds|ms)_/.test(words);
  return isTime && (type === "histogram" || type === "summary") ? "latency" : "other";
}

const units = [
  "seconds",
  "milliseconds",
  "microseconds",
  "nanoseconds",
  "bytes",
  "ratio",
  "percent",
  "celsius",
] as const;

/** The base unit that the name ends in (OpenMetrics), for instance "seconds"; undefined where it names none. */
export function unitOf(name: string): string | undefined {
  const words = wordsOf(name.replace(/_(total|sum|count|bucket)$/, "")).replace(
    /_ms_$/,
    "_milliseconds_",
  );
  return units.find((unit) => words.endsWith(`_${unit}_`));
}
