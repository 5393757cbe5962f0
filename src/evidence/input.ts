/** What the evidence engine reads: the shapes of `diagnose --stdio` (contracts §3). Times are Unix seconds. */

import type { MetricKind } from "../vocabulary.ts";

/** One sample: [Unix seconds, value]. The value may be NaN or infinite; readers drop those. */
export type Point = readonly [at: number, value: number];

export interface Series {
  readonly service: string;
  readonly name: string;
  readonly kind: MetricKind;
  /** Only for a dependency's metric measured at the caller. */
  readonly callee?: string;
  /** Only where the metric was cut by labels. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
}

/** What a citation of a series opens, beside the series itself; the engine never reads it. */
interface SeriesSource {
  /** The query as the source understood it, for instance PromQL. */
  readonly query: string;
  readonly unit?: string;
  /** Where a person can look at it, if the source has a page. */
  readonly url?: string;
}

export interface SourcedSeries extends Series {
  readonly source: SeriesSource;
}

export type ChangeKind = "commit" | "deploy" | "flag" | "config";

export interface ChangeRecord {
  /** Commit hash or the sender's id. */
  readonly id: string;
  readonly kind: ChangeKind;
  /** Commit: author or merge time. Others: when it went live. */
  readonly at: number;
  readonly service?: string;
  readonly environment?: string;
  /** false: not running; default true for deploy, flag and config, unknown for commits. */
  readonly live?: boolean | "unknown";
  readonly title: string;
  /** What a flag or a setting is called where it is changed, if the id is another. */
  readonly subject?: string;
  readonly author?: string;
  readonly files?: readonly string[];
  readonly diff?: string;
  /** Commit ids that this deploy carried. */
  readonly deploys?: readonly string[];
  /** The version or value that it replaced, and the one that it brought, where the source tells. */
  readonly before?: string;
  readonly after?: string;
  /** Where a person can look at it. */
  readonly url?: string;
}

export interface LogLine {
  readonly at: number;
  readonly service: string;
  readonly level?: string;
  readonly text: string;
  /** How many times the line occurred; default 1. */
  readonly count?: number;
}

export interface Alert {
  readonly service?: string;
  readonly metric?: string;
  readonly kind?: MetricKind;
  readonly text?: string;
}

export interface EvidenceInput {
  /** When the trouble began as far as is known, for instance the alert's time. */
  readonly onset: number;
  /** false: nobody has told it and nothing moved, so that `onset` is only now, and is not looked for before. Default true. */
  readonly hasBegun?: boolean;
  /** Now; default: the newest time in the input. */
  readonly end?: number;
  /** The incident's; changes elsewhere are no suspects. Default: what the series' labels and the changes tell. */
  readonly environment?: string;
  readonly alert?: Alert;
  readonly series?: readonly Series[];
  /** [caller, callee] */
  readonly calls?: readonly (readonly [string, string])[];
  readonly changes?: readonly ChangeRecord[];
  readonly logs?: readonly LogLine[];
}
