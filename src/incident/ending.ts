/** How an incident ends, and is taken up again. */

import type { Status } from "../vocabulary.ts";
import type { Incident, OpenIncident } from "./incident.ts";
import type { TimelineEntry } from "./timeline.ts";

type Ended = Pick<TimelineEntry, "actor" | "at">;

export function withStatus(incident: Incident, status: Status, entry: Ended): Incident {
  return status === "resolved" ? resolve(incident, entry) : { ...reopen(incident), status };
}

/** The first end counts. */
export function resolve(incident: Incident, { at, actor }: Ended): Incident {
  if (incident.state === "resolved") return incident;
  const { status: _status, ...facts } = incident;
  return { ...facts, state: "resolved", resolvedAt: at, resolvedBy: actor };
}

export function reopen(incident: Incident): OpenIncident {
  if (incident.state === "open") return incident;
  const { resolvedAt: _at, resolvedBy: _by, ...facts } = incident;
  return { ...facts, state: "open", status: "investigating", mergedInto: null };
}
