/** Which steps stand higher in the lists of late than before. */

import type { StepFacts } from "./facts.ts";

export interface Trend {
  readonly stepId: string;
  readonly name: string;
  /** Mean places, 1 for the first. */
  readonly from: number;
  readonly to: number;
}

export interface Trends {
  /** The largest move first. */
  readonly rising: readonly Trend[];
  readonly falling: readonly Trend[];
  /** Steps that were shown, but too seldom to say. */
  readonly tooLittle: number;
}

/** In fewer lists a place is chance. */
const listsMin = 5;
/** Less is not worth a line. */
const placesMin = 1;
const shownMax = 3;

export function trendsOf(steps: readonly StepFacts[]): Trends {
  const said = steps.flatMap((step) => {
    const places = placesOf(step);
    return places === null ? [] : [{ stepId: step.stepId, name: step.name, ...places }];
  });
  const moved = said
    .filter(({ from, to }) => Math.abs(from - to) >= placesMin)
    .toSorted(
      (a, b) => Math.abs(b.from - b.to) - Math.abs(a.from - a.to) || (a.stepId < b.stepId ? -1 : 1),
    );
  return {
    rising: moved.filter(({ from, to }) => to < from).slice(0, shownMax),
    falling: moved.filter(({ from, to }) => to > from).slice(0, shownMax),
    tooLittle: steps.filter(({ shown }) => shown > 0).length - said.length,
  };
}

/** Mean places before and of late; null: it was in too few lists. */
export function placesOf({
  place: { late, early },
  lists,
}: Pick<StepFacts, "place" | "lists">): Pick<Trend, "from" | "to"> | null {
  const isTooFew = Math.min(lists.late, lists.early) < listsMin;
  return late === null || early === null || isTooFew ? null : { from: early, to: late };
}
