/** Which kind a metric is of and how it wants to be read, told from its name, unit and type by the common conventions. */

import type { MetricKind } from "../vocabulary.ts";

export const metricTypes = ["counter", "gauge", "histogram", "summary"] as const;
export type MetricType = (typeof metricTypes)[number];

/** How a family can be read: its type, and which of the series that carry it are there. */
export type FamilyType =
  | MetricType
  /** A histogram in one series of buckets, without `_bucket`, `_sum` and `_count`. */
  | "native-histogram"
  /** `_sum` and `_count` alone. */
  | "sum-and-count";

/** A metric as people name it: a histogram is one family, not the three names that carry it. */
export interface MetricFamily {
  readonly name: string;
  readonly type: FamilyType;
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
  const families = new Map<string, FamilyType>();
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
): [string, FamilyType] {
  const base = name.replace(/_(bucket|sum|count)$/, "");
  if (present.has(`${base}_bucket`)) return [base, "histogram"];
  if (present.has(`${base}_sum`) && present.has(`${base}_count`)) {
    return [base, present.has(base) ? "summary" : "sum-and-count"];
  }
  const told = types.get(name) ?? types.get(name.replace(/_total$/, ""));
  if (told === "counter" || told === "gauge") return [name, told];
  if (told === "histogram") return [name, "native-histogram"];
  const isPart = name !== base && types.has(base);
  // What the kernel counts bears no suffix, and node_exporter tells no type of it.
  const isCounted = isPart || /_(total|sum)$|^node_(netstat|vmstat_(oom|pg|psw))/.test(name);
  return [name, isCounted ? "counter" : "gauge"];
}

const nothing = new RegExp(
  [
    "^_(alerts|scrape|promhttp)_",
    "^_kube_[a-z_]+_spec_",
    "_resource_(requests|limits)_",
    "^_kube_[a-z_]+_(start|completion|ready|scheduled|initialized|started|exitcode|owner|tolerations|capacity|allocatable)(_time)?_$",
    "^_(container_spec|container_ulimits|pg_settings|redis_config)_",
    "^_(container_last_seen|node_time_seconds)_$",
    "_(last_scrape|scrape_collector)_",
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
  // A page fault fails nothing, a limit that was hit does; what the collector is due to free is memory.
  [/_memory_failures_/, "other"],
  [/_memory_failcnt_/, "saturation"],
  [/_memstats_(?!gc_cpu)/, "memory"],
  [/_(restarts?|oom|oomkilled|crash\w*|terminated|start_time|waiting_reason)_/, "restarts"],
  [/_(unavailable|unhealthy|not_ready|misscheduled|unschedulable|rollbacks?)_/, "errors"],
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
  [/_(gc|garbage|event_?loop|sched|safepoint|pressure|lock|locks|mutex|deadlocks?)_/, "saturation"],
  [
    /_(pool|pools|connections?|conns|inflight|in_flight|in_progress|active|concurrent|utili[sz]ation|saturation|threads?|goroutines?|handles|fds|filefd|file_descriptors|connected_clients|num_?backends|activity_count|load\d*|semaphore|busy|blocked|permits|slots)_/,
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
  [/_(sockstat|netstat|conntrack)_/, "network"],
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

/**
 * Words of a name decide; where they say nothing the type and unit do: a distribution of seconds is a latency, also one of
 * requests. Seconds that add up are no latency but how busy something was.
 */
export function kindOf(name: string, type?: FamilyType, unit?: string): MetricKind {
  const words = wordsOf(name);
  const kind = kindsByWords.find(([pattern]) => pattern.test(words))?.[1] ?? "other";
  const isTime = /^(seconds?|s|ms|milliseconds?)$/.test(unit ?? "") || /_(seconds|ms)_/.test(words);
  if (!isTime) return kind;
  if (type === "counter") return kind === "latency" ? "saturation" : kind;
  if (kind === "requests") return "latency";
  return kind === "other" && type !== undefined && type !== "gauge" ? "latency" : kind;
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
  const words = wordsOf(name.replace(/_(total|sum|count|bucket|max|min)$/, "")).replace(
    /_ms_$/,
    "_milliseconds_",
  );
  return units.find((unit) => words.endsWith(`_${unit}_`));
}
