/** When an open incident is read next: on its cadence, and for the sake of a try. */

import { readingAfter, verifications } from "../incident/cadence.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { SuggestionId } from "../vocabulary.ts";
import type { NewEntry, NewJob } from "./change.ts";
import type { World } from "./ports.ts";
import type { Sight } from "./refresh-channel.ts";
import type { Shown } from "./show-incident.ts";

/** The job of the next planned reading, `done` being the newest that was made; none once it is resolved or a day old. */
export function nextReading(world: World, { stored, incident }: Shown, done?: number): NewJob[] {
  const next =
    incident.state === "resolved" ? null : readingAfter(incident.declaredAt, world.now(), done);
  if (next === null) return [];
  const { slot, at } = next;
  return [
    {
      id: world.idOf(`read-again ${stored.id} ${slot}`),
      job: { kind: "read-again", channel: stored.channel, incident: stored.id, slot },
      startAfter: at,
    },
  ];
}

/** What follows a reading: the next one, or the entry that says that there is none and why. */
export function onward(
  world: World,
  shown: Shown,
  sight: Sight,
  done?: number,
): { readonly jobs: NewJob[]; readonly entries: NewEntry[] } {
  const jobs = sight === "open" ? nextReading(world, shown, done) : [];
  if (jobs.length > 0 || shown.incident.state === "resolved") return { jobs, entries: [] };
  const fact = {
    kind: "reading-stopped",
    because: sight === "open" ? "a-day-old" : sight,
  } as const;
  return { jobs, entries: [{ actor: world.botUser, source: "bot", at: world.now(), fact }] };
}

/** When it will be read next, for a try's sake or not; null where it is not. */
export function nextReadingAt(world: World, shown: Shown): Date | null {
  const { claims, readingStopped, state } = shown.incident;
  if (readingStopped !== null || state === "resolved") return null;
  const planned = nextReading(world, shown).flatMap(({ startAfter }) => startAfter ?? []);
  const ofTries = claims
    .filter(({ suggestion }) => isFix(shown, suggestion))
    .flatMap(({ at }) => verifications(at))
    .filter((at) => at > world.now());
  return [...planned, ...ofTries].toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** Readings of a fix that was taken into hand just now, beside those that are planned anyway. */
export function verifying(world: World, { stored }: Shown, fix: Suggestion): NewJob[] {
  if (fix.role !== "fix") return [];
  const { id: incident, channel } = stored;
  return verifications(world.now()).map((startAfter) => ({
    id: world.idOf(`verify ${fix.id} ${startAfter.toISOString()}`),
    job: { kind: "read-again", channel, incident },
    startAfter,
  }));
}

function isFix({ suggestions }: Shown, suggestion: SuggestionId): boolean {
  return suggestions.some(({ id, role }) => id === suggestion && role === "fix");
}
