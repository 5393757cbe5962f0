/** The troubles of `made-scenarios.ts`: what is measured and logged, what did it, and what looks as if it had. */

import type { MetricKind } from "../../src/vocabulary.ts";

export interface Told {
  readonly metric: string;
  readonly kind: MetricKind;
  readonly log: string;
  /** Title, file, diff, and how many minutes before the onset it went live; null: no change did it. */
  readonly did: readonly [title: string, file: string, diff: string, minutes: number] | null;
  /** Went live on the same service just before the onset. */
  readonly decoy: readonly [title: string, file: string, diff: string];
}

const tidyHandler = [
  "refactor: tidy the order handler",
  "services/order/handler.go",
  "-\tif err != nil { http.Error(w, err.Error(), 500); return }\n-\twriteJSON(w, order)\n+\tif err != nil {\n+\t\twriteError(w, http.StatusInternalServerError, err)\n+\t\treturn\n+\t}\n+\twriteJSON(w, order)",
] as const;
const moreLogging = [
  "chore: log the order id on every request",
  "services/order/middleware.go",
  '+\tlogger = logger.With("order_id", id, "method", r.Method)',
] as const;
const bump = [
  "chore: bump dependencies",
  "go.mod",
  "-\tgolang.org/x/text v0.14.0\n+\tgolang.org/x/text v0.15.0",
] as const;
const addIndex = [
  "chore(db): index orders by update time",
  "db/migrations/0042_idx.sql",
  "+CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_orders_updated_at ON orders (updated_at);",
] as const;
const morePool = [
  "chore: raise the pool's maximum",
  "services/order/db/pool.go",
  "-\tcfg.MaxConns = 20\n+\tcfg.MaxConns = 40",
] as const;

