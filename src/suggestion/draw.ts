/** When chance chooses the third place of a list, and how it is drawn (DESIGN §9). */

import { unitFrom } from "../learning/numbers.ts";
import type { Severity } from "../vocabulary.ts";
import type { Draw } from "./arrange.ts";

/** Share of lists whose third place is drawn, at first and once enough incidents have ended. */
const epsilonEarly = 0.3;
const epsilonLate = 0.1;
const earlyIncidents = 100;

/** Never in the gravest incidents; the same words give the same draw. */
export function drawFor(
  severity: Severity,
  ended: number,
  words: readonly (string | number)[],
): Draw {
  const epsilon = ended < earlyIncidents ? epsilonEarly : epsilonLate;
  return {
    epsilon: severity === 1 ? 0 : epsilon,
    whether: unitFrom(...words, "whether"),
    which: unitFrom(...words, "which"),
  };
}

/** Where nothing is left to chance. */
export const noDraw: Draw = { epsilon: 0, whether: 1, which: 0 };
