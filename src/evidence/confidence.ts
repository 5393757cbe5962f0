/** How sure the first suspect service is, in a word. */

import { isQuiet, type Troubles } from "./troubles.ts";
import type { Confidence, SuspectService } from "./diagnosis.ts";

/** Lead of the first over the second, as a ratio of scores. */
const clearLeadMin = 1.25;
const likelyLeadMin = 1.05;
/** Score of the first: a shift of 20 robust standard deviations with nothing beside it is ln 21 ≈ 3. */
const clearScoreMin = 3.5;
const likelyScoreMin = 2.5;

/** "none" where nothing shifted; else by how strong the first suspect is and how far ahead of the second. */
export function confidenceOf(services: readonly SuspectService[], troubles: Troubles): Confidence {
  const first = services[0]?.score ?? 0;
  if (isQuiet(troubles) || first === 0) return "none";
  const lead = first / (services[1]?.score ?? 0);
  if (first >= clearScoreMin && lead >= clearLeadMin) return "clear";
  if (first >= likelyScoreMin && lead >= likelyLeadMin) return "likely";
  return "weak";
}
