/** What /readyz of a running product says. */

import { setTimeout as pause } from "node:timers/promises";
import { patienceMs } from "./running.ts";

export interface Readiness {
  /** 0: nobody answers. */
  readonly status: number;
  readonly said: string;
}

export const isReady = ({ status }: Readiness): boolean => status === 200;
export const isUnready = ({ status }: Readiness): boolean => status === 503;

/** Once it is as wanted. */
export async function readiness(
  product: { readonly url: string },
  isSo: (now: Readiness) => boolean,
): Promise<Readiness> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const response = await fetch(`${product.url}/readyz`).catch(() => null);
    const said = (await response?.text().catch(() => "")) ?? "";
    const now = { status: response?.status ?? 0, said };
    if (isSo(now)) return now;
    if (Date.now() > deadline) throw new Error(`still ${now.status} ${now.said}`);
    await pause(20);
  }
}
