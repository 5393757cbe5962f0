/** The lines of `rank --stdio`: each tells the learner something, or asks it (contracts §4). */

import { z } from "zod";
import { evaluate } from "../../learning/evaluate.ts";
import {
  closeIncident,
  configure,
  declareStep,
  newLearner,
  openIncident,
  recordOutcome,
  type Learner,
  type Refusal,
  type Told,
} from "../../learning/learner.ts";
import { rank } from "../../learning/rank.ts";
import { outcomeLabels, risks } from "../../vocabulary.ts";
import { firstFault } from "../../evidence/told-rows.ts";
import { readLine } from "./read-line.ts";

/** Null and missing are the same: not known. */
const text = z.string().nullish();
const time = z.number().nullish();
const name = z.string().min(1);
const share = z.number().min(0).max(1);

const config = z.object({
  op: z.literal("config"),
  seed: z.number().nullish(),
  explore: z.boolean().nullish(),
  slots: z.int().min(1).nullish(),
});
const step = z.object({
  op: z.literal("step"),
  id: name,
  role: z.enum(["fix", "check"]).nullish(),
  minutes: z.number().nonnegative().nullish(),
  risk: z.enum(risks).nullish(),
  mechanism: text,
  prior: z.union([share, z.record(z.string(), share)]).nullish(),
});
const open = z.object({
  op: z.literal("open"),
  incident: name,
  service: text,
  symptom: text,
  flags: z.record(z.string(), z.boolean().nullable()).nullish(),
  text,
  severity: z.number().nullish(),
  at: time,
});
const outcome = z.object({
  op: z.literal("outcome"),
  incident: name,
  step: name,
  label: z.enum(outcomeLabels),
  by: text,
  minutes: z.number().nonnegative().nullish(),
  confidence: share.nullish(),
  at: time,
});
const close = z.object({
  op: z.literal("close"),
  incident: name,
  cause: text,
  resolvedBy: text,
  at: time,
});
const request = z.discriminatedUnion("op", [
  config,
  step,
  open,
  z.object({ op: z.literal("rank"), incident: name }),
  outcome,
  close,
  z.object({ op: z.literal("evaluate") }),
]);
type Request = z.infer<typeof request>;

/** Where the playbook names no minutes. */
const minutesDefault = 10;
const whoDefault = "anon";

/** One learner's answers; the state lives in the closure. */
export function rankLines(): (line: string | null) => unknown {
  const learner = newLearner();
  return (line) => {
    const read = readLine(line);
    if (!read.ok) return { error: read.error };
    const parsed = request.safeParse(read.value);
    if (!parsed.success) return { error: firstFault(parsed.error, "line") };
    return answerTo(learner, parsed.data);
  };
}

function answerTo(learner: Learner, asked: Request): unknown {
  switch (asked.op) {
    case "config": {
      const { seed, explore, slots } = asked;
      configure(learner, { seed: seed ?? 0, explore: explore ?? false, slots: slots ?? 5 });
      return { ok: true };
    }
    case "step":
      declareStep(learner, {
        id: asked.id,
        role: asked.role ?? "fix",
        minutes: asked.minutes ?? minutesDefault,
        risk: asked.risk ?? null,
        mechanism: asked.mechanism ?? null,
        prior: typeof asked.prior === "number" ? { "*": asked.prior } : (asked.prior ?? {}),
      });
      return { ok: true };
    case "open":
      openIncident(learner, openingOf(asked));
      return { ok: true };
    case "rank": {
      const ranking = rank(learner, asked.incident);
      return ranking.ok ? { order: ranking.order } : refused(ranking, asked.incident);
    }
    case "outcome":
      return told(
        recordOutcome(learner, asked.incident, wordOf(asked)),
        asked.incident,
        asked.step,
      );
    case "close":
      return told(
        closeIncident(learner, asked.incident, endingOf(asked)),
        asked.incident,
        asked.resolvedBy,
      );
    case "evaluate":
      return evaluate(learner.incidents.values(), learner.shown);
  }
}

function openingOf(asked: z.infer<typeof open>) {
  return {
    incident: asked.incident,
    service: asked.service ?? null,
    symptom: asked.symptom ?? null,
    flags: Object.entries(asked.flags ?? {}).flatMap(([flag, isSet]) =>
      isSet === true ? [flag] : [],
    ),
    text: asked.text ?? "",
    severity: asked.severity ?? null,
    at: asked.at ?? null,
  };
}

function wordOf(asked: z.infer<typeof outcome>) {
  return {
    step: asked.step,
    label: asked.label,
    by: asked.by ?? whoDefault,
    minutes: asked.minutes ?? null,
    confidence: asked.confidence ?? 1,
    at: asked.at ?? null,
  };
}

/** What is left out stays as it was at an earlier close; null is an answer: not known. */
function endingOf(asked: z.infer<typeof close>) {
  return {
    ...(asked.cause === undefined ? {} : { cause: asked.cause }),
    ...(asked.resolvedBy === undefined ? {} : { resolvedBy: asked.resolvedBy }),
    ...(asked.at === undefined ? {} : { at: asked.at }),
  };
}

function told(answer: Told, incident: string, named?: string | null): unknown {
  return answer.ok
    ? answer
    : refused(answer, answer.field === "incident" ? incident : (named ?? ""));
}

function refused({ field, why }: Refusal, value: string): { readonly error: string } {
  return { error: `${field}: ${JSON.stringify(value.slice(0, 200))} was ${why}` };
}
