/** Reads the runbooks that an incident's alerts and the catalog link, each under its own deadline; one that cannot be read is a stated gap. */

import type { Service } from "../catalog/catalog.ts";
import type { IncidentAlert } from "../incident/incident.ts";
import type { Gap } from "../incident/timeline.ts";
import type { Step } from "../playbook/step.ts";
import { candidatesOf, withRunbooks } from "../runbook/candidates.ts";
import { runbookFrom } from "../runbook/runbook.ts";
import { bounded } from "./bounded-read.ts";
import type { Sources, World } from "./ports.ts";
import { servicesToRead } from "./services-to-read.ts";

/** Shorter than the sources' own, beside which they are read. */
const pageTimeoutMs = 4_000;
const alertsMax = 3;
const runbooksMax = 8;
const alertCharsMax = 60;

/** Alerts, which may link runbooks. */
interface Linking {
  readonly alerts: readonly Pick<IncidentAlert, "title" | "service" | "runbook" | "clearedAt">[];
}

interface Linked {
  readonly link: string;
  readonly service: string | null;
  /** null: the catalog names it. */
  readonly alert: string | null;
}

interface ToldRunbook extends Linked {
  readonly steps: readonly Step[];
}

export interface RunbooksRead {
  readonly told: readonly ToldRunbook[];
  readonly gaps: readonly (Gap & Pick<Linked, "service" | "alert">)[];
}

/** `named`: the service that people speak of; where none is, those of all services that are read. Never rejects. */
export async function readRunbooks(
  world: World,
  sources: Sources,
  { named, incident }: { readonly named: Service | null; readonly incident: Linking },
): Promise<RunbooksRead> {
  const services = named === null ? servicesToRead(sources, null).services : [named];
  const links = linksOf(services, incident, named).slice(0, runbooksMax);
  const readings = await Promise.all(links.map((linked) => readOne(world, sources, linked)));
  return {
    told: readings.flatMap(({ told }) => told ?? []),
    gaps: readings.flatMap(({ gaps, of }) =>
      gaps.map((gap) => ({ ...gap, service: of.service, alert: of.alert })),
    ),
  };
}

/** Those of alerts that fire first; each page once. */
function linksOf(
  services: readonly Service[],
  { alerts }: Linking,
  named: Service | null,
): readonly Linked[] {
  const firing = [...alerts].toSorted(
    (a, b) => Number(a.clearedAt !== null) - Number(b.clearedAt !== null),
  );
  const ofAlerts = firing.flatMap(({ runbook, service, title }): Linked[] =>
    runbook === undefined
      ? []
      : [{ link: runbook, service: service ?? named?.name ?? null, alert: title }],
  );
  const ofCatalog = services.flatMap(({ name, runbooks }) =>
    runbooks.map((link): Linked => ({ link, service: name, alert: null })),
  );
  const all = [...ofAlerts.slice(0, alertsMax), ...ofCatalog];
  return all.filter(({ link }, index) => all.findIndex((each) => each.link === link) === index);
}

interface ReadOne {
  readonly of: Linked;
  readonly told: ToldRunbook | null;
  readonly gaps: readonly Gap[];
}

async function readOne(world: World, { runbooks }: Sources, of: Linked): Promise<ReadOne> {
  const source =
    of.alert === null
      ? `the runbook of ${of.service}`
      : `the runbook of the alert "${of.alert.slice(0, alertCharsMax)}"`;
  if (runbooks === undefined) return { of, told: null, gaps: [] };
  const asked = { link: of.link, from: of.alert === null ? "catalog" : "alert" } as const;
  const read = async (signal: AbortSignal) => ({
    items: [await runbooks.page(asked, signal)],
    leftOut: [],
  });
  const { items, gap } = await bounded(world, { name: "Runbooks" }, read, pageTimeoutMs);
  const [found] = items;
  if (found === undefined) {
    return { of, told: null, gaps: gap === null ? [] : [{ source, reason: gap.reason }] };
  }
  const runbook = runbookFrom(found.page, of.link);
  if (!runbook.ok) return { of, told: null, gaps: [{ source, reason: runbook.said }] };
  const { service, alert } = of;
  const steps = await candidatesOf(runbook.runbook, { playbook: world.steps, service, alert });
  const old = found.old === undefined ? [] : [oldWords(found.old)];
  const gaps = [...old, ...runbook.runbook.leftOut].map((reason) => ({
    source: `all of ${source}`,
    reason,
  }));
  return { of, told: { ...of, steps }, gaps };
}

function oldWords({
  readAt,
  because,
}: {
  readonly readAt: Date;
  readonly because: string;
}): string {
  return `${because}; it stands as it was ${readAt.toISOString().slice(11, 16)} UTC`;
}

/** The playbook with the runbooks of the alerts and of the service that the incident turned out to be about. */
export function stepsWith(
  playbook: readonly Step[],
  read: RunbooksRead,
  service: string | null,
): readonly Step[] {
  return withRunbooks(
    playbook,
    meantFor(read, service).flatMap(({ steps }) => steps),
  );
}

export function meantFor({ told }: RunbooksRead, service: string | null): readonly ToldRunbook[] {
  return told.filter((runbook) => isMeant(runbook, service));
}

/** What of it was not read, and why. */
export function unreadOf({ gaps }: RunbooksRead, service: string | null): readonly Gap[] {
  return gaps
    .filter((gap) => isMeant(gap, service))
    .map(({ source, reason }) => ({ source, reason }));
}

function isMeant(of: Pick<Linked, "service" | "alert">, service: string | null): boolean {
  return of.alert !== null || of.service === service;
}
