/** What is kept of an incident so that many can be counted at once, and how such come to the facts of a period. */

import type { Told } from "../learning/calibration.ts";
import type { StepRole } from "../playbook/step.ts";
import type { Credit } from "../vocabulary.ts";
import type { Fix, IncidentFacts, PeriodFacts, StepFacts } from "./facts.ts";

/** Steps of a list that were offered at one time, one below the other. */
interface Offered {
  /** 0: of what people named and no list had offered. */
  readonly list: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** Of the first. */
  readonly place: number;
  readonly steps: readonly string[];
}

/**
 * What people said of a step in an incident, by the latest word of each; a tuple, since there are many. `p`: the chance that the list told where
 * something was first said of it, at `at` in Unix milliseconds by the word `id`; null: no list had offered it.
 */
export type Said = readonly [
  stepId: string,
  role: StepRole,
  worked: boolean,
  helped: boolean,
  p: number | null,
  at: number | null,
  id: string | null,
];

export interface CountedLedger {
  /** By list and place. */
  readonly offered: readonly Offered[];
  readonly firstOffered: string | null;
  readonly said: readonly Said[];
  /** The last word that a fix did it; `at` in Unix milliseconds. */
  readonly fix: (Pick<Fix, "stepId" | "title"> & Word) | null;
}

interface Word {
  readonly at: number;
  readonly id: string;
}

export interface CountedIncident extends Omit<IncidentFacts, "ending" | "fix" | "firstOffered"> {
  readonly credit: Credit | null;
  /** Its own, then those of what was merged into it; by incident. */
  readonly ledgers: ReadonlyMap<string, CountedLedger>;
}

/** Where a step was offered last: what it was then is looked up there. */
export interface Newest {
  readonly stepId: string;
  readonly incidents: readonly string[];
}

interface Places {
  lists: number;
  sum: number;
}

interface StepCount extends Pick<StepFacts, "stepId"> {
  shown: number;
  tried: number;
  helped: number;
  worked: number;
  readonly late: Places;
  readonly early: Places;
  newestAt: number;
  newestIn: string[];
}

/** Takes in one incident after the other, so that no more than a page of ledgers is held at once. */
export interface Count {
  readonly lateFrom: Date;
  readonly incidents: IncidentFacts[];
  readonly steps: Map<string, StepCount>;
  readonly told: Told[];
  /** Steps of a list that worked or helped. */
  helpful: number;
}

/** Lists from `lateFrom` on are of late. */
export function startCount(lateFrom: Date): Count {
  return { lateFrom, incidents: [], steps: new Map(), told: [], helpful: 0 };
}

export function addTo(count: Count, { ledgers, credit, ...incident }: CountedIncident): void {
  const all = [...ledgers.values()];
  const firstOffered = all[0]?.firstOffered ?? null;
  count.incidents.push({ ...incident, ...endingOf(all, credit), firstOffered });
  for (const step of countOffers(count, ledgers)) step.shown += 1;
  for (const [stepId, role, worked, helped, p] of saidIn(all)) {
    const step = count.steps.get(stepId);
    // Nobody says anything of what was neither offered nor named.
    if (step === undefined) continue;
    step.tried += 1;
    step.worked += worked ? 1 : 0;
    step.helped += helped && !worked ? 1 : 0;
    if (p === null) continue;
    count.helpful += worked || helped ? 1 : 0;
    if (role === "fix") count.told.push({ p, hasWorked: worked });
  }
}

export function newestIn({ steps }: Count): readonly Newest[] {
  return [...steps.values()].map(({ stepId, newestIn: incidents }) => ({ stepId, incidents }));
}

/** `known`: the steps, as they were offered last; of others nothing is told. `cost`: of a model; null: it is not known. */
export function factsOf(
  { incidents, steps, told, helpful }: Count,
  known: ReadonlyMap<string, Pick<StepFacts, "role" | "name">>,
  cost: number | null,
): PeriodFacts {
  return {
    incidents: incidents.toSorted(
      (a, b) => a.beganAt.getTime() - b.beganAt.getTime() || a.number - b.number,
    ),
    steps: [...steps.values()]
      .toSorted((a, b) => (a.stepId < b.stepId ? -1 : 1))
      .flatMap((step) => {
        const as = known.get(step.stepId);
        return as === undefined ? [] : [stepFacts(step, as)];
      }),
    told: told.toSorted((a, b) => a.p - b.p || Number(a.hasWorked) - Number(b.hasWorked)),
    model: cost === null ? null : { cost, helpful },
  };
}

