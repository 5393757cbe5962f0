/** That an alert is no stranger, in a sentence. */

import type { Recurrence } from "../alert/recurrence.ts";
import { cut, escape } from "./escape.ts";
import { minutesWords } from "./time.ts";

const titleMax = 80;
const ordinals = ["Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth"];

/** "Third time in 7 days. Last: INC-31, fixed by "Roll back checkout" in 6 min."; "" for the first. */
export function recurrenceWords(past: Recurrence | null): string {
  if (past === null) return "";
  const ordinal = ordinals[past.times - 2];
  const often = ordinal === undefined ? `${past.times} times` : `${ordinal} time`;
  const { last } = past;
  if (last === null) return `${often} in 7 days.`;
  const name = escape(cut(last.name, titleMax));
  if (last.fixedBy === null) return `${often} in 7 days. Last: ${name}.`;
  const { title, minutes } = last.fixedBy;
  const took = minutes === null ? "" : ` in ${minutesWords(minutes)}`;
  return `${often} in 7 days. Last: ${name}, fixed by "${escape(cut(title, titleMax))}"${took}.`;
}
