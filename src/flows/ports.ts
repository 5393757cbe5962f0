/** What the flows need of the world, in their own words; each is made by an edge's factory. */

import type { Catalog, NamedQuery, Service } from "../catalog/catalog.ts";
import type { ChangeRecord, SourcedSeries } from "../evidence/input.ts";
import type { Step } from "../playbook/step.ts";

export interface Clock {
  now(): Date;
}

/** The window that evidence is read over; from < onset ≤ to. */
export interface Window {
  readonly from: Date;
  readonly onset: Date;
  readonly to: Date;
}

/** What a source gave, and what it had to leave out, in words ("312 of 512 series: the limit is 200 a service"). */
export interface Reading<T> {
  readonly items: readonly T[];
  readonly leftOut: readonly string[];
}

/**
 * One metrics server. Rejects with an Error whose message is a person's sentence fragment ("HTTP 503", "not JSON")
 * when it cannot be read; the caller bounds the whole by the signal and states the gap.
 */
export interface Metrics {
  /** "Prometheus", or "Prometheus (eu)" for a named one. */
  readonly name: string;
  /** Key of `metrics.source` in the catalog: "" for the unnamed one. */
  readonly key: string;
  /** The services' series over the window, on one step, kinds told. */
  series(
    services: readonly Service[],
    window: Window,
    signal: AbortSignal,
  ): Promise<Reading<SourcedSeries>>;
  /** Named queries alone, for a re-read of what shifted. */
  again(
    queries: readonly RepeatedQuery[],
    window: Window,
    signal: AbortSignal,
  ): Promise<Reading<SourcedSeries>>;
}

export interface RepeatedQuery extends NamedQuery {
  readonly service: string;
}

/** One source of changes: GitHub, a local clone, a bundle. Rejects as Metrics does. */
export interface Changes {
  readonly name: string;
  /** Commits, deployments and the like that touch the services' repositories and paths, newest first. */
  recent(
    services: readonly Service[],
    window: Window,
    signal: AbortSignal,
  ): Promise<Reading<ChangeRecord>>;
}

/** Whatever is played or configured for one channel: demo bundles bring their own catalog and sources. */
export interface Sources {
  readonly catalog: Catalog;
  readonly metrics: readonly Metrics[];
  readonly changes: readonly Changes[];
  /** Time by which the sources' clocks are to be read; now for real ones. */
  readonly now: Date;
}

export interface Playbook {
  readonly steps: readonly Step[];
}
