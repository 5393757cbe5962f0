/** Whether a step makes sense at all in a situation; how good it is there is the ranking's question. */

import type { Platform, Runtime } from "../catalog/catalog.ts";
import type { ContextFlag, MetricKind } from "../vocabulary.ts";
import type { Step } from "./step.ts";

export interface Situation {
  readonly runtime: Runtime;
  readonly platform: Platform;
  readonly flags: readonly ContextFlag[];
  /** Kinds of the metrics that shifted. */
  readonly shiftedKinds: readonly MetricKind[];
  /** A dependency of the service shifted. */
  readonly hasSuspectDependency: boolean;
}

/** True where everything that the step needs holds; a need that nothing is known about does not hold. */
export function isApplicable(step: Step, situation: Situation): boolean {
  const { needs } = step;
  if (needs === undefined) return true;
  return (
    (needs.runtimes?.includes(situation.runtime) ?? true) &&
    (needs.platforms?.includes(situation.platform) ?? true) &&
    (needs.flags?.every((flag) => situation.flags.includes(flag)) ?? true) &&
    (needs.shiftedKinds?.some((kind) => situation.shiftedKinds.includes(kind)) ?? true) &&
    (needs.suspectDependency !== true || situation.hasSuspectDependency)
  );
}
