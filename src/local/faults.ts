/** Faults that a test plants: what goes wrong, for which Web API method, and how often. */

type FaultKind = "rate-limited" | "server-error" | "refused" | "hang-up" | "answer-lost" | "slow";

export interface Fault {
  /** A Web API method such as `chat.postMessage`, or `response_url`; absent: any. */
  readonly method?: string;
  readonly kind: FaultKind;
  /** For `rate-limited`: the `Retry-After` header; 1 by default. */
  readonly retryAfterSeconds?: number;
  /** For `refused`: Slack's word for why not. */
  readonly error?: string;
  /** For `slow`: the delay before the call takes effect. */
  readonly ms?: number;
  /** How many calls it hits; 1 by default. */
  readonly times?: number;
}

export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The first planted fault that applies to this call, used up by one. */
  readonly take: (method: string) => Fault | undefined;
}

export function openFaults(): Faults {
  const planted: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void planted.push({ fault, left: fault.times ?? 1 }),
    clear: () => void planted.splice(0),
    take: (method) => {
      const hit = planted.find(
        ({ fault, left }) => left > 0 && (fault.method === undefined || fault.method === method),
      );
      if (hit === undefined) return undefined;
      hit.left -= 1;
      return hit.fault;
    },
  };
}
