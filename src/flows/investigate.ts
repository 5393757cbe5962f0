/** Reads the evidence of an incident, posts the living message and a list of steps, and plans the next reading. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import type { Rule } from "../catalog/rule.ts";
import type { Incident } from "../incident/incident.ts";
import type { Ledger } from "../suggestion/learned.ts";
import type { Proposal } from "../suggestion/propose.ts";
import { liveSuspects } from "../suggestion/claim-evidence.ts";
import { ruledOutIn } from "../suggestion/ruled-out.ts";
import { assess, propose } from "./assess.ts";
import { citationLinks } from "./citation-links.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { ChatMessage } from "./chat.ts";
import type { World } from "./ports.ts";
import { withHeadline } from "./keep-headline.ts";
import { observeDeeds } from "./observe-deeds.ts";
import type { Observation } from "./observe-deeds.ts";
import { readIn, recoveryIn, updated, withLeftOut } from "./newest-evidence.ts";
import { readRunbooks, stepsWith, unreadOf, type RunbooksRead } from "./read-runbooks.ts";
import { refreshChannel, viewerIn, type Sight } from "./refresh-channel.ts";
import { report, seed } from "./report-findings.ts";
import type { EvidenceRead, Findings, Investigation } from "./report-findings.ts";
import { settle } from "./settle.ts";
import { gatherWithConversation } from "./shared-files.ts";
import { earlierOnes, showIncident, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import {
  alertOf,
  onsetOf,
  recentMessages,
  serviceSpokenOf,
  stepsDone,
  withKept,
} from "./what-is-asked.ts";
import { ledgerFor } from "./what-was-learned.ts";

/** Everything is read first, outside any lock; then it is decided on the incident as it is by then. */
export async function investigate(world: World, event: Investigation): Promise<void> {
  if (await world.store.wasHandled(world.workspace, event.handled)) return;
  const stored = await world.store.incident(world.workspace, event.incident);
  if (stored === null) return;
  const { incident } = await showIncident(world, stored);
  if (incident.state === "resolved" && event.asked === null) return;
  const read = await readAll(world, event, incident);
  let offered: Proposal["offered"] = [];
  const commit = await settle(world, event.incident, async (current) => {
    const findings = await findingsOn(world, read, current);
    offered = findings.proposal.offered;
    return report(world, findings);
  });
  if (commit === "committed") offered.forEach(({ role }) => world.meter.suggested(role));
}

/** What was read for one investigation, whatever the incident becomes meanwhile. */
interface Read {
  readonly event: Investigation;
  readonly catalog: Catalog;
  readonly named: Service | null;
  readonly messages: readonly ChatMessage[];
  readonly sight: Sight;
  readonly gathered: Gathered;
  readonly ledger: Ledger;
  readonly rules: readonly Rule[];
  readonly runbooks: RunbooksRead;
}

async function readAll(world: World, event: Investigation, incident: Incident): Promise<Read> {
  const [sources, { messages, gaps }, sight, rules] = await Promise.all([
    world.sourcesFor(event.channel),
    recentMessages(world, event, incident.declaredAt),
    refreshChannel(world, event.channel),
    world.store.rules(world.workspace),
  ]);
  const { catalog } = sources;
  const viewer = await viewerIn(world, event.channel);
  const ledger = await ledgerFor(world, viewer, event.incident);
  const asked = event.asked?.text ?? "";
  const named = serviceSpokenOf(catalog, asked, incident, messages);
  const question = {
    sources,
    service: named,
    onset: onsetOf(incident),
    alert: alertOf(named, incident, asked, messages),
    isWaitedFor: incident.evidence === null,
  };
  const [found, runbooks] = await Promise.all([
    gatherWithConversation(world, question, incident, messages),
    readRunbooks(world, sources, { named, incident }),
  ]);
  const gathered = { ...found, gaps: [...found.gaps, ...gaps] };
  return { event, catalog, named, messages, sight, gathered, ledger, rules, runbooks };
}

async function findingsOn(world: World, found: Read, current: Shown): Promise<Findings> {
  const { event, catalog, named, messages, sight, gathered, ledger, rules } = found;
  const asked = { named, severity: current.incident.severity, at: gathered.readAt, rules };
  const assessment = assess(gathered.input, catalog, asked);
  const snapshot = world.newId();
  const evidence = evidenceFact(world, { current, gathered, assessment }, snapshot);
  const read = { actor: world.botUser, source: "bot", at: world.now(), fact: evidence } as const;
  const seen = seenIn(world, withEntries(current, [read]), gathered);
  const told = withEntries(current, [read, ...seen.entries]).incident;
  const isOver = evidence.backSince !== undefined;
  // Its history may have been read since.
  const channel = { channel: event.channel, begun: told.declaredAt };
  const said = await withKept(world, channel, messages);
  const ruledOut = new Set(ruledOutIn(told.outcomes, current.suggestions).keys());
  const steps = stepsWith(world.steps, found.runbooks, assessment.service);
  const done = stepsDone({ steps }, catalog, told, said);
  const proposal = propose(
    steps,
    { ...assessment.situation, isOver, ruledOut },
    { ledger, ...toldIn(event, told), done: done.map(({ stepId }) => stepId) },
  );
  const known = { ...current, ...(await earlierOnes(world, current, assessment)) };
  const about = { event, current: known, sight, gathered, assessment, snapshot, catalog };
  const unread = unreadOf(found.runbooks, assessment.service);
  return { ...about, evidence, seen, proposal, done, unread };
}

/** What the incident itself says to the order of its next list. */
function toldIn({ incident: id }: Investigation, { title, outcomes, lists }: Incident) {
  return { text: title, outcomes, drawnFor: [seed, id, lists.length + 1] };
}

/** What the changes show by now, beside what was read. */
function seenIn(world: World, current: Shown, gathered: Gathered): Observation {
  const { changes = [] } = gathered.input;
  return observeDeeds(world, current, { changes, readAt: gathered.readAt });
}

/** What has recovered by now shifts no more: then what is known stays, with its newest values. */
function evidenceFact(
  world: World,
  { current, gathered, assessment }: Pick<Findings, "current" | "gathered" | "assessment">,
  snapshot: string,
): EvidenceRead {
  const { service, symptom, flags, diagnosis } = assessment;
  const { gaps, input } = gathered;
  const earlier = current.incident.evidence;
  if (diagnosis.metrics.length === 0 && earlier !== null && earlier.diagnosis.metrics.length > 0) {
    const { at: _at, ...evidence } = updated(earlier, diagnosis, gathered);
    const known = withLeftOut(evidence.diagnosis, diagnosis, gathered);
    return { kind: "evidence-read", ...evidence, diagnosis: known, gaps };
  }
  const read: EvidenceRead = {
    kind: "evidence-read",
    service,
    symptom,
    flags,
    diagnosis: withLeftOut(diagnosis, diagnosis, gathered),
    gaps,
    snapshot,
    live: liveSuspects(assessment.situation),
  };
  const headed = withHeadline(read, earlier, readIn(gathered));
  const links = citationLinks(world, headed.diagnosis, gathered, snapshot);
  const fact: EvidenceRead = { ...headed, links };
  return { ...fact, ...recoveryIn(fact, input.series) };
}
