/** Incidents of six made-up worlds, with what people would gather of them. */

import type { ChangeRecord, LogLine, SourcedSeries } from "../../../src/evidence/input.ts";
import type { KnownText } from "../../../src/model/items.ts";
import type { MetricKind } from "../../../src/vocabulary.ts";
import { chance, pick } from "./random.ts";

export interface Told {
  readonly name: string;
  readonly alert: { readonly service: string; readonly text: string };
  readonly firedAt: number;
  readonly end: number;
  readonly series: readonly SourcedSeries[];
  readonly changes: readonly ChangeRecord[];
  readonly logs: readonly LogLine[];
  readonly texts: readonly KnownText[];
  readonly services: readonly string[];
}

interface World {
  readonly services: readonly [string, string, string];
  readonly metric: string;
  readonly unit: string;
  readonly kind: MetricKind;
  /** Of the first service before the trouble, in its unit. */
  readonly usual: number;
  readonly line: string;
  readonly title: string;
  readonly file: string;
}

const worlds: readonly [World, ...World[]] = [
  {
    services: ["orders-api", "billing-worker", "ledger"],
    metric: "http_server_request_duration_seconds_p99",
    unit: "seconds",
    kind: "latency",
    usual: 0.21,
    line: "could not acquire a lock on invoices within 5000 ms",
    title: "Cache the rate table for an hour (#412)",
    file: "internal/rates/cache.go",
  },
  {
    services: ["search", "indexer", "suggest"],
    metric: "jvm_gc_pause_seconds_max",
    unit: "seconds",
    kind: "latency",
    usual: 0.21,
    line: "GC overhead limit exceeded in com.acme.search.Indexer",
    title: "Bump undici from 6.19.2 to 6.21.0 (#87)",
    file: "package.json",
  },
  {
    services: ["media-upload", "thumbnailer", "storage-proxy"],
    metric: "container_memory_working_set_bytes",
    unit: "bytes",
    kind: "memory",
    usual: 310_000_000,
    line: "worker killed by signal 9 while resizing img-2210.tiff",
    title: "Read attachments in one go (#1290)",
    file: "src/attachments/read-all.ts",
  },
  {
    services: ["login", "sessions", "profile"],
    metric: "http_5xx_ratio",
    unit: "ratio",
    kind: "errors",
    usual: 0.004,
    line: "redis: connection pool exhausted (32 in use)",
    title: "Retry writes up to five times (#644)",
    file: "lib/store/retry.rb",
  },
  {
    services: ["dispatch", "courier-tracking", "eta"],
    metric: "kafka_consumer_lag",
    unit: "",
    kind: "queue",
    usual: 130,
    line: "offset commit failed for group eta-v2 on partition 7",
    title: "Move the session store to the new cluster (#733)",
    file: "deploy/session-store.yaml",
  },
  {
    services: ["quotes", "pricing", "tax"],
    metric: "call_latency_p99",
    unit: "milliseconds",
    kind: "latency",
    usual: 84,
    line: "tax-rates-client 2.4.1: response larger than 65536 bytes",
    title: "Validate addresses before pricing (#58)",
    file: "app/pricing/address_validator.py",
  },
];

/** Incidents of each world, by seeds from 1 on. */
export const generatedMax = worlds.length;

interface Curve {
  readonly usual: number;
  readonly factor: number;
  /** When it moves. */
  readonly from: number;
}

const stepSeconds = 15;
const steps = 180;

/** One world's incident: a shift, quiet neighbours, changes, log lines, a past incident and a runbook. */
export function generated(seed: number): Told {
  const random = chance(seed * 7919);
  const world = worlds[(seed - 1) % worlds.length] ?? worlds[0];
  const { services, kind, unit } = world;
  const [first, , third] = services;
  const onset = 1_795_700_000 + seed * 50_000 + Math.floor(random() * 4_000);
  const runbook = `If ${first} is slow, look at the waits of ${third} first, then restart one replica at a time.`;
  const past = `INC-${30 + seed} (${first}, ${kind}): ended by rolling back ${first}, 14 minutes`;
  return {
    name: `generated ${seed}`,
    alert: { service: first, text: `${first} is not well` },
    firedAt: onset + 60,
    end: onset + 300,
    services,
    series: seriesOf(world, onset, random).map((one) =>
      unit === "" ? { ...one, source: { query: one.source.query } } : one,
    ),
    changes: changesOf(world, onset, random),
    logs: logsOf(world, onset, seed),
    texts: [
      { id: `incident:${30 + seed}`, text: past },
      {
        id: "runbook:0",
        text: runbook,
        url: `https://github.com/acme/runbooks/blob/main/${first}.md`,
      },
    ],
  };
}