/** Places are those of the incident's own first list. */
function endingOf(
  all: readonly CountedLedger[],
  credit: Credit | null,
): Pick<IncidentFacts, "ending" | "fix"> {
  const [last] = all.flatMap(({ fix }) => fix ?? []).toSorted((a, b) => inOrder(b, a));
  if (last === undefined) return { ending: credit === "cannot-tell" ? null : credit, fix: null };
  const { stepId, title } = last;
  const listed = all[0]?.offered.filter(({ list }) => list > 0) ?? [];
  const [first] = listed;
  const of = listed.find(({ list, steps }) => list === first?.list && steps.includes(stepId));
  const place = of === undefined ? null : of.place + of.steps.indexOf(stepId);
  const minutes = first === undefined ? 0 : Math.max(0, (last.at - first.at) / 60_000);
  return { ending: "step", fix: { stepId, title, place, minutes } };
}

/** Those that a list of the incident held. */
function countOffers(
  { steps, lateFrom }: Count,
  ledgers: CountedIncident["ledgers"],
): ReadonlySet<StepCount> {
  const lateFromMs = lateFrom.getTime();
  const shown = new Set<StepCount>();
  for (const [incident, { offered }] of ledgers) {
    for (const { list, at, place, steps: ids } of offered) {
      for (const [index, stepId] of ids.entries()) {
        const step = steps.get(stepId) ?? noneOf(stepId);
        steps.set(stepId, step);
        if (at > step.newestAt) [step.newestAt, step.newestIn] = [at, []];
        if (at === step.newestAt && step.newestIn.at(-1) !== incident) step.newestIn.push(incident);
        if (list === 0) continue;
        const places = at >= lateFromMs ? step.late : step.early;
        places.lists += 1;
        places.sum += place + index;
        shown.add(step);
      }
    }
  }
  return shown;
}

function noneOf(stepId: string): StepCount {
  const none = { shown: 0, tried: 0, helped: 0, worked: 0, newestAt: -Infinity, newestIn: [] };
  return { stepId, ...none, late: { lists: 0, sum: 0 }, early: { lists: 0, sum: 0 } };
}

/** Each step once, whatever was merged. */
function saidIn(all: readonly CountedLedger[]): readonly Said[] {
  if (all.length === 1) return all[0]?.said ?? [];
  const byStep = Map.groupBy(
    all.flatMap(({ said }) => said),
    ([stepId]) => stepId,
  );
  return [...byStep.values()].map((of) => of.reduce(bothSaid));
}

function bothSaid(a: Said, b: Said): Said {
  const [stepId, role, worked, helped, ...told] = a;
  const [, otherRole, otherWorked, otherHelped, ...otherTold] = b;
  const [, at, id] = told;
  const [, otherAt, otherId] = otherTold;
  const isFirst =
    otherAt === null ||
    (at !== null && inOrder({ at, id: id ?? "" }, { at: otherAt, id: otherId ?? "" }) < 0);
  return [
    stepId,
    leastOf(role, otherRole),
    worked || otherWorked,
    helped || otherHelped,
    ...(isFirst ? told : otherTold),
  ];
}

function inOrder(a: Word, b: Word): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** A step that was once a check and once a fix is a check, as by SQL's min. */
function leastOf(a: StepRole, b: StepRole): StepRole {
  return a < b ? a : b;
}

function stepFacts(
  { late, early, ...step }: StepCount,
  { role, name }: Pick<StepFacts, "role" | "name">,
): StepFacts {
  const { stepId, shown, tried, helped, worked } = step;
  const place = { late: meanOf(late), early: meanOf(early) };
  const lists = { late: late.lists, early: early.lists };
  return { stepId, role, name, shown, tried, helped, worked, place, lists };
}

function meanOf({ lists, sum }: Places): number | null {
  return lists === 0 ? null : sum / lists;
}
