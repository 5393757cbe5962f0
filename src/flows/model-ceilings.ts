/** What a call of the model may cost, and which ceiling stands in its way: an incident's or the day's, in tokens or in money. */

import type { TokensUsed } from "../model/asked.ts";
import type { Ceiling } from "../model/away.ts";
import type { ModelCall, ModelLimits, ModelSpent } from "./model-ports.ts";

/** null: it fits under all of them. A ceiling in money counts calls as far as prices were told. */
export function ceilingOver(
  { incident, tokens, cost }: Pick<ModelCall, "incident" | "tokens" | "cost">,
  spent: ModelSpent,
  limits: ModelLimits,
): Ceiling | null {
  const wanted = tokens.in + tokens.out;
  const paid = cost ?? 0;
  if (incident !== null) {
    if (isOver(spent.incident + wanted, limits.tokensMaxIncident)) return "incident-ceiling";
    if (isOver(spent.cost + paid, limits.costMaxIncident)) return "incident-cost";
  }
  if (isOver(spent.today + wanted, limits.tokensMaxDay)) return "day-ceiling";
  return isOver(spent.costToday + paid, limits.costMaxDay) ? "day-cost" : null;
}

/** One that has not ended by then was lost with its program: an ask takes 25 seconds. */
export const underWayMsMax = 60_000;

/** In the currency of the prices; null: these are not told. */
export function costOf(tokens: TokensUsed, { prices }: Pick<ModelLimits, "prices">): number | null {
  if (prices === null) return null;
  return (tokens.in * prices.in + tokens.out * prices.out) / 1_000_000;
}

function isOver(sum: number, most: number | null): boolean {
  return most !== null && sum > most;
}
