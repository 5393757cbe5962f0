/** One thing that was gathered and may be cited: what is said of it, and what may be said of it. */

import type { MetricKind } from "../vocabulary.ts";
import type { Moment } from "./clocks.ts";
import type { Quantity } from "./quantities.ts";

export interface Item {
  /** What a sentence cites: "metric:0", "change:<id>", "log:0", "examined:<service>", "scope", "services", or a text's id. */
  readonly id: string;
  readonly kind: "metric" | "change" | "log" | "examined" | "scope" | "services" | "text";
  /** As the product says it: what a model is shown. */
  readonly text: string;
  /** Whatever of it may be quoted or named, in one text. */
  readonly backing: string;
  /** What the findings say of it beyond its own text: how far it reaches, how well it fits. */
  readonly said: string;
  /** What a metric is called, and the values that it was cut by: "p95", ["POST /pay"]. */
  readonly name: string;
  readonly slices: readonly string[];
  readonly services: readonly string[];
  readonly callee: string | null;
  readonly quantities: readonly Quantity[];
  readonly moments: readonly Moment[];
  /** Words for its kind. */
  readonly words: string;
  /** Of a metric or a log line; null for what has none. */
  readonly direction: "up" | "down" | null;
  /** A metric's newest value; null for what is none. */
  readonly latest: Quantity | null;
  /** Seconds from a change's going live to the onset; null where it was not live, or that is not known. */
  readonly lead: number | null;
  /** Seconds from its being made to the onset; null for what is no change. */
  readonly made: number | null;
  /** What a metric measures; null for what is none. */
  readonly measures: MetricKind | null;
}

/** What most kinds do not have. */
export const nothing = {
  said: "",
  name: "",
  slices: [],
  services: [],
  callee: null,
  quantities: [],
  moments: [],
  direction: null,
  lead: null,
  made: null,
  latest: null,
  measures: null,
};
