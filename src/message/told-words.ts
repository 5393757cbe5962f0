/** What another tool tells of an incident: who leads it, how grave it is, and what is told beside what people here say. */

import type { Incident } from "../incident/incident.ts";
import { isSeverityUnknown, type Told, type ToldLead } from "../incident/told.ts";
import { cut, escape, person, plain } from "./escape.ts";
import type { Pen } from "./pen.ts";

const nameMax = 80;

const tellers: Readonly<Record<Told["teller"], string>> = {
  pagerduty: "PagerDuty",
  generic: "a hook",
  topic: "the channel's topic",
};

/** Who runs it, at the beginning of a sentence. */
export function ownerName(told: Told | null): string {
  return told?.isOwner === true && told.teller === "pagerduty" ? tellers.pagerduty : "Another tool";
}

/** A person of Slack's, or the name that the tool tells; null: nobody. */
export function leadOf({ lead, leadName }: Pick<Incident, "lead" | "leadName">): string | null {
  if (lead !== null) return person(lead);
  return leadName === null ? null : escape(cut(plain(leadName), nameMax));
}

/** "SEV2"; empty where it is run elsewhere and that was not told. */
export function severityWords(incident: Pick<Incident, "severity" | "told">): string {
  return isSeverityUnknown(incident) ? "" : `SEV${incident.severity}`;
}

/** "Told by PagerDuty: identified, SEV1, lead Earline (14:07)."; empty where it runs the incident, for then it is shown as that. */
export function toldWords({ told }: Incident, pen: Pen): string {
  if (told === null || told.isOwner) return "";
  const { status, severity, lead } = told;
  const words = [
    status?.value ?? "",
    severity === null ? "" : `SEV${severity.value}`,
    lead === null ? "" : `lead ${toldLead(lead.value)}`,
  ].filter((word) => word !== "");
  const times = [status, severity, lead].flatMap((each) => each?.at.getTime() ?? []);
  if (words.length === 0) return "";
  return `Told by ${tellers[told.teller]}: ${words.join(", ")} (${pen.clock(new Date(Math.max(...times)))}).`;
}

function toldLead(lead: ToldLead): string {
  return "user" in lead ? person(lead.user) : escape(cut(plain(lead.name), nameMax));
}
