/** A week's incidents and the bot's own record over thirteen weeks, as numbers (DESIGN §11). */

import type { PostmortemState } from "../postmortem/version.ts";
import type { IncidentId, Severity, Symptom } from "../vocabulary.ts";
import type { IncidentFacts, PeriodFacts } from "./facts.ts";
import { ownRecord, type OwnRecord } from "./own-record.ts";
import { spreadOf, type Spread } from "./spread.ts";
import { trendsOf, type Trends } from "./trends.ts";
import type { Week } from "./week.ts";

/** A quarter of a year: enough incidents to say something, near enough to be about today. */
export const periodWeeks = 13;

export interface Repeat {
  readonly service: string;
  readonly symptom: Symptom;
  /** 2 for the second in the period. */
  readonly nth: number;
  /** The newest of the week. */
  readonly number: number;
  /** Action items of such incidents that are open; absent: none is, or they were not counted. */
  readonly left?: Pick<ActionsOfKind, "open" | "overdueDays">;
}

interface WeekCount {
  readonly key: string;
  readonly number: number;
  readonly incidents: number;
  /** To mitigate, median minutes of those that were; null: none was. */
  readonly medianMinutes: number | null;
  readonly record: Pick<
    OwnRecord,
    "ended" | "attested" | "byThemselves" | "fixed" | "fixedByFirstThree"
  >;
}

/** Postmortems' action items that are not closed. */
export interface OpenActions {
  readonly open: number;
  readonly overdue: number;
}

/** Those of the incidents of one service and symptom. */
export interface ActionsOfKind {
  readonly service: string;
  readonly symptom: Symptom;
  readonly open: number;
  /** Of the one that was due first; null: none is overdue. */
  readonly overdueDays: number | null;
}

export interface CountedActions extends OpenActions {
  /** Of those whose service and symptom are known. */
  readonly kinds: readonly ActionsOfKind[];
}

/** Of an incident that has one. */
interface PostmortemOf {
  readonly incident: IncidentId;
  readonly number: number;
  readonly state: PostmortemState;
}

export interface Digest {
  /** Of made-up incidents. */
  readonly isSample?: boolean;
  readonly week: Week;
  /** null: of the whole workspace. */
  readonly team: string | null;
  readonly incidents: number;
  /** The gravest first; none that did not occur. */
  readonly severities: readonly { readonly severity: Severity; readonly incidents: number }[];
  /** Minutes from the beginning; null: none was. */
  readonly acknowledge: Spread | null;
  readonly mitigate: Spread | null;
  readonly resolve: Spread | null;
  readonly stillOpen: number;
  readonly repeats: readonly Repeat[];
  /** Of the week's incidents, by their numbers; absent in a digest that was sent before they were told. */
  readonly postmortems?: readonly PostmortemOf[];
  /** The period's weeks, oldest first. */
  readonly weeks: readonly WeekCount[];
  readonly record: OwnRecord;
  readonly trends: Trends;
  /** As they stand when it is made; null in a digest that was sent before they were counted. */
  readonly actions: OpenActions | null;
}

export interface About {
  readonly team: string | null;
  /** The period's, oldest first; never empty. The last is the digest's own. */
  readonly weeks: readonly [Week, ...Week[]];
  readonly actions: CountedActions | null;
}

/** `facts`: of the weeks' whole time. */
export function digestOf(facts: PeriodFacts, { team, weeks, actions }: About): Digest {
  const week = weeks.at(-1) ?? weeks[0];
  const byWeek = Map.groupBy(facts.incidents, (incident) =>
    weeks.find((each) => isIn(incident, each)),
  );
  const own = byWeek.get(week) ?? [];
  return {
    week,
    team,
    incidents: own.length,
    severities: bySeverity(own),
    acknowledge: spreadOf(minutesTo("acknowledgedAt", own)),
    mitigate: spreadOf(minutesTo("mitigatedAt", own)),
    resolve: spreadOf(minutesTo("resolvedAt", own)),
    stillOpen: own.filter(({ resolvedAt }) => resolvedAt === null).length,
    repeats: repeatsIn(own, facts.incidents, actions?.kinds ?? []),
    postmortems: postmortemsOf(own),
    weeks: weeks.map((each) => weekCount(each, byWeek.get(each) ?? [])),
    record: ownRecord(facts),
    trends: trendsOf(facts.steps),
    actions: actions && { open: actions.open, overdue: actions.overdue },
  };
}

function postmortemsOf(incidents: readonly IncidentFacts[]): readonly PostmortemOf[] {
  return incidents
    .flatMap(({ id: incident, number, postmortem: state }) =>
      state === null ? [] : [{ incident, number, state }],
    )
    .toSorted((a, b) => a.number - b.number);
}

/** Minutes from the beginning, of those that got there; a clock that was set gives no less than 0. */
export function minutesTo(
  event: "acknowledgedAt" | "mitigatedAt" | "resolvedAt",
  incidents: readonly IncidentFacts[],
): number[] {
  return incidents.flatMap((incident) => {
    const at = incident[event];
    return at === null ? [] : [Math.max(0, (at.getTime() - incident.beganAt.getTime()) / 60_000)];
  });
}

function isIn({ beganAt }: IncidentFacts, { from, to }: Week): boolean {
  const at = beganAt.getTime();
  return at >= from.getTime() && at < to.getTime();
}

function bySeverity(incidents: readonly IncidentFacts[]): Digest["severities"] {
  const found = [...new Set(incidents.map(({ severity }) => severity))].toSorted((a, b) => a - b);
  return found.map((severity) => ({
    severity,
    incidents: incidents.filter((each) => each.severity === severity).length,
  }));
}

/** Of the same service and symptom, those that came most often first; each pair once, however often it came this week. */
function repeatsIn(
  own: readonly IncidentFacts[],
  all: readonly IncidentFacts[],
  kinds: readonly ActionsOfKind[],
): Repeat[] {
  const newest = new Map(own.map((incident) => [likeness(incident), incident]));
  const times = new Map<string | null, number>();
  for (const each of all) times.set(likeness(each), (times.get(likeness(each)) ?? 0) + 1);
  const found = [...newest].flatMap(([key, { service, symptom, number }]) => {
    const nth = times.get(key) ?? 0;
    if (key === null || service === null || symptom === null || nth < 2) return [];
    const of = kinds.find((each) => likeness(each) === key);
    const left = of && { open: of.open, overdueDays: of.overdueDays };
    return [{ service, symptom, nth, number, ...(left && { left }) }];
  });
  return found.toSorted((a, b) => b.nth - a.nth || b.number - a.number);
}

function likeness({ service, symptom }: Pick<IncidentFacts, "service" | "symptom">): string | null {
  return service === null || symptom === null ? null : JSON.stringify([service, symptom]);
}

function weekCount(week: Week, own: readonly IncidentFacts[]): WeekCount {
  const minutes = minutesTo("mitigatedAt", own).toSorted((a, b) => a - b);
  const middle = minutes.length / 2;
  const medianMinutes =
    minutes.length === 0
      ? null
      : ((minutes[Math.ceil(middle) - 1] ?? 0) + (minutes[Math.floor(middle)] ?? 0)) / 2;
  const { key, number } = week;
  const record = ownRecord({ incidents: own, steps: [], model: null });
  return { key, number, incidents: own.length, medianMinutes, record };
}
