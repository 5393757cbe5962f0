/** What is counted and timed, as Prometheus text under /metrics. */

import { Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Meter } from "../../flows/meter.ts";
import { instruments } from "./instruments.ts";
import { modelCounted, type ModelMeter } from "./meter-model.ts";

/** What the database says of work that waits; read at each scrape. */
export interface Backlog {
  readonly queue: string;
  readonly waiting: number;
  readonly oldestSeconds: number;
}

export interface Metering extends Meter, ModelMeter {
  /** An event of Slack's was accepted or turned away, after so many seconds. */
  event(outcome: string, seconds: number): void;
  /** A request at a hook was accepted or turned away. */
  hook(source: string, outcome: string): void;
  /** A row of the outbox was sent, so long after it was written. */
  sent(kind: string, ageSeconds: number): void;
  trouble(where: string): void;
  /** How many mistakes keep what is written in the catalog from being used; 0: it is used. */
  catalogMistakes(count: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

const backlogTimeoutMs = 2_000;
const acknowledgementBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3];

export function openMeter(backlog: () => Promise<readonly Backlog[]>): Metering {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  registerBacklog(registry, backlog);
  const { count, time } = instruments(registry);
  const events = count("hindsight_events_total", "Requests of Slack's.", ["outcome"]);
  const acknowledged = new Histogram({
    name: "hindsight_acknowledgement_seconds",
    help: "From the first byte of an event to its answer.",
    buckets: acknowledgementBuckets,
    registers: [registry],
  });
  const answered = time("hindsight_answer_seconds", "From a mention to its answer.", []);
  const sent = time("hindsight_outbox_age_seconds", "From a row to Slack's answer.", ["kind"]);
  const read = time("hindsight_source_seconds", "Time to read a source.", ["source"]);
  const unread = count("hindsight_source_errors_total", "Reads that failed or came too late.", [
    "source",
  ]);
  const suggestions = count("hindsight_suggestions_total", "Steps that were shown.", ["role"]);
  const outcomes = count("hindsight_outcomes_total", "What became of steps.", ["label"]);
  return {
    event: (outcome, seconds) => {
      events.inc({ outcome });
      acknowledged.observe(seconds);
    },
    hook: hooksCounted(registry),
    answered: (seconds) => answered.observe(seconds),
    sent: (kind, ageSeconds) => sent.observe({ kind }, ageSeconds),
    sourceRead: (source, seconds, isOk) => {
      read.observe({ source }, seconds);
      if (!isOk) unread.inc({ source });
    },
    suggested: (role) => suggestions.inc({ role }),
    outcome: (label) => outcomes.inc({ label }),
    ...troublesCounted(registry),
    ...modelCounted(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function troublesCounted(registry: Registry): Pick<Metering, "trouble" | "catalogMistakes"> {
  const labels = ["where"];
  const troubles = instruments(registry).count(
    "hindsight_troubles_total",
    "Errors that were logged.",
    labels,
  );
  const mistakes = new Gauge({
    name: "hindsight_catalog_mistakes",
    help: "Mistakes for which the last good catalog is used; 0 while the written one is.",
    registers: [registry],
  });
  return {
    trouble: (where) => troubles.inc({ where }),
    catalogMistakes: (count) => mistakes.set(count),
  };
}

function hooksCounted(registry: Registry): Metering["hook"] {
  const labels = ["source", "outcome"];
  const hooks = instruments(registry).count(
    "hindsight_hook_events_total",
    "Requests at hooks.",
    labels,
  );
  return (source, outcome) => hooks.inc({ source, outcome });
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
    help: "Rows that could be worked on now; absent while the database does not tell.",
    labelNames: ["queue"],
    registers: [registry],
    collect: async () => {
      const rows = await withinTime(backlog());
      depth.reset();
      age.reset();
      for (const { queue, waiting, oldestSeconds } of rows) {
        depth.set({ queue }, waiting);
        age.set({ queue }, oldestSeconds);
      }
    },
  });
}

/** Nothing where the database is away: the other figures are wanted most just then. */
async function withinTime(rows: Promise<readonly Backlog[]>): Promise<readonly Backlog[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Backlog[]>((resolve) => {
    timer = setTimeout(() => resolve([]), backlogTimeoutMs);
  });
  try {
    return await Promise.race([rows, late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
