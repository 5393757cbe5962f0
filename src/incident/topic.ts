/** A channel's topic as incident tools write it: "SEV2 | investigating | lead @ana". */

import { severityOf } from "../alert/severity.ts";
import type { Status } from "../vocabulary.ts";
import type { IncidentNews } from "./news.ts";

export type TopicNews = Pick<IncidentNews, "status" | "severity" | "lead">;

/** Words of the tools for how far an incident is; each alone between two separators. */
const statusWords: ReadonlyMap<string, Status> = new Map([
  ["triage", "investigating"],
  ["active", "investigating"],
  ["investigating", "investigating"],
  ["fixing", "identified"],
  ["identified", "identified"],
  ["mitigated", "monitoring"],
  ["monitoring", "monitoring"],
  ["resolved", "resolved"],
  ["closed", "resolved"],
]);

const named = /<@([A-Z0-9]+)\|[^>]*>/g;
const emoji = /:[a-z0-9_+-]+:/g;
const separators = /\s*(?:[|•·,;]|\s[–—-]\s)\s*/;
const label = /^(?:status|severity|priority)\s*:\s*/i;
const leadLabel = /^(?:incident\s+)?(?:lead(?:er)?|commander|ic)\b\s*:?\s*/i;

/** null: it says nothing of an incident. */
export function topicNews(topic: string): TopicNews | null {
  const parts = topic
    .replace(named, "<@$1>")
    .replace(emoji, " ")
    .split(separators)
    .map((part) => part.trim().replace(label, ""))
    .filter((part) => part !== "");
  const severity = firstOf(parts, severityOf);
  const status = firstOf(parts, (part) => statusWords.get(part.toLowerCase()) ?? null);
  const lead = firstOf(parts, leadIn);
  return severity === null && status === null && lead === null ? null : { severity, status, lead };
}

function leadIn(part: string): string | null {
  const name = part.replace(leadLabel, "");
  return name === part || name === "" ? null : name;
}

function firstOf<T>(parts: readonly string[], read: (part: string) => T | null): T | null {
  for (const part of parts) {
    const found = read(part);
    if (found !== null) return found;
  }
  return null;
}
