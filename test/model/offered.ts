/** What the steps of the small incident are held against: no rule, nothing done. */

import type { Offer } from "../../src/model/proposed-step.ts";
import type { Step } from "../../src/playbook/step.ts";

export const offered = (steps: readonly Step[]): Offer => ({
  steps,
  facts: { runtime: "node", platform: "kubernetes", values: { service: "checkout" } },
  service: "checkout",
  severity: 2,
  constraintsOf: () => [],
  at: new Date("2026-11-22T14:10:00Z"),
  done: [],
  doneTitles: [],
});
