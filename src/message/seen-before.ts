/** Earlier incidents like this one, in a sentence. */

import { formatDuration } from "../evidence/format.ts";
import { cut, escape } from "./escape.ts";
import { minutesWords } from "./time.ts";

export interface SeenBefore {
  /** "INC-31" */
  readonly name: string;
  /** How long ago it began. */
  readonly agoMs: number;
  readonly isSameService: boolean;
  readonly isSameCause: boolean | null;
  /** The step that resolved it and its minutes, where somebody said so. */
  readonly fixedBy: { readonly title: string; readonly minutes: number | null } | null;
}

const shownMax = 2;
const titleMax = 80;
const weekMs = 7 * 86_400_000;

/** "Seen before: INC-31 (3 weeks ago, same service and symptom), fixed by "Roll back deploy" in 6 min."; "" for none. */
export function seenBeforeWords(all: readonly SeenBefore[]): string {
  if (all.length === 0) return "";
  return `Seen before: ${all.slice(0, shownMax).map(seenWords).join(" ")}`;
}

/** One of them: "INC-31 (3 weeks ago, same service and symptom), fixed by …" */
export function seenWords({
  name,
  agoMs,
  isSameService,
  isSameCause,
  fixedBy,
}: SeenBefore): string {
  const same = isSameService ? "same service and symptom" : "same symptom";
  const incident = `${escape(cut(name, titleMax))} (${ago(agoMs)}, ${same})`;
  if (isSameCause === false) return `${incident}, another cause.`;
  if (fixedBy === null) return `${incident}.`;
  const minutes = fixedBy.minutes === null ? "" : ` in ${minutesWords(fixedBy.minutes)}`;
  return `${incident}, fixed by "${escape(cut(fixedBy.title, titleMax))}"${minutes}.`;
}

function ago(ms: number): string {
  const weeks = Math.floor(ms / weekMs);
  if (weeks >= 2) return `${weeks} weeks ago`;
  return `${formatDuration(ms / 1_000)} ago`;
}
