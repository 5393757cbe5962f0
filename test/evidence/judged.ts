/** A checkout whose pool is exhausted, and the changes that are judged for it. */

import { diagnose } from "../../src/evidence/diagnose.ts";
import type { ChangeRecord, EvidenceInput } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";

const slow = madeSeries({ name: "db_pool_wait_seconds", made: { before: 0.01, after: 3 } });
export const calm = madeSeries({ service: "cart" });
export const log = { at: onset - 600, service: "checkout", level: "info", text: "handled" };
export const errors = Array.from({ length: 60 }, (_, index) => ({
  at: onset + index,
  service: "checkout",
  level: "error",
  text: `connection pool exhausted after ${index} ms`,
}));

export function judged(changes: readonly ChangeRecord[], told: Partial<EvidenceInput> = {}) {
  return diagnose({ onset, series: [slow, calm], logs: [log, ...errors], changes, ...told });
}

export function change(id: string, told: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    id,
    kind: "commit",
    at: onset - 600,
    service: "checkout",
    live: true,
    title: `Change ${id}`,
    ...told,
  };
}

export function pOf(diagnosis: ReturnType<typeof judged>, id: string): number {
  return diagnosis.changes.find((one) => one.id === id)?.p ?? Number.NaN;
}

export const poolDiff = "-  maxConnections: 50\n+  maxConnections: 5";
