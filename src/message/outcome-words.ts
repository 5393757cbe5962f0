/** What became of a step, in words. */

import type { StepRole } from "../playbook/step.ts";
import type { OutcomeLabel } from "../vocabulary.ts";

/** "@bo: no effect 14:22", where it is not known whether the step is a check. */
export const outcomeWords: Readonly<Record<OutcomeLabel, string>> = {
  resolved: "fixed it",
  helped: "helped",
  ruled_out: "ruled out",
  no_effect: "no effect",
  wrong: "made it worse",
  not_for_us: "not for us",
  already_considered: "already done",
};

/** A check answers or it does not (DESIGN §9). */
const wordsOfCheck: Readonly<Record<OutcomeLabel, string>> = {
  ...outcomeWords,
  helped: "answered",
  no_effect: "no answer",
};

export function outcomeWordsOf(role: StepRole, label: OutcomeLabel): string {
  return (role === "check" ? wordsOfCheck : outcomeWords)[label];
}

/** Instead of a person and their word: "tried, seen among the changes 14:18". */
export const observedWords = "tried, seen among the changes";

/** Behind a person's word that a model read, and nobody clicked. */
export const readWords = ", as the model read it";

/** "because "Restart cart" had no effect", where it is not known whether the step is a check. */
export const outcomeClauses: Readonly<Record<OutcomeLabel, string>> = {
  resolved: "fixed it",
  helped: "helped",
  ruled_out: "was ruled out",
  no_effect: "had no effect",
  wrong: "made it worse",
  not_for_us: "is not for us",
  already_considered: "was done already",
};

const clausesOfCheck: Readonly<Record<OutcomeLabel, string>> = {
  ...outcomeClauses,
  helped: "gave an answer",
  no_effect: "gave no answer",
};

/** `role` is not known of rows from before it was kept. */
export function outcomeClauseOf(role: StepRole | undefined, label: OutcomeLabel): string {
  return (role === "check" ? clausesOfCheck : outcomeClauses)[label];
}

/** Buttons after a claim; a check does not fix. */
export const outcomeButtons = {
  fix: {
    resolved: "Fixed it",
    helped: "Helped",
    no_effect: "No effect",
    wrong: "Made it worse",
  },
  check: { helped: "Answered", no_effect: "No answer", wrong: "Made it worse" },
} as const satisfies Record<StepRole, Partial<Record<OutcomeLabel, string>>>;

/** The menu beside them. */
export const outcomeOptions: Readonly<
  Record<"ruled_out" | "already_considered" | "not_for_us", string>
> = {
  ruled_out: "Ruled out",
  already_considered: "Already done",
  not_for_us: "Not for us",
};

/** Of the same menu: whatever this person said of the step stands no more, and it is out of their hands. */
export const takeBackOption = "Take back what I said";
