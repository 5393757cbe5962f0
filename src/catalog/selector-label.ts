/** What a service's selectors say of a label, for instance the namespace that its metrics come from. */

import type { Service } from "./catalog.ts";

/**
 * The value of the first exact matcher of the label, in the metrics' selector, then in the logs'; undefined where there
 * is none. `=~` and `!=` name no single value and are passed over.
 */
export function labelOf(service: Service, label: string): string | undefined {
  for (const selector of [service.metrics?.selector, service.logsSelector]) {
    const matchers = (selector ?? "").matchAll(
      /([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g,
    );
    for (const [, name, operator, value] of matchers) {
      if (name === label && operator === "=" && value !== "") return value;
    }
  }
  return undefined;
}
