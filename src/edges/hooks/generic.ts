/** The payload of POST /hooks/generic (contracts §6): one event or an array of them. */

import { z } from "zod";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import { firstFault, idMax, time, told, type Parsed } from "./parsed.ts";

/** A sender with more sends several requests; one insert stays within the time that an answer has. */
const eventsMax = 1_000;
const linkMax = 2_000;

const kinds = ["deploy", "flag", "config", "alert", "incident"] as const;
const statuses = ["firing", "resolved", "investigating", "identified", "monitoring"] as const;

/** An alert or an incident is refused: a sender must not hear 202 for what nobody will look at. */
const kind = z
  .enum(kinds)
  .refine(
    (one) => one !== "alert" && one !== "incident",
    "alert and incident are not taken by this version; deploy, flag and config are",
  )
  .transform((one) => (one === "flag" || one === "config" ? one : "deploy"));

const Event = z.object({
  id: z.string().min(1).max(idMax),
  kind,
  at: time,
  status: z.enum(statuses).nullish(),
  service: told,
  environment: told,
  title: told,
  before: told,
  after: told,
  ref: told,
  actor: told,
  links: z.array(z.string().max(linkMax)).nullish(),
});

const Payload = z.array(Event).max(eventsMax);

export function parseGeneric(payload: unknown): Parsed {
  const read = Array.isArray(payload) ? Payload.safeParse(payload) : Event.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  return { ok: true, events: [read.data].flat().map(eventOf) };
}

function eventOf({ status, links, ...rest }: z.output<typeof Event>): ChangeEvent {
  const link = links?.find((each) => /^https?:\/\//i.test(each) && URL.canParse(each)) ?? null;
  return { source: "generic", ...rest, status: status ?? null, link };
}
