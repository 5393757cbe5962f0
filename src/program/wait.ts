/** Tries something that is away until it is back, or until the program stops. */

import { setTimeout as sleep } from "node:timers/promises";
import { errorWords } from "../error-words.ts";

const firstPauseMs = 250;
const pauseMaxMs = 5_000;

/** Resolves with null when `signal` aborts first. `onTry` hears of each failure, once for a row of equal ones. */
export async function untilItWorks<T>(
  attempt: () => Promise<T>,
  onTry: (reason: string) => void,
  signal: AbortSignal,
): Promise<T | null> {
  let pauseMs = firstPauseMs;
  let said = "";
  while (!signal.aborted) {
    try {
      return await attempt();
    } catch (error) {
      const reason = errorWords(error);
      if (reason !== said) onTry(reason);
      said = reason;
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    pauseMs = Math.min(pauseMaxMs, pauseMs * 2);
  }
  return null;
}
