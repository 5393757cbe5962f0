/** Two incidents that turned out to be one: the merged one ends, and the other takes in its alerts (DESIGN §4). */

import type { ChannelId, IncidentId } from "../vocabulary.ts";
import { reopen, resolve } from "./ending.ts";
import type { Incident, IncidentAlert } from "./incident.ts";
import type { TimelineEntry, TimelineFact } from "./timeline.ts";

/** Another incident, as it is named. */
export interface Named {
  readonly id: IncidentId;
  /** "INC-12" */
  readonly name: string;
  readonly channel: ChannelId;
}

type MergeFact = Extract<TimelineFact, { kind: "merged" | "parted" }>;

export function withMerge(incident: Incident, fact: MergeFact, entry: TimelineEntry): Incident {
  if (fact.kind === "parted") return parted(incident, fact);
  if ("into" in fact) return { ...resolve(reopen(incident), entry), mergedInto: fact.into };
  const others = incident.tookIn.filter(({ id }) => id !== fact.from.id);
  return { ...incident, tookIn: [...others, fact.from] };
}

/** Its alerts go with it: what becomes of them is told there from now on. */
function parted(incident: Incident, { from, groups }: MergeFact & { kind: "parted" }): Incident {
  return {
    ...incident,
    tookIn: incident.tookIn.filter(({ id }) => id !== from),
    alerts: incident.alerts.filter(({ group }) => !groups.includes(group)),
  };
}

interface AlertNews {
  readonly at: Date;
  readonly fact: TimelineFact;
}

/** What has to be told of alerts where they are known as `known`, so that they are known as `alerts`: those that fire there and those that cleared. */
export function newsOfAlerts(
  known: readonly IncidentAlert[],
  alerts: readonly IncidentAlert[],
): readonly AlertNews[] {
  const isFiring = (group: string) =>
    known.some((each) => each.group === group && each.clearedAt === null);
  return alerts.flatMap(({ firedAt, clearedAt, ...alert }): AlertNews[] => {
    if (clearedAt === null) {
      return isFiring(alert.group) ? [] : [{ at: firedAt, fact: { kind: "alert-fired", alert } }];
    }
    if (!isFiring(alert.group)) return [];
    return [{ at: clearedAt, fact: { kind: "alert-cleared", group: alert.group } }];
  });
}
