/** Tells whoever waits that something in the workspace changed. */

export interface Feed {
  /** Calls `listener` after every change until the returned function is called. */
  readonly listen: (listener: () => void) => () => void;
  readonly changed: () => void;
  /** The first truthy answer of `look`, asked now and after each change; rejects after `timeoutMs`. */
  readonly until: <T>(look: () => T | undefined | false | null, timeoutMs: number) => Promise<T>;
}

export function openFeed(): Feed {
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    listen,
    changed: () => [...listeners].forEach((listener) => listener()),
    until: (look, timeoutMs) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          forget();
        };
        const check = () => {
          try {
            const found = look();
            if (found === undefined || found === false || found === null) return;
            stop();
            resolve(found);
          } catch (cause) {
            stop();
            reject(new Error("the condition that was waited for failed", { cause }));
          }
        };
        const timer = setTimeout(() => {
          forget();
          reject(new Error(`not true after ${timeoutMs} ms: ${look.toString().slice(0, 300)}`));
        }, timeoutMs);
        const forget = listen(check);
        check();
      }),
  };
}
