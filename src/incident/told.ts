/** How an incident stands where another tool, or the channel's topic, tells of it: the newest of each counts, in whatever order they arrive (DESIGN §4). */

import type { Severity, Status, UserId } from "../vocabulary.ts";
import { reopen, resolve, withStatus } from "./ending.ts";
import type { Incident } from "./incident.ts";
import type { TimelineEntry, TimelineFact } from "./timeline.ts";

/** The later ones know better who runs it. */
const tellers = ["topic", "generic", "pagerduty"] as const;
export type Teller = (typeof tellers)[number];

/** Somebody whom Slack knows, or a name that only the teller knows. */
export type ToldLead = { readonly user: UserId } | { readonly name: string };

/** What is left out was not told. */
export interface ToldState {
  readonly status?: Status;
  readonly severity?: Severity;
  readonly lead?: ToldLead;
  readonly title?: string;
}

interface Newest<T> {
  readonly value: T;
  readonly at: Date;
}

/** What was told last of each. */
export interface Told {
  readonly teller: Teller;
  /** It runs the incident; false: it is told beside what people here say. */
  readonly isOwner: boolean;
  /** Which of the teller's incidents is followed; null: the one of this channel. */
  readonly of: string | null;
  readonly status: Newest<Status> | null;
  readonly severity: Newest<Severity> | null;
  readonly lead: Newest<ToldLead> | null;
  readonly title: Newest<string> | null;
}

type ToldFact = Extract<TimelineFact, { kind: "told" }>;

/** Of several incidents of one tool that ended up here the first is followed: the end of another is not the end of this. */
export function withTold(incident: Incident, fact: ToldFact, entry: TimelineEntry): Incident {
  const { told: known } = incident;
  const isOther = known !== null && fact.of !== null && known.of !== null && known.of !== fact.of;
  if (isOther) return incident;
  const { at } = entry;
  const { status, severity, lead, title } = fact.says;
  const told: Told = {
    teller:
      tellers.findLast((each) => each === known?.teller || each === fact.teller) ?? fact.teller,
    isOwner: fact.isOwner,
    of: known?.of ?? fact.of,
    status: newest(known?.status, status, at),
    severity: newest(known?.severity, severity, at),
    lead: newest(known?.lead, lead, at),
    title: newest(known?.title, title, at),
  };
  return fact.isOwner ? asTold({ ...incident, told }, known, entry) : { ...incident, told };
}

/** Of two from the same moment the one counts that does so whichever came first. */
function newest<T>(
  known: Newest<T> | null | undefined,
  value: T | undefined,
  at: Date,
): Newest<T> | null {
  if (value === undefined) return known ?? null;
  if (known === null || known === undefined || at > known.at) return { value, at };
  if (at < known.at) return known;
  return JSON.stringify(value) > JSON.stringify(known.value) ? { value, at } : known;
}

/** An end that was taken over already is not told anew. */
function asTold(incident: Incident, known: Told | null, entry: TimelineEntry): Incident {
  const { told } = incident;
  if (told === null) return incident;
  const named = told.lead === null || told.lead === known?.lead ? {} : leadFrom(told.lead.value);
  const set = {
    ...(told.severity === null ? {} : { severity: told.severity.value }),
    ...(told.title === null ? {} : { title: told.title.value }),
    ...named,
  };
  const after = { ...incident, ...set };
  if (told.status === null || told.status === known?.status) return after;
  const ended = { actor: entry.actor, at: told.status.at };
  return told.status.value === "resolved"
    ? resolve(reopen(after), ended)
    : withStatus(after, told.status.value, ended);
}

function leadFrom(lead: ToldLead): Pick<Incident, "lead" | "leadName"> {
  return "user" in lead ? { lead: lead.user, leadName: null } : { lead: null, leadName: lead.name };
}

/** It is run elsewhere, and nobody has told how grave it is. */
export function isSeverityUnknown({ told }: Pick<Incident, "told">): boolean {
  return told?.isOwner === true && told.severity === null;
}
