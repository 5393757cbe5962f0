/** Plays a made-up organisation's incidents under one policy: people try, something works, part of it is written down. */

import type { Word } from "../src/learning/facts.ts";
import { chanceIn, type MadeIncident, type World } from "./ranking-world.ts";

/** An order of steps, and what it is told. */
export interface Policy {
  readonly open: (incident: MadeIncident) => void;
  /** Best first; may leave out what was tried. */
  readonly order: (incident: MadeIncident) => readonly Ranked[];
  readonly word: (incident: MadeIncident, word: Word) => void;
  readonly close: (
    incident: MadeIncident,
    ending: { cause: string | null; resolvedBy: string | null },
  ) => void;
}

export interface Ranked {
  readonly step: string;
  readonly p?: number;
}

export interface Played {
  /** Minutes to resolution by incident. */
  readonly minutes: number[];
  /** What was said of tried steps, and what became of them, by incident number. */
  readonly said: { readonly number: number; readonly p: number; readonly hasWorked: boolean }[];
}

export interface Recording {
  readonly seed: number;
  /** Share of causes that are written down; 0: never. */
  readonly labels: number;
  readonly labelsRight: number;
  /** Share of words, and of names at the end, that come from somebody who says anything. */
  readonly wild?: number;
}

const triesMax = 15;
/** What an incident takes that nothing tried has ended. */
const elseMinutes = 60;

export function play(world: World, policy: Policy, recording: Recording): Played {
  const played: Played = { minutes: [], said: [] };
  for (const incident of world.incidents) {
    policy.open(incident);
    played.minutes.push(playOne(world, policy, { incident, recording, played }));
  }
  return played;
}

interface Scene {
  readonly incident: MadeIncident;
  readonly recording: Recording;
  readonly played: Played;
}

function playOne(world: World, policy: Policy, scene: Scene): number {
  const { incident, recording } = scene;
  const chance = chanceIn("people", recording.seed, world.name, incident.id);
  const tried: string[] = [];
  let minutes = 0;
  while (tried.length < triesMax) {
    const list = policy.order(incident).filter(({ step }) => !tried.includes(step));
    const step = choice(world, list, chance, tried.length);
    if (step === undefined) break;
    const taken = (world.minutes.get(step) ?? 10) * Math.exp(0.4 * chance.normal(step, "taken"));
    const hasWorked = incident.works.has(step);
    const p = list.find((one) => one.step === step)?.p;
    if (p !== undefined) scene.played.said.push({ number: incident.number, p, hasWorked });
    tried.push(step);
    if (minutes + taken > incident.healsAfter) {
      minutes = incident.healsAfter;
      close(world, policy, scene, {
        resolver: chance.unit("by chance") < 0.5 ? step : null,
        tried,
        minutes: taken,
      });
      return minutes;
    }
    minutes += taken;
    if (hasWorked) {
      close(world, policy, scene, { resolver: step, tried, minutes: taken });
      return minutes;
    }
    const isRecorded = chance.unit(step, "recorded") < world.habits.failuresRecorded;
    if (isRecorded || world.habits.silence === "known") {
      tell(policy, scene, {
        step,
        label: "no_effect",
        confidence: Number(isRecorded),
        minutes: taken,
      });
    }
  }
  close(world, policy, scene, { resolver: null, tried, minutes: 0 });
  return minutes + elseMinutes;
}

/** Down the list, now and then past a step, now and then to something else. */
function choice(
  { habits, steps }: World,
  list: readonly Ranked[],
  chance: ReturnType<typeof chanceIn>,
  turn: number,
): string | undefined {
  if (chance.unit(turn, "own idea") < habits.ownIdeas) {
    const own = chance.pick(steps, turn, "which").id;
    if (list.some(({ step }) => step === own)) return own;
  }
  const at = list.findIndex((_, index) => chance.unit(turn, index, "follows") < habits.follows);
  return list[Math.max(at, 0)]?.step;
}

interface End {
  readonly resolver: string | null;
  readonly tried: readonly string[];
  readonly minutes: number;
}

function close({ habits, causes }: World, policy: Policy, scene: Scene, end: End): void {
  const { incident, recording } = scene;
  const chance = chanceIn("end", recording.seed, incident.id);
  const isWrong = chance.unit("wrong") < habits.wrongCredit;
  const credited = isWrong ? chance.pick(end.tried, "whom") : end.resolver;
  const isRecorded = end.resolver !== null && chance.unit("recorded") < habits.successesRecorded;
  const resolvedBy = isRecorded ? credited : null;
  if (resolvedBy !== null) {
    tell(policy, scene, {
      step: resolvedBy,
      label: "resolved",
      confidence: 1,
      minutes: end.minutes,
    });
  }
  const wild = chanceIn("wild", recording.seed, incident.id);
  const isWild = wild.unit("names") < (recording.wild ?? 0);
  const named = isWild ? wild.pick(end.tried, "whom") : resolvedBy;
  const isLabelled = chance.unit("labelled") < recording.labels;
  const isRight = chance.unit("right") < recording.labelsRight;
  policy.close(incident, {
    cause: isLabelled ? (isRight ? incident.cause : chance.pick(causes, "another")) : null,
    resolvedBy: habits.credit === "named" ? named : null,
  });
}

function tell(
  policy: Policy,
  { incident, recording }: Scene,
  word: Pick<Word, "step" | "label" | "confidence" | "minutes">,
): void {
  const chance = chanceIn("wild", recording.seed, incident.id, word.step);
  const isWild = chance.unit("is") < (recording.wild ?? 0);
  const label = isWild
    ? chance.pick(["resolved", "helped", "no_effect", "wrong"] as const, "label")
    : word.label;
  const by = isWild ? "wild" : `u${Math.floor(6 * chance.unit("by"))}`;
  policy.word(incident, { ...word, label, by, at: null });
}
