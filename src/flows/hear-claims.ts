/** Bare claims in an incident's channel, "it's not the db": kept with who and when, shown beside what they speak of; nothing is posted. */

import type { Catalog } from "../catalog/catalog.ts";
import type { Incident } from "../incident/incident.ts";
import { claimsIn, mayClaim } from "../suggestion/claim.ts";
import type { NewEntry } from "./change.ts";
import type { Heard } from "./hear-message.ts";
import { isRecent } from "./hear-message.ts";
import { uncountedBecause } from "./not-counted.ts";
import type { World } from "./ports.ts";
import { about, settle } from "./settle.ts";
import { changedEffects } from "./changed-effects.ts";
import { withEntries } from "./show-incident.ts";

/** Nothing is asked, read or written for a message that claims nothing. */
export async function hearClaims(world: World, heard: Heard): Promise<void> {
  const { workspace, store } = world;
  const { job, channel, ts, user, text } = heard;
  if (user === world.botUser || !mayClaim(text)) return;
  const stored = await store.latestIncidentIn(workspace, channel);
  if (stored === null || !isRecent(world, stored)) return;
  if ((await uncountedBecause(world, channel, user)) !== null) return;
  const { catalog } = await world.sourcesFor(channel);
  await settle(world, stored.id, (shown) => {
    if (shown.incident.state !== "open") return null;
    const at = new Date(Number(ts) * 1_000);
    const entries = claimsIn(text, othersNamed(catalog, shown.incident)).map((what): NewEntry => ({
      actor: user,
      source: "slack",
      at,
      messageTs: ts,
      fact: { kind: "claimed-away", about: what, by: user },
    }));
    if (entries.length === 0) return null;
    const effects = changedEffects(world, shown, withEntries(shown, entries));
    const handled = [`${job} claims`, `claims:${channel}:${ts}`];
    return { workspace, handled, about: about(shown), entries, effects };
  });
}

/** Every service that is known by name, but the incident's own: how that one is, the readings tell. */
export function othersNamed({ services }: Catalog, { evidence }: Incident): string[] {
  const read = evidence?.diagnosis.metrics ?? [];
  const names = [
    ...services.flatMap(({ name, dependsOn }) => [name, ...dependsOn]),
    ...read.flatMap(({ service, callee }) => [service, ...(callee === null ? [] : [callee])]),
  ];
  return [...new Set(names)].filter((name) => name !== evidence?.service);
}
