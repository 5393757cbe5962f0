/** What kube-state-metrics tells: the states of an object as one series each, of which most are always there. */

import type { MetricKind } from "../../vocabulary.ts";

/** A metric of the service, narrowed by matchers. */
type Select = (name: string, ...matchers: string[]) => string;

/** A reading of metrics that mean something only together, or only under one label. */
export interface Convention {
  /** All of these exist of the service. */
  readonly needs: readonly string[];
  /** What the reading is called. */
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit?: "ratio";
  /** Families that are not read by themselves then; those that are needed where this is absent. */
  readonly instead?: RegExp;
  readonly promql: (select: Select, windowS: number) => string;
}

export const objects: readonly Convention[] = [
  state("sum", "kube_pod_container_status_waiting_reason", {
    name: "kube_waiting_containers",
    kind: "restarts",
    matchers: ['reason!~"ContainerCreating|PodInitializing"'],
  }),
  state("sum", "kube_pod_container_status_last_terminated_reason", {
    name: "kube_oom_killed_containers",
    kind: "restarts",
    matchers: ['reason="OOMKilled"'],
  }),
  state("sum", "kube_pod_status_phase", {
    name: "kube_pods_not_running",
    kind: "errors",
    matchers: ['phase=~"Pending|Failed|Unknown"'],
  }),
  state("avg", "kube_pod_status_ready", {
    name: "kube_pod_ready_ratio",
    kind: "availability",
    unit: "ratio",
    matchers: ['condition="true"'],
  }),
  state("max", "kube_deployment_status_condition", {
    name: "kube_deployment_rollout_failed",
    kind: "errors",
    matchers: ['condition="Progressing"', 'status="false"'],
  }),
  state("sum", "kube_job_failed", {
    name: "kube_job_failed",
    kind: "errors",
    matchers: ['condition="true"'],
  }),
  state("sum", "kube_node_status_condition", {
    name: "kube_nodes_not_ready",
    kind: "errors",
    matchers: ['condition="Ready"', 'status!="true"'],
  }),
  state("sum", "kube_node_status_condition", {
    name: "kube_nodes_under_pressure",
    kind: "saturation",
    matchers: ['condition=~".+Pressure"', 'status="true"'],
  }),
  {
    needs: ["kube_deployment_metadata_generation", "kube_deployment_status_observed_generation"],
    name: "kube_deployment_generations_behind",
    kind: "errors",
    promql: (select) =>
      `max(${select("kube_deployment_metadata_generation")} - ${select("kube_deployment_status_observed_generation")})`,
  },
  {
    needs: [
      "kube_horizontalpodautoscaler_status_current_replicas",
      "kube_horizontalpodautoscaler_spec_max_replicas",
    ],
    name: "kube_hpa_replicas_against_max_ratio",
    kind: "saturation",
    unit: "ratio",
    instead: /^kube_horizontalpodautoscaler_/,
    promql: (select) =>
      `max(${select("kube_horizontalpodautoscaler_status_current_replicas")} / ${select("kube_horizontalpodautoscaler_spec_max_replicas")})`,
  },
];

function state(
  aggregate: "sum" | "avg" | "max",
  metric: string,
  told: Pick<Convention, "name" | "kind" | "unit"> & { readonly matchers: readonly string[] },
): Convention {
  const { matchers, ...named } = told;
  return {
    ...named,
    needs: [metric],
    promql: (select) => `${aggregate}(${select(metric, ...matchers)})`,
  };
}
