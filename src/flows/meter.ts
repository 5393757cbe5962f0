/** What is counted for /metrics. */

import type { ModelPurpose, TokensUsed } from "../model/asked.ts";
import type { StepRole } from "../playbook/step.ts";
import type { ModelCallEnd } from "./model-ports.ts";

export interface Meter {
  sourceRead(source: string, seconds: number, ok: boolean): void;
  suggested(role: StepRole): void;
  outcome(label: string): void;
  answered(seconds: number): void;
  /** A question that was put to the model has its answer, or what stands instead of it. */
  questionAnswered(ended: "answered" | "nothing-kept" | "away"): void;
  /** A tool was called for a question; `ended`: "refused" where its arguments made no sense. */
  toolCalled(tool: string, ended: "read" | "refused" | "repeated"): void;
  /** A model was asked, or was not because of what `ended` says. */
  modelAsked(
    purpose: ModelPurpose,
    ended: ModelCallEnd["ended"],
    used: {
      readonly seconds: number;
      readonly tokens: TokensUsed;
      readonly cost: number | null;
    },
  ): void;
}
