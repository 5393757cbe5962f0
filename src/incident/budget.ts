/** How much an incident may say in its channel by itself (DESIGN §4): one message, and under it six remarks that nobody asked for. */

import type { Incident } from "./incident.ts";

/**
 * What a post is. `living`: the incident's only message in the channel itself. `answer`: to what somebody asked, did or
 * shared. `turn`: recovered, or worse again. `try`: one a try. `end`: the questions at the end. `alert`: where alerts,
 * teams and digests are told, outside an incident. `remark`: what nobody asked for, new or a reminder; only these are counted.
 */
export type PostClass = "living" | "answer" | "turn" | "try" | "end" | "alert" | "remark";

export const remarksMax = 6;

/** Of an incident's remarks, by the keys of their messages. */
export interface Remarks {
  readonly posted: readonly string[];
  /** Not posted, because there were enough or the incident is muted. */
  readonly heldBack: readonly string[];
}

/** `edit`: it is there already, and reads otherwise now. */
export function remarkDecision(
  { muted, remarks }: Pick<Incident, "muted" | "remarks">,
  key: string,
): "edit" | "post" | "hold" {
  if (remarks.posted.includes(key)) return "edit";
  return muted !== null || remarks.posted.length >= remarksMax ? "hold" : "post";
}

export function withRemark({ posted, heldBack }: Remarks, key: string, isPosted: boolean): Remarks {
  const others = heldBack.filter((each) => each !== key);
  if (!isPosted) return { posted, heldBack: [...others, key] };
  return { posted: posted.includes(key) ? posted : [...posted, key], heldBack: others };
}
