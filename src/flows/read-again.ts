/** Reads the evidence of an open incident again on its cadence, and edits the living message. */

import type { Catalog, Service } from "../catalog/catalog.ts";
import type { Rule } from "../catalog/rule.ts";
import type { Evidence, Incident } from "../incident/incident.ts";
import { turn } from "../message/asides.ts";
import { headlineMetric, valueNow } from "../message/headline-metric.ts";
import { liveSuspects } from "../suggestion/claim-evidence.ts";
import { anotherList } from "./another-list.ts";
import { assess } from "./assess.ts";
import { askedOutcome } from "./ask-outcome.ts";
import { quietAfterRecovery } from "./ask-quiet.ts";
import type { Change, Effect, NewEntry, NewJob } from "./change.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { Headed } from "./keep-headline.ts";
import { updated, withLeftOut } from "./newest-evidence.ts";
import { withLaterLogs } from "./pasted-logs.ts";
import { observeDeeds } from "./observe-deeds.ts";
import { nextReadingAt, onward } from "./plan-readings.ts";
import type { World } from "./ports.ts";
import { refreshChannel, type Sight } from "./refresh-channel.ts";
import { about as aboutShown, settle } from "./settle.ts";
import { chartEffects } from "./show-chart.ts";
import { gatherWithConversation } from "./shared-files.ts";
import { livingEffect, showIncident, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside, tryEffects } from "./show-try.ts";
import { recentMessages } from "./what-is-asked.ts";
import type { ChannelId, IncidentId, Severity } from "../vocabulary.ts";

export async function readAgain(
  world: World,
  event: {
    readonly handled: readonly string[];
    readonly channel: ChannelId;
    readonly incident: IncidentId;
    readonly slot?: number;
  },
): Promise<void> {
  const stored = await world.store.incident(world.workspace, event.incident);
  if (stored === null) return;
  const { incident } = await showIncident(world, stored);
  if (incident.state === "resolved" || incident.evidence === null) return;
  const sight = await refreshChannel(world, event.channel);
  if (sight !== "open") {
    await settle(world, event.incident, (current) => stopped(world, current, event, sight));
    return;
  }
  const read = await readNow(world, event.channel, incident, incident.evidence);
  await settle(world, event.incident, (current) => {
    const { evidence, severity, state } = current.incident;
    return state === "resolved" || evidence === null
      ? null
      : reread(world, { current, event, read }, { evidence, severity });
  });
}

interface Read {
  readonly gathered: Gathered;
  readonly catalog: Catalog;
  readonly named: Service | null;
  readonly rules: readonly Rule[];
}

async function readNow(
  world: World,
  channel: ChannelId,
  incident: Incident,
  evidence: Evidence,
): Promise<Read> {
  const sources = await world.sourcesFor(channel);
  const { catalog } = sources;
  const named = catalog.services.find(({ name }) => name === evidence.service) ?? null;
  const alert = named === null ? {} : { service: named.name };
  const question = { sources, service: named, onset: incident.since, alert };
  const said = recentMessages(world, { channel, asked: null }, incident.declaredAt);
  const messages = said.then((all) => all.messages);
  const [gathered, rules] = await Promise.all([
    gatherWithConversation(world, question, incident, messages),
    world.store.rules(world.workspace),
  ]);
  return { gathered, catalog, named, rules };
}

interface Handled {
  readonly handled: readonly string[];
  readonly slot?: number;
}

function reread(
  world: World,
  { current, event, read }: { current: Shown; event: Handled; read: Read },
  { evidence, severity }: { readonly evidence: Evidence; readonly severity: Severity },
): Change {
  const { gathered, catalog, named, rules } = read;
  const at = gathered.readAt;
  const fresh = assess(gathered.input, catalog, { named, severity, at, rules });
  const newest = updated(evidence, fresh.diagnosis, gathered);
  const known = withLaterLogs(newest, fresh.diagnosis, gathered.logPages);
  const diagnosis = withLeftOut(known.diagnosis, fresh.diagnosis, gathered);
  const change = seenAgain(
    world,
    { current, event, gathered },
    {
      ...known,
      ...(evidence.diagnosis.metrics.length === 0 ? { live: liveSuspects(fresh.situation) } : {}),
      diagnosis,
      gaps: gathered.gaps,
    },
  );
  const lists = anotherList(world, current, fresh.situation, event.handled.join(" "));
  return { ...change, jobs: [...(change.jobs ?? []), ...lists] };
}

function seenAgain(
  world: World,
  { current, event, gathered }: { current: Shown; event: Handled; gathered: Gathered },
  { at: _at, ...evidence }: Evidence,
): Change {
  const fact = { kind: "evidence-read", ...evidence } as const;
  const { jobs, entries } = onward(world, current, "open", event.slot);
  const read: NewEntry = { actor: world.botUser, source: "bot", at: world.now(), fact };
  const known = withEntries(current, [read]);
  const { changes = [] } = gathered.input;
  const seen = observeDeeds(world, known, { changes, readAt: gathered.readAt });
  const asked = askedOutcome(world, withEntries(known, seen.entries));
  const all = [read, ...seen.entries, ...asked, ...entries];
  const quiet = quietAfterRecovery(world, current, fact.backSince);
  const change = shownChange(world, current, { ...event, jobs: [...jobs, ...quiet], entries: all });
  const charts = chartEffects(world, withEntries(current, [read]), gathered);
  const turns = turnEffects(world, current, fact);
  const effects = [...seen.effects, ...(change.effects ?? []), ...turns, ...charts];
  return { ...change, outcomes: seen.outcomes ?? [], effects };
}

/** "Recovered" or "worse again", once each time; a muted incident is told by its living message alone. */
function turnEffects(
  world: World,
  current: Shown,
  fresh: Headed & Pick<Evidence, "backSince">,
): Effect[] {
  const { evidence, muted } = current.incident;
  const metric = headlineMetric(fresh);
  const isTurn = (evidence?.backSince === undefined) !== (fresh.backSince === undefined);
  if (!isTurn || metric === undefined || muted !== null) return [];
  const kind = fresh.backSince === undefined ? "worse-again" : "recovered";
  const since = fresh.backSince ?? metric.latest[0];
  const body = turn({ kind, words: valueNow(metric), since: new Date(since * 1000) });
  return [aside(world, current, { key: `turn:${kind}:${since}`, as: "turn" }, body)];
}

/** Nobody could read it: neither the sources nor the chat are asked again until somebody does. */
function stopped(world: World, current: Shown, event: Handled, sight: Sight): Change | null {
  if (current.incident.state === "resolved") return null;
  return shownChange(world, current, { ...event, ...onward(world, current, sight) });
}

/** What the entries show: the living message and those of the open tries. */
function shownChange(
  world: World,
  current: Shown,
  { handled, jobs, entries }: Handled & { jobs: NewJob[]; entries: NewEntry[] },
): Change {
  const shown = withEntries(current, entries);
  return {
    workspace: world.workspace,
    handled,
    about: aboutShown(current),
    entries,
    effects: [livingEffect(world, shown), ...tryEffects(world, shown, nextReadingAt(world, shown))],
    jobs,
  };
}
