/** What became of a step, in words. */

import type { OutcomeLabel } from "../vocabulary.ts";

/** "@bo: no effect 14:22" */
export const outcomeWords: Readonly<Record<OutcomeLabel, string>> = {
  resolved: "fixed it",
  helped: "helped",
  ruled_out: "ruled out",
  no_effect: "no effect",
  wrong: "made it worse",
  not_for_us: "not for us",
  already_considered: "already done",
};

/** Instead of a person and their word: "tried, seen among the changes 14:18". */
export const observedWords = "tried, seen among the changes";

/** "because "Restart cart" had no effect" */
export const outcomeClauses: Readonly<Record<OutcomeLabel, string>> = {
  resolved: "fixed it",
  helped: "helped",
  ruled_out: "was ruled out",
  no_effect: "had no effect",
  wrong: "made it worse",
  not_for_us: "is not for us",
  already_considered: "was done already",
};

/** Buttons after a claim. */
export const outcomeButtons: Readonly<
  Record<"resolved" | "helped" | "no_effect" | "wrong", string>
> = {
  resolved: "Fixed it",
  helped: "Helped",
  no_effect: "No effect",
  wrong: "Made it worse",
};

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
