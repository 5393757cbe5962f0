/** What a service's selectors say of a label, for instance the namespace that its metrics come from. */

import type { Service } from "./catalog.ts";

/**
 * The value of the first exact matcher of the label, in the metrics' selector, then in the logs'; undefined where there
 * is none. `=~` and `!=` name no single value and are passed over.
 */
export function labelOf(service: Service, label: string): string | undefined {
  const both = [...exactIn(service.metrics?.selector), ...exactIn(service.logsSelector)];
  return both.find(([name, value]) => name === label && value !== "")?.[1];
}

/** The exact matchers of the metrics' selector, label and value. */
export function matchersOf(service: Service): readonly (readonly [string, string])[] {
  return exactIn(service.metrics?.selector);
}

function exactIn(selector = ""): readonly (readonly [string, string])[] {
  const matchers = selector.matchAll(/([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g);
  return [...matchers].flatMap(([, name = "", operator, value = ""]) =>
    operator === "=" ? [[name, value] as const] : [],
  );
}
