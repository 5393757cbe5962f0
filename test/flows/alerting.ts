/** A fake world in which alerts are told: with a channel for them, at times that a test chooses. */

import type { Alert } from "../../src/alert/alert.ts";
import type { ChannelRow } from "../../src/flows/change.ts";
import { handleAlerts } from "../../src/flows/handle-alerts.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type { Severity } from "../../src/vocabulary.ts";
import { delivered, fired, resolved } from "../alert/some-alert.ts";
import { fakeWorld, type FakeWorld } from "./fake-world.ts";

export const alertsChannel: ChannelRow = {
  id: "CALERTS",
  name: "alerts",
  kind: "public",
  isArchived: false,
};

export interface Alerting {
  readonly fake: FakeWorld;
  /** Fires so many minutes ago. */
  readonly fire: (group: string, rest?: Partial<Alert>, minutesAgo?: number) => Promise<void>;
  /** Ends now what began so many minutes ago. */
  readonly clear: (group: string, minutesAgo: number, rest?: Partial<Alert>) => Promise<void>;
  readonly tell: (group: string, ...alerts: readonly Alert[]) => Promise<void>;
  readonly nowS: () => number;
  readonly incident: (index?: number) => ReturnType<typeof foldIncident>;
  /** Channels that were made for alerts. */
  readonly made: () => readonly ChannelRow[];
  readonly texts: (channel: string) => readonly string[];
}

export function alerting(declares: Severity | null = null, hasChannel = true): Alerting {
  const fake = fakeWorld();
  const before = new Set(fake.channels.keys());
  fake.channels.set(alertsChannel.id, alertsChannel);
  fake.members.set(alertsChannel.id, ["UANA", "UBO", "UBOT"]);
  const channel = hasChannel ? "#alerts" : null;
  fake.world = { ...fake.world, alerts: { ...fake.world.alerts, channel, declares } };
  const nowS = () => fake.world.now().getTime() / 1000;
  const tell = (group: string, ...alerts: readonly Alert[]) =>
    handleAlerts(fake.world, {
      job: fake.job(),
      delivery: delivered(group, ...alerts),
      toldAt: fake.world.now(),
    });
  return {
    fake,
    nowS,
    tell,
    fire: (group, rest = {}, minutesAgo = 0) => tell(group, fired(nowS() - minutesAgo * 60, rest)),
    clear: (group, minutesAgo, rest = {}) =>
      tell(group, resolved(nowS() - minutesAgo * 60, nowS(), rest)),
    incident: (index = 0) => foldIncident(fake.store.incidents()[index]?.entries ?? []),
    made: () =>
      [...fake.channels.values()].filter(({ id }) => !before.has(id) && id !== alertsChannel.id),
    texts: (of) => fake.messages(of).map(({ body }) => body.text),
  };
}

/** About checkout, grave enough for every channel. */
export const grave = { labels: { service: "checkout" }, severity: 2 } as const;
