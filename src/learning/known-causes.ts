/** What past incidents showed of each cause: counted by what people said, then once more with every incident shared among the causes that it looks like. */

import type { Cause, Episode } from "./episodes.ts";
import type { Opening } from "./facts.ts";
import { bounded, byCode, logistic, logit, softmax, sum } from "./numbers.ts";

/** Masses by name. */
export interface KnownCause extends Cause {
  readonly mass: number;
  readonly symptoms: ReadonlyMap<string, number>;
  readonly services: ReadonlyMap<string, number>;
  readonly flags: ReadonlyMap<string, number>;
  readonly tries: ReadonlyMap<string, Tally>;
  /** By check: mass of answers that pointed on, and of all answers. */
  readonly answers: ReadonlyMap<string, { readonly helped: number; readonly all: number }>;
}

interface Tally {
  readonly won: number;
  readonly lost: number;
}

export interface Causes {
  readonly known: readonly KnownCause[];
  /** All of them together: what symptom, service and flags are like anywhere. */
  readonly any: KnownCause;
}

/** The playbook's chance of a step for a symptom, as it was found to be. */
export type Start = (step: string, symptom: string | null) => number;

/** Strength of what is so anywhere against what is so for one cause, in incidents. */
const smoothing = 2;
/** A fix mends a cause, mostly, or it does not, and helps by chance; by chance or by mistake it is also credited. */
const mends = 0.7;
const strays = 0.02;
const credited = 0.05;
/** Before anything was seen no fix is surer than so to mend a cause, or not to. */
const mendsMin = 0.005;
const mendsMax = 0.95;
/** Strength of `mends` against what was seen of a fix that mends, and of the playbook's word on a check, in tries. */
const priorTries = 3;
/** Share of what people say of causes that is right. */
const toldRight = 0.85;
/** An incident that is less likely than so of a cause says nothing of it. */
const shareMin = 0.01;

/** Chance that a fix ends an incident of a cause. */
export function mendingChance(start: number, { won, lost }: Tally): number {
  const before = bounded((start - strays) / (mends - strays), mendsMin, mendsMax);
  const odds =
    logit(before) +
    won * Math.log((mends + strays) / credited) +
    lost * Math.log((1 - mends) / (1 - strays));
  const share = logistic(odds);
  const rate = (priorTries * mends + won) / (priorTries + won + lost);
  return share * rate + (1 - share) * strays;
}

/** Chance that a check answers where the cause is known. */
export function answerChance(start: number, { won, lost }: Tally): number {
  return (priorTries * start + won) / (priorTries + won + lost);
}

export function causesOf(
  episodes: readonly Episode[],
  causeOf: (episode: Episode) => Cause | null,
  start: Start,
): Causes {
  const told = episodes.map(causeOf);
  const names = new Map(told.flatMap((cause) => (cause === null ? [] : [[cause.id, cause]])));
  const causes = [...names.values()].toSorted((a, b) => byCode(a.id, b.id));
  const place = new Map(causes.map(({ id }, index) => [id, index]));
  const owns = told.map((cause) => (cause === null ? null : (place.get(cause.id) ?? null)));
  const any = blank({ id: "", name: "" });
  if (causes.length === 0) return { known: [], any };
  const said = causes.map(blank);
  for (const [at, episode] of episodes.entries()) {
    count(any, episode, 1);
    const own = said[owns[at] ?? -1];
    if (own !== undefined) count(own, episode, 1);
  }
  // An incident without a label counts as far as labels are usual: its cause may be one that nobody named yet.
  const labelled = sum(said.map(({ mass }) => mass)) / Math.max(any.mass, 1e-9);
  const likeness = likenessTo({ known: said, any }, start);
  const known = causes.map(blank);
  for (const [at, episode] of episodes.entries()) {
    const own = owns[at] ?? null;
    for (const [index, share] of likeness(episode, own).entries()) {
      const cause = known[index];
      if (cause === undefined || share < shareMin) continue;
      count(cause, episode, own === null ? labelled * share : share);
    }
  }
  return { known, any };
}

