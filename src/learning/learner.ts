/** The learner: what it was told, and the deeds by which it is told more; the same facts in any order of arrival are the same past. */

import { byTime, labelOf, type Cause, type Listener } from "./episodes.ts";
import type {
  Ending,
  Incident,
  Opening,
  Said,
  StepFacts,
  ThirdPlace,
  ToldWord,
  Word,
} from "./facts.ts";
import { fitOf, type Fit } from "./fit.ts";
import { newWording, teach, type Wordings } from "./wording.ts";

export interface Settings {
  readonly seed: number;
  readonly explore: boolean;
  /** Places of a list that are shown; fewer than three have no place for exploration. */
  readonly slots: number;
}

export interface OrderItem {
  readonly step: string;
  readonly role: StepFacts["role"];
  /** Chance that a fix resolves, or a check answers. */
  readonly p: number;
  /** Expected, without the charge for risk. */
  readonly minutes: number;
  /** Of this step at this place. */
  readonly propensity: number;
  /** In incidents of the same symptom. */
  readonly tried: number;
  readonly resolved: number;
  /** Chance put it here. */
  readonly explore: boolean;
}

/** What was ranked last in an incident; it stands until something new is known there. */
export interface List {
  readonly order: readonly OrderItem[];
  readonly said: ReadonlyMap<string, Said>;
}

/** Changed by the functions of this file and by `rank` alone. */
export interface Learner {
  settings: Settings;
  readonly steps: Map<string, StepFacts>;
  /** In the order in which they were opened. */
  readonly incidents: Map<string, Incident>;
  /** With the steps as they are declared now. */
  heard: Listener["heard"];
  readonly lists: Map<string, List>;
  /** Third places by incident, of lists that had one. */
  readonly shown: Map<string, readonly ThirdPlace[]>;
  /** Counts changes of the past; which incident changed last, and when another one did before it. */
  changes: { count: number; last: string; beforeLast: number };
  fitted: { readonly without: string; readonly count: number; readonly fit: Fit } | null;
  worded: Worded;
}

/** What texts say of labels and of remedies, and the incidents that taught it. */
interface Worded extends Wordings {
  readonly taught: Incident[];
}

export type Told = { readonly ok: true } | Refusal;
export interface Refusal {
  readonly ok: false;
  /** The field that names what is not known. */
  readonly field: "incident" | "step" | "resolvedBy";
  readonly why: "not opened" | "not declared";
}

export function newLearner(): Learner {
  return {
    settings: { seed: 0, explore: false, slots: 5 },
    steps: new Map(),
    incidents: new Map(),
    heard: new WeakMap(),
    lists: new Map(),
    shown: new Map(),
    changes: { count: 0, last: "", beforeLast: 0 },
    fitted: null,
    worded: untaught(),
  };
}

export function configure(learner: Learner, settings: Settings): void {
  learner.settings = settings;
}

/** Declared again, it takes the place of what it was. */
export function declareStep(learner: Learner, step: StepFacts): void {
  learner.steps.set(step.id, step);
  learner.lists.clear();
  learner.fitted = null;
  learner.heard = new WeakMap();
}

/** Knows the same steps as the former one, which hears no more: what both are told alike is not worked out anew. */
export function resume(learner: Learner, former: Learner): void {
  learner.heard = former.heard;
  learner.worded = former.worded;
}

/** As another learner that knows the same steps was told of it, at the same place in the order. */
export function adopt(learner: Learner, incident: Incident): void {
  change(learner, incident);
}

/** Opened again, its facts are replaced and its words kept; one that was closed is open again. */
export function openIncident(learner: Learner, opening: Opening): void {
  const known = learner.incidents.get(opening.incident);
  change(learner, {
    opening,
    number: known?.number ?? learner.incidents.size,
    words: known?.words ?? new Map(),
    ending: null,
  });
  learner.lists.delete(opening.incident);
}

/** Also after the end: the word counts in what the incident taught. */
export function recordOutcome(learner: Learner, id: string, word: Word): Told {
  const incident = learner.incidents.get(id);
  if (incident === undefined) return notOpened;
  if (!learner.steps.has(word.step)) return { ok: false, field: "step", why: "not declared" };
  const key = JSON.stringify([word.step, word.by]);
  const former = incident.words.get(key);
  const before = former?.said == null ? word : former;
  const told: ToldWord = {
    ...word,
    turn: former?.turn ?? incident.words.size,
    said: before.said ?? learner.lists.get(id)?.said.get(word.step) ?? null,
    evidence: before.evidence ?? 0,
  };
  change(learner, { ...incident, words: new Map(incident.words).set(key, told) });
  learner.lists.delete(id);
  return { ok: true };
}

