/** LaunchDarkly's webhook: an entry of its audit log; what it does to a flag in an environment is a change. */

import { z } from "zod";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import { firstFault, idMax, idOf, told, type Parsed } from "./parsed.ts";

const Version = z
  .object({ environments: z.record(z.string(), z.object({ on: z.boolean().optional() })) })
  .partial()
  .nullish()
  .catch(null);

const Entry = z.object({
  _id: z.string().min(1).max(idMax),
  /** Unix milliseconds. */
  date: z.number().min(0).max(8.64e15),
  kind: z.string(),
  accesses: z.array(z.object({ action: z.string(), resource: z.string() })).default([]),
  titleVerb: told,
  previousVersion: Version,
  currentVersion: Version,
  member: z.object({ email: told }).nullish().catch(null),
});
type Entry = z.output<typeof Entry>;

/** These reach every environment; what else names none (a new name, a tag) changes nothing that runs. */
const everywhere = new Set(["deleteFlag", "updateGlobalArchived", "updateFlagVariations"]);

/** No events for what is no flag, and for what changes nothing that runs. */
export function parseLaunchDarkly(payload: unknown): Parsed {
  const read = Entry.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  if (read.data.kind !== "flag") return { ok: true, events: [] };
  return { ok: true, events: eventsOf(read.data) };
}

/** One for each environment that the entry touched. */
function eventsOf(entry: Entry): ChangeEvent[] {
  const touched = new Map<string, { flag: string; environment: string; actions: string[] }>();
  for (const { action, resource } of entry.accesses) {
    const [, environment = "", flag = ""] =
      /:env\/([^:;]+)[^:]*:flag\/([^:;]+)/.exec(resource) ?? [];
    if (flag === "" || (environment === "*" && !everywhere.has(action))) continue;
    const key = `${environment}:${flag}`;
    const known = touched.get(key) ?? { flag, environment, actions: [] };
    touched.set(key, { ...known, actions: [...known.actions, action] });
  }
  return [...touched].map(([key, { flag, environment, actions }]) => ({
    source: "launchdarkly",
    id: idOf([entry._id, key]),
    status: null,
    at: new Date(entry.date),
    kind: "flag",
    service: null,
    environment: environment === "*" ? null : environment,
    ...toggled(entry, environment, actions, flag),
    ref: flag,
    link: null,
    actor: entry.member?.email ?? null,
  }));
}

function toggled(entry: Entry, environment: string, actions: readonly string[], flag: string) {
  const was = entry.previousVersion?.environments?.[environment]?.on;
  const is = entry.currentVersion?.environments?.[environment]?.on;
  if (was !== undefined && is !== undefined && was !== is) {
    return { title: flag, before: onOff(was), after: onOff(is) };
  }
  const verb = /^turned (on|off)\b/.exec(entry.titleVerb ?? "")?.[1];
  if (actions.includes("updateOn") && verb !== undefined) {
    return { title: flag, before: onOff(verb === "off"), after: verb };
  }
  return { title: `${flag}: ${actions.map(inWords).join(", ")}`, before: null, after: null };
}

function onOff(isOn: boolean): "on" | "off" {
  return isOn ? "on" : "off";
}

/** "updateFallthrough" → "update fallthrough" */
function inWords(action: string): string {
  return action.replace(/([A-Z])/g, " $1").toLowerCase();
}
