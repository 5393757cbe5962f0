/** The board as lines: a dot, the step, who and since when. */

import type { BoardLine } from "../incident/board.ts";
import { cut, escape, person } from "./escape.ts";
import { observedWords, outcomeWordsOf, readWords } from "./outcome-words.ts";
import type { Pen } from "./pen.ts";

/** Further steps are counted. */
const boardLinesMax = 10;
const titleMax = 150;

export function boardLines(board: readonly BoardLine[], pen: Pen): readonly string[] {
  const rest = board.length - boardLinesMax;
  const lines = board.slice(0, boardLinesMax).map((line) => boardLine(line, pen));
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}

function boardLine({ title, role, state, claimedAway }: BoardLine, pen: Pen): string {
  const step = escape(cut(title, titleMax));
  switch (state.state) {
    case "free":
      return claimedAway === undefined
        ? `○ ${step}`
        : `○ ${step}, ruled out by ${person(claimedAway.by)} ${pen.clock(claimedAway.at)}, no check recorded`;
    case "claimed": {
      const owners = state.owners
        .map((owner) => `${person(owner.by)} since ${pen.clock(owner.since)}`)
        .join(" and ");
      const told = state.owners.length > 1 ? `: ${state.owners.length} on the same step` : "";
      return `◐ ${step}, ${owners}${told}`;
    }
    case "out":
      return state.isObserved === true
        ? `✕ ${step}, ${observedWords} ${pen.clock(state.at)}`
        : `✕ ${step}, ${outcomeWordsOf(role, state.label)} ${saidBy(state, pen)}`;
    case "good":
      return `● ${step}, ${outcomeWordsOf(role, state.label)} ${saidBy(state, pen)}`;
  }
}

function saidBy(
  {
    label,
    by,
    at,
    isRead,
  }: {
    readonly label: string;
    readonly by: string;
    readonly at: Date;
    readonly isRead?: true;
  },
  pen: Pen,
): string {
  const how = label === "ruled_out" ? "by" : "according to";
  return `${how} ${person(by)} ${pen.clock(at)}${isRead === true ? readWords : ""}`;
}
