/** What is counted and timed, as Prometheus text under /metrics. */

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Meter } from "../../flows/ports.ts";

/** What the database says of work that waits; read at each scrape. */
export interface Backlog {
  readonly queue: string;
  readonly waiting: number;
  readonly oldestSeconds: number;
}

export interface Metering extends Meter {
  /** An event of Slack's was accepted or turned away, after so many seconds. */
  event(outcome: string, seconds: number): void;
  /** A row of the outbox was sent, so long after it was written. */
  sent(kind: string, ageSeconds: number): void;
  trouble(where: string): void;
  readonly contentType: string;
  text(): Promise<string>;
}

const acknowledgementBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3];
const answerBuckets = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30];

export function openMeter(backlog: () => Promise<readonly Backlog[]>): Metering {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: "hindsight_events_total",
    help: "Requests from Slack by what became of them.",
    labelNames: ["outcome"],
    registers,
  });
  const acknowledged = new Histogram({
    name: "hindsight_acknowledgement_seconds",
    help: "From the first byte of an event to its answer.",
    buckets: acknowledgementBuckets,
    registers,
  });
  const answered = new Histogram({
    name: "hindsight_answer_seconds",
    help: "From a mention to its answer in the outbox.",
    buckets: answerBuckets,
    registers,
  });
  const sent = new Histogram({
    name: "hindsight_outbox_age_seconds",
    help: "From a row of the outbox to Slack's answer.",
    labelNames: ["kind"],
    buckets: answerBuckets,
    registers,
  });
  const sourceSeconds = new Histogram({
    name: "hindsight_source_seconds",
    help: "Time to read a source of evidence.",
    labelNames: ["source"],
    buckets: answerBuckets,
    registers,
  });
  const sourceErrors = new Counter({
    name: "hindsight_source_errors_total",
    help: "Reads of a source that failed or were not answered in time.",
    labelNames: ["source"],
    registers,
  });
  const suggestions = new Counter({
    name: "hindsight_suggestions_total",
    help: "Steps that were shown.",
    registers,
  });
  const outcomes = new Counter({
    name: "hindsight_outcomes_total",
    help: "What people said became of a step.",
    labelNames: ["label"],
    registers,
  });
  const troubles = new Counter({
    name: "hindsight_troubles_total",
    help: "Errors that were logged, by where they arose.",
    labelNames: ["where"],
    registers,
  });
  registerBacklog(registry, backlog);
  return {
    event: (outcome, seconds) => {
      events.inc({ outcome });
      acknowledged.observe(seconds);
    },
    answered: (seconds) => answered.observe(seconds),
    sent: (kind, ageSeconds) => sent.observe({ kind }, ageSeconds),
    sourceRead: (source, seconds, isOk) => {
      sourceSeconds.observe({ source }, seconds);
      if (!isOk) sourceErrors.inc({ source });
    },
    suggested: (count) => suggestions.inc(count),
    outcome: (label) => outcomes.inc({ label }),
    trouble: (where) => troubles.inc({ where }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function registerBacklog(registry: Registry, backlog: () => Promise<readonly Backlog[]>): void {
  const age = new Gauge({
    name: "hindsight_queue_oldest_seconds",
    help: "Age of the oldest row that could be worked on now.",
    labelNames: ["queue"],
    registers: [registry],
  });
  const depth = new Gauge({
    name: "hindsight_queue_waiting",
    help: "Rows that could be worked on now.",
    labelNames: ["queue"],
    registers: [registry],
    collect: async () => {
      for (const { queue, waiting, oldestSeconds } of await backlog()) {
        depth.set({ queue }, waiting);
        age.set({ queue }, oldestSeconds);
      }
    },
  });
}
