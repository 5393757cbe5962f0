/** How good the order is on an installation's own ledger: each ended incident ranked from the ledger before it (DESIGN §9). */

import { calibrationOf, shareOf, type Calibration, type Share } from "../learning/calibration.ts";
import { evaluate, type Evaluation } from "../learning/evaluate.ts";
import type { Incident, ThirdPlace, ToldWord } from "../learning/facts.ts";
import { sum } from "../learning/numbers.ts";
import type { Step } from "../playbook/step.ts";
import type { KeptIncident, KeptLedger } from "./kept-ledger.ts";
import {
  replayIncident,
  type OrderName,
  type ReplayedIncident,
  type Stood,
} from "./replay-incident.ts";
import { latestVotes, type LedgerRow } from "./tally.ts";

export interface OrderFigures {
  /** How often what resolved it stood first, among the first three, and first of the fixes. */
  readonly first: Share;
  readonly firstThree: Share;
  readonly firstFix: Share;
  /** Mean minutes until it was done, had each step before it been tried first; null of nothing. */
  readonly minutes: number | null;
}

interface Miss {
  readonly number: number;
  readonly stood: Stood;
}

export interface Replay {
  /** Incidents of public channels that have ended; the newest of them are ranked. */
  readonly ended: number;
  readonly ranked: number;
  /** Of these, in which a person said what resolved it. */
  readonly counted: number;
  readonly notCounted: {
    readonly nothingAttested: number;
    readonly selfHealed: number;
    readonly notInPlaybook: number;
    readonly private: number;
    readonly external: number;
  };
  readonly orders: Readonly<Record<OrderName, OrderFigures>>;
  /** Chances just before a step was tried against what came of it. */
  readonly calibration: Calibration;
  /** Where the replayed order would have cost the most minutes; null: it never did. */
  readonly worstMiss: Miss | null;
  /** What the third place would have earned without chance. */
  readonly thirdPlace: Evaluation;
}

/** Beyond these the older ones only teach: each takes as long as a list. */
const rankedMax = 200;

/** Rows and incidents in any order give the same. */
export function replay(steps: readonly Step[], ledger: KeptLedger): Replay {
  const ended = ledger.incidents
    .filter(({ turns }) => (turns.at(-1)?.endedAt ?? null) !== null)
    .toSorted((a, b) => b.openedAt.getTime() - a.openedAt.getTime() || b.number - a.number);
  const newest = ended.slice(0, rankedMax);
  const all = newest.map((incident) => replayIncident(steps, ledger, incident));
  const counted = all.filter((one) => one.notCounted === null);
  const missing = (why: ReplayedIncident["notCounted"]) =>
    all.filter(({ notCounted }) => notCounted === why).length;
  return {
    ended: ended.length,
    ranked: newest.length,
    counted: counted.length,
    notCounted: {
      nothingAttested: missing("nothing-attested"),
      selfHealed: missing("self-healed"),
      notInPlaybook: missing("not-in-playbook"),
      ...ledger.elsewhere,
    },
    orders: {
      replayed: figuresOf(counted.map(({ stood }) => stood.replayed)),
      shown: figuresOf(counted.map(({ stood }) => stood.shown)),
      playbook: figuresOf(counted.map(({ stood }) => stood.playbook)),
    },
    calibration: calibrationOf(all.flatMap(({ told }) => told)),
    worstMiss: worstOf(counted.map(({ number, stood }) => ({ number, stood: stood.replayed }))),
    thirdPlace: thirdPlaceOf(ended, ledger.rows),
  };
}

function figuresOf(all: readonly Stood[]): OrderFigures {
  const share = (is: (stood: Stood) => boolean) => shareOf(all.filter(is).length, all.length);
  return {
    first: share(({ place }) => place === 1),
    firstThree: share(({ place }) => place <= 3),
    firstFix: share(({ placeOfFixes }) => placeOfFixes === 1),
    minutes: all.length === 0 ? null : sum(all.map(({ minutes }) => minutes)) / all.length,
  };
}

function worstOf(all: readonly Miss[]): Miss | null {
  const lost = ({ stood }: Miss) => stood.minutes - stood.leastMinutes;
  const [worst] = all.toSorted((a, b) => lost(b) - lost(a) || b.number - a.number);
  return worst === undefined || lost(worst) === 0 ? null : worst;
}

/** Each list by itself: what was said of the row that stood third in it. */
function thirdPlaceOf(ended: readonly KeptIncident[], rows: readonly LedgerRow[]): Evaluation {
  const votes = Map.groupBy(latestVotes(rows), ({ suggestionId }) => suggestionId);
  const lists = ended.flatMap(({ offered }) =>
    offered.flatMap((row): [Incident, ThirdPlace][] => {
      const place = row.position === 3 ? thirdPlaceIn(row) : null;
      return place === null ? [] : [[listOf(row.id, votes.get(row.id) ?? []), place]];
    }),
  );
  return evaluate(
    lists.map(([incident]) => incident),
    new Map(lists.map(([{ opening }, place]) => [opening.incident, [place]])),
  );
}

/** Before it was kept what would have stood there: what is likelier than not did; of the others nothing is known. */
function thirdPlaceIn(row: KeptIncident["offered"][number]): ThirdPlace | null {
  const { stepId: step, p, propensity } = row;
  const greedy = row.greedy ?? (propensity > 0.5 ? { stepId: step, p } : null);
  if (greedy === null) return null;
  return { step, propensity, p, greedy: greedy.stepId, greedyP: greedy.p, words: 0 };
}

function listOf(id: string, votes: readonly LedgerRow[]): Incident {
  const words = votes.map(({ stepId: step, label, actor: by, minutes, confidence }, turn) => {
    const word: ToldWord = { step, label, by, minutes, confidence, at: null, turn, said: null };
    return [by, word] as const;
  });
  const none = { service: null, symptom: null, flags: [], text: "", severity: null, at: null };
  return { opening: { incident: id, ...none }, number: 0, words: new Map(words), ending: null };
}
