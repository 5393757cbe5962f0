/** Which change was in flight and could have done it: odds by time, place, mechanism and effect, against no change at all. */

import {
  effectOf,
  isManifestOnly,
  linesOf,
  diffLimits,
  isDiffCut,
  type Effect,
} from "./inertness.ts";
import { fitsEnvironment, placedChanges, type PlacedChange } from "./liveness.ts";
import { bagsOf, overlapsOf, type EvidenceWords, type Overlap } from "./mechanism.ts";
import { counted, formatClock, formatDuration } from "./format.ts";
import type { SuspectChange } from "./diagnosis.ts";
import type { ChangeRecord } from "./input.ts";

/** Of more changes those nearest to the onset are weighed; the others get no probability and are counted. */
export const changesMax = 1_000;
/** A change that is not known to run keeps at most this probability: a merge is not a deploy. */
export const unknownLiveMax = 0.4;
export const notLiveMax = 0.1;
/** Clocks of two sources may differ by this much before "after the onset" is believed. */
const clockSkewSeconds = 60;
/** Hours of running without trouble that halve the odds: code may wait for its path to be taken, a switch acts at once. */
const halfLifeHours = { commit: 6, deploy: 6, flag: 1, config: 2 } as const;
/** A deploy brings what was merged before it, also where it names its newest commit only. */
const carriedFactor = 0.95;
/** Versions alone are hardly a suspect, unless what went wrong names the package. */
const namedPackageFactor = 1.5;
const unnamedPackageFactor = 0.4;
/** Share that a deploy keeps for "none of the commits it brought". */
const keptByDeploy = 0.1;

export interface ChangeInput {
  readonly changes: readonly ChangeRecord[];
  readonly onset: number;
  readonly environment: string | null;
  /** Share of the suspicion on each service, the first having 1. */
  readonly suspicion: ReadonlyMap<string, number>;
  readonly words: EvidenceWords;
  /** Odds of no change at all, against 1 for a plain change that is live and in place. */
  readonly noChangeOdds: number;
}

export interface ChangeVerdict {
  readonly changes: readonly SuspectChange[];
  readonly noChange: number;
  /** By id: when it went live, for findings and flags; only for what was weighed. */
  readonly placed: ReadonlyMap<string, PlacedChange>;
  readonly leftOut: readonly string[];
}

interface Weighed {
  readonly placed: PlacedChange;
  readonly odds: number;
  readonly because: readonly string[];
}

/** Σ p + noChange = 1; noChange is 1 where there is no change. */
export function judgedChanges(input: ChangeInput): ChangeVerdict {
  const near = nearest(input.changes, input.onset);
  const placed = placedChanges(near, input.environment);
  const suspects = handedOn(weighedChanges(placed, input));
  const total = suspects.reduce((sum, { odds }) => sum + odds, input.noChangeOdds);
  const judged = suspects.map(({ placed: { change, live }, odds, because }) => {
    const cap = live.state === "live" ? 1 : live.state === "unknown" ? unknownLiveMax : notLiveMax;
    return { id: change.id, p: Math.min(odds / total, cap), because };
  });
  const read = new Set(near);
  const rest = input.changes.filter((change) => !read.has(change));
  const unread = rest.map(({ id }) => ({
    id,
    p: 0,
    because: ["not weighed: no time, or beyond the limit"],
  }));
  return {
    changes: [...judged, ...unread].toSorted((x, y) => y.p - x.p),
    noChange: Math.max(1 - judged.reduce((sum, { p }) => sum + p, 0), 0),
    placed: new Map(placed.map((one) => [one.change.id, one])),
    leftOut: leftOutOf(near, rest.length),
  };
}

function weighedChanges(placed: readonly PlacedChange[], input: ChangeInput): Weighed[] {
  const read = placed.map(({ change }) => [change, linesOf(change.diff)] as const);
  const overlaps = overlapsOf(bagsOf(read, input.words), input.words);
  return placed.map((one, at) => {
    const effect = effectOf(one.change, read[at]?.[1] ?? linesOf(undefined));
    return weigh(one, effect, overlaps[at] ?? { factor: 1, shared: [] }, input);
  });
}

