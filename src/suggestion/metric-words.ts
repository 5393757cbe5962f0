/** Which kind a shifted metric is of: as its series said, else by its name. */

import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import { kindOf } from "../evidence/series-kinds.ts";
import type { MetricKind } from "../vocabulary.ts";

export function metricKind({ kind, name }: Pick<ShiftedMetric, "name" | "kind">): MetricKind {
  return kind ?? kindOf(name);
}