export const toldTroubles: Readonly<Record<string, Told>> = {
  "a pool shrunk in a shared library": {
    metric: "db_pool_wait_seconds_p99",
    kind: "saturation",
    log: "acquire connection: pool exhausted after 5000ms",
    did: [
      "refactor: simplify the client's defaults",
      "pkg/db/options.go",
      "-const defaultMaxOpen = 64\n+const defaultMaxOpen = 8",
      20,
    ],
    decoy: morePool,
  },
  "a query in a loop": {
    metric: "http_server_duration_p99",
    kind: "latency",
    log: "slow request: 48 queries to inventory took 3100ms",
    did: [
      "feat: show stock on each order line",
      "services/order/view.go",
      "+\tfor _, line := range order.Lines {\n+\t\tstock, err := s.inventory.QueryStock(ctx, line.SKU)\n+\t\tif err != nil { return nil, err }\n+\t\tline.Stock = stock\n+\t}",
      12,
    ],
    decoy: tidyHandler,
  },
  "a lifetime of seconds for minutes": {
    metric: "db_queries_per_second",
    kind: "saturation",
    log: "cache miss, loading the profile from the database",
    did: [
      "chore: align cache settings",
      "config/cache.yaml",
      "-  profile_ttl: 30m\n+  profile_ttl: 30s",
      25,
    ],
    decoy: [
      "feat: count cache hits",
      "services/order/cache.go",
      '+var hits = prometheus.NewCounter(prometheus.CounterOpts{Name: "cache_hits_total"})\n+\thits.Inc()',
    ],
  },
  "a deadline that is too tight": {
    metric: "rpc_client_error_rate",
    kind: "errors",
    log: "pricing: context deadline exceeded after 150ms",
    did: [
      "refactor: one place for call budgets",
      "services/order/pricing.go",
      "-\tctx, cancel := context.WithTimeout(ctx, 2*time.Second)\n+\tctx, cancel := context.WithTimeout(ctx, 150*time.Millisecond)",
      15,
    ],
    decoy: tidyHandler,
  },
  "retries without a pause": {
    metric: "http_requests_errors_ratio",
    kind: "errors",
    log: "ledger returned 429 too many requests, attempt 12",
    did: [
      "chore: make the ledger client more patient",
      "services/order/ledger.go",
      "-\tMaxAttempts: 3,\n+\tMaxAttempts: 15,\n-\t\ttime.Sleep(backoff(i))",
      18,
    ],
    decoy: moreLogging,
  },
  "a value that may be missing": {
    metric: "http_5xx_ratio",
    kind: "errors",
    log: "panic: runtime error: invalid memory address or nil pointer dereference",
    did: [
      "refactor: simplify address formatting",
      "services/order/address.go",
      '-\tif customer.Address == nil {\n-\t\treturn ""\n-\t}\n \treturn customer.Address.Street',
      6,
    ],
    decoy: bump,
  },
  "a column that is not there": {
    metric: "http_5xx_ratio",
    kind: "errors",
    log: 'pq: column "loyalty_tier" does not exist',
    did: [
      "feat: read the loyalty tier",
      "services/order/store.py",
      '+        rows = self.session.execute(text("SELECT id, loyalty_tier FROM customers WHERE id = :id"), {"id": id})',
      4,
    ],
    decoy: addIndex,
  },
  "a dropped index": {
    metric: "db_query_duration_p95",
    kind: "latency",
    log: "slow query: sequential scan on shipments, 4200ms",
    did: [
      "chore(db): drop unused indexes",
      "db/migrations/0077_cleanup.sql",
      "+DROP INDEX IF EXISTS idx_shipments_order_id;",
      10,
    ],
    decoy: tidyHandler,
  },
  "memory that is never given back": {
    metric: "process_resident_memory_bytes",
    kind: "memory",
    log: "worker killed: out of memory",
    did: [
      "perf: remember rendered invoices",
      "services/order/render.js",
      "+const rendered = new Map();\n+export function render(invoice) {\n+  rendered.set(invoice.id + Date.now(), draw(invoice));\n+  return rendered.get(invoice.id);\n+}",
      50,
    ],
    decoy: tidyHandler,
  },
  "a lock held over a call": {
    metric: "http_server_duration_p99",
    kind: "latency",
    log: "waited 2900ms for the session mutex",
    did: [
      "fix: guard the session map",
      "services/order/session.go",
      "+\ts.mu.Lock()\n+\tdefer s.mu.Unlock()\n \tprofile, err := s.profiles.Fetch(ctx, id)",
      9,
    ],
    decoy: moreLogging,
  },
  "an expression that backtracks": {
    metric: "process_cpu_seconds",
    kind: "cpu",
    log: "event loop blocked for 1800ms while matching a regex",
    did: [
      "feat: stricter e-mail check",
      "services/order/validate.js",
      "-const email = /^[^@]+@[^@]+$/;\n+const email = /^([a-z0-9]+[._-]?)+@([a-z0-9]+[.-]?)+$/i;",
      7,
    ],
    decoy: [
      "style: restyle the order summary",
      "web/static/summary.css",
      "-.summary { padding: 8px; }\n+.summary { padding: 12px; }",
    ],
  },
  "a consumer with one worker": {
    metric: "kafka_consumer_lag",
    kind: "queue",
    log: "partition lag above threshold: consumer is behind by 52000 messages",
    did: [
      "chore: tidy worker settings",
      "config/consumer.yaml",
      "-  concurrency: 16\n+  concurrency: 1",
      30,
    ],
    decoy: tidyHandler,
  },
  "a host name with a slip": {
    metric: "http_5xx_ratio",
    kind: "errors",
    log: "dial tcp: lookup payments-prmary.internal: no such host",
    did: [
      "chore: point at the primary",
      "config/production.yaml",
      "-  payments_host: payments.internal\n+  payments_host: payments-prmary.internal",
      3,
    ],
    decoy: tidyHandler,
  },
  "a library that does not fit": {
    metric: "pod_restart_total",
    kind: "restarts",
    log: "ImportError: cannot import name 'Markup' from 'jinja2'",
    did: ["chore: refresh pins", "requirements.txt", "-jinja2==3.0.3\n+jinja2==3.1.0", 2],
    decoy: ["chore: refresh pins", "requirements.txt", "-boto3==1.34.1\n+boto3==1.34.2"],
  },
  "a format that the reader does not know": {
    metric: "message_errors_ratio",
    kind: "errors",
    log: "cannot deserialize event: unknown field 'amount_minor'",
    did: [
      "refactor: name amounts by their unit",
      "services/order/event.ts",
      "-    amount: order.total,\n+    amount_minor: order.total * 100,",
      8,
    ],
    decoy: moreLogging,
  },
  "rows without a limit": {
    metric: "db_query_duration_p99",
    kind: "latency",
    log: "query on audit_events examined 1400000 rows",
    did: [
      "feat: export the audit trail",
      "services/order/audit.rb",
      "-    AuditEvent.where(tenant: id).order(:at).limit(200)\n+    AuditEvent.where(tenant: id).order(:at)",
      40,
    ],
    decoy: morePool,
  },
  "files that are never closed": {
    metric: "process_open_fds",
    kind: "saturation",
    log: "open /tmp/upload: too many open files",
    did: [
      "refactor: shorter upload path",
      "services/order/upload.go",
      "-\tf, err := os.Open(path)\n-\tif err != nil { return err }\n-\tdefer f.Close()\n-\treturn send(f)\n+\tf, err := os.Open(path)\n+\tif err != nil { return err }\n+\treturn send(f)",
      45,
    ],
    decoy: tidyHandler,
  },
  "a check of certificates switched on": {
    metric: "upstream_call_error_ratio",
    kind: "errors",
    log: "x509: certificate signed by unknown authority",
    did: [
      "chore: safer client settings",
      "config/tls.yaml",
      "-  verify_peer: false\n+  verify_peer: true",
      5,
    ],
    decoy: bump,
  },
  "a thread pool cut down": {
    metric: "executor_queue_depth",
    kind: "queue",
    log: "task rejected: executor has 4 threads busy and 500 waiting",
    did: [
      "refactor: executor settings in one place",
      "services/order/Executor.java",
      "-    return Executors.newFixedThreadPool(64);\n+    return Executors.newFixedThreadPool(4);",
      14,
    ],
    decoy: moreLogging,
  },
  "a provider that is away": {
    metric: "charge_error_ratio",
    kind: "errors",
    log: "POST https://api.acmepay.com/v2/charges returned 503 Service Unavailable",
    did: null,
    decoy: tidyHandler,
  },
  "an expired certificate": {
    metric: "upstream_call_error_ratio",
    kind: "errors",
    log: "tls: failed to verify certificate: x509: certificate has expired or is not yet valid",
    did: null,
    decoy: [
      "chore: tidy the TLS cipher list",
      "internal/tls.go",
      "-\t\ttls.TLS_RSA_WITH_AES_128_GCM_SHA256,\n+\t\ttls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,",
    ],
  },
  "a node that goes": {
    metric: "pod_unavailable_ratio",
    kind: "errors",
    log: "node not ready: kubelet stopped posting status, pod evicted",
    did: null,
    decoy: tidyHandler,
  },
  "a disk that is full": {
    metric: "write_errors_ratio",
    kind: "errors",
    log: "write /var/lib/data/segment: no space left on device",
    did: null,
    decoy: tidyHandler,
  },
};
