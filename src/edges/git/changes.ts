/** Changes from local clones, read through the `git` program: commits on the checked-out branch, merges as one change each. */

import { onlyServiceOf } from "../../catalog/service-paths.ts";
import type { Service } from "../../catalog/catalog.ts";
import type { ChangeRecord } from "../../evidence/input.ts";
import { changesSince } from "../../flows/look-back.ts";
import type { Changes, Reading, Window } from "../../flows/ports.ts";
import { withinSignal } from "../outgoing.ts";
import { detailed } from "./detail.ts";
import { fileIn } from "./file.ts";
import { listed, type Clone } from "./list.ts";
import { gitWith, type Git, type GitEnvironment } from "./run-git.ts";

export interface GitSettings {
  /** Where the service's clone lies; null where it has none. */
  readonly folderOf: (service: Service) => string | null;
  readonly environment?: GitEnvironment | undefined;
}

export interface CheckedChanges extends Changes {
  /** One line for `doctor`: what answers, or why nothing does. */
  check(signal: AbortSignal): Promise<{ ok: boolean; said: string }>;
  /** The same of the service's repository; null where it has none that this source would read. */
  checkRepository(
    service: Service,
    signal: AbortSignal,
  ): Promise<{ ok: boolean; said: string } | null>;
}

const foldersMax = 10;

export function changesOnGit(settings: GitSettings): CheckedChanges {
  const git = gitWith(settings.environment ?? {});
  return {
    name: "git",
    recent: (services, window, signal) =>
      withinSignal(signal, recent({ git, signal }, clonesOf(services, settings), window)),
    file: async ({ service, ...at }, signal) => {
      const folder = settings.folderOf(service);
      if (folder === null) return null;
      return withinSignal(signal, fileIn({ git, folder, signal }, at));
    },
    check: async (signal) => {
      const answer = await git({ folder: ".", args: ["version"], bytesMax: 1_000, signal });
      return answer.ok ? { ok: true, said: answer.out.trim() } : { ok: false, said: answer.said };
    },
    checkRepository: async (service, signal) => {
      const folder = settings.folderOf(service);
      if (folder === null) return null;
      const args = ["rev-parse", "--git-dir"];
      const answer = await git({ folder, args, bytesMax: 10_000, signal });
      return answer.ok
        ? { ok: true, said: `a clone in ${folder}` }
        : { ok: false, said: answer.said };
    },
  };
}

function clonesOf(services: readonly Service[], settings: GitSettings): Map<string, Service[]> {
  const clones = Map.groupBy(services, (service) => settings.folderOf(service) ?? "");
  clones.delete("");
  return clones;
}

/** Rejects only where no clone at all could be read. */
async function recent(
  run: { git: Git; signal: AbortSignal },
  clones: ReadonlyMap<string, readonly Service[]>,
  window: Window,
): Promise<Reading<ChangeRecord>> {
  const kept = [...clones].slice(0, foldersMax);
  const span = { from: changesSince(window), to: window.to };
  const read = await Promise.all(
    kept.map(([folder, services]) => readClone({ ...run, folder }, services, span)),
  );
  const failures = read.flatMap((one) => ("failure" in one ? [one.failure] : []));
  const [reason] = failures;
  if (reason !== undefined && failures.length === kept.length) throw new Error(reason);
  const readings = read.flatMap((one) => ("items" in one ? [one] : []));
  const over = clones.size - foldersMax;
  return {
    items: readings.flatMap(({ items }) => items).toSorted((a, b) => b.at - a.at),
    leftOut: [
      ...(over > 0 ? [`${over} of ${clones.size} clones: the limit is ${foldersMax}`] : []),
      ...failures,
      ...readings.flatMap(({ leftOut }) => leftOut),
    ],
    whole: new Map(
      kept.flatMap(([, services], place) =>
        read[place] !== undefined && "items" in read[place]
          ? services.map(({ name }) => [name, ["commit"]] as const)
          : [],
      ),
    ),
  };
}

async function readClone(
  clone: Clone,
  services: readonly Service[],
  span: { from: Date; to: Date },
): Promise<Reading<ChangeRecord> | { failure: string }> {
  const isWhole = services.some(({ paths }) => paths.length === 0);
  const paths = isWhole ? [] : services.flatMap((service) => service.paths);
  const list = await listed(clone, paths, span);
  if ("failure" in list) return list;
  const details = await detailed(clone, list.commits);
  return {
    items: details.commits.map(({ commit, files, diff }): ChangeRecord => {
      const [only] = services.length === 1 ? services : [];
      const service = only?.name ?? onlyServiceOf(services, files);
      return {
        id: commit.id,
        kind: "commit",
        at: commit.at,
        title: commit.title,
        author: commit.author,
        ...(service === undefined ? {} : { service }),
        files,
        ...(diff === undefined ? {} : { diff }),
      };
    }),
    leftOut: [...list.leftOut, ...details.leftOut],
  };
}
