/** The payload of POST /hooks/generic (contracts §6): one event or an array of them: changes, alerts, incidents. */

import { z } from "zod";
import type { Alert, Delivery } from "../../alert/alert.ts";
import { severityOf } from "../../alert/severity.ts";
import type { IncidentNews } from "../../incident/news.ts";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import {
  firstFault,
  firstLink,
  idMax,
  labels,
  linkMax,
  time,
  told,
  type Parsed,
} from "./parsed.ts";

/** A sender with more sends several requests; one insert stays within the time that an answer has. */
const eventsMax = 1_000;

const kinds = ["deploy", "flag", "config", "alert", "incident"] as const;
const statuses = ["firing", "resolved", "investigating", "identified", "monitoring"] as const;

const Shape = z.object({
  id: z.string().min(1).max(idMax),
  kind: z.enum(kinds),
  at: time,
  status: z.enum(statuses).nullish(),
  service: told,
  environment: told,
  title: told,
  text: told,
  labels,
  group: told,
  severity: told,
  before: told,
  after: told,
  ref: told,
  actor: told,
  links: z.array(z.string().max(linkMax)).nullish(),
  channel: told,
  lead: told,
});
/** A sender must not hear 202 for what can belong to no incident. */
const Event = Shape.refine(
  ({ kind, channel, group }) => kind !== "incident" || channel !== null || group !== null,
  {
    path: ["channel"],
    error: "an incident names its channel, or the group of alerts that belongs to it",
  },
).refine(({ kind, status }) => kind !== "incident" || status !== "firing", {
  path: ["status"],
  error: "an incident is investigating, identified, monitoring or resolved",
});
type Event = z.output<typeof Event>;

const Payload = z.array(Event).max(eventsMax);

export function parseGeneric(payload: unknown): Parsed {
  const read = Array.isArray(payload) ? Payload.safeParse(payload) : Event.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const all = [read.data].flat();
  const alerts = all.filter((event) => event.kind === "alert");
  return {
    ok: true,
    events: all.flatMap((event) => changeOf(event) ?? []),
    news: all.flatMap((event) => newsOf(event) ?? []),
    deliveries: [...Map.groupBy(alerts, ({ group, id }) => group ?? id)].map(deliveryOf),
  };
}

function changeOf(event: Event): ChangeEvent | null {
  const { id, at, service, environment, title, before, after, ref, actor, links } = event;
  if (event.kind === "alert" || event.kind === "incident") return null;
  const what = { id, kind: event.kind, at, service, environment, title, before, after, ref, actor };
  const link = firstLink(...(links ?? []));
  return { source: "generic", ...what, status: event.status ?? null, link };
}

/** A channel beats a group: it is where the incident is. */
function newsOf(event: Event): IncidentNews | null {
  const { kind, id, at, group, channel, status, severity, lead, title } = event;
  if (kind !== "incident") return null;
  return {
    teller: "generic",
    id,
    at: at.getTime() / 1000,
    of: group,
    channel,
    status: status === "firing" ? null : (status ?? null),
    severity: severityOf(severity),
    lead,
    title,
  };
}

function deliveryOf([group, events]: [string, readonly Event[]]): Delivery {
  return { source: "generic", group, alerts: events.map(alertOf), leftOut: 0 };
}

/** Its time is when it began, or where it is resolved when it ended. */
function alertOf(event: Event): Alert {
  const { id, service, environment, title, text, severity, links } = event;
  const at = event.at.getTime() / 1000;
  const isOver = event.status === "resolved";
  return {
    fingerprint: id,
    status: isOver ? "resolved" : "firing",
    startsAt: at,
    endsAt: isOver ? at : null,
    title: title ?? text ?? id,
    text,
    service,
    environment,
    severity: severityOf(severity),
    labels: event.labels,
    link: firstLink(...(links ?? [])),
    runbook: firstLink(event.labels["runbook_url"], event.labels["runbook"]),
  };
}
