/** The evidence that true and false sentences are written about: the recorded incidents, and generated ones of other worlds. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readBundle } from "../../../src/edges/recorded/bundle.ts";
import type { Diagnosis } from "../../../src/evidence/diagnosis.ts";
import { diagnose } from "../../../src/evidence/diagnose.ts";
import type { ChangeRecord } from "../../../src/evidence/input.ts";
import { impersonal } from "../../../src/evidence/change-name.ts";
import { placedChanges } from "../../../src/evidence/liveness.ts";
import { metricName } from "../../../src/evidence/metric-name.ts";
import type { KnownText } from "../../../src/model/items.ts";
import { generated, generatedMax, type Told } from "./generated.ts";
import { knownOf, type Known } from "../../../src/model/known.ts";

export interface MetricFact {
  readonly cite: string;
  readonly service: string;
  readonly callee: string | null;
  /** As the product says it: "p95", "errors", "pool wait". */
  readonly words: string;
  /** As the source says it. */
  readonly name: string;
  readonly kind: string;
  readonly unit: string | undefined;
  readonly isUp: boolean;
  readonly before: number;
  readonly after: number;
  readonly at: number;
  /** "POST /pay", "3f2a91c"; null where it was not cut. */
  readonly slice: readonly [label: string, value: string] | null;
}

export interface ChangeFact {
  readonly cite: string;
  readonly id: string;
  readonly short: string;
  readonly kind: ChangeRecord["kind"];
  readonly title: string;
  readonly pullRequest: string | null;
  readonly service: string | undefined;
  readonly file: string | undefined;
  readonly author: string | undefined;
  /** null: not known, or not live. */
  readonly live: number | null;
  /** false: it is not running, as far as is known. */
  readonly isUnknown: boolean;
  readonly at: number;
}

export interface LogFact {
  readonly cite: string;
  readonly service: string;
  readonly example: string;
  readonly after: number;
  readonly before: number;
  readonly since: number | undefined;
}

export interface Case {
  readonly name: string;
  readonly known: Known;
  readonly diagnosis: Diagnosis;
  readonly metrics: readonly MetricFact[];
  readonly changes: readonly ChangeFact[];
  readonly logs: readonly LogFact[];
  readonly texts: readonly KnownText[];
  readonly quiet: readonly string[];
  readonly services: readonly string[];
}

const folder = join(import.meta.dirname, "../../../demo/bundles");
/** How long after the onset the incident is looked at. */
const intoTroubleSeconds = 360;

export function cases(): readonly Case[] {
  return [
    ...recorded(),
    ...Array.from({ length: generatedMax }, (_, seed) => generated(seed + 1)),
  ].map(caseOf);
}

function recorded(): readonly Told[] {
  return readdirSync(folder)
    .toSorted()
    .map((file) => {
      const bundle = readBundle(join(folder, file));
      const end = Math.min(bundle.onset + intoTroubleSeconds, bundle.mendedAt);
      return {
        name: bundle.id,
        alert: bundle.alert,
        firedAt: bundle.alert.firedAt,
        end,
        series: bundle.series.map(({ query, unit, ...series }) => ({
          ...series,
          points: series.points.filter(([at]) => at <= end),
          source: unit === undefined ? { query } : { query, unit },
        })),
        changes: bundle.changes.filter(({ at }) => at <= end),
        logs: bundle.logs.filter(({ at }) => at <= end),
        texts: [],
        services: bundle.catalog.services.map(({ name }) => name),
      };
    });
}

function caseOf(told: Told): Case {
  const { alert, changes, end, logs, series, texts, services } = told;
  const input = { onset: told.firedAt, end, alert, series, changes, logs };
  const engine = diagnose(input);
  const metrics = engine.metrics.map((metric) => {
    const unit = series.find((one) => one.service === metric.service && one.name === metric.name)
      ?.source.unit;
    return unit === undefined ? metric : { ...metric, unit };
  });
  const diagnosis = { ...engine, metrics };
  const known = knownOf({ diagnosis, input, services, texts, hosts: ["github.com"], urls: [] });
  return {
    name: told.name,
    known,
    diagnosis,
    metrics: metrics.slice(0, 12).map((metric, at): MetricFact => {
      const [slice = null] = Object.entries(metric.labels ?? {});
      const { service, callee, name, unit, before, after, direction } = metric;
      const kind = metric.kind ?? "other";
      return {
        cite: `metric:${at}`,
        service,
        callee,
        name,
        kind,
        unit,
        before,
        after,
        slice,
        words: metricName(metric),
        isUp: direction === "up",
        at: metric.at,
      };
    }),
    changes: changeFacts(changes, diagnosis),
    logs: diagnosis.logs.slice(0, 3).map(({ service, example, before, after, since }, at) => ({
      cite: `log:${at}`,
      service,
      example,
      before,
      after,
      since,
    })),
    texts,
    quiet: diagnosis.examined,
    services,
  };
}

function changeFacts(changes: readonly ChangeRecord[], diagnosis: Diagnosis): ChangeFact[] {
  const placed = new Map(placedChanges(changes, null).map((one) => [one.change.id, one]));
  return diagnosis.changes.slice(0, 4).flatMap(({ id }): ChangeFact[] => {
    const one = placed.get(id);
    if (one === undefined) return [];
    const { change, live, service } = one;
    const { kind, at, author, files } = change;
    // As the product tells it: without whoever did it.
    const title = impersonal(change);
    return [
      {
        cite: `change:${id}`,
        id,
        kind,
        title,
        at,
        author,
        service,
        file: files?.[0],
        short: /^[0-9a-f]{40}$/.test(id) ? id.slice(0, 7) : id,
        pullRequest: /#(\d+)/.exec(title)?.[1] ?? null,
        live: live.state === "live" ? live.at : null,
        isUnknown: live.state === "unknown",
      },
    ];
  });
}
