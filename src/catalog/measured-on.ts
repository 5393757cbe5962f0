/** Which servers measure a service: the one that it names, else the unnamed one, else all. */

import type { Service } from "./catalog.ts";

/** `key`: of the server, "" for the unnamed one, null for one that serves all; `keys`: of all that there are. */
export function isMeasuredOn(
  { metrics }: Service,
  key: string | null,
  keys: readonly string[] = [],
): boolean {
  if (key === null) return true;
  const source = metrics?.source ?? (keys.includes("") ? "" : key);
  return source.toLowerCase() === key.toLowerCase();
}

/** The name of a server that there is not; undefined where the service is measured. */
export function strayedSource(service: Service, keys: readonly string[]): string | undefined {
  const isMeasured = keys.some((key) => isMeasuredOn(service, key, keys));
  return isMeasured || keys.length === 0 ? undefined : service.metrics?.source;
}
