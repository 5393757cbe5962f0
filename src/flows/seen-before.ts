/** The incidents that were most like one, as they are told in it: what both have, and whether the cause can be the same. */

import type { Evidence, Incident } from "../incident/incident.ts";
import type { SeenBefore } from "../message/seen-before.ts";
import { nearestTo } from "../suggestion/alike.ts";
import type { Alike, Description } from "../suggestion/alike.ts";
import { isContrary, ruledOutIn } from "../suggestion/ruled-out.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { Likeness, World } from "./ports.ts";

/** What a reading says that others are compared by. */
export type Read = Pick<Evidence, "symptom" | "service" | "flags" | "diagnosis">;

interface Here {
  readonly incident: Incident;
  readonly suggestions: readonly Suggestion[];
}

/** Nearest first; those alone that may be shown to the viewer. */
export async function alikeTo(
  { workspace, store }: World,
  like: Likeness,
  here: Here,
  read: Read,
): Promise<readonly Alike[]> {
  const ended = await store.endedLike(workspace, like);
  const fixes = here.suggestions.filter(({ role }) => role === "fix").map(({ stepId }) => stepId);
  const failed = here.incident.outcomes
    .filter(({ stepId, label }) => fixes.includes(stepId) && isFailure.has(label))
    .map(({ stepId }) => stepId);
  return nearestTo(descriptionOf(here, read), ended, new Set(failed));
}

const isFailure: ReadonlySet<string> = new Set(["no_effect", "wrong", "ruled_out"]);

function descriptionOf({ incident }: Here, { diagnosis, ...read }: Read): Description {
  return {
    ...read,
    said: [
      incident.title,
      ...incident.alerts.map(({ title }) => title),
      ...diagnosis.logs.map(({ template }) => template),
    ],
    findings: diagnosis.findings.map(({ text }) => text),
  };
}

/** As it reads by now: what was ruled out here, or named as the cause, tells others apart. */
export function seenHere(
  { alike, incident, suggestions }: Here & { readonly alike: readonly Alike[] },
  now: Date,
): SeenBefore[] {
  const ruledOut = ruledOutIn(incident.outcomes, suggestions);
  return alike.map(({ ended, mentions }) => ({
    name: `INC-${ended.number}`,
    agoMs: now.getTime() - ended.openedAt.getTime(),
    isSameService: ended.service !== null && ended.service === incident.evidence?.service,
    isSameSymptom: ended.symptom !== null && ended.symptom === incident.evidence?.symptom,
    mentions,
    cause: ended.cause === "unknown" ? null : ended.cause,
    isSameCause: isContrary(ended, { cause: incident.cause?.cause ?? null, ruledOut })
      ? false
      : null,
    fixedBy: ended.fix,
    ...(ended.isSelfHealed === true ? { isSelfHealed: true } : {}),
  }));
}
