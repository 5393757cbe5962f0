/** Asks the model of a reading once it is posted, and adds what it says: findings in its words, and steps behind the ranked ones. */

import type { Evidence } from "../incident/incident.ts";
import type { ModelReadFact } from "../incident/model-read.ts";
import type { ModelAnswer } from "../model/asked.ts";
import { awayWords } from "../model/away.ts";
import { preflightPass, type Checked, type KeptPass } from "../model/preflight.ts";
import { passPrompt, passTokensOutMax } from "../model/prompt.ts";
import { parsePassReply, type ReadDeed } from "../model/reply.ts";
import { modelSteps } from "../suggestion/model-steps.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import { askModel } from "./ask-model.ts";
import type { Change, NewJob } from "./change.ts";
import { hearModel } from "./hear-model.ts";
import type { ModelJob } from "./model-ports.ts";
import type { World } from "./ports.ts";
import { readingForModel, type ModelReading } from "./reading-for-model.ts";
import { about, settle } from "./settle.ts";
import {
  livingEffect,
  showIncident,
  stepsEffect,
  suggestionsOf,
  withEntries,
  type Shown,
} from "./show-incident.ts";

type Asking = Omit<ModelJob, "kind"> & { readonly job: string };

/** By whom it was ordered: neither this nor what was learned has a part in it. */
const policy = "model";

/** It is asked once an incident's reading, so a broken connection is worth another try. */
const paidTriesMax = 2;

/** By then the list is posted, unless Slack is slow: what is worked out for the model takes no processor from that. */
const afterMs = 3_000;

/** Once a list, after it is committed; none where the numbers are back, for then there is little to add. */
export function asksModel(
  world: World,
  { id: incident, channel }: Shown["stored"],
  { snapshot, backSince }: Pick<Evidence, "snapshot" | "backSince">,
  list: number,
): NewJob[] {
  if (world.model === null || backSince !== undefined) return [];
  const job = { kind: "ask-model", channel, incident, snapshot, list } as const;
  const startAfter = new Date(world.now().getTime() + afterMs);
  return [{ id: world.idOf(`ask-model ${incident} ${list}`), job, startAfter }];
}

export async function askOfIncident(world: World, event: Asking): Promise<void> {
  const { model } = world;
  if (model === null || (await world.store.wasHandled(world.workspace, [event.job]))) return;
  const stored = await world.store.incident(world.workspace, event.incident);
  if (stored === null) return;
  const shown = await showIncident(world, stored);
  const evidence = evidenceFor(shown, event);
  const reading = evidence === null ? null : await readingForModel(world, shown, evidence);
  if (reading === null) return;
  const { messages } = passPrompt(reading.view, (text) => model.clean(event.incident, text));
  const request = { purpose: "incident", incident: event.incident, messages } as const;
  const answer = await askModel(
    world,
    { ...request, tokensMax: passTokensOutMax, isJson: true, paidTriesMax },
    event.job,
  );
  const said = await heard(world, event, await checked(world, answer, reading), reading);
  await tell(world, event, (current) => made(world, { event, current, said, reading }));
}

/** It could not be asked, for a reason of ours: people are told that it is away, and that is the end of it. */
export async function giveUpAsking(world: World, event: Asking): Promise<void> {
  await tell(world, event, () => ({ fact: factOf(event, { away: "interrupted" }), added: [] }));
}

/** Of the reading that it is about, while it is the newest of an open incident. */
function evidenceFor({ incident }: Shown, { snapshot, list }: Asking): Evidence | null {
  const { evidence, state, lists, model } = incident;
  const isTold = model !== null && model.list >= list;
  if (state === "resolved" || isTold || !lists.some((each) => each.list === list)) return null;
  return evidence?.snapshot === snapshot ? evidence : null;
}

type Said = Checked<KeptPass> | Away;
interface Away {
  readonly away: NonNullable<ModelReadFact["away"]>;
}

