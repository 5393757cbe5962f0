/** Waiting for a condition, for the tests: never for a fixed time. */

import { setTimeout as sleep } from "node:timers/promises";

const lookEveryMs = 10;

/** The first truthy answer; rejects with what was awaited where none came within `timeoutMs`. */
export async function until<T>(
  what: string,
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await sleep(lookEveryMs);
  }
}
