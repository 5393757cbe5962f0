/** What a hook told of a group of alerts: put together with what was known, and answered where it belongs (DESIGN §4). */

import type { Alert, Delivery } from "../alert/alert.ts";
import { destinationOf } from "../alert/destination.ts";
import { foldAlerts } from "../alert/fold.ts";
import { firingSince, newGroup, type AlertGroup } from "../alert/group.ts";
import { serviceOfAlert } from "../alert/service-of.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { alertChannel, alertEffects } from "./alert-place.ts";
import { newsIn } from "./alerts-in-incident.ts";
import type { Change, ChannelRow } from "./change.ts";
import { continuedIn } from "./merge-incident.ts";
import type { World } from "./ports.ts";
import { settlePlace } from "./settle-alert-place.ts";
import { showIncident } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";

const decisionsMax = 20;

export interface AlertNews {
  readonly job: string;
  readonly delivery: Delivery;
  /** When it was told; it may have waited since. */
  readonly toldAt: Date;
}

interface Told {
  readonly job: string;
  readonly group: Pick<AlertGroup, "id" | "source">;
  readonly alerts: readonly Alert[];
  readonly catalog: Catalog;
  readonly channel: ChannelRow | null;
  readonly toldAt: Date;
}

/** Throws where others decide on alerts without an end. */
export async function handleAlerts(
  world: World,
  { job, delivery, toldAt }: AlertNews,
): Promise<void> {
  const channel = await alertChannel(world);
  const { catalog } = await world.sourcesFor(channel?.id ?? "");
  const alerts = delivery.alerts.map((alert) => ({
    ...alert,
    service: serviceOfAlert(alert, catalog),
  }));
  const { source } = delivery;
  const group = { id: world.idOf(`alert group ${source} ${delivery.group}`), source };
  for (let attempt = 0; attempt < decisionsMax; attempt += 1) {
    const change = await decide(world, { job, group, alerts, catalog, channel, toldAt });
    if ((await world.store.commit(change)) !== "stale") return;
  }
  throw new Error(`alerts were decided on ${decisionsMax} times while these were`);
}

async function decide(world: World, told: Told): Promise<Change> {
  const { workspace, store } = world;
  const { job, channel, catalog } = told;
  const now = world.now().getTime() / 1000;
  const handled = { workspace, handled: [job] };
  const desk = await store.alertDesk(workspace, [told.group.id], world.now());
  const before = desk.groups[0] ?? null;
  const known = before ?? newGroup(told.group.id, told.group.source);
  const after = { ...known, alerts: foldAlerts(known.alerts, told.alerts, now) };
  if (JSON.stringify(after.alerts) === JSON.stringify(known.alerts)) return handled;
  const shown = await incidentOf(world, known);
  if (firingSince(after) === null) {
    const written = { ...handled, alerts: { seq: desk.seq, groups: [after] } };
    return { ...written, ...cleared(world, after, shown) };
  }
  const ended = shown?.incident.state === "resolved" ? shown.incident.resolvedAt : null;
  const destination = destinationOf({
    ...desk,
    now,
    toldAt: Math.min(told.toldAt.getTime() / 1000, now),
    before,
    after,
    endedAt: ended === null ? null : ended.getTime() / 1000,
    catalog,
    declares: world.alerts.declares,
    cooldownS: world.alerts.quietMs / 1000,
    hasAlertChannel: channel !== null,
  });
  return {
    ...handled,
    ...(await settlePlace(world, { desk, before, after, shown, channel }, destination)),
  };
}

async function incidentOf(world: World, { place }: AlertGroup): Promise<Shown | null> {
  if (place?.kind !== "incident") return null;
  const stored = await continuedIn(world, place.incident);
  return stored === null ? null : showIncident(world, stored);
}

function cleared(world: World, group: AlertGroup, shown: Shown | null): Partial<Change> {
  const channel = shown?.stored.channel ?? null;
  const told = alertEffects(world, group, { channel });
  if (shown === null || shown.incident.state === "resolved") return { effects: told };
  const news = newsIn(world, shown, group);
  return { ...news, effects: [...news.effects, ...told] };
}
