/** Which files of a service a model may have read: those of its folders and of its changes, at commits that were gathered. */

import type { Service } from "../catalog/catalog.ts";
import { touches } from "../catalog/service-paths.ts";
import type { ChangeRecord } from "../evidence/input.ts";

/** The whole hash, as far as it was gathered; null: a repository's host knows commits of strangers too, such as those of forks. */
export function gatheredCommit(commit: string, changes: readonly ChangeRecord[]): string | null {
  const asked = commit.toLowerCase();
  const found = changes.flatMap(hashesOf).filter((hash) => hash.startsWith(asked));
  return found.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function hashesOf({ kind, id, title, deploys = [], before, after }: ChangeRecord): string[] {
  // Whoever writes a commit writes its title.
  const told = kind === "commit" ? [id] : [id, title, ...deploys, before ?? "", after ?? ""];
  return told.flatMap((text) => text.toLowerCase().match(/\b[0-9a-f]{7,40}\b/g) ?? []);
}

/** Whether it is the service's, or a change that was gathered touches it. */
export function isOfService(
  path: string,
  service: Service,
  changes: readonly ChangeRecord[],
): boolean {
  return touches(service, [path]) || changes.some(({ files = [] }) => files.includes(path));
}
