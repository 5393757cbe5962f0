/** What is read and said where no incident is open; nothing of it is recorded. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import { nothingShifted, outsideIncident, sourcesSilent } from "../message/answers.ts";
import type { Offer } from "../message/answers.ts";
import { parseAsk } from "../message/ask.ts";
import type { MessageBody } from "../message/body.ts";
import { cut } from "../message/escape.ts";
import type { ChannelId } from "../vocabulary.ts";
import { assess, propose } from "./assess.ts";
import type { Assessment } from "./assess.ts";
import { citationLinks } from "./citation-links.ts";
import { gatherEvidence, servicesToRead } from "./gather-evidence.ts";
import type { Gathered } from "./gather-evidence.ts";
import { lookBackHours } from "./look-back.ts";
import type { World } from "./ports.ts";
import { recoveryIn } from "./read-again.ts";
import type { Shown } from "./show-incident.ts";

const titleMax = 150;
const lookBackMinutes = 60;
const usualSeverity = 3;

/** `resolved`: the incident that the channel was made for, which is meant where the words name no other service. */
export async function outsideAnswer(
  world: World,
  { channel, text }: { readonly channel: ChannelId; readonly text: string },
  resolved: Shown | null,
): Promise<MessageBody> {
  const sources = await world.sourcesFor(channel);
  const named = serviceNamedIn(text, sources.catalog) ?? serviceOf(resolved, sources.catalog);
  const alert = { text, ...(named === null ? {} : { service: named.name }) };
  const gathered = await gatherEvidence(world, { sources, service: named, onset: null, alert });
  const { input, gaps, readAt } = gathered;
  const { series, changes = [], logs = [] } = input;
  if (series.length + changes.length + logs.length === 0 && gaps.length > 0) {
    return sourcesSilent({ gaps, rest: null });
  }
  const about = { named, severity: usualSeverity, at: readAt } as const;
  const assessment = assess(input, sources.catalog, about);
  const { diagnosis, service, symptom } = assessment;
  const isOther = resolved === null || serviceNamedIn(text, sources.catalog) !== null;
  const title = isOther ? askedTitle(text) : resolved.incident.title;
  const offer = { title: cut(title, titleMax), resolved: resolved?.name ?? null };
  if (diagnosis.metrics.length === 0 && named !== null) {
    const dependencies = servicesToRead(sources.catalog, named).length - 1;
    const nothing = { service: named.name, dependencies, offer: resolved === null ? null : offer };
    return nothingAnswer(world, gathered, assessment, nothing);
  }
  const links = citationLinks(world, diagnosis, gathered, "");
  const { backSince } = recoveryIn({ service, symptom, diagnosis }, input.series);
  return outsideIncident({
    service,
    diagnosis,
    gaps,
    backSince: backSince === undefined ? null : new Date(backSince * 1000),
    offer,
    links: { hosts: world.linkHosts, page: null, cite: (cite) => links[cite] ?? null },
  });
}

function serviceOf(resolved: Shown | null, { services }: Catalog): Service | null {
  return services.find(({ name }) => name === resolved?.incident.evidence?.service) ?? null;
}

async function nothingAnswer(
  world: World,
  { input, gaps, readAt }: Gathered,
  { situation }: Assessment,
  about: { readonly service: string; readonly dependencies: number; readonly offer: Offer | null },
): Promise<MessageBody> {
  const past = await world.store.pastOutcomes(world.workspace, null);
  const { offered } = propose(world.steps, situation, past, []);
  return nothingShifted({
    ...about,
    since: new Date(readAt.getTime() - lookBackMinutes * 60_000),
    changeHours: (input.changes ?? []).length === 0 ? lookBackHours : null,
    gaps,
    checks: offered.filter(({ role }) => role === "check"),
  });
}

function askedTitle(text: string): string {
  const ask = parseAsk(text);
  return "about" in ask && ask.about !== "" ? ask.about : "Something is wrong";
}
