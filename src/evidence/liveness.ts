/** When a change went live, as far as that is known: a merge is not a deploy. */

import type { ChangeRecord, EvidenceInput } from "./input.ts";

type Liveness =
  /** `carried`: a deploy of the same service followed, which did not name the commit. */
  | { readonly state: "live"; readonly at: number; readonly proof: "own" | "deploy" | "carried" }
  | { readonly state: "unknown" | "not-live"; readonly at: number };

/** A commit merged longer before the first known deploy was most likely brought by one that nobody knows of. */
const carriedSecondsMax = 86_400;

/** A change with what other changes say of it. */
export interface PlacedChange {
  readonly change: ChangeRecord;
  readonly live: Liveness;
  /** Its own, its deploy's, or that of deployed commits beside it in the tree. */
  readonly service: string | undefined;
  readonly environment: string | undefined;
  /** Commits of the input that this deploy brought, by id; empty for others. */
  readonly brought: ReadonlySet<string>;
}

/** Every change placed, in the order given. */
export function placedChanges(
  changes: readonly ChangeRecord[],
  environment: string | null,
): PlacedChange[] {
  const deploys = changes
    .filter((change) => change.kind === "deploy" && isKnownLive(change))
    .filter((deploy) => fitsEnvironment(deploy.environment, environment))
    .toSorted((x, y) => x.at - y.at);
  const naming = namingDeploys(deploys);
  const serviceOfFolder = foldersOf(changes, naming);
  const brought = new Map<ChangeRecord, Set<string>>();
  const placed = changes.map((change): PlacedChange => {
    const named = naming.get(change.id);
    const service = change.service ?? named?.service ?? serviceBeside(change, serviceOfFolder);
    const own = { change, service, environment: change.environment ?? named?.environment };
    if (change.kind !== "commit") return { ...own, live: ownLiveness(change), brought: new Set() };
    const deploy =
      named ?? (change.live === undefined ? nextDeploy(deploys, service, change.at) : undefined);
    if (deploy === undefined) return { ...own, live: ownLiveness(change), brought: new Set() };
    brought.set(deploy, (brought.get(deploy) ?? new Set()).add(change.id));
    const proof = named === undefined ? "carried" : "deploy";
    return { ...own, live: { state: "live", at: deploy.at, proof }, brought: new Set() };
  });
  return placed.map((one) => ({ ...one, brought: brought.get(one.change) ?? one.brought }));
}

/** The incident's environment: given, else the one that most series carry, else production where changes tell it apart; null where nothing does. */
export function environmentOf(input: EvidenceInput): string | null {
  if (input.environment !== undefined) return normalEnvironment(input.environment);
  const counts = new Map<string, number>();
  for (const { labels } of input.series ?? []) {
    const label = labels?.["environment"] ?? labels?.["env"];
    if (label !== undefined)
      counts.set(normalEnvironment(label), (counts.get(normalEnvironment(label)) ?? 0) + 1);
  }
  if (counts.has("production")) return "production";
  const most = [...counts].toSorted((x, y) => y[1] - x[1])[0];
  if (most !== undefined) return most[0];
  const isTold = (input.changes ?? []).some(
    (change) => normalEnvironment(change.environment ?? "") === "production",
  );
  return isTold ? "production" : null;
}

/** False only where both are known and differ. */
export function fitsEnvironment(environment: string | undefined, wanted: string | null): boolean {
  return environment === undefined || wanted === null || normalEnvironment(environment) === wanted;
}

/** "prod" and "live" are production. */
export function normalEnvironment(environment: string): string {
  const name = environment.toLowerCase();
  return /^(?:prod|prd|production|live)$/.test(name) ? "production" : name;
}

function isKnownLive({ kind, live = kind === "commit" ? "unknown" : true }: ChangeRecord): boolean {
  return live === true;
}

function ownLiveness(change: ChangeRecord): Liveness {
  const { live, at } = change;
  if (live === false) return { state: "not-live", at };
  return isKnownLive(change) ? { state: "live", at, proof: "own" } : { state: "unknown", at };
}

/** First deploy to name each commit; a deploy may give the commit's full hash or its own version only. */
function namingDeploys(deploys: readonly ChangeRecord[]): ReadonlyMap<string, ChangeRecord> {
  const naming = new Map<string, ChangeRecord>();
  for (const deploy of deploys) {
    for (const id of deploy.deploys ?? []) if (!naming.has(id)) naming.set(id, deploy);
  }
  return naming;
}

/** One name may be that of the newest commit only; more, or an empty list, are all there is. */
function namesAll({ deploys }: ChangeRecord): boolean {
  return deploys !== undefined && deploys.length !== 1;
}

/** The deploy that brought a commit which none names. */
function nextDeploy(
  deploys: readonly ChangeRecord[],
  service: string | undefined,
  at: number,
): ChangeRecord | undefined {
  if (service === undefined) return undefined;
  const next = deploys.find((deploy) => deploy.service === service && deploy.at >= at);
  if (next === undefined || next.at - at > carriedSecondsMax) return undefined;
  return namesAll(next) ? undefined : next;
}

/** Folders that only one service's commits touch. */
function foldersOf(
  changes: readonly ChangeRecord[],
  naming: ReadonlyMap<string, ChangeRecord>,
): ReadonlyMap<string, string | null> {
  const folders = new Map<string, string | null>();
  for (const change of changes) {
    const service = change.service ?? naming.get(change.id)?.service;
    if (service === undefined) continue;
    for (const folder of new Set((change.files ?? []).map(folderOf))) {
      const known = folders.get(folder);
      folders.set(folder, known === undefined || known === service ? service : null);
    }
  }
  return folders;
}

function serviceBeside(
  change: ChangeRecord,
  serviceOfFolder: ReadonlyMap<string, string | null>,
): string | undefined {
  const found = (change.files ?? [])
    .map((file) => serviceOfFolder.get(folderOf(file)))
    .filter((service) => typeof service === "string");
  return new Set(found).size === 1 ? found[0] : undefined;
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf("/"), 0));
}
