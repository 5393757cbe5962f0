/** Steps and situations for the tests, with what a test does not care about filled in. */

import type { Step } from "../../src/playbook/step.ts";
import { noDraw } from "../../src/suggestion/draw.ts";
import { proposeSteps, type Situation } from "../../src/suggestion/propose.ts";
import { at, checkoutP99, nothing, unix } from "../incident/timeline.ts";

export function step(told: Partial<Step> & Pick<Step, "id">): Step {
  const title = told.id.replaceAll("-", " ");
  return {
    role: "check",
    title,
    plainTitle: title,
    question: `${title}?`,
    mechanism: "other",
    ways: [],
    expect: { ifSo: "It shows.", ifNot: "It does not." },
    minutes: 3,
    risk: "read-only",
    priors: { "*": 0.3 },
    boosts: [],
    doneWords: [],
    ...told,
  };
}

export const rollBack = step({
  id: "roll-back-deploy",
  role: "fix",
  title: "Roll back {service} to {previousVersion}",
  plainTitle: "Roll back the last deploy",
  mechanism: "deploy",
  risk: "disruptive",
  minutes: 6,
  priors: { "*": 0.2 },
  ways: [
    {
      command: "kubectl rollout undo deploy/{service}",
      undo: "kubectl rollout undo deploy/{service}",
    },
  ],
});

export function situation(told: Partial<Situation> = {}): Situation {
  return {
    service: "checkout",
    symptom: "latency",
    severity: 2,
    flags: [],
    facts: { runtime: "node", platform: "kubernetes", values: { service: "checkout" } },
    constraints: [],
    at: at("14:25"),
    diagnosis: { ...nothing, metrics: [checkoutP99], confidence: "clear" },
    changes: [],
    ...told,
  };
}

/** A deploy 90 s before onset that carried a commit, the commit being the suspect. */
export const liveDeploy: Pick<Situation, "changes" | "diagnosis"> = {
  changes: [
    {
      id: "3f2a91c",
      kind: "commit",
      at: unix("13:58"),
      service: "checkout",
      title: "Join orders",
      author: "Mallory",
      files: ["orders/query.ts"],
    },
    {
      id: "deploy-41",
      kind: "deploy",
      at: unix("14:00:30"),
      service: "checkout",
      title: "Deploy 3f2a91c",
      deploys: ["3f2a91c"],
    },
  ],
  diagnosis: {
    ...nothing,
    metrics: [checkoutP99],
    confidence: "clear",
    changes: [
      { id: "3f2a91c", p: 0.6, because: [] },
      { id: "deploy-41", p: 0.1, because: [] },
    ],
    noChange: 0.3,
  },
};

export const restart = step({
  id: "restart-service",
  role: "fix",
  mechanism: "runtime",
  risk: "disruptive",
  minutes: 8,
  priors: { "*": 0.1 },
  boosts: [{ when: { shiftedKind: "latency" }, odds: 1.01 }],
});
export const poolWaits = step({
  id: "read-pool-waits",
  mechanism: "capacity",
  priors: { "*": 0.6 },
});

export function offeredIn(steps: readonly Step[], told: Partial<Situation>) {
  return proposeSteps({
    steps,
    situation: situation(told),
    tallies: [],
    chances: new Map(),
    draw: noDraw,
    done: [],
    suggestionsMax: 5,
  }).offered;
}
