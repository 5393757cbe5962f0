/** The changes around an onset as marks on a chart: named by pull request or commit, never by a person. */

import { changeName } from "../evidence/change-name.ts";
import type { SuspectChange } from "../evidence/diagnosis.ts";
import type { ChangeRecord, EvidenceInput } from "../evidence/input.ts";
import { environmentOf, placedChanges, type PlacedChange } from "../evidence/liveness.ts";
import { label } from "./label.ts";
import type { ChartWindow } from "./panel.ts";

const markersMax = 3;
/** As likely as what is worth a sentence. */
const pMin = 0.1;
const nameCharsMax = 24;

export interface Marker {
  /** When it went live; where that is not known, when it was merged. Unix seconds. */
  readonly at: number;
  /** "PR #311", "commit 3f2a91c", "flag new-retry", "PR #311 merged". */
  readonly name: string;
}

/** The likeliest changes within the window, by time. */
export function markersOf(
  input: Omit<EvidenceInput, "onset">,
  suspects: readonly SuspectChange[],
  { from, to }: ChartWindow,
): Marker[] {
  const environment = environmentOf({ ...input, onset: from });
  const placed = new Map(
    placedChanges(input.changes ?? [], environment).map((one) => [one.change.id, one]),
  );
  return suspects
    .filter(({ p }) => p >= pMin)
    .flatMap(({ id }) => placed.get(id) ?? [])
    .filter(({ live: { at } }) => at >= from && at <= to)
    .slice(0, markersMax)
    .map(markerOf)
    .toSorted((a, b) => a.at - b.at);
}

function markerOf({ change, live }: PlacedChange): Marker {
  const name = label(shortName(change), nameCharsMax);
  return { at: Math.round(live.at), name: `${name}${stateWords(change, live)}` };
}

function stateWords({ kind }: ChangeRecord, { state }: PlacedChange["live"]): string {
  switch (state) {
    case "live":
      return "";
    case "not-live":
      return " not live";
    case "unknown":
      return kind === "commit" ? " merged" : " maybe live";
  }
}

/** Without the title where a number or a hash names it. */
function shortName(change: ChangeRecord): string {
  const name = changeName(change);
  const title = name.indexOf(' "');
  const isNamed = /^(?:PR #\d+|commit [0-9a-f]{7})/.test(name);
  return isNamed && title > 0 ? name.slice(0, title) : name.replaceAll('"', "");
}
