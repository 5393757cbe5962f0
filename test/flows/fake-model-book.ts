/** The book of a model's calls in memory. */

import type { ModelBook, ModelCall, ModelCallEnd } from "../../src/flows/model-ports.ts";

export function fakeModelBook(): ModelBook {
  const calls = new Map<string, ModelCall & Partial<ModelCallEnd>>();
  const spent = ({ incident, at }: Pick<ModelCall, "incident" | "at">) => {
    const day = (date: Date) => date.toISOString().slice(0, 10);
    const all = [...calls.values()];
    const here = all.filter((call) => incident !== null && call.incident === incident);
    const today = all.filter((call) => day(call.at) === day(at));
    const used = (some: typeof all) =>
      some.reduce((sum, { tokens }) => sum + tokens.in + tokens.out, 0);
    const paid = (some: typeof all) => some.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
    return {
      incident: used(here),
      today: used(today),
      cost: paid(here),
      costToday: paid(today),
    };
  };
  return {
    beginCall: async (_workspace, call, limits) => {
      if (calls.has(call.id)) return "begun-before";
      const { incident, today } = spent(call);
      const wanted = call.tokens.in + call.tokens.out;
      if (call.incident !== null && incident + wanted > limits.tokensMaxIncident)
        return "incident-ceiling";
      if (today + wanted > limits.tokensMaxDay) return "day-ceiling";
      calls.set(call.id, call);
      return "begun";
    },
    endCall: async (_workspace, id, end) => {
      const call = calls.get(id);
      if (call !== undefined) calls.set(id, { ...call, ...end });
    },
    modelSpent: async (_workspace, of) => spent(of),
  };
}

/** The part of a world's meter that no test looks at, unless it sets it. */
export const uncounted = {
  sourceRead: () => undefined,
  suggested: () => undefined,
  modelAsked: () => undefined,
  questionAnswered: () => undefined,
  toolCalled: () => undefined,
};
