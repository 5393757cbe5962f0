import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { familiesOf, kindOf, unitOf, type MetricType } from "../../src/evidence/series-kinds.ts";
import type { MetricKind } from "../../src/vocabulary.ts";

const kinds: Readonly<Record<MetricKind, readonly string[]>> = {
  latency: [
    "http_request_duration_seconds",
    "http.server.request.duration",
    "grpc_server_handling_seconds",
    "pg_query_latency_ms",
    "rpcRequestDuration",
  ],
  errors: [
    "http_request_errors_total",
    "http_requests_failed_total",
    "node_network_receive_drop_total",
    "node_netstat_Tcp_RetransSegs",
    "kube_deployment_status_replicas_unavailable",
    "db_pool_timeouts_total",
    "http_client_retries_total",
  ],
  requests: [
    "http_requests_total",
    "grpc_server_handled_total",
    "orders_total",
    "cache_hits_total",
  ],
  availability: [
    "up",
    "probe_success",
    "kube_pod_status_ready",
    "kube_deployment_status_replicas_available",
  ],
  restarts: [
    "kube_pod_container_status_restarts_total",
    "process_start_time_seconds",
    "kube_pod_container_status_last_terminated_reason",
    "container_oom_events_total",
  ],
  saturation: [
    "nodejs_eventloop_lag_p99_seconds",
    "container_cpu_cfs_throttled_seconds_total",
    "db_pool_connections_in_use",
    "go_goroutines",
    "node_load1",
    "jvm_gc_pause_seconds",
    "process_open_fds",
    "http_requests_in_flight",
  ],
  queue: [
    "worker_queue_depth",
    "kafka_consumer_lag",
    "jobs_pending",
    "rabbitmq_queue_messages_ready",
  ],
  cpu: ["process_cpu_seconds_total", "container_cpu_usage_seconds_total", "node_cpu_seconds_total"],
  memory: [
    "process_resident_memory_bytes",
    "nodejs_heap_size_used_bytes",
    "container_memory_working_set_bytes",
    "go_memstats_alloc_bytes",
    "jvm_memory_used_bytes",
  ],
  disk: [
    "node_disk_read_bytes_total",
    "container_fs_writes_bytes_total",
    "node_filesystem_size_bytes",
  ],
  network: [
    "node_network_receive_bytes_total",
    "http_response_size_bytes",
    "container_network_transmit_bytes_total",
  ],
  other: [
    "node_memory_MemAvailable_bytes",
    "db_pool_idle",
    "temperature_celsius",
    "feature_flag",
    "catalog_items",
  ],
};

describe("the kind of a metric", () => {
  for (const [kind, names] of Object.entries(kinds)) {
    for (const name of names) {
      it(`of ${name} is ${kind}`, () => {
        const isTimed = name === "grpc_server_handling_seconds";
        assert.equal(kindOf(name, isTimed ? "histogram" : undefined), kind);
      });
    }
  }

  it("comes from type and unit where the name says nothing", () => {
    assert.equal(kindOf("checkout_step", "histogram", "seconds"), "latency");
    assert.equal(kindOf("checkout_step", "gauge", "seconds"), "other");
  });

  it("is told by words, never by letters inside one", () => {
    assert.equal(kindOf("terrors_seen"), "other");
    assert.equal(kindOf("startup_phase"), "other");
    assert.equal(kindOf("flagged_rows"), "other");
  });
});

describe("the families behind names", () => {
  const none = new Map<string, MetricType>();

  it("make one of a histogram's three names, and one of a summary's", () => {
    const names = [
      "a_seconds_bucket",
      "a_seconds_sum",
      "a_seconds_count",
      "b_seconds",
      "b_seconds_sum",
      "b_seconds_count",
    ];
    assert.deepEqual(familiesOf(names, none), [
      { name: "a_seconds", type: "histogram" },
      { name: "b_seconds", type: "summary" },
    ]);
  });

  it("take a type from its suffix where the source tells none, and from the source where it does", () => {
    const told = new Map<string, MetricType>([
      ["jobs", "counter"],
      ["odd_total", "gauge"],
      ["requests", "counter"],
    ]);
    assert.deepEqual(
      familiesOf(["jobs", "odd_total", "requests_total", "items_total", "size"], told),
      [
        { name: "jobs", type: "counter" },
        { name: "odd_total", type: "gauge" },
        { name: "requests_total", type: "counter" },
        { name: "items_total", type: "counter" },
        { name: "size", type: "gauge" },
      ],
    );
  });

  it("keep what only sounds like something without a measurement", () => {
    const names = ["orders_created_total", "rate_limit_hits_total", "jvm_young_generation_bytes"];
    assert.deepEqual(
      familiesOf(names, none).map(({ name }) => name),
      names,
    );
  });

  it("leave away what carries no measurement", () => {
    const names = [
      "build_info",
      "go_info",
      "kube_pod_labels",
      "kube_pod_created",
      "a_seconds_created",
      "scrape_duration_seconds",
      "ALERTS_FOR_STATE",
      "process_max_fds",
      "kube_pod_container_resource_requests",
      "kube_deployment_spec_replicas",
      "last_backup_timestamp_seconds",
    ];
    assert.deepEqual(familiesOf(names, none), []);
  });
});

it("a unit is the base unit at the end of the name, before its suffix", () => {
  const expected = {
    request_duration_seconds: "seconds",
    process_cpu_seconds_total: "seconds",
    latency_ms: "milliseconds",
    heap_bytes: "bytes",
    cpu_ratio: "ratio",
    requests_total: undefined,
    seconds_since: undefined,
  };
  for (const [name, unit] of Object.entries(expected)) assert.equal(unitOf(name), unit, name);
});
