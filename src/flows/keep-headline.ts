/** Which metric says how bad an incident is: the one that it began with, for as long as that is read. */

import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import type { Series } from "../evidence/input.ts";
import { stillShifted } from "../evidence/still-shifted.ts";
import type { Evidence } from "../incident/incident.ts";
import { headlineKey, headlineMetric, headlineName } from "../message/headline-metric.ts";

export type Headed = Pick<
  Evidence,
  "service" | "symptom" | "diagnosis" | "headline" | "headlineWas"
>;

export interface SeriesRead {
  readonly series: readonly Series[];
  /** Every source of metrics answered: what is missing is not measured any more. */
  readonly isWhole: boolean;
  /** Unix seconds. */
  readonly at: number;
}

/**
 * The newest evidence with its headline: numbers of one trouble can be compared only while they are of one metric. The
 * earlier one stays, also where it shifts no more, and also where its source is silent; where it is not measured any more
 * another of those that are read takes its place, and which one it was is kept.
 */
export function withHeadline<E extends Headed>(
  newest: E,
  earlier: Headed | null,
  read: SeriesRead,
): E {
  const was = earlier === null ? undefined : headlineMetric(earlier);
  if (earlier === null || was === undefined) return led(newest, headlineMetric(newest));
  const kept = earlier.headlineWas === undefined ? {} : { headlineWas: earlier.headlineWas };
  const others = newest.diagnosis.metrics.filter(
    (metric) => valueIn(metric, newest, read) !== null,
  );
  const now = valueIn(was, newest, read);
  const { headline: _headline, ...choosing } = {
    ...newest,
    diagnosis: { ...newest.diagnosis, metrics: others },
  };
  const next = now !== null || !read.isWhole ? undefined : headlineMetric(choosing);
  if (next !== undefined) {
    return { ...led(newest, next), headlineWas: { words: headlineName(was), at: read.at } };
  }
  return { ...led(named(newest, { ...was, latest: now ?? was.latest }), was), ...kept };
}

function led<E extends Headed>(evidence: E, metric: ShiftedMetric | undefined): E {
  return metric === undefined ? evidence : { ...evidence, headline: headlineKey(metric) };
}

/** Among what is known, at its end: what cites the others goes by their places. */
function named<E extends Headed>(evidence: E, metric: ShiftedMetric): E {
  const { diagnosis } = evidence;
  if (diagnosis.metrics.some((each) => headlineKey(each) === headlineKey(metric))) return evidence;
  return { ...evidence, diagnosis: { ...diagnosis, metrics: [...diagnosis.metrics, metric] } };
}

function valueIn(metric: ShiftedMetric, { diagnosis }: Headed, { series }: SeriesRead) {
  return stillShifted({ ...diagnosis, metrics: [metric] }, series)[0]?.latest ?? null;
}
