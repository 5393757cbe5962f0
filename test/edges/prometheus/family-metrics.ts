/** An hour of every exporter's metrics as OpenMetrics text, scraped every 15 s; a trouble of each family begins at the onset. */

import { onset, shopWindow } from "./shop-metrics.ts";

const scrapeS = 15;
const onsetS = onset.getTime() / 1000;
const start = shopWindow.from.getTime() / 1000 - 1_200;
const end = shopWindow.to.getTime() / 1000;

/** [name, labels, before the onset, after it]; `null`: there is no such series. Of a counter, its rate by the second. */
type Series = readonly [name: string, labels: string, before: number | null, after: number];

const ksm = 'job="kube-state-metrics",namespace="shop"';
const staging = 'job="kube-state-metrics",namespace="shop-staging"';
const kubelet = 'job="kubelet",instance="node-1",namespace="shop"';
const pod = 'pod="cart-6d4cf56db6-x7k2p"';
/** Of the DaemonSet cart-worker. */
const anotherPod = 'pod="cart-worker-k2lmn"';
const otel = 'job="shop/orders",instance="orders-1"';

const gauges: readonly Series[] = [
  ["kube_service_info", `${ksm},service="cart"`, 1, 1],
  [
    "kube_pod_container_status_waiting_reason",
    `${ksm},${pod},container="main",reason="CrashLoopBackOff"`,
    null,
    1,
  ],
  [
    "kube_pod_container_status_last_terminated_reason",
    `${ksm},${pod},container="main",reason="OOMKilled"`,
    null,
    1,
  ],
  ["kube_pod_status_ready", `${ksm},${pod},condition="true"`, 1, 0],
  ["kube_pod_status_ready", `${ksm},${pod},condition="false"`, 0, 1],
  [
    "kube_pod_container_resource_limits",
    `${ksm},${pod},container="main",resource="memory"`,
    5e8,
    5e8,
  ],
  ["kube_pod_container_resource_limits", `${ksm},${pod},container="main",resource="cpu"`, 1, 1],
  ["container_memory_working_set_bytes", `${kubelet},${pod},container="main"`, 2e8, 4.9e8],
  ["container_memory_working_set_bytes", `${kubelet},${pod},container=""`, 3e8, 6e8],
  ["kube_deployment_status_replicas_unavailable", `${ksm},deployment="cart"`, 0, 1],
  ["kube_deployment_metadata_generation", `${ksm},deployment="cart"`, 4, 5],
  ["kube_deployment_status_observed_generation", `${ksm},deployment="cart"`, 4, 4],
  [
    "kube_horizontalpodautoscaler_status_current_replicas",
    `${ksm},horizontalpodautoscaler="cart-hpa"`,
    2,
    4,
  ],
  [
    "kube_horizontalpodautoscaler_spec_max_replicas",
    `${ksm},horizontalpodautoscaler="cart-hpa"`,
    4,
    4,
  ],
  ["kube_daemonset_status_number_unavailable", `${ksm},daemonset="cart"`, 0, 1],
  ["kube_job_failed", `${ksm},job_name="nightly-28391234",condition="true"`, null, 1],
  ["kube_node_status_condition", `${ksm},node="node-1",condition="Ready",status="true"`, 1, 0],
  ["kube_node_status_condition", `${ksm},node="node-1",condition="Ready",status="unknown"`, 0, 1],
  ["kube_pod_status_ready", `${staging},pod="quotes-6d4cf56db6-x7k2p",condition="true"`, 1, 0],
  ["kube_pod_status_ready", `${ksm},pod="quotes-6d4cf56db6-k2lmn",condition="true"`, 1, 1],
  ["quotes_pending", 'job="otel-collector",exported_job="shop/quotes",env="staging"', 1, 900],
  ["quotes_pending", 'job="otel-collector",exported_job="shop/quotes"', 1, 50],
  ["cart_orders_pending", 'job="cart",instance="10.0.0.7:8080"', 2, 50],
  ["node_memory_MemAvailable_bytes", 'job="node",instance="node-1"', 4e9, 2e8],
  ["node_memory_MemAvailable_bytes", 'job="node",instance="node-2"', 4e9, 4e9],
  ["node_memory_MemTotal_bytes", 'job="node",instance="node-1"', 8e9, 8e9],
  ["node_memory_MemTotal_bytes", 'job="node",instance="node-2"', 8e9, 8e9],
  [
    "node_filesystem_avail_bytes",
    'job="node",instance="node-1",fstype="ext4",mountpoint="/"',
    5e10,
    1e9,
  ],
  [
    "node_filesystem_size_bytes",
    'job="node",instance="node-1",fstype="ext4",mountpoint="/"',
    1e11,
    1e11,
  ],
  ["node_nf_conntrack_entries", 'job="node",instance="node-1"', 1e4, 2.6e5],
  ["node_nf_conntrack_entries_limit", 'job="node",instance="node-1"', 262_144, 262_144],
  ["nodejs_eventloop_lag_p99_seconds", 'app="front",instance="a"', 0.01, 0.9],
  ["nodejs_heap_size_used_bytes", 'app="front",instance="a"', 8e7, 8e7],
  ["process_resident_memory_bytes", 'app="front",instance="a"', 2e8, 9e8],
  ["go_goroutines", 'service="ledger",instance="a"', 40, 4_000],
  ["process_start_time_seconds", 'service="ledger",instance="a"', onsetS - 90_000, onsetS],
  [
    "jvm_memory_used_bytes",
    'application="billing",instance="a",area="heap",id="G1 Old Gen"',
    1e8,
    9e8,
  ],
  [
    "jvm_memory_used_bytes",
    'application="billing",instance="a",area="nonheap",id="Metaspace"',
    5e7,
    5e7,
  ],
  ["hikaricp_connections_active", 'application="billing",instance="a",pool="main"', 2, 10],
  ["hikaricp_connections_max", 'application="billing",instance="a",pool="main"', 10, 10],
  ["pg_stat_activity_count", 'job="postgres",state="active"', 5, 90],
  ["pg_stat_activity_count", 'job="postgres",state="idle"', 10, 10],
  ["redis_connected_clients", 'job="redis"', 20, 900],
  ["db_client_connection_count", `${otel},db_client_connection_state="used"`, 1, 10],
  ["db_client_connection_count", `${otel},db_client_connection_state="idle"`, 9, 0],
];

