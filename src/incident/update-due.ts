/** When people outside expect to hear of an incident again. */

import type { Severity } from "../vocabulary.ts";
import type { Incident } from "./incident.ts";

/** From one update to the next, where nobody has said when; null: nobody waits for one. */
export const updateMinutes: Readonly<Record<Severity, number | null>> = {
  1: 30,
  2: 60,
  3: 240,
  4: null,
};

/** null where none is due: it is over, somebody said that it was the last, or it is not grave enough. */
export function updateDueAt({ state, update, declaredAt, severity }: Incident): Date | null {
  if (state === "resolved") return null;
  if (update !== null) return update.nextAt;
  const minutes = updateMinutes[severity];
  return minutes === null ? null : new Date(declaredAt.getTime() + minutes * 60_000);
}
