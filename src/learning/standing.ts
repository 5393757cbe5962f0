/** Which steps are not offered, and which are doubted: done here, quarantined, not for this service (DESIGN §9). */

import type { Incident, ToldWord } from "./facts.ts";
import { byTime } from "./episodes.ts";

export interface Standing {
  /** Steps that are left out. */
  readonly out: ReadonlySet<string>;
  /** Steps that one person said are not for this service. */
  readonly doubted: ReadonlySet<string>;
}

interface Vote {
  readonly incident: string;
  readonly word: ToldWord;
}

/** So many different people take a step away; one person's word only moves it down. */
const peopleMin = 2;

export function standingIn(incidents: Iterable<Incident>, here: Incident): Standing {
  const out = new Set([...here.words.values()].map(({ step }) => step));
  const wrong = new Map<string, Vote[]>();
  const { service, incident: id } = here.opening;
  const ofService: Incident[] = [];
  for (const incident of incidents) {
    if (incident.opening.service === service && service !== null) ofService.push(incident);
    for (const word of incident.words.values()) {
      if (word.label !== "wrong" || word.confidence === 0) continue;
      const votes = wrong.get(word.step) ?? [];
      votes.push({ incident: incident.opening.incident, word });
      wrong.set(word.step, votes);
    }
  }
  for (const [step, votes] of wrong) if (isQuarantined(votes)) out.add(step);
  const doubted = new Set<string>();
  const others = ofService.filter(({ opening }) => opening.incident !== id);
  for (const [step, people] of refusals(others)) {
    if (people.size >= peopleMin) out.add(step);
    else doubted.add(step);
  }
  return { out, doubted };
}

/** Two people in two incidents: one person twice is one judgement, one incident is one event. */
function isQuarantined(votes: readonly Vote[]): boolean {
  return votes.some((a) => votes.some((b) => a.word.by !== b.word.by && a.incident !== b.incident));
}

/** Who says last that a step is not for the service of these incidents, by step. */
function refusals(incidents: readonly Incident[]): ReadonlyMap<string, ReadonlySet<string>> {
  const last = new Map<string, ToldWord>();
  for (const { words } of incidents.toSorted(byTime)) {
    for (const word of words.values()) {
      if (word.confidence > 0) last.set(JSON.stringify([word.step, word.by]), word);
    }
  }
  const people = new Map<string, Set<string>>();
  for (const { label, step, by } of last.values()) {
    if (label === "not_for_us") people.set(step, (people.get(step) ?? new Set()).add(by));
  }
  return people;
}