const counters: readonly Series[] = [
  ["container_cpu_usage_seconds_total", `${kubelet},${pod},container="main"`, 0.2, 1],
  ["container_cpu_usage_seconds_total", `${kubelet},${pod},container=""`, 0.3, 1.1],
  ["container_cpu_usage_seconds_total", `${kubelet},${anotherPod},container="main"`, 3, 9],
  ["container_cpu_cfs_periods_total", `${kubelet},${pod},container="main"`, 10, 10],
  ["container_cpu_cfs_throttled_periods_total", `${kubelet},${pod},container="main"`, 0.1, 8],
  ["container_network_receive_bytes_total", `${kubelet},${pod},interface="eth0"`, 1e5, 1e5],
  ["node_cpu_seconds_total", 'job="node",instance="node-1",cpu="0",mode="idle"', 0.9, 0.05],
  ["node_cpu_seconds_total", 'job="node",instance="node-1",cpu="0",mode="user"', 0.1, 0.95],
  ["node_cpu_seconds_total", 'job="node",instance="node-2",cpu="0",mode="idle"', 0.9, 0.9],
  ["node_disk_io_time_seconds_total", 'job="node",instance="node-1",device="sda"', 0.1, 0.98],
  ["node_pressure_io_stalled_seconds_total", 'job="node",instance="node-1"', 0.01, 0.7],
  ["nodejs_gc_duration_seconds_sum", 'app="front",instance="a",kind="major"', 0.01, 0.4],
  ["nodejs_gc_duration_seconds_count", 'app="front",instance="a",kind="major"', 1, 9],
  ["python_gc_collections_total", 'service="ledger",instance="a"', 1, 30],
  ...buckets("rpc_server_duration_milliseconds", `${otel},rpc_grpc_status_code="0"`, [
    "50",
    "5000",
  ]),
  ...buckets("http_server_request_duration_seconds", otel, ["0.05", "2.5"]),
  ...buckets("messaging_process_duration_seconds", `${otel},messaging_system="kafka"`, [
    "0.05",
    "2.5",
  ]),
  ...buckets("db_client_operation_duration_seconds", `${otel},db_system_name="postgresql"`, [
    "0.05",
    "2.5",
  ]),
  ...buckets("go_sched_latencies_seconds", 'service="ledger",instance="a"', ["0.05", "2.5"]),
  [
    "http_server_requests_seconds_sum",
    'application="billing",instance="a",status="200",outcome="SUCCESS"',
    2,
    60,
  ],
  [
    "http_server_requests_seconds_count",
    'application="billing",instance="a",status="200",outcome="SUCCESS"',
    20,
    15,
  ],
  [
    "http_server_requests_seconds_count",
    'application="billing",instance="a",status="500",outcome="SERVER_ERROR"',
    0,
    5,
  ],
  ["pg_stat_database_xact_rollback_total", 'job="postgres",datname="shop"', 0.1, 30],
  ["redis_evicted_keys_total", 'job="redis"', 0, 50],
  [
    "http_client_request_duration_seconds_count",
    `${otel},server_address="cart.shop.svc.cluster.local",http_response_status_code="200"`,
    10,
    4,
  ],
  [
    "http_client_request_duration_seconds_count",
    `${otel},server_address="cart.shop.svc.cluster.local",error_type="timeout"`,
    0,
    6,
  ],
  [
    "http_client_request_duration_seconds_sum",
    `${otel},server_address="cart.shop.svc.cluster.local",http_response_status_code="200"`,
    1,
    40,
  ],
];

