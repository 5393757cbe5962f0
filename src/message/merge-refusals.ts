/** Why an incident is not merged with another; that of a private channel is not known to others (DESIGN §14). */

import { slashCommand } from "./commands.ts";
import { cut, escape, plain } from "./escape.ts";

const refusals = {
  "merge-itself": "is this incident. Name the one in which it continues",
  "merge-private": "is not in a public channel, so it is named in no other",
  "merge-resolved": `is resolved, and takes nothing in. Say ${slashCommand} reopen in its channel first`,
  "no-such-incident": "is no incident that is known here",
} as const;

export type MergeRefusal =
  | { readonly reason: "bad-merge"; readonly text: string }
  | { readonly reason: "merged-before"; readonly name: string; readonly into: string }
  | { readonly reason: keyof typeof refusals; readonly name: string };

const wordsMax = 80;

export function isOfMerge(refused: { readonly reason: string }): refused is MergeRefusal {
  const { reason } = refused;
  return reason === "bad-merge" || reason === "merged-before" || Object.hasOwn(refusals, reason);
}

export function mergeRefused(refused: MergeRefusal): string {
  switch (refused.reason) {
    case "bad-merge":
      return `${refused.text.trim() === "" ? "Which incident?" : `"${quoted(refused.text)}" is no incident.`} Say ${slashCommand} merge and the number of the one in which it continues: ${slashCommand} merge INC-12.`;
    case "merged-before":
      return `${quoted(refused.name)} was merged into ${quoted(refused.into)} already; nothing was changed.`;
    case "merge-itself":
    case "merge-private":
    case "merge-resolved":
    case "no-such-incident":
      return `${quoted(refused.name)} ${refusals[refused.reason]}; nothing was changed.`;
  }
}

function quoted(text: string): string {
  return escape(cut(plain(text), wordsMax));
}
