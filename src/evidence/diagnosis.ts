/** What the evidence engine answers: the shape of `diagnose --stdio` (contracts §3). Times are Unix seconds. */

import type { MetricKind } from "../vocabulary.ts";

export type Direction = "up" | "down";
export type Confidence = "clear" | "likely" | "weak" | "none";

export interface SuspectService {
  readonly service: string;
  /** 0 if nothing is known of it. */
  readonly score: number;
}

export interface ShiftedMetric {
  readonly service: string;
  readonly name: string;
  readonly callee: string | null;
  /** As the series said. */
  readonly kind?: MetricKind;
  /** As the series' source said, for instance "seconds". */
  readonly unit?: string;
  /** Labels of the slice, where the metric was cut. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** Weighted shift in robust standard deviations, 0 to 100 (DESIGN §5). */
  readonly score: number;
  readonly direction: Direction;
  /** When it moved. */
  readonly at: number;
  /** Median before and after. */
  readonly before: number;
  readonly after: number;
  /** Newest finite value and its time. */
  readonly latest: readonly [at: number, value: number];
}

export interface Scope {
  readonly everywhere: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** Share of the shift that the slice explains, 0 to 1. */
  readonly share: number;
}

export interface SuspectChange {
  readonly id: string;
  /** Probability that this change is behind it; Σ p + noChange = 1. */
  readonly p: number;
  readonly because: readonly string[];
}

export interface LogTemplate {
  readonly service: string;
  readonly template: string;
  readonly before: number;
  readonly after: number;
  readonly example: string;
  /** When its first line came; only where the line is new with the trouble. */
  readonly since?: number;
}

/** `metric:0`, `change:<id>`, `log:0`: indexes into the diagnosis's own lists. */
export type Cite = `metric:${number}` | `change:${string}` | `log:${number}`;

export interface Finding {
  readonly text: string;
  readonly cites: readonly Cite[];
}

export interface Diagnosis {
  /** Refined onset. */
  readonly onset: number;
  /** Best first. */
  readonly services: readonly SuspectService[];
  /** Shifted metrics, best first. */
  readonly metrics: readonly ShiftedMetric[];
  /** null where nothing was cut by labels. */
  readonly scope: Scope | null;
  /** Best first. */
  readonly changes: readonly SuspectChange[];
  readonly noChange: number;
  readonly logs: readonly LogTemplate[];
  readonly confidence: Confidence;
  readonly findings: readonly Finding[];
  /** Names of services that were looked at and did not shift. */
  readonly examined: readonly string[];
  /** What a limit kept out, in words with counts; empty where everything was read. */
  readonly leftOut?: readonly string[];
}
