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
 * The first constraint that forbids the step at that moment and severity; null where none does. A step that is not the
 * playbook's and changes something is forbidden by any rule that holds (DESIGN §6).
 * An incident whose severity is not known is held to the rules of every severity.
 */
export function forbids(
  constraints: readonly Constraint[],
  step: StepToAllow,
  at: Date,
  severity: Severity | null,
): Constraint | null {
  const holding = constraints.filter(
    (constraint) =>
      (constraint.severity === undefined ||
        severity === null ||
        constraint.severity.includes(severity)) &&
      isInForce(constraint, at),
  );
  const forbidding = holding.find(({ forbid }) => forbid.some((each) => matches(each, step)));
  const [first] = holding;
  if (forbidding !== undefined || first === undefined || !isUnmapped(step))
    return forbidding ?? null;
  return { ...first, because: `${unmapped} (${first.because})` };
}

/** What a rule means by a step's name or mechanism nobody has said of a step from outside the playbook. */
const unmapped =
  "there are rules, and whether a step that changes something and is not the playbook's keeps to them is not known";

/** The playbook's ids hold no colon. */
function isUnmapped({ id, risk }: StepToAllow): boolean {
  return id.includes(":") && risk !== "read-only";
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
