/** What an incident's channel is marked with: the living message pinned, bookmarks of runbooks and dashboards (DESIGN §4). */

import type { Service } from "../catalog/catalog.ts";
import type { Effect, OutboxPayload } from "./change.ts";
import type { World } from "./ports.ts";
import { livingKey, type Shown } from "./show-incident.ts";

/** A channel's bar holds a few at a glance. */
const bookmarksMax = 8;

type Bookmark = Extract<OutboxPayload, { kind: "bookmarks" }>["links"][number];

/** Ids are made from what is marked: the same again is not sent again. */
export function pinEffect(world: World, { stored }: Shown): Effect {
  const { id, channel } = stored;
  const payload = { kind: "pin", of: livingKey(id) } as const;
  return { id: `box_${world.idOf(`pin ${id}`)}`, channel, key: `pin:${id}`, payload };
}

export function bookmarkEffects(
  world: World,
  { stored }: Shown,
  service: Service | null,
): Effect[] {
  const links = service === null ? [] : bookmarksOf(service);
  if (links.length === 0) return [];
  const { id, channel } = stored;
  const row = `box_${world.idOf(`bookmarks ${id} ${JSON.stringify(links)}`)}` as const;
  return [{ id: row, channel, key: `bookmarks:${id}`, payload: { kind: "bookmarks", links } }];
}

function bookmarksOf({ name, runbooks, dashboards }: Service): readonly Bookmark[] {
  const of = (what: string, links: readonly string[]) =>
    links.map((link, index) => ({
      title: `${what}${index === 0 ? "" : ` ${index + 1}`}: ${name}`,
      link,
    }));
  const all = [...of("Runbook", runbooks), ...of("Dashboard", dashboards)];
  return all.filter(({ link }) => URL.canParse(link)).slice(0, bookmarksMax);
}
