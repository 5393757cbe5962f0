/** A checkout that became slow at 14:02, with a dependency and a change, as the chart's tests want it. */

import type { Diagnosis, ShiftedMetric } from "../../src/evidence/diagnosis.ts";
import type { ChangeRecord, EvidenceInput, Series } from "../../src/evidence/input.ts";

export const onset = Date.UTC(2026, 10, 23, 14, 2) / 1000;
export const end = onset + 600;

/** Every 15 s from an hour before the onset; around `before`, then `after`. */
export function shiftedSeries(before: number, after: number, told: Partial<Series> = {}): Series {
  const points = Array.from({ length: 280 }, (_, index): readonly [number, number] => {
    const at = onset - 3600 + index * 15;
    const wave = 1 + 0.05 * Math.sin(index);
    return [at, (at < onset ? before : after) * wave];
  });
  return { service: "checkout", name: "p99_seconds", kind: "latency", points, ...told };
}

export function shiftedMetric(
  before: number,
  after: number,
  told: Partial<ShiftedMetric> = {},
): ShiftedMetric {
  return {
    service: "checkout",
    name: "p99_seconds",
    callee: null,
    kind: "latency",
    labels: null,
    score: 40,
    direction: after > before ? "up" : "down",
    at: onset,
    before,
    after,
    latest: [end, after],
    ...told,
  };
}

export const mergedChange: ChangeRecord = {
  id: "3f2a91c0ffee",
  kind: "deploy",
  at: onset - 90,
  service: "checkout",
  title: "Batch the order query (#311)",
  author: "Grace Hopper",
};

export function sampleInput(told: Partial<EvidenceInput> = {}): Omit<EvidenceInput, "onset"> {
  return { end, series: [shiftedSeries(0.4, 4.1)], changes: [mergedChange], ...told };
}

export const sampleDiagnosis: Pick<Diagnosis, "onset" | "changes"> = {
  onset,
  changes: [{ id: mergedChange.id, p: 0.8, because: [] }],
};
