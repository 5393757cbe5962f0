/** What kind of trouble an incident is, in the one word that past incidents are compared by (contracts §9). */

import type { Diagnosis } from "./diagnosis.ts";
import type { Alert } from "./input.ts";
import type { MetricKind, Symptom } from "../vocabulary.ts";

/** What no metric kind says, but people and alerts do. */
const telling: readonly (readonly [pattern: RegExp, symptom: Symptom])[] = [
  [/crash[- ]?loop|restarting|oom[- ]?kill/i, "crash-loop"],
  [/\bstale\b|out of date|replication lag|freshness|not updated/i, "data-stale"],
  [/\bbreach|intrusion|leaked (?:key|token|secret)|unauthori[sz]ed access|\bcve-/i, "security"],
];
/** Where an alert names no kind. */
const plain: readonly (readonly [pattern: RegExp, symptom: Symptom])[] = [
  [/latency|slow|\bp9[059]\b|duration|timed? ?out/i, "latency"],
  [/\berrors?\b|\b5xx\b|\b50\d\b|exception|fail/i, "errors"],
  [/\bdown\b|unavailab|unreachable|availability|outage/i, "availability"],
  [/memory|\boom\b|heap/i, "memory"],
  [/queue|backlog|consumer lag/i, "queue"],
  [/\bcpu\b|disk|saturat|exhaust|\bpool\b/i, "saturation"],
];

/** From the alert's words and kind, else its other words, else the most shifted metric; "other" where nothing tells. */
export function symptomOf(alert: Alert | undefined, diagnosis: Diagnosis): Symptom {
  const text = `${alert?.metric ?? ""} ${alert?.text ?? ""}`;
  const told = firstMatch(telling, text);
  if (told !== null) return told;
  const byKind = alert?.kind === undefined ? "other" : symptomOfKind(alert.kind);
  if (byKind !== "other") return byKind;
  const said = firstMatch(plain, text);
  if (said !== null) return said;
  for (const { kind } of diagnosis.metrics) {
    const symptom = kind === undefined ? "other" : symptomOfKind(kind);
    if (symptom !== "other") return symptom;
  }
  return "other";
}

function firstMatch(
  patterns: readonly (readonly [RegExp, Symptom])[],
  text: string,
): Symptom | null {
  return patterns.find(([pattern]) => pattern.test(text.slice(0, 5_000)))?.[1] ?? null;
}

function symptomOfKind(kind: MetricKind): Symptom {
  switch (kind) {
    case "latency":
    case "errors":
    case "availability":
    case "saturation":
    case "memory":
    case "queue":
      return kind;
    case "cpu":
    case "disk":
      return "saturation";
    case "restarts":
      return "crash-loop";
    case "network":
    case "requests":
    case "other":
      return "other";
  }
}
