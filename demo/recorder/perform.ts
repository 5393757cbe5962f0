/** Does to the running shop what a scenario says, and keeps what went live by it. */

import type { WentLive } from "./changes.ts";
import type { Deed } from "./deed.ts";
import type { EditName } from "./edits.ts";
import { jonas } from "./history.ts";
import type { Repository } from "./repository.ts";
import type { FlagName, ServiceName, Shop } from "./shop.ts";

export interface Stage {
  readonly repository: Repository;
  readonly shop: Shop;
  /** The commit of each edit, and the first change of each flag. */
  readonly changeIds: Map<EditName | FlagName, string>;
  readonly wentLive: WentLive[];
}

/** Gives the Unix second from which the deed had its effect. */
export async function perform(deed: Deed, stage: Stage): Promise<number> {
  const { repository, shop } = stage;
  switch (deed.kind) {
    case "commit":
      await committed(stage, deed.edit);
      return now();
    case "configure":
      return reloaded(stage, deed.service, await committed(stage, deed.edit));
    case "revert": {
      const hash = await repository.revert(known(stage, deed.edit), jonas);
      return reloaded(stage, deed.service, hash);
    }
    case "deploy":
    case "deploy-beside":
      return deployed(stage, deed, await repository.git("rev-parse", "HEAD"));
    case "roll-back": {
      const last = stage.wentLive.findLast(({ service }) => service === deed.service);
      if (last?.kind !== "deploy") throw new Error(`${deed.service} was not deployed`);
      return deployed(stage, deed, last.from);
    }
    case "scale-out":
      return seconds(await shop.add(deed.service, shop.runningHash(deed.service)));
    case "set-flag":
      return flagSet(stage, deed);
    case "make-provider-ill":
      await shop.makeProviderIll();
      return now();
    case "surge":
      shop.surge();
      return now();
  }
}

async function committed({ repository, changeIds }: Stage, edit: EditName): Promise<string> {
  const hash = await repository.commit(edit);
  changeIds.set(edit, hash);
  return hash;
}

function reloaded({ shop, wentLive }: Stage, service: ServiceName, hash: string): number {
  shop.reload(service);
  const at = now();
  wentLive.push({ kind: "config", at: Math.round(at), service, hash });
  return at;
}

async function deployed(
  { shop, wentLive }: Stage,
  { kind, service }: { readonly kind: Deed["kind"]; readonly service: ServiceName },
  to: string,
): Promise<number> {
  const from = shop.runningHash(service);
  const isBeside = kind === "deploy-beside";
  const at = seconds(await (isBeside ? shop.add(service, to) : shop.deploy(service, to)));
  wentLive.push({ kind: "deploy", at: Math.round(at), service, from, to, isBeside });
  return at;
}

async function flagSet(
  { shop, wentLive, changeIds }: Stage,
  { flag, on, service }: Extract<Deed, { kind: "set-flag" }>,
): Promise<number> {
  await shop.setFlag(flag, on);
  const at = now();
  const turns = wentLive.filter((live) => live.kind === "flag" && live.flag === flag).length;
  const id = turns === 0 ? flag : `${flag}-${turns + 1}`;
  if (turns === 0) changeIds.set(flag, id);
  wentLive.push({ kind: "flag", at: Math.round(at), service, flag, on, id });
  return at;
}

function known({ changeIds }: Stage, edit: EditName): string {
  const hash = changeIds.get(edit);
  if (hash === undefined) throw new Error(`${edit} was not committed`);
  return hash;
}

function seconds(date: Date): number {
  return date.getTime() / 1000;
}

function now(): number {
  return Date.now() / 1000;
}
