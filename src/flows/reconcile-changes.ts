/** Several sources may tell of one change: what each knows is put together, the earlier source first. No effects. */

import type { ChangeRecord } from "../evidence/input.ts";

/** Fewer digits of a commit's hash name too many commits. */
const shortHashMin = 7;

/**
 * `bySource` in the order in which they are believed about when something went live (DESIGN §5): hooks, GitHub's
 * deployments, version labels. A deploy that names the commit of an earlier source's deploy is that deploy.
 */
export function reconciled(bySource: readonly (readonly ChangeRecord[])[]): ChangeRecord[] {
  const all = withoutRepeats(bySource.flat());
  const commits = all.filter(({ kind }) => kind === "commit");
  const kept: ChangeRecord[] = [];
  for (const change of all.map((each) => withWholeHashes(each, commits))) {
    const same = kept.findIndex((earlier) => isSameDeploy(earlier, change));
    const known = kept[same];
    if (known === undefined) kept.push(change);
    else kept[same] = joined(known, change);
  }
  return kept;
}

/** The one that knows more of it stays. */
function withoutRepeats(changes: readonly ChangeRecord[]): ChangeRecord[] {
  const byId = new Map<string, ChangeRecord>();
  for (const change of changes) {
    const known = byId.get(`${change.kind}:${change.id}`);
    if (known === undefined || (known.diff ?? "").length < (change.diff ?? "").length) {
      byId.set(`${change.kind}:${change.id}`, change);
    }
  }
  return [...byId.values()];
}

/** A pipeline may tell the short hash: the one commit that it begins is meant, and its service where none is told. */
function withWholeHashes(change: ChangeRecord, commits: readonly ChangeRecord[]): ChangeRecord {
  if (change.deploys === undefined) return change;
  const named = change.deploys.map((hash) => {
    const prefix = hash.toLowerCase();
    const meant = commits.filter(({ id }) => id === hash || id.startsWith(prefix));
    return hash.length >= shortHashMin && meant.length === 1 ? meant[0] : undefined;
  });
  const deploys = change.deploys.map((hash, at) => named[at]?.id ?? hash);
  const services = new Set(named.flatMap((commit) => commit?.service ?? []));
  const [only] = services.size === 1 ? services : [];
  const service = change.service ?? only;
  return { ...change, deploys, ...(service === undefined ? {} : { service }) };
}

/** Only what ran: a rollout that failed is told apart from the one that did not. */
function isSameDeploy(earlier: ChangeRecord, later: ChangeRecord): boolean {
  if (earlier.kind !== "deploy" || later.kind !== "deploy") return false;
  if (sourceOf(earlier) === sourceOf(later) || earlier.live === false) return false;
  return (
    agrees(earlier.service, later.service) &&
    agrees(earlier.environment, later.environment) &&
    (later.deploys ?? []).some((hash) => earlier.deploys?.includes(hash) === true)
  );
}

function agrees(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one.toLowerCase() === other.toLowerCase();
}

/** Two deploys of one source are two deploys. */
function sourceOf({ id }: ChangeRecord): string {
  return id.split("-", 1)[0] ?? "";
}

/** When, where and whether are the earlier source's, unless only the later one knows; what was carried, both know. */
function joined(earlier: ChangeRecord, later: ChangeRecord): ChangeRecord {
  const deploys = [...new Set([...(earlier.deploys ?? []), ...(later.deploys ?? [])])];
  const { live, at, ...rest } = later;
  const isTold = earlier.live === "unknown" && live !== "unknown";
  return { ...rest, ...earlier, deploys, ...(isTold ? { live: live ?? true, at } : {}) };
}
