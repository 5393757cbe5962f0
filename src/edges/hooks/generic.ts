/** The payload of POST /hooks/generic (contracts §6): one event or an array of them, changes and alerts. */

import { z } from "zod";
import type { Alert, Delivery } from "../../alert/alert.ts";
import { severityOf } from "../../alert/severity.ts";
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

/** An incident is refused: a sender must not hear 202 for what nobody will look at. */
const kind = z
  .enum(kinds)
  .refine(
    (one) => one !== "incident",
    "incident is not taken by this version; alert, deploy, flag and config are",
  );

const Event = z.object({
  id: z.string().min(1).max(idMax),
  kind,
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
    deliveries: [...Map.groupBy(alerts, ({ group, id }) => group ?? id)].map(deliveryOf),
  };
}

function changeOf(event: Event): ChangeEvent | null {
  const { id, at, service, environment, title, before, after, ref, actor, links } = event;
  if (event.kind === "alert") return null;
  const what = { id, kind: event.kind, at, service, environment, title, before, after, ref, actor };
  const link = firstLink(...(links ?? []));
  return { source: "generic", ...what, status: event.status ?? null, link };
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
    runbook: null,
  };
}
