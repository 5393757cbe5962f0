/** What the living message is made of, with what a test does not care about filled in. */

import type { LivingView } from "../../src/message/living-message.ts";
import {
  boardFor,
  incident,
  links,
  poolWaitsClaimed,
  restartInVain,
  suggestions,
} from "./incident.ts";

export function view(told: Partial<LivingView> = {}): LivingView {
  const of = told.incident ?? incident(poolWaitsClaimed, restartInVain);
  return {
    id: "inc_42",
    name: "INC-42",
    incident: of,
    board: boardFor(of),
    openClaims: [],
    suggestions,
    seenBefore: [],
    chart: null,
    modelUse: null,
    ownsLifecycle: true,
    links,
    ...told,
  };
}
