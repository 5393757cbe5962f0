/** Which service a text or a channel's name speaks of. */

import type { Catalog, Service } from "./catalog.ts";

/** Longer texts are searched only this far; in characters. */
const charactersMax = 20_000;

/**
 * The service with the longest name that stands in the text as a whole word; of equally long ones the earliest.
 * Case is ignored, and spaces, dots, underscores and hyphens are the same: a channel's name knows only hyphens.
 */
export function serviceNamedIn(text: string, catalog: Catalog): Service | null {
  const plain = asWords(text.slice(0, charactersMax));
  let best: { service: Service; length: number; at: number } | null = null;
  for (const service of catalog.services) {
    const name = asWords(service.name);
    const at = plain.indexOf(name);
    if (at < 0 || name === " ") continue;
    const isBetter =
      best === null || name.length > best.length || (name.length === best.length && at < best.at);
    if (isBetter) best = { service, length: name.length, at };
  }
  return best?.service ?? null;
}

/** Lower-case words with one space around each, so that a whole-word search is a plain one. */
function asWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join(" ")} `;
}
