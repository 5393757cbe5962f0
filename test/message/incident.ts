/** The incident of the sketches: checkout is slow since 14:02, a rollback and a check are offered. */

import type { Diagnosis } from "../../src/evidence/diagnosis.ts";
import { boardOf } from "../../src/incident/board.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import type { Links } from "../../src/message/links.ts";
import type { ModelUse } from "../../src/message/model-words.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import {
  at,
  checkoutP99,
  declared,
  evidenceRead,
  timeline,
  unix,
  type Told,
} from "../incident/timeline.ts";

export const links: Links = {
  hosts: ["hindsight.example", "prometheus.example"],
  cite: (cite) => (cite.startsWith("metric:") ? `https://prometheus.example/g?${cite}` : null),
  page: "https://hindsight.example/incidents/42",
};

export function suggestion(
  told: Partial<Suggestion> & Pick<Suggestion, "id" | "stepId">,
): Suggestion {
  return {
    incidentId: "inc_42",
    list: 1,
    position: 1,
    role: "check",
    mechanism: "deploy",
    risk: "read-only",
    title: told.stepId,
    expect: "It shows.",
    isOtherAngle: false,
    p: 0.5,
    minutes: 3,
    score: 0.1,
    propensity: 1,
    policy: "test",
    seed: 0,
    symptom: "latency",
    service: "checkout",
    flags: [],
    record: {
      stepId: told.stepId,
      tried: 0,
      worked: 0,
      triedHere: 0,
      workedHere: 0,
      ledToFix: 0,
      medianMinutes: null,
    },
    shownAt: at("14:06"),
    ...told,
  };
}

export const rollBack = suggestion({
  id: "sug_1",
  stepId: "roll-back-deploy",
  role: "fix",
  risk: "disruptive",
  minutes: 6.2,
  title: "Roll back checkout to 9c1d2e0",
  why: { text: "live 90 s before onset; touched orders/query.ts", cites: ["change:3f2a91c"] },
  how: {
    command: "kubectl -n shop rollout undo deploy/checkout --to-revision=41",
    undo: "kubectl -n shop rollout undo deploy/checkout --to-revision=42",
    isFilled: true,
  },
  expect: "p99 is below 0.5 s within 3 min. If not, it is not the deploy.",
  record: {
    stepId: "roll-back-deploy",
    tried: 5,
    worked: 4,
    triedHere: 2,
    workedHere: 2,
    ledToFix: 0,
    medianMinutes: 6,
  },
});

export const poolWaits = suggestion({
  id: "sug_2",
  stepId: "read-pool-waits",
  position: 2,
  title: "Read pool waits on checkout → payments",
  tellsApart: "query change or starved pool",
  expect: "Waits above 0.1 s name the pool.",
  record: {
    stepId: "read-pool-waits",
    tried: 9,
    worked: 7,
    triedHere: 0,
    workedHere: 0,
    ledToFix: 4,
    medianMinutes: null,
  },
});

export const offCpu = suggestion({
  id: "sug_3",
  stepId: "profile-off-cpu",
  position: 3,
  minutes: 8,
  title: "Profile off-CPU time of checkout",
  why: { text: "p99 of checkout up from 0.4 s to 4 s", cites: ["metric:0"] },
  expect: "Threads wait in one place.",
  isOtherAngle: true,
});

export const restart = suggestion({
  id: "sug_4",
  stepId: "restart-service",
  position: 4,
  role: "fix",
  risk: "disruptive",
  title: "Restart cart",
});

export const suggestions = [rollBack, poolWaits, offCpu, restart];

export const diagnosis: Partial<Diagnosis> = {
  metrics: [checkoutP99],
  scope: { everywhere: false, labels: { route: "POST /pay", version: "3f2a91c" }, share: 0.96 },
  findings: [
    { text: "latency_p99 of checkout 0.4 s → 4 s since 14:02", cites: ["metric:0"] },
    { text: "#311 Join orders live 14:00:30, 90 s before onset", cites: ["change:3f2a91c"] },
  ],
  examined: ["cart", "inventory", "redis"],
};

/** The readings of 14:23 and 14:25 with what else is told. */
export function incident(...told: readonly Told[]) {
  const earlier = { ...checkoutP99, latest: [unix("14:23"), 3.2] } as const;
  return foldIncident(
    timeline(
      declared(),
      { kind: "lead-set", lead: "UANA" },
      { kind: "suggested", list: 1, suggestions: ["sug_1", "sug_2", "sug_3", "sug_4"] },
      ["14:23", evidenceRead({ ...diagnosis, metrics: [earlier] })],
      [
        "14:25",
        evidenceRead(diagnosis, { gaps: [{ source: "Loki", reason: "no answer in 5 s" }] }),
      ],
      ...told,
    ),
  );
}

export const poolWaitsClaimed: Told = [
  "14:09",
  { kind: "claimed", suggestion: "sug_2", stepId: "read-pool-waits", by: "UBO" },
];
export const restartInVain: Told = [
  "14:15",
  {
    kind: "outcome",
    suggestion: "sug_4",
    stepId: "restart-service",
    label: "no_effect",
    by: "UANA",
    note: null,
  },
];

export function boardFor(of: ReturnType<typeof incident>) {
  return boardOf(of, suggestions);
}

/** The same step with a gap to fill in, and as runbooks have it: by a command, by words alone, and unknown to the playbook. */
export function variantsOf(step: Suggestion, text: string): readonly Suggestion[] {
  const link = `https://hindsight.example/${text}`;
  const source = { title: text, link, quote: text, isClassKnown: false, alert: text };
  const prose = { ...source, hasCommand: false };
  return [
    step,
    { ...step, id: "sug_2", how: { command: text, isFilled: false } },
    { ...step, id: "sug_3", runbook: { ...source, hasCommand: true } },
    { ...step, id: "sug_4", runbook: prose },
    { ...step, id: "sug_5", stepId: "runbook:a/b", runbook: prose },
  ];
}

export const modelUse: ModelUse = {
  incident: 3_120,
  incidentMax: 60_000,
  today: 18_400,
  todayMax: 1_000_000,
  costs: [
    [0.0024, 0.5],
    [1.5, 20],
  ],
};
