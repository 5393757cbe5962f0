/** What is read and said where no incident is open; nothing of it is recorded. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import type { Gap } from "../incident/timeline.ts";
import { nothingShifted, outsideIncident, sourcesSilent } from "../message/answers.ts";
import type { NothingView, Offer } from "../message/answers.ts";
import { parseAsk } from "../message/ask.ts";
import type { MessageBody } from "../message/body.ts";
import { above } from "../message/answers-asked.ts";
import { cut } from "../message/escape.ts";
import { assess, propose } from "./assess.ts";
import type { Assessment } from "./assess.ts";
import { citationLinks } from "./citation-links.ts";
import { changesView } from "./changes-read.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import type { Gathered } from "./gather-evidence.ts";
import { aboutSuspected } from "./look-at-suspected.ts";
import type { Sources, Viewer, World } from "./ports.ts";
import { recoveryIn } from "./newest-evidence.ts";
import type { Shown } from "./show-incident.ts";
import { ledgerFor } from "./what-was-learned.ts";

const titleMax = 150;
const lookBackMinutes = 60;
const usualSeverity = 3;

export interface Question {
  readonly viewer: Viewer;
  readonly text: string;
  /** To declare an incident; true by default. */
  readonly isOffered?: boolean;
}

/** `resolved`: the incident that the channel was made for, which is meant where the words name no other service. */
export async function outsideAnswer(
  world: World,
  { viewer, text, isOffered = true }: Question,
  resolved: Shown | null,
): Promise<MessageBody> {
  const sources = await world.sourcesFor(viewer.id);
  const named = serviceNamedIn(text, sources.catalog) ?? serviceOf(resolved, sources.catalog);
  const alert = { text, ...(named === null ? {} : { service: named.name }) };
  const rules = await world.store.rules(world.workspace);
  const gathered = await gatherEvidence(world, { sources, service: named, onset: null, alert });
  const about = { named, severity: usualSeverity, at: gathered.readAt, rules } as const;
  const assessment = assess(gathered.input, sources.catalog, about);
  const isOther = resolved === null || serviceNamedIn(text, sources.catalog) !== null;
  const title = isOther ? askedTitle(text) : resolved.incident.title;
  const offer = isOffered
    ? { title: cut(title, titleMax), resolved: resolved?.name ?? null }
    : null;
  const read = { catalog: sources.catalog, gathered, assessment, snapshot: "" };
  const suspected = aboutSuspected(world, text, read);
  const body = await answerFrom(world, {
    sources,
    named,
    gathered,
    assessment,
    viewer,
    offer,
    resolved,
  });
  return suspected === null ? body : above(suspected, body);
}

/** What was read, and about which service. */
interface Outside {
  readonly sources: Sources;
  readonly named: Service | null;
  readonly gathered: Gathered;
  readonly assessment: Assessment;
  readonly viewer: Viewer;
  readonly offer: Offer | null;
  readonly resolved: Shown | null;
}

async function answerFrom(world: World, outside: Outside): Promise<MessageBody> {
  const { sources, named, gathered, assessment, viewer, offer, resolved } = outside;
  const measured = new Set(gathered.input.series.map(({ service }) => service));
  const { metrics, logs } = assessment.diagnosis;
  const isShifted = metrics.length + logs.length > 0;
  if (isShifted || (named === null && measured.size > 0)) {
    return shiftedAnswer(world, gathered, assessment, offer);
  }
  const changes = changesView(world, gathered, { ...sources, service: named, onset: null });
  if (named === null || !measured.has(named.name)) {
    const { gaps, leftOut } = gathered;
    const isUnmeasured = hasHeard(sources, gaps);
    return sourcesSilent({ service: named?.name ?? null, isUnmeasured, gaps, leftOut, changes });
  }
  return nothingAnswer(
    world,
    { gathered, assessment, viewer },
    {
      service: named.name,
      dependencies: named.dependsOn.filter((name) => measured.has(name)).length,
      changes,
      offer: resolved === null ? null : offer,
    },
  );
}

function shiftedAnswer(
  world: World,
  gathered: Gathered,
  { service, symptom, diagnosis }: Assessment,
  offer: Offer | null,
): MessageBody {
  const { input, gaps, leftOut } = gathered;
  const links = citationLinks(world, diagnosis, gathered, "");
  const { backSince } = recoveryIn({ service, symptom, diagnosis }, input.series);
  return outsideIncident({
    service,
    diagnosis: { ...diagnosis, leftOut: [...(diagnosis.leftOut ?? []), ...leftOut] },
    gaps,
    backSince: backSince === undefined ? null : new Date(backSince * 1000),
    offer,
    links: { hosts: world.linkHosts, page: null, cite: (cite) => links[cite] ?? null },
  });
}

function serviceOf(resolved: Shown | null, { services }: Catalog): Service | null {
  return services.find(({ name }) => name === resolved?.incident.evidence?.service) ?? null;
}

/** A server of metrics answered, whatever it had. */
function hasHeard({ metrics }: Sources, gaps: readonly Gap[]): boolean {
  return metrics.some(({ name }) => !gaps.some(({ source }) => source === name));
}

async function nothingAnswer(
  world: World,
  found: {
    readonly gathered: Gathered;
    readonly assessment: Assessment;
    readonly viewer: Viewer;
  },
  about: Pick<NothingView, "service" | "dependencies" | "changes" | "offer">,
): Promise<MessageBody> {
  const { gathered, assessment, viewer } = found;
  const { gaps, leftOut, readAt } = gathered;
  const { situation } = assessment;
  const ledger = await ledgerFor(world, viewer, null);
  const told = { ledger, text: "", outcomes: [], done: [], drawnFor: null };
  const { offered } = propose(world.steps, situation, told);
  return nothingShifted({
    ...about,
    since: new Date(readAt.getTime() - lookBackMinutes * 60_000),
    gaps,
    leftOut,
    checks: offered.filter(({ role }) => role === "check"),
  });
}

function askedTitle(text: string): string {
  const ask = parseAsk(text);
  return "about" in ask && ask.about !== "" ? ask.about : "Something is wrong";
}
