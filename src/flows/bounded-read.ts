/** One source is asked under a deadline; one that is silent or fails becomes a stated gap. */

import type { Gap } from "../incident/timeline.ts";
import type { Changes, Logs, Metrics, Reading, World } from "./ports.ts";

const sourceTimeoutMs = 5_000;

export interface Read<T> extends Reading<T> {
  readonly gap: Gap | null;
}

/** Bounded twice: by the signal, and by the clock where a source does not heed it. */
export async function bounded<T>(
  world: Pick<World, "deadline" | "meter" | "now">,
  source: Pick<Metrics | Changes | Logs, "name">,
  read: (signal: AbortSignal) => Promise<Reading<T>>,
  timeoutMs = sourceTimeoutMs,
): Promise<Read<T>> {
  const started = world.now().getTime();
  const signal = world.deadline(timeoutMs);
  const said = (isOk: boolean): void =>
    world.meter.sourceRead(source.name, (world.now().getTime() - started) / 1000, isOk);
  try {
    const reading = await Promise.race([read(signal), whenAborted(signal)]);
    said(true);
    return { ...reading, gap: null };
  } catch (error) {
    said(false);
    const reason = signal.aborted ? `no answer in ${timeoutMs / 1000} s` : sentenceOf(error);
    return { items: [], leftOut: [], gap: { source: source.name, reason } };
  }
}

/** Rejects then; what is raced against it may go on by itself. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error("no answer in time"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}

function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : "it failed";
}
