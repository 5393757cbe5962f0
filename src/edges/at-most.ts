/** A gate that lets so many pieces of work run at once and keeps the rest waiting, in order. */

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

export function atMost(concurrencyMax: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= concurrencyMax) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes now overtakes those who wait.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
