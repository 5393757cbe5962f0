/** The named queries of what every Node process exports, in PromQL. */

import { rate, type Query } from "./queries.ts";

export function runtimeQueries(service: string): Query[] {
  const own = `service="${service}"`;
  return [
    {
      name: "cpu",
      kind: "cpu",
      unit: "cores",
      query: `sum(${rate("process_cpu_seconds_total", own)})`,
    },
    {
      name: "memory",
      kind: "memory",
      unit: "bytes",
      query: `max(process_resident_memory_bytes{${own}})`,
    },
    {
      name: "heap_used",
      kind: "memory",
      unit: "bytes",
      query: `max(nodejs_heap_size_used_bytes{${own}})`,
    },
    {
      name: "event_loop_lag_p99",
      kind: "saturation",
      unit: "seconds",
      query: `max(nodejs_eventloop_lag_p99_seconds{${own}})`,
    },
    {
      name: "event_loop_lag_p99_by_version",
      kind: "saturation",
      unit: "seconds",
      query: `max by (version) (nodejs_eventloop_lag_p99_seconds{${own}})`,
      by: ["version"],
    },
    {
      name: "cpu_by_version",
      kind: "cpu",
      unit: "cores",
      query: `sum by (version) (${rate("process_cpu_seconds_total", own)})`,
      by: ["version"],
    },
    {
      name: "version",
      kind: "other",
      unit: "1",
      query: `max by (version) (build_info{${own}})`,
      by: ["version"],
    },
    {
      name: "processes",
      kind: "other",
      unit: "processes",
      query: `count(build_info{${own}})`,
    },
  ];
}