/** Whatever stands in a label: this service calls that one, slowly since the onset. */
export const oddNames = { service: 'a^b\\c."d[1]', callee: 'pay"s\n\\2' } as const;

function oddSeries(): Series[] {
  const escaped = (text: string) => JSON.stringify(text);
  const labels = `service=${escaped(oddNames.service)},peer_service=${escaped(oddNames.callee)}`;
  return [
    ["odd_call_duration_seconds_sum", labels, 1, 20],
    ["odd_call_duration_seconds_count", labels, 10, 10],
  ];
}

/** Ten a second, within the lower bound before the onset and above it afterwards. */
function buckets(family: string, labels: string, bounds: readonly [string, string]): Series[] {
  const [low, high] = bounds;
  return [
    [`${family}_bucket`, `${labels},le="${low}"`, 10, 0],
    [`${family}_bucket`, `${labels},le="${high}"`, 10, 10],
    [`${family}_bucket`, `${labels},le="+Inf"`, 10, 10],
    [`${family}_count`, labels, 10, 10],
    [`${family}_sum`, labels, 0.1, 10],
  ];
}

/** What every family's trouble reads as, by service. */
export const troubles: Readonly<Record<string, readonly string[]>> = {
  cart: [
    "cart_orders_pending",
    "kube_daemonset_status_number_unavailable",
    "container_cpu_usage_seconds_total",
    "container_cpu_throttled_ratio",
    "container_memory_against_limit_ratio",
    "container_memory_working_set_bytes",
    "kube_pod_container_status_restarts_total",
    "kube_waiting_containers",
    "kube_oom_killed_containers",
    "kube_pod_ready_ratio",
    "kube_deployment_status_replicas_unavailable",
    "kube_deployment_generations_behind",
    "kube_hpa_replicas_against_max_ratio",
  ],
  node: [
    "node_cpu_busy_ratio",
    "node_memory_used_ratio",
    "node_filesystem_used_ratio",
    "node_disk_busy_ratio",
    "node_conntrack_used_ratio",
    "node_pressure_io_stalled_seconds_total",
  ],
  front: [
    "nodejs_eventloop_lag_p99_seconds",
    "nodejs_gc_time_ratio",
    "process_resident_memory_bytes",
  ],
  nightly: ["kube_job_failed"],
  quotes: ["quotes_pending"],
  "kube-state-metrics": ["kube_nodes_not_ready"],
  ledger: [
    "go_goroutines",
    "go_sched_latencies_seconds_p99",
    "process_starts",
    "python_gc_collections_total",
  ],
  billing: [
    "jvm_memory_used_bytes",
    "hikaricp_connections_active_ratio",
    "http_server_requests_seconds_mean",
    "http_server_requests_seconds_error_ratio",
  ],
  postgres: ["pg_stat_activity_count", "pg_stat_database_xact_rollback_total"],
  redis: ["redis_connected_clients", "redis_evicted_keys_total"],
  orders: [
    "db_client_connection_count",
    "rpc_server_duration_milliseconds_p99",
    "http_server_request_duration_seconds_p99",
    "messaging_process_duration_seconds_p99 → kafka",
    "db_client_operation_duration_seconds_p99 → postgresql",
    "http_client_request_duration_seconds_mean → cart",
    "http_client_request_duration_seconds_error_ratio → cart",
  ],
};

export function familyMetrics(): string {
  const lines: string[] = [];
  const all = [
    ...gauges.map((one) => ({ one, valueAt: levelAt })),
    ...[...counters, ...oddSeries()].map((one) => ({ one, valueAt: countAt })),
    { one: restarts, valueAt: levelAt },
  ];
  for (const [, family] of Map.groupBy(all, ({ one: [name] }) => name)) {
    for (const { one, valueAt } of family) {
      for (let at = start; at <= end; at += scrapeS) {
        const value = valueAt(one, at);
        if (value !== null) lines.push(`${one[0]}{${one[1]}} ${value} ${at}`);
      }
    }
  }
  return [...lines, "# EOF", ""].join("\n");
}

/** One restart, four minutes after the onset: the counter goes from 0 to 1. */
const restarts: Series = [
  "kube_pod_container_status_restarts_total",
  `${ksm},${pod},container="main"`,
  0,
  1,
];

function levelAt([name, , before, after]: Series, at: number): number | null {
  const since = name.includes("restarts") ? onsetS + 240 : onsetS;
  return at > since ? after : before;
}

function countAt([, , before, after]: Series, at: number): number {
  const until = Math.min(at, onsetS) - start;
  return 1_000 + until * (before ?? 0) + (at - start - until) * after;
}