function weigh(
  placed: PlacedChange,
  effect: Effect,
  overlap: Overlap,
  input: ChangeInput,
): Weighed {
  if (!fitsEnvironment(placed.environment, input.environment)) {
    return {
      placed,
      odds: 0,
      because: [`ran in ${placed.environment}, not in ${input.environment}`],
    };
  }
  const locality = localityOf(placed.service, input.suspicion);
  const time = timeFactor(placed, input.onset);
  const because = [
    timeWords(placed, input.onset),
    ...(locality === 1 ? [`on ${placed.service}, the first suspect`] : []),
    ...(overlap.shared.length > 0
      ? [`shares words with what went wrong: ${overlap.shared.join(", ")}`]
      : []),
    ...(effect.because === null ? [] : [effect.because]),
  ];
  const inert = isManifestOnly(placed.change) ? packageFactor(overlap) : effect.factor;
  return { placed, odds: time * locality * overlap.factor * inert, because };
}

function packageFactor({ shared }: Overlap): number {
  return shared.length > 0 ? namedPackageFactor : unnamedPackageFactor;
}

/** A deploy keeps a tenth of its own odds; what is left out of the input stays with it. */
function handedOn(suspects: readonly Weighed[]): Weighed[] {
  return suspects.map((one) => {
    const { brought, change } = one.placed;
    if (brought.size === 0) return one;
    const named = new Set([...(change.deploys ?? []), ...brought]);
    const share = 1 - (1 - keptByDeploy) * (brought.size / named.size);
    return { ...one, odds: one.odds * share };
  });
}

/** Live before the onset, and long without trouble counts slowly against it; nearness alone never decides. */
function timeFactor({ live, change }: PlacedChange, onset: number): number {
  const lead = onset - live.at;
  const age = 2 ** -(Math.max(lead, 0) / 3600 / halfLifeHours[change.kind]);
  if (lead < 0) {
    const late = Math.max(-lead / clockSkewSeconds - 1, 0);
    return Math.max(0.5 * Math.exp(-late), 0.01);
  }
  switch (live.state) {
    case "live":
      return live.proof === "carried" ? carriedFactor * age : age;
    case "unknown":
      return (change.kind === "commit" ? 0.6 : 0.8) * age;
    case "not-live":
      return 0.1;
  }
}

function timeWords({ live, change }: PlacedChange, onset: number): string {
  const lead = onset - live.at;
  const came = change.kind === "commit" ? "merged" : "of";
  if (live.state === "not-live") return `${came} ${formatClock(change.at)}, not running`;
  if (live.state === "unknown") {
    return `${came} ${formatClock(change.at)}; whether it was live is not known`;
  }
  if (lead < 0) return `live ${formatDuration(lead)} after onset`;
  return `live ${formatDuration(lead)} before onset`;
}

/** 1 on the first suspect, down to 0.1 where nothing is suspected; 0.4 where the change has no service. */
function localityOf(service: string | undefined, suspicion: ReadonlyMap<string, number>): number {
  if (service === undefined) return 0.4;
  const share = suspicion.get(service) ?? 0;
  return 0.1 + 0.9 * share ** 2;
}

function nearest(changes: readonly ChangeRecord[], onset: number): readonly ChangeRecord[] {
  const timed = changes.filter(({ at }) => Number.isFinite(at));
  if (timed.length <= changesMax) return timed;
  const distance = ({ at }: ChangeRecord): number => Math.abs(onset - at);
  return timed.toSorted((x, y) => distance(x) - distance(y)).slice(0, changesMax);
}

function leftOutOf(near: readonly ChangeRecord[], unread: number): string[] {
  const long = near.filter(({ diff }) => isDiffCut(diff)).length;
  return [
    ...(unread > 0
      ? [`${counted(unread, "change")} without a time or beyond the limit of ${changesMax}`]
      : []),
    ...(long > 0 ? [`the end of ${counted(long, "diff")}: the limits are ${diffLimits}`] : []),
  ];
}
