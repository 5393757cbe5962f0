/** Which environment an incident is about, where neither its service nor its series tell. No effects. */

import type { Service } from "../catalog/catalog.ts";
import type { ChangeRecord, Series } from "../evidence/input.ts";

const rehearsal = /^(?:stag|dev|test|qa|uat|preview|sandbox|preprod|pre-prod|integration|ci\b)/i;
const production = /^(?:prod|prd|live)/i;

/**
 * The service's first; nothing: what the series and the changes tell decides. Where the changes tell of nothing but
 * production and places to rehearse it, the incident is production's: a staging deploy is no suspect for it.
 */
export function environmentOfIncident(
  service: Service | null,
  series: readonly Series[],
  changes: readonly ChangeRecord[],
): { readonly environment?: string } {
  const [own] = service?.environments ?? [];
  if (own !== undefined) return { environment: own };
  const isLabelled = series.some(
    ({ labels }) => labels?.["environment"] !== undefined || labels?.["env"] !== undefined,
  );
  const told = changes.flatMap(({ environment }) => environment ?? []);
  const areKnown = told.every((name) => rehearsal.test(name) || production.test(name));
  return !isLabelled && told.length > 0 && areKnown ? { environment: "production" } : {};
}
