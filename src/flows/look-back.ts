/** How far back changes are read: what broke now may have gone live hours before it was felt. */

import type { Window } from "./ports.ts";

/** Hours before the onset; a longer window of the metrics is read as a whole. */
export const lookBackHours = 6;

export function changesSince(window: Window): Date {
  const lookedBack = window.onset.getTime() - lookBackHours * 3_600_000;
  return new Date(Math.min(window.from.getTime(), lookedBack));
}
