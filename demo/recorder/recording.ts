/** One recording from the first process to the bundle: normal, fault, recovery. */

import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import type { Bundle } from "../../src/edges/recorded/bundle.ts";
import { exportBundle } from "./export.ts";
import type { WentLive } from "./changes.ts";
import type { EditName } from "./edits.ts";
import { jonas } from "./history.ts";
import { startPrometheus, type Prometheus } from "./prometheus.ts";
import { createRepository, type Repository } from "./repository.ts";
import type { Deed, Scenario } from "./scenarios.ts";
import { portsFrom, startShop, type ServiceName, type Shop } from "./shop.ts";

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

interface Stage {
  readonly repository: Repository;
  readonly shop: Shop;
  readonly prometheus: Prometheus;
  readonly commits: Map<EditName, string>;
  readonly wentLive: WentLive[];
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
      const stage = { repository, shop, prometheus, commits: new Map(), wentLive: [] };
      const moments = await play(scenario, lengths, stage, say);
      return await exportBundle(scenario, { ...place, ...stage, moments });
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
  stage: Stage,
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

/** Does the deed; gives the Unix second from which it had its effect. */
async function perform(deed: Deed, stage: Stage): Promise<number> {
  const { repository, shop, commits } = stage;
  switch (deed.kind) {
    case "commit":
      commits.set(deed.edit, await repository.commit(deed.edit));
      return now();
    case "configure": {
      const hash = await repository.commit(deed.edit);
      commits.set(deed.edit, hash);
      return reloaded(stage, deed.service, hash);
    }
    case "revert": {
      const hash = await repository.revert(known(commits, deed.edit), jonas);
      return reloaded(stage, deed.service, hash);
    }
    case "deploy":
      return deployed(stage, deed.service, await repository.git("rev-parse", "HEAD"));
    case "roll-back": {
      const last = stage.wentLive.findLast(({ service }) => service === deed.service);
      if (last?.kind !== "deploy") throw new Error(`${deed.service} was not deployed`);
      return deployed(stage, deed.service, last.from);
    }
    case "make-provider-ill":
      await shop.makeProviderIll();
      return now();
  }
}

function reloaded({ shop, wentLive }: Stage, service: ServiceName, hash: string): number {
  shop.reload(service);
  const at = now();
  wentLive.push({ kind: "config", at: Math.round(at), service, hash });
  return at;
}

async function deployed(stage: Stage, service: ServiceName, to: string): Promise<number> {
  const from = stage.shop.runningHash(service);
  const at = (await stage.shop.deploy(service, to)).getTime() / 1000;
  stage.wentLive.push({ kind: "deploy", at: Math.round(at), service, from, to });
  return at;
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

function known(commits: ReadonlyMap<EditName, string>, edit: EditName): string {
  const hash = commits.get(edit);
  if (hash === undefined) throw new Error(`${edit} was not committed`);
  return hash;
}

function told(deed: Deed): string {
  switch (deed.kind) {
    case "commit":
      return `commit ${deed.edit}`;
    case "deploy":
    case "roll-back":
      return `${deed.kind} ${deed.service}`;
    case "configure":
    case "revert":
      return `${deed.kind} ${deed.service}: ${deed.edit}`;
    case "make-provider-ill":
      return "the provider falls ill";
  }
}

async function until(unixSeconds: number): Promise<void> {
  await delay(Math.max(0, unixSeconds - now()) * 1000);
}

function now(): number {
  return Date.now() / 1000;
}
