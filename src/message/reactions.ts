/** What a reaction says of a step. None says that it fixed it: that takes a click or a sentence. */

import type { OutcomeLabel } from "../vocabulary.ts";

const meanings: Readonly<Record<string, OutcomeLabel | "claim">> = {
  white_check_mark: "helped",
  heavy_check_mark: "helped",
  "+1": "helped",
  thumbsup: "helped",
  "-1": "no_effect",
  thumbsdown: "no_effect",
  eyes: "claim",
};

/** `name` as Slack has it, with or without a skin tone; null: it says nothing of steps. */
export function reactionMeaning(name: string): OutcomeLabel | "claim" | null {
  const [plain = ""] = name.split("::");
  return Object.hasOwn(meanings, plain) ? (meanings[plain] ?? null) : null;
}
