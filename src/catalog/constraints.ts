/** What the team has forbidden, and whether a rule speaks against a step at a moment (DESIGN §6). */

import type { Constraint, Forbidden } from "./catalog.ts";
import type { Mechanism, Risk, Severity } from "../vocabulary.ts";
import { runsCommand } from "./commands.ts";
import { isWithin, isZone, parseWindow, wallClock } from "./window.ts";

export interface StepToAllow {
  readonly id: string;
  readonly risk: Risk;
  readonly mechanism: Mechanism;
  /** What a person would run, filled in: the command and its undo. */
  readonly commands: readonly string[];
}

/**
 * The first constraint that forbids the step at that moment and severity; null where none does.
 * An incident whose severity is not known is held to the rules of every severity.
 */
export function forbids(
  constraints: readonly Constraint[],
  step: StepToAllow,
  at: Date,
  severity: Severity | null,
): Constraint | null {
  const forbidding = constraints.find(
    (constraint) =>
      (constraint.severity === undefined ||
        severity === null ||
        constraint.severity.includes(severity)) &&
      isInForce(constraint, at) &&
      constraint.forbid.some((forbidden) => matches(forbidden, step)),
  );
  return forbidding ?? null;
}

/** Windows and zones that cannot be read count as always: a rule that nobody understands still holds. */
function isInForce(constraint: Constraint, at: Date): boolean {
  const zone = constraint.zone !== undefined && isZone(constraint.zone) ? constraint.zone : "UTC";
  if (constraint.until !== undefined && wallClock(at, zone).date > constraint.until) return false;
  return (
    constraint.during?.some((text) => {
      const window = parseWindow(text);
      return "problem" in window || isWithin(window, at, zone);
    }) ?? true
  );
}

function matches(forbidden: Forbidden, step: StepToAllow): boolean {
  switch (forbidden.kind) {
    case "step":
      return forbidden.id === step.id;
    case "risk":
      return forbidden.risk === step.risk;
    case "mechanism":
      return forbidden.mechanism === step.mechanism;
    case "command":
      return step.commands.some((command) => runsCommand(command, forbidden.words));
  }
}
