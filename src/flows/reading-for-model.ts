/** A reading as the model is told it, and what its reply is held against. */

import type { Catalog, Constraint } from "../catalog/catalog.ts";
import type { EvidenceInput } from "../evidence/input.ts";
import type { Evidence } from "../incident/incident.ts";
import { seenWords } from "../message/seen-before.ts";
import type { KnownText } from "../model/items.ts";
import type { Item } from "../model/item.ts";
import { knownOf, type Known } from "../model/known.ts";
import type { PassView } from "../model/prompt.ts";
import type { Offer } from "../model/proposed-step.ts";
import { chancesOf, type Chance } from "../suggestion/learned.ts";
import type { Situation } from "../suggestion/propose.ts";
import { tallyOf } from "../suggestion/tally.ts";
import type { StepTally } from "../suggestion/suggestion.ts";
import { assess } from "./assess.ts";
import type { ChatMessage } from "./chat.ts";
import type { World } from "./ports.ts";
import { messageId } from "./question-ground.ts";
import { viewerIn } from "./refresh-channel.ts";
import { seenHere } from "./seen-before.ts";
import { suggestionsOf, type Shown } from "./show-incident.ts";
import { stepsDone, withKept, type DoneStep } from "./what-is-asked.ts";
import { ledgerFor } from "./what-was-learned.ts";

export interface ModelReading {
  readonly known: Known;
  readonly view: PassView;
  readonly offer: Offer;
  /** People's, newest last, as it is told them. */
  readonly messages: readonly ChatMessage[];
  readonly situation: Situation;
  readonly tallies: readonly StepTally[];
  readonly chances: ReadonlyMap<string, Chance>;
}

const messagesMax = 40;
/** Of each kind of evidence the first so many come before the rest of any kind. */
const firstOfKind = 8;

/** null: what was gathered is not kept. Everything is of this incident, or may be shown in its channel. */
export async function readingForModel(
  world: World,
  shown: Shown,
  evidence: Evidence,
): Promise<ModelReading | null> {
  const { stored, incident } = shown;
  const { channel } = stored;
  const [input, sources, rules, viewer, all] = await Promise.all([
    world.store.evidence(world.workspace, evidence.snapshot),
    world.sourcesFor(channel),
    world.store.rules(world.workspace),
    viewerIn(world, channel),
    withKept(world, { channel, begun: incident.declaredAt }, []),
  ]);
  if (input === null) return null;
  const { catalog, now: at } = sources;
  const named = catalog.services.find(({ name }) => name === evidence.service) ?? null;
  const { severity, title: text, outcomes } = incident;
  const { situation } = assess(input, catalog, { named, severity, at, rules });
  const ledger = await ledgerFor(world, viewer, stored.id);
  const { service, symptom, flags } = situation;
  const [done, messages] = [stepsDone(world, catalog, incident, all), ofPeople(all)];
  const known = knownOf({
    diagnosis: evidence.diagnosis,
    input,
    services: catalog.services.map(({ name }) => name),
    texts: pastTexts(world, shown),
    hosts: world.linkHosts,
    urls: Object.values(evidence.links ?? {}),
  });
  return {
    known,
    view: viewOf(world, shown, { evidence, input, known, done, situation, messages }),
    messages,
    offer: offerOf(world, shown, { situation, catalog, done }),
    situation,
    tallies: tallyOf(ledger.rows),
    chances: chancesOf(world.steps, ledger, { service, symptom, flags, text, outcomes }),
  };
}

function ofPeople(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.filter(({ isBot, text }) => !isBot && text.trim() !== "").slice(-messagesMax);
}

/** Those of other channels alone that may be shown in this one. */
function pastTexts(world: World, shown: Shown): KnownText[] {
  return seenHere(shown, world.now()).map((seen) => ({
    id: `incident:${seen.name}`,
    text: seenWords(seen),
  }));
}

