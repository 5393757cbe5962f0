/** What the living message says of what is not posted: it is muted, or remarks were one too many. */

import { remarksMax } from "../incident/budget.ts";
import type { Incident } from "../incident/incident.ts";
import { person } from "./escape.ts";
import type { Pen } from "./pen.ts";

export function quietWords(incident: Incident, pen: Pen): readonly string[] {
  return [mutedWords(incident, pen), heldBackWords(incident)];
}

function mutedWords({ muted }: Incident, pen: Pen): string {
  if (muted === null) return "";
  return `Muted by ${person(muted.by)} ${pen.clock(muted.at)}: only answers are posted.`;
}

/** "2 remarks were not posted: at most 6 an incident, and none while it is muted." */
function heldBackWords({ remarks: { heldBack } }: Incident): string {
  if (heldBack.length === 0) return "";
  const count = heldBack.length === 1 ? "1 remark was" : `${heldBack.length} remarks were`;
  return `${count} not posted: at most ${remarksMax} an incident, and none while it is muted.`;
}
