/** The topic of an incident's channel, as tools write it: "SEV2 | investigating | checkout is slow | lead @ana". */

import type { Incident } from "../incident/incident.ts";
import { cut, escape, plain } from "./escape.ts";
import { leadOf } from "./told-words.ts";

const titleMax = 120;

/** Within Slack's 250 characters. */
export function topicText(incident: Incident): string {
  const { severity, title, mergedInto } = incident;
  const status = incident.state === "open" ? incident.status : "resolved";
  const lead = leadOf(incident);
  // A separator in a title would part it.
  const what = escape(cut(plain(title.replaceAll("|", "¦")), titleMax));
  return [
    `SEV${severity}`,
    mergedInto === null ? status : `merged into ${mergedInto.name}`,
    what,
    lead === null ? "no lead" : `lead ${lead}`,
  ].join(" | ");
}