function seriesOf(world: World, onset: number, random: () => number): SourcedSeries[] {
  const { metric, kind, unit, usual } = world;
  const [first, second, third] = world.services;
  const factor = 3 + random() * 9;
  const curve = (of: Curve): SourcedSeries["points"] =>
    Array.from({ length: steps }, (_, step): [number, number] => {
      const at = onset - 2_400 + step * stepSeconds;
      return [at, of.usual * (at >= of.from ? of.factor : 1) * (0.97 + 0.06 * random())];
    });
  const own = { name: metric, kind, source: { query: `${metric}{job="shop"}`, unit } };
  const from = onset;
  return [
    { ...own, service: first, points: curve({ usual, factor, from }) },
    {
      ...own,
      service: first,
      name: `${metric}_by_route`,
      labels: { route: `POST /${first}/v1` },
      points: curve({ usual: usual * 1.2, factor: factor * 1.05, from }),
    },
    {
      ...own,
      service: second,
      callee: third,
      points: curve({ usual: usual / 2, factor: factor / 2, from: onset + 60 }),
    },
    { ...own, service: third, points: curve({ usual: usual / 3, factor: 1, from }) },
    {
      service: second,
      name: "process_open_fds",
      kind: "saturation",
      source: { query: "process_open_fds" },
      points: curve({ usual: 120, factor: 1, from }),
    },
    {
      service: first,
      name: "requests_per_second",
      kind: "requests",
      source: { query: "rate(requests_total[1m])", unit: "req/s" },
      points: curve({ usual: 42, factor: 0.4, from }),
    },
  ];
}

function changesOf(world: World, onset: number, random: () => number): ChangeRecord[] {
  const [first, second, third] = world.services;
  const { title, file } = world;
  const sha = hexadecimal(random);
  const other = hexadecimal(random);
  const flag = pick(["bulk_pricing_v2", "eager-thumbnails", "new-ranking"], random);
  const [version, former] = [sha.slice(0, 7), other.slice(0, 7)];
  return [
    {
      id: sha,
      kind: "commit",
      at: onset - 900,
      title,
      author: pick(["Ines Prado", "Tom Achterberg"], random),
      files: [file, "README.md"],
      service: first,
      live: "unknown",
      diff: `--- a/${file}\n+++ b/${file}\n-  limit: 20\n+  limit: 2\n`,
    },
    {
      id: `deploy-${first}-${version}`,
      kind: "deploy",
      at: onset - 95,
      service: first,
      title: `Deploy ${first} ${version} (was ${former})`,
      author: "deploy-bot",
      deploys: [sha],
      before: former,
      after: version,
    },
    {
      id: flag,
      kind: "flag",
      at: onset - 1_500,
      service: second,
      title: `Turn on ${flag}`,
      subject: flag,
      before: "off",
      after: "on",
    },
    {
      id: other,
      kind: "commit",
      at: onset - 4_000,
      title: "Say more in the readme",
      files: ["README.md"],
      live: false,
      service: third,
    },
  ];
}

function logsOf({ services, line }: World, onset: number, seed: number): LogLine[] {
  const [first, , third] = services;
  return [
    ...Array.from({ length: 40 + seed * 31 }, (_, at): LogLine => ({
      at: onset + 5 + at,
      service: first,
      level: "error",
      text: line,
    })),
    ...Array.from({ length: 60 }, (_, at): LogLine => ({
      at: onset - 2_000 + at * 40,
      service: third,
      level: "info",
      text: `served ${at} rows`,
    })),
  ];
}

function hexadecimal(random: () => number): string {
  return Array.from({ length: 40 }, () => Math.floor(random() * 16).toString(16)).join("");
}
