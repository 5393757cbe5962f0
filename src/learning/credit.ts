/** Who resolved it: the one that was named, else shares with what heals by itself in the denominator (DESIGN §9). */

import type { Incident } from "./facts.ts";
import { bounded, sum } from "./numbers.ts";
import { partial, type Try } from "./tries.ts";

/** An incident as it is heard, before credit is given; found once, for an incident never changes. */
export interface Account {
  readonly incident: Incident;
  readonly tries: readonly Try[];
  /** The playbook's chances, in the order of tries; so are the next two. */
  readonly priors: readonly number[];
  /** Names each step within the alert class. */
  readonly keys: readonly string[];
  /** Shares before worth and healing are known; all 0 where nobody's credit is in doubt. */
  readonly fadings: readonly number[];
  /** The alert class: symptom and service. */
  readonly group: string;
  readonly isShared: boolean;
  readonly shareMax: number;
}

/** Success of each try, in the order of tries; of an incident's fixes at most 1 together. */
export type Credit = readonly number[];

/** How often an alert class heals by itself before anything is known of it. */
const healingPrior = 0.05;
/** Strength of each level's prior, in incidents or tries. */
const k = 4;
/** After so many minutes a try is a third as likely to be what ended it. */
const fadingMinutes = 30;
/** What the tries are worth and how much heals depend on the credit, and it on them: so often each from the other. */
const rounds = 6;
const worthMin = 0.01;
/** Where so many incidents end with nothing tried, a claim may as well be healing. */
const aloneMin = 0.2;

interface Belief {
  /** Chance by step and class. */
  readonly worth: ReadonlyMap<string, number>;
  /** Rate of healing by class. */
  readonly healing: ReadonlyMap<string, number>;
}

const nothingKnown: Belief = { worth: new Map(), healing: new Map() };

export function creditsOf(accounts: readonly Account[]): Credit[] {
  let credits = accounts.map((account) => creditIn(account, nothingKnown));
  if (!accounts.some(({ isShared }) => isShared)) return credits;
  // From the playbook's chances, and from the healing that nobody claimed.
  let belief: Belief = { worth: new Map(), healing: healingOf(accounts, credits) };
  for (let round = 0; round < rounds; round += 1) {
    const now = belief;
    credits = accounts.map((account, at) =>
      account.isShared ? creditIn(account, now) : (credits[at] ?? []),
    );
    belief = { worth: worthOf(accounts, credits), healing: healingOf(accounts, credits) };
  }
  return credits;
}

export function accountOf(
  incident: Incident,
  tries: readonly Try[],
  priors: readonly number[],
): Account {
  const { symptom, service } = incident.opening;
  const group = `${symptom}\u0000${service}`;
  const isClaimed = tries.some((one) => isFixVote(one) && one.success > partial);
  const successMin = isClaimed ? partial : 0;
  const isNamed = (incident.ending?.resolvedBy ?? null) !== null;
  const fadings = tries.map((one) =>
    !isNamed && isFixVote(one) && one.success > successMin ? fading(one, incident) : 0,
  );
  return {
    incident,
    tries,
    priors,
    keys: tries.map(({ step }) => `${group}\u0000${step}`),
    fadings,
    group,
    isShared: fadings.some((share) => share > 0),
    shareMax: isClaimed ? 1 : partial,
  };
}

function creditIn(account: Account, belief: Belief): Credit {
  const { tries, incident, fadings } = account;
  const named = incident.ending?.resolvedBy ?? null;
  const weights = fadings.map((share, at) =>
    share === 0
      ? 0
      : share *
        bounded(belief.worth.get(account.keys[at] ?? "") ?? account.priors[at] ?? 0, worthMin, 1),
  );
  const healed = incident.ending === null ? 0 : (belief.healing.get(account.group) ?? 0);
  const total = sum(weights) + healed;
  return tries.map((one, at) => {
    if (one.role === "check") return one.success;
    if (named !== null) return Number(one.step === named);
    const weight = weights[at] ?? 0;
    return weight === 0 ? 0 : Math.min(account.shareMax, weight / total);
  });
}

const isFixVote = (one: Try) => one.role === "fix" && one.weight > 0;

/** exp(−Δt / 30 min) between the try and the end; 1 where either time is not known. */
function fading(one: Try, incident: Incident): number {
  const end = incident.ending?.at ?? null;
  if (one.at === null || end === null) return 1;
  return Math.exp(-bounded((end - one.at) / 60, 0, 10 * fadingMinutes) / fadingMinutes);
}

function worthOf(accounts: readonly Account[], credits: readonly Credit[]): Belief["worth"] {
  const counts = new Map<string, { readonly prior: number; won: number; tried: number }>();
  for (const [index, { tries, keys, priors }] of accounts.entries()) {
    for (const [at, one] of tries.entries()) {
      if (!isFixVote(one)) continue;
      const key = keys[at] ?? "";
      const known = counts.get(key);
      const count = known ?? { prior: priors[at] ?? 0, won: 0, tried: 0 };
      if (known === undefined) counts.set(key, count);
      count.won += one.weight * (credits[index]?.[at] ?? 0);
      count.tried += one.weight;
    }
  }
  return new Map(
    [...counts].map(([key, { prior, won, tried }]) => [key, (k * prior + won) / (k + tried)]),
  );
}

interface Endings {
  /** Nothing was tried. */
  alone: number;
  /** Claimed, and given to nobody. */
  doubted: number;
  ended: number;
}

/** By class, drawn to its symptom's. */
function healingOf(accounts: readonly Account[], credits: readonly Credit[]): Belief["healing"] {
  const bySymptom = new Map<string | null, Endings>();
  const byGroup = new Map<string, Endings & { readonly symptom: string | null }>();
  for (const [index, { incident, tries, group, isShared }] of accounts.entries()) {
    if (incident.ending === null) continue;
    const { symptom } = incident.opening;
    const wide = bySymptom.get(symptom) ?? { alone: 0, doubted: 0, ended: 0 };
    const narrow = byGroup.get(group) ?? { symptom, alone: 0, doubted: 0, ended: 0 };
    const given = isShared ? sum(credits[index] ?? []) : 1;
    for (const count of [wide, narrow]) {
      // An end after tries that all failed may be a success that nobody recorded: it says nothing.
      count.alone += Number(tries.length === 0 && incident.ending.resolvedBy === null);
      count.doubted += Math.max(1 - given, 0);
      count.ended += 1;
    }
    bySymptom.set(symptom, wide);
    byGroup.set(group, narrow);
  }
  return new Map(
    [...byGroup].map(([group, count]) => {
      const wide = bySymptom.get(count.symptom);
      const alone = drawn(drawn(healingPrior, "alone", wide), "alone", count);
      const doubted = drawn(drawn(0, "doubted", wide), "doubted", count);
      return [group, alone + doubted * Math.min(1, (alone / aloneMin) ** 2)];
    }),
  );
}

function drawn(prior: number, what: "alone" | "doubted", count?: Readonly<Endings>): number {
  return (k * prior + (count?.[what] ?? 0)) / (k + (count?.ended ?? 0));
}