/** How likely each cause lay behind an episode, given its label, its circumstances and what became of its fixes. */
function likenessTo(
  { known, any }: Causes,
  start: Start,
): (episode: Episode, own: number | null) => number[] {
  const wrong = Math.log((1 - toldRight) / Math.max(known.length - 1, 1));
  const circumstances = keptBy((opening: Opening) =>
    known.map((cause) => Math.log(Math.max(cause.mass, 1e-9)) + contextScore(cause, any, opening)),
  );
  const chances = keptBy(({ step, symptom }: { step: string; symptom: string | null }) => {
    const facts = { step, start: start(step, symptom) };
    const among = known.map((cause) => chanceAmong(cause, facts, nothingSeen));
    return { facts, won: among.map(Math.log), lost: among.map((p) => Math.log(1 - p)) };
  });
  return ({ opening, trials, weight }, own) => {
    const { symptom, service, flags } = opening;
    const scores = circumstances(JSON.stringify([symptom, service, flags]), opening).map(
      (score, at) => score + (own === null ? 0 : at === own ? Math.log(toldRight) : wrong),
    );
    for (const { role, step, won, lost, weight: confidence } of trials) {
      if (role !== "fix" || confidence === 0) continue;
      const among = chances(JSON.stringify([step, symptom]), { step, symptom });
      for (let at = 0; at < scores.length; at += 1) {
        const cause = at === own ? known[at] : undefined;
        const p = cause === undefined ? null : chanceAmong(cause, among.facts, { won, lost });
        const gain = p === null ? (among.won[at] ?? 0) : Math.log(p);
        const loss = p === null ? (among.lost[at] ?? 0) : Math.log(1 - p);
        scores[at] = (scores[at] ?? 0) + (won * gain + lost * loss) / weight;
      }
    }
    return softmax(scores);
  };
}

const nothingSeen: Tally = { won: 0, lost: 0 };

/** Without what the incident itself showed, which is no evidence for itself. */
function chanceAmong(
  cause: KnownCause,
  { step, start }: { readonly step: string; readonly start: number },
  own: Tally,
): number {
  const seen = cause.tries.get(step) ?? nothingSeen;
  const others = { won: Math.max(seen.won - own.won, 0), lost: Math.max(seen.lost - own.lost, 0) };
  return bounded(mendingChance(ownStart(cause, step, start), others), 0.01, 0.99);
}

function keptBy<A, V>(make: (of: A) => V): (key: string, of: A) => V {
  const kept = new Map<string, V>();
  return (key, of) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(of);
    kept.set(key, made);
    return made;
  };
}

/** A fix works against the cause that is known by nothing but that it worked. */
export function ownStart({ id }: Cause, step: string, start: number): number {
  return id === `fix ${step}` ? mends : start;
}

/** Log of smoothed counts: how usual symptom, service and flags are for the cause. */
export function contextScore(cause: KnownCause, any: KnownCause, opening: Opening): number {
  const share = (of: (counts: KnownCause) => number) => {
    const anywhere = (of(any) + 0.5) / (any.mass + 1);
    return (of(cause) + smoothing * anywhere) / (cause.mass + smoothing);
  };
  let score =
    Math.log(share(({ symptoms }) => symptoms.get(`${opening.symptom}`) ?? 0)) +
    Math.log(share(({ services }) => services.get(`${opening.service}`) ?? 0));
  for (const flag of new Set([...any.flags.keys(), ...opening.flags])) {
    const set = share(({ flags }) => flags.get(flag) ?? 0);
    score += Math.log(opening.flags.includes(flag) ? set : Math.max(1 - set, 1e-6));
  }
  return score;
}

/** While it is counted. */
interface Counting extends Cause {
  mass: number;
  readonly symptoms: Map<string, number>;
  readonly services: Map<string, number>;
  readonly flags: Map<string, number>;
  readonly tries: Map<string, { won: number; lost: number }>;
  readonly answers: Map<string, { helped: number; all: number }>;
}

/** Of which nothing was seen. */
export function blank({ id, name }: Cause): Counting {
  const counts = { symptoms: new Map(), services: new Map(), flags: new Map() };
  return { id, name, mass: 0, ...counts, tries: new Map(), answers: new Map() };
}

/** `share`: in (0, 1], how far the episode is of this cause. */
function count(cause: Counting, { opening, trials, weight }: Episode, share: number): void {
  const own = share * weight;
  cause.mass += own;
  add(cause.symptoms, `${opening.symptom}`, own);
  add(cause.services, `${opening.service}`, own);
  for (const flag of opening.flags) add(cause.flags, flag, own);
  for (const { step, won, lost, answer, weight: confidence } of trials) {
    const tried = cause.tries.get(step) ?? { won: 0, lost: 0 };
    tried.won += share * won;
    tried.lost += share * lost;
    cause.tries.set(step, tried);
    if (answer === null || confidence === 0) continue;
    const told = cause.answers.get(step) ?? { helped: 0, all: 0 };
    told.helped += answer === "helped" ? own : 0;
    told.all += own;
    cause.answers.set(step, told);
  }
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
