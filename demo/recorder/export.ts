/** What a recording leaves: the bundle's parts, read from Prometheus, git and the log files. */

import type { Bundle, RecordedSeries } from "../../src/edges/recorded/bundle.ts";
import { catalog } from "./catalog.ts";
import { exportChanges, type WentLive } from "./changes.ts";
import { discover } from "./discovered.ts";
import type { EditName } from "./edits.ts";
import { countedLogs } from "./logs.ts";
import { stepSeconds, type Measured, type Prometheus } from "./prometheus.ts";
import type { Query } from "./queries.ts";
import type { Moments } from "./recording.ts";
import type { Repository } from "./repository.ts";
import type { Scenario } from "./scenario.ts";
import type { FlagName } from "./shop.ts";

/** Digits that are kept of each value: the file's size is mostly theirs. */
const significantDigits = 4;
const pointsMin = 3;

export interface Recorded {
  readonly folder: string;
  readonly repository: Repository;
  readonly prometheus: Prometheus;
  readonly changeIds: ReadonlyMap<EditName | FlagName, string>;
  readonly wentLive: readonly WentLive[];
  readonly moments: Moments;
}

export async function exportBundle(scenario: Scenario, recorded: Recorded): Promise<Bundle> {
  const { moments } = recorded;
  const { change, ...truth } = scenario.truth;
  const { rule: _rule, ...alert } = scenario.alert;
  return {
    format: 1,
    id: scenario.id,
    title: scenario.title,
    summary: scenario.summary,
    symptom: scenario.symptom,
    recordedAt: new Date(moments.start * 1000).toISOString(),
    onset: Math.round(moments.onset),
    mendedAt: Math.round(moments.mendedAt),
    end: moments.end,
    stepSeconds,
    channelName: scenario.channelName,
    alert: { ...alert, ...moments.alert },
    catalog,
    series: await exportSeries(recorded),
    changes: await exportChanges(recorded.repository, recorded.wentLive),
    logs: await countedLogs(recorded.folder, moments.start, moments.end),
    truth: {
      ...truth,
      changeId: change === null ? null : (recorded.changeIds.get(change) ?? null),
    },
  };
}

async function exportSeries({ prometheus, moments }: Recorded): Promise<RecordedSeries[]> {
  const types = await prometheus.types();
  const series: RecordedSeries[] = [];
  for (const { name: service, metrics } of catalog.services) {
    if (metrics === undefined) continue;
    const named = metrics.queries;
    const covered = new Set(named.map(({ query }) => query));
    const others = discover(service, types).filter(({ query }) => !covered.has(query));
    for (const query of [...named, ...others]) {
      const measured = await prometheus.range(query.query, moments.start, moments.end);
      const isNamed = covered.has(query.query);
      for (const one of measured) {
        const points = finite(one.points);
        if (points.length < pointsMin || (!isNamed && isFlat(points))) continue;
        series.push({ service, ...described(query), ...cut(one), points });
      }
    }
  }
  return series;
}

function described({ name, kind, unit, query, callee }: Query) {
  return {
    name,
    kind,
    query,
    ...(unit === undefined ? {} : { unit }),
    ...(callee === undefined ? {} : { callee }),
  };
}

function cut({ labels }: Measured): Pick<RecordedSeries, "labels"> {
  return Object.keys(labels).length === 0 ? {} : { labels };
}

/** Without the moments at which there was nothing to measure (NaN: no request to time). */
function finite(points: Measured["points"]): RecordedSeries["points"] {
  return points.flatMap(([at, value]): RecordedSeries["points"] =>
    Number.isFinite(value) ? [[at, Number(value.toPrecision(significantDigits))]] : [],
  );
}

function isFlat(points: RecordedSeries["points"]): boolean {
  return points.every(([, value]) => value === points[0]?.[1]);
}
