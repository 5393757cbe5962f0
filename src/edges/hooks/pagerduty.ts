/** PagerDuty's webhooks, version 3: an incident there is a group of one alert here. */

import { z } from "zod";
import type { Alert } from "../../alert/alert.ts";
import { severityOf } from "../../alert/severity.ts";
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
    }),
  }),
});
type Event = z.output<typeof Incident>["event"];

const deeds: ReadonlyMap<string, Alert["status"]> = new Map([
  ["incident.triggered", "firing"],
  ["incident.reopened", "firing"],
  ["incident.resolved", "resolved"],
]);

/** No alerts for what neither begins nor ends an incident. */
export function parsePagerDuty(payload: unknown): Parsed {
  const envelope = Envelope.safeParse(payload);
  if (!envelope.success) return { ok: false, said: firstFault(envelope.error) };
  const status = deeds.get(envelope.data.event.event_type);
  if (status === undefined) return { ok: true };
  const read = Incident.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const alert = alertOf(read.data.event, status);
  const group = alert.fingerprint;
  return { ok: true, deliveries: [{ source: "pagerduty", group, alerts: [alert], leftOut: 0 }] };
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
