/** Unleash's webhook: one of its events, as it is sent where no body template is set. */

import { z } from "zod";
import { firstFault, idMax, time, told, type Parsed } from "./parsed.ts";

const Event = z.object({
  id: z.union([z.number(), z.string().min(1).max(idMax)]),
  type: z.string(),
  createdAt: time,
  createdBy: told,
  featureName: told,
  environment: told,
});

/** What changes how a flag is decided, in words; the rest of Unleash's events (names, tags, requests) changes nothing that runs. */
const deeds: ReadonlyMap<string, string> = new Map([
  ["feature-strategy-add", "strategy added"],
  ["feature-strategy-update", "strategy changed"],
  ["feature-strategy-remove", "strategy removed"],
  ["feature-variants-updated", "variants changed"],
  ["feature-environment-variants-updated", "variants changed"],
  ["feature-archived", "archived"],
  ["feature-revived", "revived"],
]);

export function parseUnleash(payload: unknown): Parsed {
  const read = Event.safeParse(payload);
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const { id, type, createdAt, createdBy, featureName: flag, environment } = read.data;
  const toggle = /^feature-environment-(enabled|disabled)$/.exec(type)?.[1];
  const deed = deeds.get(type);
  if (flag === null || (toggle === undefined && deed === undefined))
    return { ok: true, events: [] };
  const isOn = toggle === "enabled";
  const change =
    toggle === undefined
      ? { title: `${flag}: ${deed}`, before: null, after: null }
      : { title: flag, before: isOn ? "off" : "on", after: isOn ? "on" : "off" };
  const what = {
    source: "unleash",
    id: String(id),
    status: null,
    at: createdAt,
    kind: "flag",
  } as const;
  const where = { service: null, environment, ref: flag, link: null, actor: createdBy };
  return { ok: true, events: [{ ...what, ...change, ...where }] };
}
