/** Chance in the third place, with the exact probability of every place (DESIGN §9). */

import { unitFrom } from "./numbers.ts";

export interface Placed<T> {
  readonly item: T;
  /** Chance of this item at this place. */
  readonly propensity: number;
  readonly isExplored: boolean;
}

/** Share of lists whose third place is drawn, at first and once enough incidents have ended. */
const epsilonEarly = 0.3;
const epsilonLate = 0.1;
const earlyIncidents = 100;

/** `ended`: how many incidents have. Never in the gravest. */
export function epsilonAt(severity: number | null, ended: number): number {
  if (severity === 1) return 0;
  return ended < earlyIncidents ? epsilonEarly : epsilonLate;
}

/** Index of the place where chance may choose. */
export const thirdPlace = 2;

/** Greedy order in, with chance `epsilon` a uniform draw among the eligible of the rest in the third place. */
export function withExploration<T>(
  greedy: readonly T[],
  isEligible: (item: T) => boolean,
  { epsilon, draw }: { readonly epsilon: number; readonly draw: readonly (string | number)[] },
): Placed<T>[] {
  const eligible = greedy.flatMap((item, at) => (at >= thirdPlace && isEligible(item) ? [at] : []));
  if (epsilon === 0 || eligible.length === 0 || greedy.length <= thirdPlace) {
    return greedy.map((item) => ({ item, propensity: 1, isExplored: false }));
  }
  const drawn = eligible[Math.floor(unitFrom(...draw, "which") * eligible.length)] ?? thirdPlace;
  const isDrawn = unitFrom(...draw, "whether") < epsilon;
  const chosen = isDrawn ? drawn : thirdPlace;
  /** Chance that the one at this place of the greedy order comes third. */
  const chanceOf = (at: number) =>
    (at === thirdPlace ? 1 - epsilon : 0) + (eligible.includes(at) ? epsilon / eligible.length : 0);
  const chances = greedy.map((_, at) => (at < thirdPlace ? 0 : chanceOf(at)));
  const rest = greedy.map((_, at) => at).filter((at) => at !== chosen);
  const order = [...rest.slice(0, thirdPlace), chosen, ...rest.slice(thirdPlace)];
  let before = 0;
  return order.flatMap((from, at): Placed<T>[] => {
    const item = greedy[from];
    if (item === undefined) return [];
    if (at < thirdPlace) return [{ item, propensity: 1, isExplored: false }];
    if (at === thirdPlace) {
      before += chances[at] ?? 0;
      return [{ item, propensity: chances[from] ?? 0, isExplored: isDrawn && from !== thirdPlace }];
    }
    // Whoever comes third from further behind pushes this place's own one back by one.
    const ownPlace = before;
    before += chances[at] ?? 0;
    const propensity = from === at ? ownPlace : 1 - ownPlace;
    return [{ item, propensity, isExplored: false }];
  });
}