/** Again with a cause or a resolver that became known later: what is left out stays as it was. */
export function closeIncident(learner: Learner, id: string, ending: Partial<Ending>): Told {
  const incident = learner.incidents.get(id);
  if (incident === undefined) return notOpened;
  const named = ending.resolvedBy ?? null;
  if (named !== null && !learner.steps.has(named)) {
    return { ok: false, field: "resolvedBy", why: "not declared" };
  }
  const nothingKnown = { cause: null, resolvedBy: null, isSelfHealed: false, at: null };
  const known = incident.ending ?? nothingKnown;
  change(learner, { ...incident, ending: { ...known, ...ending } });
  return { ok: true };
}

const notOpened: Refusal = { ok: false, field: "incident", why: "not opened" };

/** Keeps which list was shown, for the evaluation and for the recalibration. */
export function keepList(
  learner: Learner,
  id: string,
  { list, third }: { readonly list: List; readonly third: ThirdPlace | null },
): void {
  learner.lists.set(id, list);
  if (third !== null) learner.shown.set(id, [...(learner.shown.get(id) ?? []), third]);
}

/** What every incident but this one teaches. */
export function fitWithout(learner: Learner, id: string): Fit {
  const { count, last, beforeLast } = learner.changes;
  const { fitted } = learner;
  if (fitted !== null) {
    const isOwn = fitted.without === id;
    const newest = isOwn && last === id ? beforeLast : count;
    const isAlike = isOwn || (isSilent(learner, fitted.without) && isSilent(learner, id));
    if (isAlike && fitted.count >= newest) return fitted.fit;
  }
  const others = [...learner.incidents.values()].filter(({ opening }) => opening.incident !== id);
  const fit = fitOf(others, learner);
  learner.fitted = { without: id, count, fit };
  return fit;
}

/** Taught every ended incident, in the order of time; from the start again where one of the past changed. */
export function wordingsOf(learner: Learner): Wordings {
  const ended = [...learner.incidents.values()]
    .filter(({ ending, opening }) => ending !== null && opening.text !== "")
    .toSorted(byTime);
  if (learner.worded.taught.some((incident, at) => incident !== ended[at])) {
    learner.worded = untaught();
  }
  const { labels, remedies, taught } = learner.worded;
  for (const incident of ended.slice(taught.length)) {
    const { text } = incident.opening;
    const [label, remedy] = [labelOf(incident), claimedRemedy(incident)];
    if (label !== null) teach(labels, label, text);
    if (remedy !== null) teach(remedies, remedy, text);
    taught.push(incident);
  }
  return learner.worded;
}

function untaught(): Worded {
  return { labels: newWording(), remedies: newWording(), taught: [] };
}

/** Who was named; else the one fix that somebody said resolved it. Nobody else's past plays a part, so that it is taught once. */
function claimedRemedy({ ending, words }: Incident): Cause | null {
  if (ending?.isSelfHealed === true && ending.resolvedBy === null) return null;
  const claimed = new Set(
    [...words.values()].flatMap(({ label, confidence, step }) =>
      label === "resolved" && confidence > 0 ? [step] : [],
    ),
  );
  const [claim] = claimed;
  const step = ending?.resolvedBy ?? (claimed.size === 1 ? claim : undefined);
  return step === undefined ? null : { id: `fix ${step}`, name: step };
}

/** Without words and an end it teaches nothing yet. */
function isSilent({ incidents }: Learner, id: string): boolean {
  const incident = incidents.get(id);
  return incident === undefined || (incident.words.size === 0 && incident.ending === null);
}

function change(learner: Learner, incident: Incident): void {
  const id = incident.opening.incident;
  const wasSilent = isSilent(learner, id);
  const { count, last, beforeLast } = learner.changes;
  learner.incidents.set(id, incident);
  if (wasSilent && isSilent(learner, id)) return;
  learner.changes = {
    count: count + 1,
    last: id,
    beforeLast: last === id ? beforeLast : count,
  };
}
