/** The learning curve on TVDiag's cases: each is an incident, each instance a step, and the alerts are its text. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { unitFrom } from "../src/learning/numbers.ts";
import {
  closeIncident,
  declareStep,
  newLearner,
  openIncident,
  type Learner,
} from "../src/learning/learner.ts";
import { rank } from "../src/learning/rank.ts";
import { readJson } from "./diagnosis-case.ts";
import { shareOf, type Share } from "./diagnosis-measures.ts";

const words = z.array(z.array(z.string()));
const events = z.record(
  z.string(),
  z.object({ metric_alerts: words, log_events: words, trace_events: words }),
);
const truths = z.record(z.string(), z.object({ instance: z.string() }));

interface Case {
  readonly id: string;
  readonly text: string;
  readonly instance: string;
}

export interface Curve {
  readonly set: string;
  /** AC@1 on the held-back tail after so many past incidents. */
  readonly points: readonly { readonly past: number; readonly right: Share }[];
}

/** The last 30 % are held back. */
const tailShare = 0.3;
const pasts = [0, 10, 50, 100, Number.POSITIVE_INFINITY];
/** The cases bear no times and one file is sorted by its answer: they are put into so many orders by chance, and all counted. */
const orders = 6;

/** None where the sets are not there. */
export function curves(folder: string): Curve[] {
  return ["sockshop", "hotel"]
    .filter((name) => existsSync(join(folder, `tvdiag-${name}`)))
    .map((name) => curveOf(name, casesIn(join(folder, `tvdiag-${name}`))));
}

function casesIn(folder: string): Case[] {
  const truth = readJson(join(folder, "truth.json"), truths);
  return Object.entries(readJson(join(folder, "events.json.gz"), events)).flatMap(([id, told]) => {
    const instance = truth[id]?.instance;
    const lines = [...told.metric_alerts, ...told.log_events, ...told.trace_events];
    return instance === undefined
      ? []
      : [{ id, instance, text: lines.map((line) => line.join(" ")).join("\n") }];
  });
}

function curveOf(set: string, cases: readonly Case[]): Curve {
  const steps = [...new Set(cases.map(({ instance }) => instance))].toSorted();
  const tail = Math.round(cases.length * tailShare);
  const hits = pasts.map(() => 0);
  let past = 0;
  for (let order = 0; order < orders; order += 1) {
    const ordered = cases.toSorted(
      (a, b) => unitFrom("order", order, a.id) - unitFrom("order", order, b.id),
    );
    const history = ordered.slice(0, -tail);
    past = history.length;
    const learner = newLearner();
    for (const id of steps) {
      declareStep(learner, {
        id,
        role: "fix",
        minutes: 5,
        risk: null,
        mechanism: null,
        prior: { "*": 1 / steps.length },
      });
    }
    let taught = 0;
    for (const [index, count] of pasts.entries()) {
      for (const one of history.slice(taught, count)) tell(learner, one);
      taught = Math.min(count, history.length);
      const right = ordered
        .slice(-tail)
        .filter((one) => isFirst(learner, one, `${index} ${one.id}`)).length;
      hits[index] = (hits[index] ?? 0) + right;
    }
  }
  const points = pasts.map((count, index) => ({
    past: Math.min(count, past),
    right: shareOf(hits[index] ?? 0, tail * orders),
  }));
  return { set, points };
}

function tell(learner: Learner, one: Case): void {
  open(learner, one, one.id);
  closeIncident(learner, one.id, { cause: null, resolvedBy: one.instance });
}

/** Asked, and never told what became of it. */
function isFirst(learner: Learner, one: Case, incident: string): boolean {
  open(learner, one, incident);
  const ranking = rank(learner, incident);
  return ranking.ok && ranking.order[0]?.step === one.instance;
}

function open(learner: Learner, { text }: Case, incident: string): void {
  openIncident(learner, {
    incident,
    service: null,
    symptom: null,
    flags: [],
    text,
    severity: null,
    at: null,
  });
}
