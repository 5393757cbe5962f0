/** A chart as plain data: one or several shifted series over one time, their onset, and the changes around it. */

import type { Diagnosis, ShiftedMetric } from "../evidence/diagnosis.ts";
import type { EvidenceInput } from "../evidence/input.ts";
import { markersOf, type Marker } from "./marker.ts";
import { panelOf, type Panel } from "./panel.ts";

/** Under the headline, one a service. */
const othersMax = 3;
/** Before the onset as much again as twice the time since, within these; all of it where nothing came since. */
const beforeMinutesMin = 15;
const beforeMinutesMax = 60;
/** Of what has lasted longer the newest part is left away: a chart is of the beginning. */
const afterMinutesMax = 360;

/** What an outbox row keeps of it: small, and drawn when it is sent. Times are Unix seconds. */
export interface Chart {
  readonly from: number;
  readonly to: number;
  readonly onset: number;
  /** The headline first; never empty. */
  readonly panels: readonly Panel[];
  /** By time. */
  readonly markers: readonly Marker[];
}

/** `metrics` of the diagnosis, the headline first; null where the headline's series has nothing to draw. */
export function chartOf(
  input: Omit<EvidenceInput, "onset">,
  diagnosis: Pick<Diagnosis, "onset" | "changes">,
  metrics: readonly ShiftedMetric[],
): Chart | null {
  const onset = metrics[0]?.at ?? diagnosis.onset;
  const end = Math.max(onset, input.end ?? metrics[0]?.latest[0] ?? onset);
  const to = Math.min(end, onset + afterMinutesMax * 60);
  const wanted = to === onset ? beforeMinutesMax * 60 : 2 * (to - onset);
  const before = Math.min(Math.max(wanted, beforeMinutesMin * 60), beforeMinutesMax * 60);
  const window = { from: onset - before, onset, to };
  const [first, ...rest] = metrics.map((metric) => panelOf(input.series ?? [], metric, window));
  if (!first) return null;
  const panels = [first, ...rest.filter((panel) => panel !== null)];
  const read = Math.min(...panels.flatMap(({ points }) => points[0]?.[0] ?? []));
  return {
    ...window,
    from: Math.min(Math.max(window.from, read), onset),
    panels,
    markers: markersOf(input, diagnosis.changes, window),
  };
}

/** The headline, then the strongest shift of each other service, those most suspected first. */
export function metricsToShow(
  { services, metrics }: Pick<Diagnosis, "services" | "metrics">,
  headline: ShiftedMetric,
): ShiftedMetric[] {
  const others = services
    .filter(({ service }) => service !== headline.service)
    .flatMap(({ service }) => {
      const its = metrics.filter((metric) => metric.service === service);
      return its.find(({ labels }) => labels === null) ?? its[0] ?? [];
    });
  return [headline, ...others.slice(0, othersMax)];
}
