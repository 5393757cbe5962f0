/** The changes of a recording: the commits as git has them; deploys, settings and flags as they went live. */

import type { Bundle } from "../../src/edges/recorded/bundle.ts";
import type { Repository } from "./repository.ts";
import { services, type FlagName, type ServiceName } from "./shop.ts";

type ChangeRecord = Bundle["changes"][number];

const diffCharsMax = 6000;

/** A deploy, a commit of settings that went live with the reload that followed it, or a flag. */
export type WentLive =
  | {
      readonly kind: "deploy";
      readonly at: number;
      readonly service: ServiceName;
      readonly from: string;
      readonly to: string;
      /** The version before runs on. */
      readonly isBeside: boolean;
    }
  | {
      readonly kind: "config";
      readonly at: number;
      readonly service: ServiceName;
      readonly hash: string;
    }
  | {
      readonly kind: "flag";
      readonly at: number;
      readonly service: ServiceName;
      readonly flag: FlagName;
      readonly on: boolean;
      readonly id: string;
    };

/** Newest first. */
export async function exportChanges(
  { git }: Repository,
  wentLive: readonly WentLive[],
): Promise<ChangeRecord[]> {
  const hashes = (await git("log", "--format=%H", "main")).split("\n");
  const settings = new Map(
    wentLive.flatMap((live) => (live.kind === "config" ? [[live.hash, live] as const] : [])),
  );
  const commits = await Promise.all(
    hashes.map(async (hash): Promise<ChangeRecord> => {
      const commit = await readCommit(git, hash);
      const live = settings.get(hash);
      if (live === undefined) return commit;
      const { at, service } = live;
      return { ...commit, kind: "config", at, service, environment: "production", live: true };
    }),
  );
  const deploys = wentLive.flatMap((live) => (live.kind === "deploy" ? [deployed(git, live)] : []));
  const flags = wentLive.flatMap((live) => (live.kind === "flag" ? [flagTurned(live)] : []));
  const all = [...commits, ...(await Promise.all(deploys)), ...flags];
  return all.toSorted((a, b) => b.at - a.at);
}

async function readCommit(git: Repository["git"], hash: string): Promise<ChangeRecord> {
  const [seconds, author, title] = (await git("show", "-s", "--format=%ct%n%an%n%s", hash)).split(
    "\n",
  );
  const files = (await git("show", "--format=", "--name-only", hash)).split("\n");
  const diff = await git("show", "--format=", hash);
  const service = serviceOf(files);
  return {
    id: hash,
    kind: "commit",
    at: Number(seconds),
    ...(service === undefined ? {} : { service }),
    title: title ?? "",
    author: author ?? "",
    files,
    diff: diff.slice(0, diffCharsMax),
  };
}

/** The service that all the files belong to; undefined where there are several or none. */
function serviceOf(files: readonly string[]): ServiceName | undefined {
  return services.find((service) =>
    files.every(
      (file) => file.startsWith(`services/${service}/`) || file === `config/${service}.json`,
    ),
  );
}

async function deployed(
  git: Repository["git"],
  { at, service, from, to, isBeside }: Extract<WentLive, { kind: "deploy" }>,
): Promise<ChangeRecord> {
  const paths = [`services/${service}`, "shared"];
  const carried = await git("log", "--format=%H", `${from}..${to}`, "--", ...paths);
  const isBack = (await git("rev-list", "--count", `${from}..${to}`)) === "0";
  const [newer, older] = [to.slice(0, 7), from.slice(0, 7)];
  return {
    id: `deploy-${service}-${newer}-${Math.round(at)}`,
    kind: "deploy",
    at,
    service,
    environment: "production",
    live: true,
    title: isBack
      ? `Roll back ${service} to ${newer} (was ${older})`
      : `Deploy ${service} ${newer} (${isBeside ? "beside" : "was"} ${older})`,
    author: "deploy-bot",
    deploys: carried === "" ? [] : carried.split("\n"),
  };
}

function flagTurned({
  at,
  service,
  flag,
  on,
  id,
}: Extract<WentLive, { kind: "flag" }>): ChangeRecord {
  return {
    id,
    kind: "flag",
    at,
    service,
    environment: "production",
    live: true,
    title: `Turn ${on ? "on" : "off"} the flag ${flag}`,
    author: "flag-bot",
    diff: `-"${flag}": ${!on}\n+"${flag}": ${on}\n`,
  };
}
