/** Leaves a server alone that keeps failing: after five failures in a row for a minute, then one may try. */

const failuresMax = 5;
const restMs = 60_000;
/** However long a server asks to be left alone. */
const restMsMax = 600_000;

export interface Breaker {
  /** False while it rests, and while somebody else tries whether it is well again. */
  mayAsk(): boolean;
  /** Of an ask that `mayAsk` allowed; `afterMs`: the server itself wants to be left alone so long. */
  heard(isWell: boolean, afterMs?: number): void;
}

/** `onTurn` hears when it begins to rest, and when it is well again. */
export function openBreaker(now: () => number, onTurn: (isResting: boolean) => void): Breaker {
  let failures = 0;
  let restsUntil = 0;
  let isTrying = false;
  const isResting = () => restsUntil > 0;
  return {
    mayAsk: () => {
      if (!isResting()) return true;
      if (isTrying || now() < restsUntil) return false;
      isTrying = true;
      return true;
    },
    heard: (isWell, afterMs = 0) => {
      const wasResting = isResting();
      isTrying = false;
      failures = isWell ? 0 : failures + 1;
      const ms = failures >= failuresMax ? Math.max(restMs, afterMs) : afterMs;
      restsUntil = isWell || ms === 0 ? 0 : now() + Math.min(ms, restMsMax);
      if (isResting() !== wasResting) onTurn(isResting());
    },
  };
}
