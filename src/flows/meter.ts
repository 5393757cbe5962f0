/** What is counted for /metrics. */

import type { StepRole } from "../playbook/step.ts";

export interface Meter {
  sourceRead(source: string, seconds: number, ok: boolean): void;
  suggested(role: StepRole): void;
  outcome(label: string): void;
  answered(seconds: number): void;
}
