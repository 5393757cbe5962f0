/** Earlier incidents like this one, in a sentence. */

import { formatDuration } from "../evidence/format.ts";
import type { Cause } from "../vocabulary.ts";
import { causeWords } from "./cause-question.ts";
import { cut, escape } from "./escape.ts";
import { minutesWords } from "./time.ts";

export interface SeenBefore {
  /** "INC-31" */
  readonly name: string;
  /** How long ago it began. */
  readonly agoMs: number;
  readonly isSameService: boolean;
  readonly isSameSymptom: boolean;
  /** Words that both have: "pool exhausted". */
  readonly mentions: readonly string[];
  /** As somebody labelled it. */
  readonly cause: Cause | null;
  /** null: nothing here speaks against it. */
  readonly isSameCause: boolean | null;
  /** The step that resolved it and its minutes, where somebody said so. */
  readonly fixedBy: { readonly title: string; readonly minutes: number | null } | null;
  /** It healed by itself, as people say. */
  readonly isSelfHealed?: boolean;
}

const titleMax = 80;
const mentionMax = 60;
const weekMs = 7 * 86_400_000;

/** "Seen before: INC-31 (3 weeks ago, same service and symptom), fixed by "Roll back deploy" in 6 min."; "" for none. */
export function seenBeforeWords(all: readonly SeenBefore[]): string {
  if (all.length === 0) return "";
  return `Seen before: ${all.map(seenWords).join(" ")}`;
}

/** One of them: "INC-31 (3 weeks ago, same service and symptom), fixed by …", "INC-17: same symptom, another cause (…)." */
export function seenWords(seen: SeenBefore): string {
  const name = escape(cut(seen.name, titleMax));
  const same = sameWords(seen);
  if (seen.isSameCause === false) {
    const cause = seen.cause === null ? [] : [causeWords(seen.cause)];
    const past = [...cause, ago(seen.agoMs), ...fixWords(seen)].join(", ");
    return `${name}: ${same.join(", ")}, another cause (${past}).`;
  }
  const cause = seen.cause === null ? [] : [`cause: ${causeWords(seen.cause)}`];
  const ended = [...fixWords(seen), ...cause].map((words) => `, ${words}`).join("");
  return `${name} (${[ago(seen.agoMs), ...same].join(", ")})${ended}.`;
}

/** Why it is alike: "same service and symptom", "both mention "pool exhausted"". */
function sameWords({ isSameService, isSameSymptom, mentions }: SeenBefore): string[] {
  const what = [...(isSameService ? ["service"] : []), ...(isSameSymptom ? ["symptom"] : [])];
  const words = mentions.map((each) => `"${escape(cut(each, mentionMax))}"`);
  return [
    ...(what.length === 0 ? [] : [`same ${what.join(" and ")}`]),
    ...(words.length === 0 ? [] : [`both mention ${words.join(" and ")}`]),
  ];
}

function fixWords({ fixedBy, isSelfHealed }: SeenBefore): string[] {
  if (fixedBy === null) return isSelfHealed === true ? ["healed by itself"] : [];
  const minutes = fixedBy.minutes === null ? "" : ` in ${minutesWords(fixedBy.minutes)}`;
  return [`fixed by "${escape(cut(fixedBy.title, titleMax))}"${minutes}`];
}

function ago(ms: number): string {
  const weeks = Math.floor(ms / weekMs);
  if (weeks >= 2) return `${weeks} weeks ago`;
  return `${formatDuration(ms / 1_000)} ago`;
}