/** What it read in the thread goes into the ledger first: what is done is proposed no more. */
async function heard(
  world: World,
  { job, incident }: Asking,
  said: (Checked<KeptPass> & { readonly deeds: readonly ReadDeed[] }) | Away,
  { messages }: ModelReading,
): Promise<Said> {
  if ("away" in said) return said;
  const { deeds, ...rest } = said;
  const fell = await hearModel(world, { job, incident, deeds, messages });
  return { ...rest, fell: [...rest.fell, ...fell] };
}

async function checked(world: World, answer: ModelAnswer, reading: ModelReading) {
  if (answer.kind === "away") return { away: answer.because };
  const parsed = parsePassReply(answer.text);
  if ("problem" in parsed) {
    const { said, mend } = awayWords("senseless");
    world.trouble(`the model is away: ${said} (the reply ${parsed.problem}); ${mend}`);
    return { away: "senseless" } as const;
  }
  const { reply, fell } = parsed;
  const result = await preflightPass({ ...reply, deeds: [] }, reading.known, reading.offer, []);
  return { ...result, fell: [...fell, ...result.fell], deeds: reply.deeds };
}

interface Made {
  readonly fact: ModelReadFact;
  readonly added: readonly Suggestion[];
}

function factOf(
  { snapshot, list }: Asking,
  rest: Omit<ModelReadFact, "kind" | "snapshot" | "list">,
): ModelReadFact {
  return { kind: "model-read", snapshot, list, ...rest };
}

function made(
  world: World,
  of: {
    readonly event: Asking;
    readonly current: Shown;
    readonly said: Said;
    readonly reading: ModelReading;
  },
): Made {
  const { event, current, said, reading } = of;
  if ("away" in said) return { fact: factOf(event, said), added: [] };
  const listed = listedIn(current, event.list);
  const { offered, fell } = modelSteps({
    ...reading,
    steps: world.steps,
    done: [...reading.offer.done, ...current.incident.outcomes.map(({ stepId }) => stepId)],
    kept: said.kept.steps,
    listed: listed.map(({ stepId }) => stepId),
  });
  const { symptom, service, flags } = reading.situation;
  const here = { incidentId: event.incident, list: event.list, symptom, service, flags };
  const added = offered.map((step, index): Suggestion => ({
    ...step,
    ...here,
    considered: null,
    id: `sug_${world.newId()}`,
    position: listed.length + 1 + index,
    policy,
    seed: 0,
    shownAt: world.now(),
  }));
  const fact = factOf(event, {
    sentences: said.kept.findings,
    suggestions: added.map(({ id }) => id),
    fell: [...said.fell, ...fell],
  });
  return { fact, added };
}

function listedIn(shown: Shown, number: number): readonly Suggestion[] {
  const list = shown.incident.lists.find((each) => each.list === number);
  return list === undefined ? [] : suggestionsOf(shown, list);
}

/** An edit of what is posted, decided on the incident as it is by then. */
async function tell(world: World, event: Asking, decide: (current: Shown) => Made): Promise<void> {
  let added: readonly Suggestion[] = [];
  const commit = await settle(world, event.incident, (current): Change | null => {
    if (evidenceFor(current, event) === null) return null;
    const told = decide(current);
    added = told.added;
    const entry = {
      actor: world.botUser,
      source: "bot",
      at: world.now(),
      fact: told.fact,
    } as const;
    const shown = withEntries(current, [entry], added);
    const list = shown.incident.lists.find((each) => each.list === event.list);
    const isListChanged = list !== undefined && (added.length > 0 || list.fell.length > 0);
    return {
      workspace: world.workspace,
      handled: [event.job],
      about: about(current),
      entries: [entry],
      suggestions: added,
      effects: [
        livingEffect(world, shown),
        ...(isListChanged ? [stepsEffect(world, shown, list)] : []),
      ],
    };
  });
  if (commit === "committed") added.forEach(({ role }) => world.meter.suggested(role));
}
