/** PagerDuty's webhooks, version 3: an incident there is a group of one alert here, and tells who leads, how grave it is and how far. */

import { z } from "zod";
import type { Alert, Delivery } from "../../alert/alert.ts";
import { severityOf } from "../../alert/severity.ts";
import type { IncidentNews } from "../../incident/news.ts";
import type { Status } from "../../vocabulary.ts";
import {
  firstFault,
  firstLink,
  idMax,
  maybeSeconds,
  seconds,
  told,
  type Parsed,
} from "./parsed.ts";

const Named = z.object({ summary: told }).nullish();
const Envelope = z.object({ event: z.object({ event_type: z.string() }) });
const Incident = z.object({
  event: z.object({
    id: z.string().min(1).max(idMax).nullish(),
    event_type: z.string(),
    occurred_at: seconds,
    data: z.object({
      id: z.string().min(1).max(idMax),
      title: told,
      html_url: told,
      created_at: maybeSeconds,
      service: Named,
      priority: Named,
      urgency: told,
      assignees: z.array(z.object({ type: told, summary: told })).nullish(),
    }),
  }),
});
type Event = z.output<typeof Incident>["event"];

interface Deed {
  /** null: it neither begins nor ends an alert. */
  readonly alert: Alert["status"] | null;
  /** null: it says nothing of how far the incident is. */
  readonly status: Status | null;
  /** Whoever is assigned by it has taken it on, or was given it; before that somebody was only called. */
  readonly isTaken: boolean;
}

/** Of what else happens to an incident nothing is read. */
const deeds: ReadonlyMap<string, Deed> = new Map([
  ["incident.triggered", { alert: "firing", status: "investigating", isTaken: false }],
  ["incident.reopened", { alert: "firing", status: "investigating", isTaken: false }],
  ["incident.acknowledged", { alert: null, status: "investigating", isTaken: true }],
  ["incident.unacknowledged", { alert: null, status: "investigating", isTaken: false }],
  ["incident.reassigned", { alert: null, status: null, isTaken: true }],
  ["incident.delegated", { alert: null, status: null, isTaken: true }],
  ["incident.priority_updated", { alert: null, status: null, isTaken: false }],
  ["incident.resolved", { alert: "resolved", status: "resolved", isTaken: false }],
]);

export function parsePagerDuty(payload: unknown): Parsed {
  const envelope = Envelope.safeParse(payload);
  if (!envelope.success) return { ok: false, said: firstFault(envelope.error) };
  const deed = deeds.get(envelope.data.event.event_type);
  if (deed === undefined) return { ok: true };
  const read = Incident.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const { event } = read.data;
  const deliveries = deed.alert === null ? [] : [deliveryOf(event, deed.alert)];
  return { ok: true, accepted: 1, deliveries, news: [newsOf(event, deed)] };
}

function newsOf({ data, ...event }: Event, { status, isTaken }: Deed): IncidentNews {
  const person = data.assignees?.find(({ type }) => type === null || type.startsWith("user"));
  return {
    teller: "pagerduty",
    id: event.id ?? `${data.id} ${event.event_type} ${event.occurred_at}`,
    at: event.occurred_at,
    of: data.id,
    channel: null,
    status,
    severity: severityOf(data.priority?.summary),
    lead: isTaken ? (person?.summary ?? null) : null,
    title: null,
  };
}

function deliveryOf(event: Event, status: Alert["status"]): Delivery {
  const alert = alertOf(event, status);
  return { source: "pagerduty", group: alert.fingerprint, alerts: [alert], leftOut: 0 };
}

function alertOf(event: Event, status: Alert["status"]): Alert {
  const { data, occurred_at: at } = event;
  const isAgain = event.event_type === "incident.reopened";
  return {
    fingerprint: data.id,
    status,
    startsAt: isAgain ? at : (data.created_at ?? at),
    endsAt: status === "resolved" ? at : null,
    title: data.title ?? "An incident without a title",
    text: null,
    service: data.service?.summary ?? null,
    environment: null,
    severity: severityOf(data.priority?.summary) ?? severityOf(data.urgency),
    labels: {},
    link: firstLink(data.html_url),
    runbook: null,
  };
}
