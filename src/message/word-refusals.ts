/** Why somebody's word on a step was not recorded, or not again. */

import type { StepRole } from "../playbook/step.ts";
import type { OutcomeLabel } from "../vocabulary.ts";
import { cut, escape, plain } from "./escape.ts";
import { outcomeClauseOf } from "./outcome-words.ts";

export type WordRefusal =
  /** `how`: what they did, a click where it is absent; `channelName` null: it is not for everybody to know. */
  | {
      readonly reason: "not-a-member";
      readonly channelName: string | null;
      readonly how?: "click" | "react" | "say it";
    }
  /** The same word of the same person on the same step. */
  | {
      readonly reason: "said-before";
      readonly title: string;
      readonly role: StepRole;
      readonly label: OutcomeLabel;
    }
  | { readonly reason: "claimed-before"; readonly title: string }
  /** There is no word of theirs to take back. */
  | { readonly reason: "nothing-said"; readonly title: string }
  /** A reaction long after the end. */
  | { readonly reason: "long-after-the-end"; readonly name: string };

const reasons: readonly string[] = [
  "not-a-member",
  "said-before",
  "claimed-before",
  "nothing-said",
  "long-after-the-end",
] satisfies readonly WordRefusal["reason"][];
const wordsMax = 80;

export function isOfWord(refused: { readonly reason: string }): refused is WordRefusal {
  return reasons.includes(refused.reason);
}

export function wordRefused(refused: WordRefusal): string {
  switch (refused.reason) {
    case "not-a-member": {
      const { channelName: name, how = "click" } = refused;
      const where = name === null ? "the incident's channel" : `#${quoted(name.replace(/^#/, ""))}`;
      return `Only members of ${where} can record outcomes. Join the channel and ${how} again; nothing was recorded.`;
    }
    case "said-before":
      return `You have said that already: "${quoted(refused.title)}" ${outcomeClauseOf(refused.role, refused.label)}. It counts once.`;
    case "claimed-before":
      return `"${quoted(refused.title)}" is in your hands already.`;
    case "nothing-said":
      return `You have said nothing of "${quoted(refused.title)}"; there is nothing to take back.`;
    case "long-after-the-end":
      return `${quoted(refused.name)} ended more than a day ago; a reaction counts until then, and nothing was recorded. The buttons beside the step still record.`;
  }
}

function quoted(text: string): string {
  return escape(cut(plain(text), wordsMax));
}
