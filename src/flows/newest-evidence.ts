/** What is known of an incident with its newest values: what shifted stays named, and when it was back. */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { SourcedSeries } from "../evidence/input.ts";
import { stillShifted } from "../evidence/still-shifted.ts";
import type { Evidence } from "../incident/incident.ts";
import { headlineMetric } from "../message/headline-metric.ts";
import type { Gathered } from "./gather-evidence.ts";
import { withHeadline, type Headed, type SeriesRead } from "./keep-headline.ts";

/** What shifted stays named with its newest value, so that a recovery is seen; nothing is said twice. */
export function updated(
  { backSince, ...known }: Evidence,
  fresh: Diagnosis,
  gathered: Gathered,
): Evidence {
  const { series } = gathered.input;
  const isNew = known.diagnosis.metrics.length === 0;
  const scope = known.diagnosis.scope ?? fresh.scope;
  const kept = { ...known.diagnosis, scope };
  const diagnosis = isNew ? fresh : { ...kept, metrics: readAnew(known, series) };
  const evidence = withHeadline({ ...known, diagnosis }, isNew ? null : known, readIn(gathered));
  return { ...evidence, ...recoveryIn(evidence, series, backSince) };
}

export function readIn({ input, isMeasured, readAt }: Gathered): SeriesRead {
  return { series: input.series, isWhole: isMeasured, at: readAt.getTime() / 1000 };
}

/** What the newest reading left out stands in place of what earlier ones did. */
export function withLeftOut(
  { leftOut: _earlier, ...known }: Diagnosis,
  fresh: Diagnosis,
  gathered: Gathered,
): Diagnosis {
  const leftOut = [...(fresh.leftOut ?? []), ...gathered.leftOut];
  return leftOut.length === 0 ? known : { ...known, leftOut };
}

function readAnew({ diagnosis }: Pick<Evidence, "diagnosis">, series: readonly SourcedSeries[]) {
  return stillShifted(diagnosis, series).map(({ metric, latest }) => ({
    ...metric,
    latest: latest ?? metric.latest,
  }));
}

/** Since when the one metric that says how bad it is was back; where it was not read, what was known `before` stands. */
export function recoveryIn(
  evidence: Headed,
  series: readonly SourcedSeries[],
  before?: number,
): Pick<Evidence, "backSince"> {
  const headline = headlineMetric(evidence);
  const readings = stillShifted(evidence.diagnosis, series);
  const reading = readings.find(({ metric }) => metric === headline);
  const isRead = reading !== undefined && reading.latest !== null;
  const since = isRead ? reading.since : (before ?? null);
  return since === null ? {} : { backSince: since };
}
