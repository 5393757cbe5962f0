/** GitHub's environments are free text: "checkout-production" names the service and the environment of the catalog. */

import type { Service } from "../../catalog/catalog.ts";

/** Looked for in this order where the catalog has none that is named. */
const usual = `production prod prd preproduction preprod nonproduction nonprod staging stage stg
  preview development dev testing test qa uat sandbox integration ci live`.split(/\s+/);

/** The longest name that fits: of checkout and checkout-api, "checkout-api-production" means the latter. */
export function serviceIn(text: string, services: readonly Service[]): Service | undefined {
  return services
    .filter(({ name }) => wordsOf(text).includes(wordsOf(name)))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
}

/** The text itself where it names none that is known. */
export function environmentIn(text: string, services: readonly Service[]): string {
  const service = serviceIn(text, services);
  // A service's own name may hold such a word: live-chat, test-runner.
  const rest = wordsOf(text).replace(service === undefined ? "" : wordsOf(service.name), " ");
  const known = services.flatMap(({ environments }) => environments);
  return [...known, ...usual].find((name) => rest.includes(wordsOf(name))) ?? text;
}

/** In lower case, a space before and after each; "pre-prod" and "non-prod" are one, and no production. */
function wordsOf(text: string): string {
  const words = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, " ");
  return ` ${words.replaceAll(/\b(pre|non) (?=prod)/g, "$1")} `;
}
