/** The book of a model's calls in memory. */

import { ceilingOver, underWayMsMax } from "../../src/flows/model-ceilings.ts";
import type { ModelBook, ModelCall, ModelCallEnd } from "../../src/flows/model-ports.ts";

type Call = ModelCall & Partial<Pick<ModelCallEnd, "ended" | "seconds">>;

export function fakeModelBook(): ModelBook {
  const calls = new Map<string, Call>();
  const spent = (
    { incident, at }: Pick<ModelCall, "incident" | "at">,
    all = [...calls.values()],
  ) => {
    const day = (date: Date) => date.toISOString().slice(0, 10);
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
      const ceiling = ceilingOver(call, spent(call), limits);
      if (ceiling !== null) return ceiling;
      calls.set(call.id, call);
      return "begun";
    },
    endCall: async (_workspace, id, end) => {
      const call = calls.get(id);
      if (call !== undefined) calls.set(id, { ...call, ...end });
    },
    modelSpent: async (_workspace, of) => {
      const lostBefore = of.at.getTime() - underWayMsMax;
      const isCounted = ({ ended, at }: Call) => ended !== undefined || at.getTime() < lostBefore;
      return spent(of, [...calls.values()].filter(isCounted));
    },
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
