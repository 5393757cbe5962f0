/** What a model read in the thread of steps that were done: a word of less weight than a person's own. */

import type { MessageTs, OutcomeLabel, UserId } from "../vocabulary.ts";
import type { Incident } from "./incident.ts";

/** Older ones are forgotten. */
const deedsMax = 40;

export interface DeedRead {
  readonly stepId: string;
  readonly label: Exclude<OutcomeLabel, "resolved">;
  /** Who wrote the message that tells of it, and which that is. */
  readonly by: UserId;
  readonly ts: MessageTs;
  /** The step was offered, so that its outcome says so, which can be taken back. */
  readonly isRecorded?: true;
}

export interface DeedsReadFact {
  readonly kind: "deeds-read";
  readonly deeds: readonly DeedRead[];
}

/** Each message is read once for a step. */
export function withDeedsRead(incident: Incident, { deeds }: DeedsReadFact): Incident {
  const fresh = deeds.filter((deed) => !isRead(incident, deed));
  return { ...incident, deedsRead: [...incident.deedsRead, ...fresh].slice(-deedsMax) };
}

export function isRead(
  { deedsRead }: Pick<Incident, "deedsRead">,
  { stepId, ts }: Pick<DeedRead, "stepId" | "ts">,
): boolean {
  return deedsRead.some((each) => each.stepId === stepId && each.ts === ts);
}
