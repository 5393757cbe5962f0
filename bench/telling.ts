/** Tells alerts as Alertmanager does: each payload again and again until it was taken. */

import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

const againMs = 250;
const answerMsMax = 5_000;

export interface ToldAlert {
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: Date;
  readonly endsAt?: Date;
  readonly fingerprint: string;
}

export interface Hook {
  /** http://127.0.0.1:3000/hooks/alertmanager */
  readonly url: string;
  readonly token: string;
}

/** Milliseconds of the try that was acknowledged; rejects where the answer will not be another. */
export async function tell(
  hook: Hook,
  group: string,
  alerts: readonly ToldAlert[],
): Promise<number> {
  const body = JSON.stringify({ version: "4", groupKey: group, alerts });
  for (;;) {
    const began = performance.now();
    const status = await statusOf(hook, body);
    if (status === 202) return performance.now() - began;
    if (status !== null && status < 500) throw new Error(`the hook answered ${status}`);
    await pause(againMs);
  }
}

/** null: nobody answered. */
async function statusOf({ url, token }: Hook, body: string): Promise<number | null> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const signal = AbortSignal.timeout(answerMsMax);
    const answer = await fetch(url, { method: "POST", headers, body, signal });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}

/** Of a group, as it is kept: what a benchmark compares with what was acknowledged. */
export const KeptGroup = z.object({
  place: z.object({ kind: z.string() }).nullable(),
  told: z.object({ key: z.string() }).nullable(),
  alerts: z.array(
    z.object({ fingerprint: z.string(), firedAt: z.number(), clearedAt: z.number().nullable() }),
  ),
});
