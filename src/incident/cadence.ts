/** When an open incident is read again: at fixed times since it was declared, so that whoever plans the next reading plans the same one (DESIGN §4). */

const minuteMs = 60_000;
/** Every two minutes for half an hour, then every ten. */
const quickPaceMs = 2 * minuteMs;
const quickReadings = 15;
const slowPaceMs = 10 * minuteMs;
/** An incident that nobody resolves is not read for ever. */
const lastReadingMs = 24 * 60 * minuteMs;

/** After somebody took a fix into their hands. */
const verifyAfterMs = [2 * minuteMs, 5 * minuteMs, 15 * minuteMs] as const;

/** When a claimed fix is looked at again: 2, 5 and 15 minutes after the claim, whatever else is planned. */
export function verifications(claimedAt: Date): ReadonlyArray<Date> {
  return verifyAfterMs.map((afterMs) => new Date(claimedAt.getTime() + afterMs));
}

export interface PlannedReading {
  /** Counts the incident's planned readings from 1. */
  readonly slot: number;
  readonly at: Date;
}

/** The first planned reading later than `now` and than the slot that is done; null after the last one. */
export function readingAfter(declaredAt: Date, now: Date, done = 0): PlannedReading | null {
  const slot = Math.max(slotAfter(now.getTime() - declaredAt.getTime()), done + 1);
  const dueMs = msOf(slot);
  return dueMs > lastReadingMs ? null : { slot, at: new Date(declaredAt.getTime() + dueMs) };
}

function slotAfter(ageMs: number): number {
  const quickMs = msOf(quickReadings);
  return ageMs < quickMs
    ? Math.max(Math.floor(ageMs / quickPaceMs), 0) + 1
    : quickReadings + Math.floor((ageMs - quickMs) / slowPaceMs) + 1;
}

/** From the declaration to the slot. */
function msOf(slot: number): number {
  const slow = Math.max(slot - quickReadings, 0);
  return (slot - slow) * quickPaceMs + slow * slowPaceMs;
}
