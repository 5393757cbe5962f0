/** What was going on when it began, as flags that past incidents are compared by (contracts §9). */

import { callGraphOf } from "./call-graph.ts";
import { environmentOf, placedChanges } from "./liveness.ts";
import { hasMoreTraffic, loadsOf, type Loads } from "./load.ts";
import { isShifted } from "./shifts.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { EvidenceInput } from "./input.ts";
import type { ContextFlag } from "../vocabulary.ts";

/** A change counts as in flight when it went live this long before the onset or less. */
export const inFlightSecondsMax = 3_600;
/** Clocks of two sources may differ by this much. */
const clockSkewSeconds = 60;
/** A change that the diagnosis all but rules out (docs, another environment) is no context. */
const suspicionMin = 0.02;
const nodeLabels = new Set(["node", "pod", "instance", "host", "kubernetes_node"]);

/** Every flag at most once; `business-hours` needs a time zone and is the caller's to add. */
export function contextFlagsOf(diagnosis: Diagnosis, input: EvidenceInput): ContextFlag[] {
  const flags = new Set<ContextFlag>();
  for (const kind of kindsInFlight(diagnosis, input)) flags.add(kind);
  for (const metric of diagnosis.metrics) {
    if (!isShifted(metric)) continue;
    if (isDependency(metric, input)) flags.add("dependency-error");
  }
  if (hasMoreTraffic(loadsIn(diagnosis, input), input.alert, callGraphOf(input)))
    flags.add("traffic");
  const labels = Object.keys(diagnosis.scope?.labels ?? {});
  if (labels.some((label) => nodeLabels.has(label))) flags.add("single-node");
  return [...flags];
}

function kindsInFlight(
  diagnosis: Diagnosis,
  input: EvidenceInput,
): Set<"deploy" | "config" | "flag"> {
  const suspicion = new Map(diagnosis.changes.map(({ id, p }) => [id, p]));
  const kinds = new Set<"deploy" | "config" | "flag">();
  for (const { change, live, brought } of placedChanges(
    input.changes ?? [],
    environmentOf(input),
  )) {
    const lead = diagnosis.onset - live.at;
    const isInFlight =
      live.state === "live" && lead >= -clockSkewSeconds && lead <= inFlightSecondsMax;
    const p = [change.id, ...brought].reduce((sum, id) => sum + (suspicion.get(id) ?? 0), 0);
    if (isInFlight && p >= suspicionMin)
      kinds.add(change.kind === "commit" ? "deploy" : change.kind);
  }
  return kinds;
}

/** Latency or failure of a service that the alerting one, or any where none alerts, calls. */
function isDependency(
  { service, callee, kind }: Diagnosis["metrics"][number],
  input: EvidenceInput,
): boolean {
  if (kind !== undefined && !["latency", "errors", "availability"].includes(kind)) return false;
  if (callee !== null) return true;
  const alerting = input.alert?.service;
  return (
    alerting !== undefined &&
    (input.calls ?? []).some(([caller, called]) => caller === alerting && called === service)
  );
}

/** The loads as the diagnosis saw them: what it does not list did not shift. */
function loadsIn(diagnosis: Diagnosis, input: EvidenceInput): Loads {
  const risen = new Set(
    diagnosis.metrics.filter(({ direction }) => direction === "up").map((one) => metricKey(one)),
  );
  return loadsOf(
    (input.series ?? [])
      .filter(({ kind }) => kind === "requests")
      .map((one) => ({ service: one.callee ?? one.service, rose: risen.has(metricKey(one)) })),
  );
}

function metricKey(one: { service: string; name: string; callee?: string | null }): string {
  return JSON.stringify([one.service, one.name, one.callee ?? null]);
}
