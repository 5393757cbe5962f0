/** Whether something with the shape of a name was gathered at all, wherever it stands. */

import type { Known } from "./known.ts";
import { holdsName, type Named } from "./names.ts";

export function isKnownName(name: Named, { items, services }: Known): boolean {
  return (
    services.some((service) => service.toLowerCase() === name.text.toLowerCase()) ||
    [...items.values()].some(({ backing }) => holdsName(name, backing))
  );
}
