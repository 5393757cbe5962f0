/** Of which services the changes were read, and of which not: "no change" is said of the former alone. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import type { ChangeKind, ChangeRecord } from "../evidence/input.ts";
import { environmentOf } from "../evidence/liveness.ts";
import type { Gap } from "../incident/timeline.ts";
import type { ChangesView } from "../message/answers-changes.ts";
import type { Gathered } from "./gather-evidence.ts";
import { lookBackHours } from "./look-back.ts";
import type { Changes, Reading, World } from "./ports.ts";

const namesMax = 3;

/** By service, what one source or another read without a gap. */
type WholeKinds = ReadonlyMap<string, ReadonlySet<ChangeKind>>;

export interface ChangesRead {
  readonly whole: WholeKinds;
  /** Names of the sources that read any of what was asked about, or gave changes. */
  readonly from: readonly string[];
  readonly gaps: readonly Gap[];
}

/** What the readings, one a source and in its order, say of the services that were asked about. */
export function changesRead(
  sources: readonly Pick<Changes, "name">[],
  readings: readonly (Reading<ChangeRecord> & { readonly gap: Gap | null })[],
  asked: readonly Service[],
): ChangesRead {
  const whole = wholeKinds(readings);
  // Where a source is silent its own gap says why a repository was not read.
  const isSilent = readings.some(({ gap }) => gap !== null);
  const unread = isSilent ? asked.filter(({ repo }) => repo === undefined) : asked;
  return {
    whole,
    from: sources.flatMap(({ name }, place) => {
      const { items = [], whole: own } = readings[place] ?? {};
      return items.length > 0 || asked.some((each) => own?.has(each.name)) ? [name] : [];
    }),
    gaps: sources.length === 0 ? [] : unreadable(unread, whole),
  };
}

function wholeKinds(readings: readonly Reading<ChangeRecord>[]): WholeKinds {
  const whole = new Map<string, ReadonlySet<ChangeKind>>();
  for (const [name, kinds] of readings.flatMap((reading) => [...(reading.whole ?? [])])) {
    whole.set(name, new Set([...(whole.get(name) ?? []), ...kinds]));
  }
  return whole;
}

/** What is told of the changes that were gathered; `service`: null where all were asked about. */
export function changesView(
  world: Pick<World, "linkHosts">,
  { input, told }: Pick<Gathered, "input" | "told">,
  about: { catalog: Catalog; service: Service | null; onset: Date | null },
): ChangesView {
  const { catalog, service, onset } = about;
  return {
    service: service?.name ?? null,
    hours: lookBackHours,
    onset,
    changes: input.changes ?? [],
    environment: environmentOf(input),
    kinds: kindsOfAll(told.whole, service === null ? catalog.services : [service]),
    sources: told.from,
    links: { hosts: world.linkHosts, page: null, cite: () => null },
  };
}

/** The kinds that were read of every one of these services. */
function kindsOfAll(whole: WholeKinds, services: readonly Service[]): readonly ChangeKind[] {
  const [first, ...rest] = services.map(({ name }) => whole.get(name) ?? new Set<ChangeKind>());
  return [...(first ?? [])].filter((kind) => rest.every((kinds) => kinds.has(kind)));
}

/** Services without a repository, which no source of changes can be asked about, and those whose repository none read. */
function unreadable(services: readonly Service[], whole: WholeKinds): Gap[] {
  const unread = services.filter(({ name }) => !whole.has(name));
  return [
    ...gapOf(
      unread.filter(({ repo }) => repo === undefined),
      "no repository in the catalog",
    ),
    ...gapOf(
      unread.filter(({ repo }) => repo !== undefined),
      "no source read the repository",
    ),
  ];
}

function gapOf(services: readonly Service[], reason: string): Gap[] {
  const names = services.map(({ name }) => name);
  if (names.length === 0) return [];
  const rest = names.length - namesMax;
  const told = `${names.slice(0, namesMax).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  return [{ source: `changes of ${told}`, reason }];
}
