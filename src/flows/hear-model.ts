/** What a model read in the thread of steps: a deed suppresses its step, a bare claim only marks what it is about, and neither ever ends anything. */

import { asWords, isThing, things } from "../evidence/thing.ts";
import { isRead, type DeedRead } from "../incident/deeds-read.ts";
import { deedFault } from "../model/deeds.ts";
import type { Fallen } from "../model/fallen.ts";
import type { ReadDeed } from "../model/reply.ts";
import type { Step } from "../playbook/step.ts";
import { keyOf, type About } from "../suggestion/claim.ts";
import { speaksOf } from "../suggestion/claim-evidence.ts";
import type { IncidentId, UserId } from "../vocabulary.ts";
import { changedEffects } from "./changed-effects.ts";
import type { ChatMessage } from "./chat.ts";
import type { Change, NewEntry } from "./change.ts";
import { uncountedBecause } from "./not-counted.ts";
import type { World } from "./ports.ts";
import { messageOf } from "./question-ground.ts";
import { about, settle } from "./settle.ts";
import { withEntries, type Shown } from "./show-incident.ts";
import { decideWords, type Word } from "./word-on-step.ts";

export interface ReadThread {
  readonly job: string;
  readonly incident: IncidentId;
  readonly deeds: readonly ReadDeed[];
  /** People's, as the model was told them. */
  readonly messages: readonly ChatMessage[];
}

/** A deed that is taken, with its step and who told of it. */
interface Taken {
  readonly step: Step;
  readonly message: ChatMessage;
  readonly by: UserId;
  /** null: a bare claim. */
  readonly label: DeedRead["label"] | null;
}

/** What of it is not taken, and why. */
export async function hearModel(world: World, read: ReadThread): Promise<readonly Fallen[]> {
  if (read.deeds.length === 0) return [];
  const { workspace } = world;
  const { taken, fell } = await takenFrom(world, read);
  if (taken.length === 0) return fell;
  await settle(world, read.incident, (shown): Change | null => {
    if (shown.incident.state !== "open") return null;
    const news = taken.filter((each) => isNew(shown, each));
    const entries = [...deedEntries(world, shown, news), ...claimEntries(shown, news)];
    if (entries.length === 0) return null;
    const before = withEntries(shown, entries);
    const words = news.flatMap((each) => wordOf(before, each));
    const decided = decideWords(world, before, words);
    return {
      workspace,
      handled: [`${read.job} heard`],
      about: about(shown),
      entries: [...entries, ...(decided?.entries ?? [])],
      outcomes: decided?.outcomes ?? [],
      effects: [...changedEffects(world, shown, before), ...(decided?.effects ?? [])],
    };
  });
  return fell;
}

async function takenFrom(
  world: World,
  { incident, deeds, messages }: ReadThread,
): Promise<{ readonly taken: readonly Taken[]; readonly fell: readonly Fallen[] }> {
  const stored = await world.store.incident(world.workspace, incident);
  const taken: Taken[] = [];
  const fell: Fallen[] = [];
  for (const read of deeds) {
    // As the data shows it, or as the playbook names it.
    const deed = { ...read, step: read.step.replace(/^step:/, "") };
    const message = messageOf(deed.message, messages);
    const by = message?.user ?? null;
    const isFromMember =
      by !== null &&
      stored !== null &&
      // oxlint-disable-next-line no-await-in-loop -- a few at most, and of the same few people
      (await uncountedBecause(world, stored.channel, by)) === null;
    const told = message === null ? [] : [{ id: deed.message, text: message.text, isFromMember }];
    const fault = deedFault(deed, told, world.steps);
    const step = world.steps.find(({ id }) => id === deed.step);
    if (fault !== null) fell.push(fault);
    else if (message !== null && by !== null && step !== undefined)
      taken.push({ step, message, by, label: labelOf(deed, step) });
  }
  return { taken, fell };
}

/** A check mends nothing, and a model's word never says that a fix did it. */
function labelOf({ what, outcome }: ReadDeed, { role }: Step): Taken["label"] {
  switch (outcome ?? null) {
    case "helped":
      return "helped";
    case "no-effect":
      return "no_effect";
    case "worse":
      return "wrong";
    case null:
      if (what === "ruled-out") return role === "check" ? null : "already_considered";
      return what === "fixed" && role === "fix" ? "helped" : "already_considered";
  }
}

/** Told by nobody yet, and not by patterns either: these have the person's own word. */
function isNew({ incident }: Shown, { step, message, by }: Taken): boolean {
  const isSaid = incident.outcomes.some((each) => each.stepId === step.id && each.by === by);
  return !isSaid && !isRead(incident, { stepId: step.id, ts: message.ts });
}

function deedEntries(world: World, { suggestions }: Shown, news: readonly Taken[]): NewEntry[] {
  const deeds = news.flatMap(({ step, message, by, label }): DeedRead[] => {
    const isOffered = suggestions.some(({ stepId }) => stepId === step.id);
    const recorded = isOffered ? ({ isRecorded: true } as const) : {};
    return label === null ? [] : [{ stepId: step.id, label, by, ts: message.ts, ...recorded }];
  });
  if (deeds.length === 0) return [];
  const fact = { kind: "deeds-read", deeds } as const;
  return [{ actor: world.botUser, source: "bot", at: world.now(), fact }];
}

/** Of the things that both the message and the step speak of; each person once a thing. */
function claimEntries({ incident }: Shown, news: readonly Taken[]): NewEntry[] {
  return news.flatMap(({ step, message, by, label }) => {
    if (label !== null) return [];
    const said = asWords(message.text);
    return Object.entries(things)
      .filter(([, pattern]) => pattern.test(said))
      .flatMap(([thing]): About[] => (isThing(thing) ? [{ kind: "thing", thing }] : []))
      .filter((what) =>
        speaksOf(what, { ...step, stepId: step.id, title: step.plainTitle, expect: "" }),
      )
      .filter((what) => {
        const isSame = ({ about: other }: { about: About }) => keyOf(other) === keyOf(what);
        return !incident.claimedAway.some((each) => each.by === by && isSame(each));
      })
      .map((what): NewEntry => ({
        actor: by,
        source: "slack",
        at: new Date(Number(message.ts) * 1_000),
        messageTs: message.ts,
        fact: { kind: "claimed-away", about: what, by },
      }));
  });
}

/** Of a step that was offered here: about its newest suggestion. */
function wordOf({ suggestions }: Shown, { step, message, by, label }: Taken): Word[] {
  const suggestion = suggestions.findLast(({ stepId }) => stepId === step.id);
  if (suggestion === undefined || label === null) return [];
  const at = new Date(Number(message.ts) * 1_000);
  return [{ suggestion, label, by, source: "model", at, messageTs: message.ts }];
}