function offerOf(
  world: World,
  { incident, suggestions }: Shown,
  {
    situation,
    catalog,
    done,
  }: { situation: Situation; catalog: Catalog; done: readonly DoneStep[] },
): Offer {
  const ids = done.map(({ stepId }) => stepId);
  return {
    steps: world.steps,
    facts: situation.facts,
    service: situation.service,
    severity: incident.severity,
    constraintsOf: (service) => [
      ...situation.constraints,
      ...(catalog.services.find(({ name }) => name === service)?.constraints ?? []),
    ],
    at: situation.at,
    done: ids,
    doneTitles: suggestions.flatMap(({ stepId, title }) => (ids.includes(stepId) ? [title] : [])),
  };
}

interface Told {
  readonly evidence: Evidence;
  readonly input: EvidenceInput;
  readonly known: Known;
  readonly done: readonly DoneStep[];
  readonly situation: Situation;
  readonly messages: readonly ChatMessage[];
}

function viewOf(world: World, shown: Shown, told: Told): PassView {
  const { evidence, input, known, done, situation, messages } = told;
  const { incident } = shown;
  const listed = incident.lists.flatMap((list) => suggestionsOf(shown, list));
  const isListed = new Set(listed.map(({ stepId }) => stepId));
  const titleOf = (id: string) =>
    listed.find(({ stepId }) => stepId === id)?.title ??
    world.steps.find((step) => step.id === id)?.plainTitle ??
    id;
  return {
    incident: {
      title: incident.title,
      severity: `SEV${incident.severity}`,
      symptom: evidence.symptom,
      ...(evidence.service === null ? {} : { service: evidence.service }),
      since: incident.since.toISOString(),
      "read at": evidence.at.toISOString(),
    },
    evidence: inOrder([...known.items.values()]).map((item) => citedOf(item, evidence, input)),
    findings: evidence.diagnosis.findings,
    offered: listed.map(({ stepId: id, role: kind, title }) => ({ id, kind, title })),
    playbook: world.steps
      .filter(({ id }) => !isListed.has(id))
      .map(({ id, role: kind, plainTitle: title }) => ({ id, kind, title })),
    done: done.map(({ stepId, said }) => `${titleOf(stepId)}: ${said.label}`),
    rules: situation.constraints.map(ruleWords),
    gaps: evidence.gaps.map(({ source, reason }) => `${source}: ${reason}`),
    said: messages.map(
      ({ ts, text }) => `${messageId(ts)} | ${text.replaceAll(/<@[^>]*>/g, "@somebody")}`,
    ),
  };
}

/** "risk:disruptive, command:kubectl delete: freeze before the sale" */
function ruleWords({ forbid, because }: Constraint): string {
  const words = forbid.map((each) => {
    switch (each.kind) {
      case "step":
        return each.id;
      case "risk":
        return `risk:${each.risk}`;
      case "mechanism":
        return `mechanism:${each.mechanism}`;
      case "command":
        return `command:${each.words.join(" ")}`;
    }
  });
  return `${words.join(", ")}: ${because}`;
}

function inOrder(items: readonly Item[]): readonly Item[] {
  const seen = new Map<Item["kind"], number>();
  const isFirst = ({ kind }: Item): boolean => {
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return kind !== "examined" && count <= firstOfKind;
  };
  const first = new Set(items.filter(isFirst));
  return [...first, ...items.filter((item) => !first.has(item))];
}

function citedOf(
  { id, kind, text }: Item,
  { diagnosis }: Evidence,
  { changes = [] }: EvidenceInput,
): PassView["evidence"][number] {
  const index = Number(id.split(":")[1]);
  if (kind === "log") return { id, text, detail: diagnosis.logs[index]?.example ?? "" };
  const change = changes.find((each) => `change:${each.id}` === id);
  if (kind !== "change" || change === undefined) return { id, text };
  const { files = [], diff = "" } = change;
  const detail = `${files.join(", ")} ${diff}`.trim();
  return detail === "" ? { id, text } : { id, text, detail };
}
