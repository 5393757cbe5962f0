/** Metrics of known exporters that mean something only together, or only under one label: shares of a limit, states of an object. */

import { objects, type Convention } from "./kubernetes-states.ts";
import { selected, type Expression, type Found } from "./expression.ts";
import { worstCopy } from "./readings.ts";

const ofFiles = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660"';
const container = " by (namespace, pod, container) ";

const nodes: readonly Convention[] = [
  {
    needs: ["node_cpu_seconds_total"],
    name: "node_cpu_busy_ratio",
    kind: "cpu",
    unit: "ratio",
    promql: (select, windowS) =>
      `1 - min(avg by (instance) (rate(${select("node_cpu_seconds_total", 'mode="idle"')}[${windowS}s])))`,
  },
  {
    needs: ["node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"],
    name: "node_memory_used_ratio",
    kind: "memory",
    unit: "ratio",
    instead: /^node_memory_/,
    promql: (select) =>
      `1 - min(${select("node_memory_MemAvailable_bytes")} / ${select("node_memory_MemTotal_bytes")})`,
  },
  {
    needs: ["node_filesystem_avail_bytes", "node_filesystem_size_bytes"],
    name: "node_filesystem_used_ratio",
    kind: "disk",
    unit: "ratio",
    instead: /^node_filesystem_(avail|free|size)_bytes$/,
    promql: (select) =>
      `1 - min(${select("node_filesystem_avail_bytes", ofFiles)} / ${select("node_filesystem_size_bytes", ofFiles)})`,
  },
  {
    needs: ["node_filesystem_files_free", "node_filesystem_files"],
    name: "node_filesystem_inodes_used_ratio",
    kind: "disk",
    unit: "ratio",
    promql: (select) =>
      `1 - min(${select("node_filesystem_files_free", ofFiles)} / ${select("node_filesystem_files", ofFiles)})`,
  },
  {
    needs: ["node_disk_io_time_seconds_total"],
    name: "node_disk_busy_ratio",
    kind: "disk",
    unit: "ratio",
    promql: (select, windowS) =>
      `max(rate(${select("node_disk_io_time_seconds_total")}[${windowS}s]))`,
  },
  {
    needs: ["node_nf_conntrack_entries", "node_nf_conntrack_entries_limit"],
    name: "node_conntrack_used_ratio",
    kind: "saturation",
    unit: "ratio",
    promql: (select) =>
      `max(${select("node_nf_conntrack_entries")} / ${select("node_nf_conntrack_entries_limit")})`,
  },
];

const containers: readonly Convention[] = [
  {
    needs: ["container_cpu_cfs_throttled_periods_total", "container_cpu_cfs_periods_total"],
    name: "container_cpu_throttled_ratio",
    kind: "saturation",
    unit: "ratio",
    promql: (select, windowS) => {
      const part = (name: string) => `sum${container}(rate(${select(name)}[${windowS}s]))`;
      return `max(${part("container_cpu_cfs_throttled_periods_total")} / ${part("container_cpu_cfs_periods_total")})`;
    },
  },
  {
    needs: ["container_memory_working_set_bytes", "kube_pod_container_resource_limits"],
    name: "container_memory_against_limit_ratio",
    kind: "memory",
    unit: "ratio",
    instead: /^kube_pod_container_resource_limits$/,
    promql: (select) =>
      `max(max${container}(${select("container_memory_working_set_bytes")}) / max${container}(${select("kube_pod_container_resource_limits", 'resource="memory"')}))`,
  },
];

const pools: readonly Convention[] = [
  share("process_open_fds_ratio", "process_open_fds", "process_max_fds"),
  share(
    "hikaricp_connections_active_ratio",
    "hikaricp_connections_active",
    "hikaricp_connections_max",
  ),
  ...["db_client_connection_count", "db_client_connections_usage"].map((name): Convention => ({
    needs: [name],
    name,
    kind: "saturation",
    promql: (select) =>
      worstCopy(select(name, 'state!="idle"', 'db_client_connection_state!="idle"')),
  })),
];

const conventions = [...nodes, ...containers, ...objects, ...pools];

function share(name: string, part: string, whole: string): Convention {
  return {
    needs: [part, whole],
    name,
    kind: "saturation",
    unit: "ratio",
    promql: (select) => `max(${select(part)} / ${select(whole)})`,
  };
}

/** What is read by convention, and which families then need no reading of their own. */
export function conventionsOf(found: Found): {
  readonly expressions: Expression[];
  readonly isRead: (family: string) => boolean;
} {
  const present = new Set(found.names);
  const known = conventions.filter(({ needs }) => needs.every((name) => present.has(name)));
  return {
    expressions: known.map(({ promql, name, kind, unit }) => ({
      service: found.service,
      name,
      kind,
      ...(unit === undefined ? {} : { unit }),
      tellsEnd: false,
      merge: "max",
      selections: [],
      among: null,
      promql: ({ matchers }) =>
        promql(
          (metric, ...own) => selected(found, metric, [...own, ...matchers]),
          found.rateWindowS,
        ),
    })),
    isRead: (family) =>
      known.some(({ needs, instead }) => instead?.test(family) ?? needs.includes(family)),
  };
}
