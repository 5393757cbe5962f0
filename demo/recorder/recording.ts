/** One recording from the first process to the bundle: normal, fault, recovery. */

import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import type { Bundle } from "../../src/edges/recorded/bundle.ts";
import { exportBundle } from "./export.ts";
import { told } from "./deed.ts";
import { perform, type Stage } from "./perform.ts";
import { startPrometheus, type Prometheus } from "./prometheus.ts";
import { createRepository } from "./repository.ts";
import type { Scenario } from "./scenario.ts";
import { portsFrom, startShop } from "./shop.ts";

export interface Lengths {
  readonly normalSeconds: number;
  readonly faultSeconds: number;
  readonly recoverySeconds: number;
}

/** Load before the recording begins, so that the first rates have their window. */
const warmUpSeconds = 45;

export interface Moments {
  readonly start: number;
  readonly onset: number;
  readonly alert: { readonly text: string; readonly firedAt: number };
  readonly mendedAt: number;
  readonly end: number;
}

/** Runs the scenario in `folder`, on ports from `firstPort` on; `say` is told what happens. */
export async function record(
  scenario: Scenario,
  lengths: Lengths,
  place: { readonly folder: string; readonly firstPort: number },
  say: (text: string) => void,
): Promise<Bundle> {
  const ports = portsFrom(place.firstPort);
  const repository = await createRepository(join(place.folder, "repo"), new Date());
  const shop = await startShop(place.folder, repository, ports);
  try {
    const prometheus = await startPrometheus(place.folder, ports);
    try {
      shop.startLoad();
      const stage = { repository, shop, changeIds: new Map(), wentLive: [] };
      const moments = await play(scenario, lengths, { ...stage, prometheus }, say);
      return await exportBundle(scenario, { ...place, ...stage, prometheus, moments });
    } finally {
      await prometheus.stop();
    }
  } finally {
    await shop.stop();
  }
}

async function play(
  scenario: Scenario,
  lengths: Lengths,
  stage: Stage & { readonly prometheus: Prometheus },
  say: (text: string) => void,
): Promise<Moments> {
  await delay(warmUpSeconds * 1000);
  const start = Math.round(now());
  for (const { at, deed } of scenario.normal) {
    await until(start + at * lengths.normalSeconds);
    say(told(deed));
    await perform(deed, stage);
  }
  await until(start + lengths.normalSeconds);
  say(`fault: ${told(scenario.fault)}`);
  const onset = await perform(scenario.fault, stage);
  const alert = await firstAlert(
    stage.prometheus,
    scenario.alert.rule,
    onset + lengths.faultSeconds,
  );
  say(`alert after ${Math.round(alert.firedAt - onset)} s: ${alert.text}`);
  await until(onset + lengths.faultSeconds);
  say(`mend: ${told(scenario.mend)}`);
  const mendedAt = await perform(scenario.mend, stage);
  await until(mendedAt + lengths.recoverySeconds);
  return { start, onset, alert, mendedAt, end: Math.round(now()) };
}

/** Throws when the alert does not fire before the Unix second `latest`: then there is nothing to record. */
async function firstAlert(
  prometheus: Prometheus,
  rule: string,
  latest: number,
): Promise<Moments["alert"]> {
  while (now() < latest) {
    const alert = (await prometheus.firing()).find((firing) => firing.rule === rule);
    if (alert !== undefined) return { text: alert.text, firedAt: Math.round(now()) };
    await delay(1000);
  }
  throw new Error(`${rule} did not fire`);
}

async function until(unixSeconds: number): Promise<void> {
  await delay(Math.max(0, unixSeconds - now()) * 1000);
}

function now(): number {
  return Date.now() / 1000;
}
