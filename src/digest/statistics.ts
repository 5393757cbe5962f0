/** Incidents of a period as numbers: how often, how long, where; and how sure the bot's chances were. */

import type { Severity } from "../vocabulary.ts";
import { calibrationOf, type Calibration } from "../learning/calibration.ts";
import { minutesTo } from "./digest.ts";
import type { IncidentFacts, PeriodFacts } from "./facts.ts";
import { ownRecord, type OwnRecord } from "./own-record.ts";
import { spreadOf, type Spread } from "./spread.ts";

export interface Group<T> {
  readonly of: T;
  readonly incidents: number;
  readonly mitigate: Spread | null;
}

export interface Statistics {
  readonly incidents: number;
  readonly acknowledge: Spread | null;
  readonly mitigate: Spread | null;
  readonly resolve: Spread | null;
  /** The gravest first. */
  readonly severities: readonly Group<Severity>[];
  /** The most incidents first; null: of no service that is known. */
  readonly services: readonly Group<string | null>[];
  /** Incidents whose service and symptom were seen before in the period. */
  readonly repeated: number;
  /** Incidents whose postmortem is published, and whose one is in work. */
  readonly postmortems: { readonly published: number; readonly inWork: number };
  readonly record: OwnRecord;
  /** null: too few fixes were tried to say anything. */
  readonly calibration: Calibration | null;
  /** Fixes that were tried, each once an incident. */
  readonly told: number;
}

/** Fewer tried fixes say nothing of chances. */
export const toldMin = 30;

export function statisticsOf(facts: PeriodFacts): Statistics {
  const { incidents } = facts;
  return {
    incidents: incidents.length,
    acknowledge: spreadOf(minutesTo("acknowledgedAt", incidents)),
    mitigate: spreadOf(minutesTo("mitigatedAt", incidents)),
    resolve: spreadOf(minutesTo("resolvedAt", incidents)),
    severities: groupsOf(incidents, ({ severity }) => severity).toSorted((a, b) => a.of - b.of),
    services: groupsOf(incidents, ({ service }) => service).toSorted(
      (a, b) => b.incidents - a.incidents || ((a.of ?? "") < (b.of ?? "") ? -1 : 1),
    ),
    repeated: repeatedIn(incidents),
    postmortems: {
      published: incidents.filter(({ postmortem }) => postmortem === "published").length,
      inWork: incidents.filter(({ postmortem: of }) => of !== null && of !== "published").length,
    },
    record: ownRecord(facts),
    calibration: facts.told.length < toldMin ? null : calibrationOf(facts.told),
    told: facts.told.length,
  };
}

function groupsOf<T>(
  incidents: readonly IncidentFacts[],
  keyOf: (incident: IncidentFacts) => T,
): Group<T>[] {
  const groups = Map.groupBy(incidents, keyOf);
  return [...groups].map(([of, own]) => ({
    of,
    incidents: own.length,
    mitigate: spreadOf(minutesTo("mitigatedAt", own)),
  }));
}

function repeatedIn(incidents: readonly IncidentFacts[]): number {
  const known = incidents.filter(({ service, symptom }) => service !== null && symptom !== null);
  const kinds = new Set(known.map(({ service, symptom }) => JSON.stringify([service, symptom])));
  return known.length - kinds.size;
}
