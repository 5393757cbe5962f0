/** When chance chooses the third place of a list, and how it is drawn (DESIGN §9). */

import { epsilonAt } from "../learning/exploration.ts";
import { unitFrom } from "../learning/numbers.ts";
import type { Severity } from "../vocabulary.ts";
import type { Draw } from "./arrange.ts";

/** Never in the gravest incidents; the same words give the same draw. */
export function drawFor(
  severity: Severity,
  ended: number,
  words: readonly (string | number)[],
): Draw {
  return {
    epsilon: epsilonAt(severity, ended),
    whether: unitFrom(...words, "whether"),
    which: unitFrom(...words, "which"),
  };
}

/** Where nothing is left to chance. */
export const noDraw: Draw = { epsilon: 0, whether: 1, which: 0 };
