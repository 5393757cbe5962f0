/** What was gathered of an incident and may be named: each item with its id, its numbers, its times and its words. */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { EvidenceInput, Series, SourcedSeries } from "../evidence/input.ts";
import { placedChanges } from "../evidence/liveness.ts";
import { changeItems } from "./change-items.ts";
import type { Item } from "./item.ts";
import {
  examinedItem,
  logItem,
  metricItem,
  scopeItems,
  scopeText,
  textItem,
  type KnownText,
} from "./items.ts";
import { quantitiesOfText } from "./quantities.ts";

export interface Gathered {
  readonly diagnosis: Diagnosis;
  readonly input: Omit<EvidenceInput, "series"> & {
    readonly series?: readonly (Series | SourcedSeries)[];
  };
  /** Names of the catalog. */
  readonly services: readonly string[];
  readonly texts: readonly KnownText[];
  /** Where links may lead, and which addresses were gathered. */
  readonly hosts: readonly string[];
  readonly urls: readonly string[];
}

export interface Known {
  readonly items: ReadonlyMap<string, Item>;
  readonly services: readonly string[];
  readonly hosts: readonly string[];
  readonly urls: ReadonlySet<string>;
  /** The suspects that lead: the first service, and the first change where it is likelier than none. */
  readonly suspects: readonly string[];
}

export function knownOf(gathered: Gathered): Known {
  const { diagnosis, input, texts } = gathered;
  const placed = placedChanges(input.changes ?? [], null);
  const all = [
    ...diagnosis.metrics.map((metric, at) => metricItem(metric, at, input.series ?? [])),
    ...changeItems(placed, diagnosis),
    ...diagnosis.logs.map((log, at) => logItem(log, at, diagnosis.onset)),
    ...scopeItems(diagnosis),
    ...diagnosis.examined.map(examinedItem),
    ...texts.map(textItem),
  ];
  const services = new Set([
    ...gathered.services,
    ...diagnosis.services.map(({ service }) => service),
    ...(input.series ?? []).flatMap(({ service, callee }) => [
      service,
      ...(callee === undefined ? [] : [callee]),
    ]),
    ...placed.flatMap(({ service }) => service ?? []),
    ...diagnosis.logs.map(({ service }) => service),
  ]);
  return {
    items: new Map(all.map((item) => [item.id, withFindings(item, diagnosis)])),
    services: [...services].toSorted((a, b) => b.length - a.length),
    hosts: gathered.hosts,
    urls: new Set([...gathered.urls, ...texts.flatMap(({ url }) => url ?? [])]),
    suspects: suspectsIn(diagnosis),
  };
}

/** A finding is shown with what it cites, and so may be repeated of it. */
function withFindings(item: Item, { findings, scope }: Diagnosis): Item {
  const told = findings.flatMap(({ text, cites }) =>
    cites.some((cite) => cite === item.id) ? [text.replace(item.text, "")] : [],
  );
  const isOfScope = Object.values(scope?.labels ?? {}).some((value) => item.slices.includes(value));
  const reach = scope !== null && isOfScope ? [scopeText(scope)] : [];
  const said = [...told.filter((text) => !repeats(item, text)), ...reach].join(" ").trim();
  if (said === "") return item;
  return {
    ...item,
    said,
    backing: `${item.backing} ${said}`,
    quantities: [...item.quantities, ...quantitiesOfText(said)],
  };
}

/** The same numbers in the same words would lose what was before and what after. */
function repeats({ kind }: Item, text: string): boolean {
  return text.trim() === "" || (kind !== "metric" && !text.startsWith("none of"));
}

function suspectsIn({ services, changes, noChange, confidence }: Diagnosis): string[] {
  if (confidence === "none") return [];
  const [service] = services;
  const [change] = changes;
  return [
    ...(service === undefined ? [] : [service.service]),
    ...(change === undefined || change.p < noChange ? [] : [change.id]),
  ];
}

/** By its whole id, or by the beginning of a commit's where only one begins so. */
export function itemOf(cite: string, { items }: Known): Item | undefined {
  const whole = items.get(cite);
  if (whole !== undefined || !/^change:[0-9a-f]{7,}$/.test(cite)) return whole;
  const [first, ...others] = [...items.values()].filter(({ id }) => id.startsWith(cite));
  return others.length === 0 ? first : undefined;
}
