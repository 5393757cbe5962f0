/** How the ranker does in made-up organisations, against simpler orders: minutes to resolution, headroom, calibration, controls. */

import { calibrationOf } from "../src/learning/calibration.ts";
import { latentWorld } from "./ranking-latent.ts";
import { play, type Played, type Recording } from "./ranking-play.ts";
import { policiesOf, shuffled } from "./ranking-policies.ts";
import { tableWorld } from "./ranking-table.ts";
import type { World } from "./ranking-world.ts";

const incidents = 250;
const early = 50;
const windowSize = 50;
const calibrationFrom = 200;
/** The controls are played for the first few seeds, and compared with the same seeds. */
const controlSeeds = 4;

export interface Setting {
  readonly name: string;
  readonly world: (seed: number, count: number) => World;
  /** Share of causes that are written down, of which 85 % are right. */
  readonly labels: number;
}

export const settings: readonly Setting[] = [
  { name: "hidden causes", world: latentWorld, labels: 0 },
  { name: "hidden causes, labelled", world: latentWorld, labels: 0.8 },
  { name: "tables", world: tableWorld, labels: 0 },
  { name: "tables, labelled", world: tableWorld, labels: 0.8 },
];

export interface Figures {
  /** Mean minutes to resolution: incidents 1 to 50, and 51 to 250. */
  readonly minutes: Readonly<Record<string, { readonly first50: number; readonly later: number }>>;
  readonly headroom: { readonly first50: number; readonly later: number };
  /** Share of minutes saved against naive orders. */
  readonly against: { readonly rate: number; readonly symptomCost: number };
  readonly worseWindows: { readonly some: number; readonly of: number };
  readonly ece: number;
  /** Share of minutes that shuffled outcomes save against the playbook; share of the gain over the fixed order that a wild member costs. */
  readonly controls: { readonly shuffled: number; readonly wildCosts: number };
}

interface Run {
  readonly played: Readonly<Record<string, Played>>;
}

export function figuresOf(setting: Setting, seeds: readonly number[]): Figures {
  const runs = seeds.map((seed): Run => {
    const world = setting.world(seed, incidents);
    const recording: Recording = { seed, labels: setting.labels, labelsRight: 0.85 };
    const policies = policiesOf(world, seed);
    const played = Object.fromEntries(
      Object.entries(policies).map(([name, policy]) => [name, play(world, policy(), recording)]),
    );
    if (seeds.indexOf(seed) >= controlSeeds) return { played };
    return {
      played: {
        ...played,
        shuffled: play(world, shuffled(policies.learner(), seed), recording),
        wild: play(world, policies.learner(), { ...recording, wild: 0.2 }),
      },
    };
  });
  const of = (name: string, count = seeds.length) =>
    runs.slice(0, count).flatMap(({ played }) => played[name] ?? []);
  const later = (name: string, count = seeds.length) =>
    mean(of(name, count).flatMap(({ minutes }) => minutes.slice(early)));
  const first = (name: string) => mean(of(name).flatMap(({ minutes }) => minutes.slice(0, early)));
  const control = (name: string) => later(name, controlSeeds);
  const headroom = (at: typeof first) =>
    (at("fixed order") - at("learner")) / (at("fixed order") - at("oracle"));
  return {
    minutes: Object.fromEntries(
      Object.keys(runs[0]?.played ?? {}).map((name) => [
        name,
        { first50: first(name), later: later(name) },
      ]),
    ),
    headroom: { first50: headroom(first), later: headroom(later) },
    against: {
      rate: 1 - later("learner") / later("naive success rate"),
      symptomCost: 1 - later("learner") / later("naive per symptom / cost"),
    },
    worseWindows: worseWindows(of("learner"), of("fixed order")),
    ece: calibrationError(of("learner").flatMap(({ said }) => said)),
    controls: {
      shuffled: 1 - control("shuffled") / control("playbook p/c"),
      wildCosts:
        (control("wild") - control("learner")) / (control("fixed order") - control("learner")),
    },
  };
}

function worseWindows(
  learner: readonly Played[],
  fixed: readonly Played[],
): Figures["worseWindows"] {
  const windows = learner.flatMap(({ minutes }, run) =>
    Array.from({ length: incidents / windowSize }, (_, index) => {
      const [from, to] = [index * windowSize, (index + 1) * windowSize];
      return mean(minutes.slice(from, to)) > mean(fixed[run]?.minutes.slice(from, to) ?? []);
    }),
  );
  return { some: windows.filter((isWorse) => isWorse).length, of: windows.length };
}

/** Of steps tried in the last fifty incidents. */
function calibrationError(said: Played["said"]): number {
  return calibrationOf(said.filter(({ number }) => number >= calibrationFrom)).error ?? Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
