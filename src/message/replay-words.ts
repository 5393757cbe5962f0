/** A replay as people read it: how the order did, what was said against what came, the worst miss, the third place. */

import type { Bin, Share } from "../learning/calibration.ts";
import { orderNames, type OrderName } from "../suggestion/replay-incident.ts";
import type { OrderFigures, Replay } from "../suggestion/replay.ts";

const heads: Readonly<Record<OrderName, string>> = {
  replayed: "replayed",
  shown: "as shown",
  playbook: "playbook",
};

/** `titleOf`: a step's title, by its id. */
export function replayWords(of: Replay, titleOf: (stepId: string) => string): string {
  if (of.ended === 0) {
    return [`No incident of a public channel has ended yet.${elsewhere(of)}`, ""].join("\n");
  }
  const parts = [
    begins(of),
    ...(of.counted === 0 ? [] : [orders(of)]),
    counted(of),
    ...calibration(of),
    ...worstMiss(of, titleOf),
    thirdPlace(of),
    ...(of.counted === 0 ? [] : [bias]),
  ];
  return `${parts.join("\n\n")}\n`;
}

const bias =
  "All this is biased toward what was shown: only a step that was offered can have been said to resolve an incident, and what stood first was tried first.";

function begins({ ended, ranked }: Replay): string {
  const of = ended === ranked ? incidents(ended) : `the newest ${ranked} of ${ended} incidents`;
  return `Replay of ${of} that ended, each ranked from what was known before it began.`;
}

function orders({ orders: by }: Replay): string {
  const line = (name: string, value: (figures: OrderFigures) => string) => [
    name,
    ...orderNames.map((order) => value(by[order])),
  ];
  return table([
    ["what resolved it stood", ...orderNames.map((name) => heads[name])],
    line("first (hit@1)", ({ first }) => shareWords(first)),
    line("in the first three (hit@3)", ({ firstThree }) => shareWords(firstThree)),
    line("first of the fixes", ({ firstFix }) => shareWords(firstFix)),
    line("minutes until it was done, mean", ({ minutes }) => (minutes ?? 0).toFixed(1)),
  ]);
}

function counted({ counted: count, ranked, notCounted }: Replay): string {
  const { nothingAttested, selfHealed, notInPlaybook, private: hidden, external } = notCounted;
  const left = [
    ...(nothingAttested > 0 ? [`${nothingAttested} in which nobody said which step did it`] : []),
    ...(selfHealed > 0
      ? [`${selfHealed} that healed by ${selfHealed === 1 ? "itself" : "themselves"}`]
      : []),
    ...(notInPlaybook > 0 ? [`${notInPlaybook} whose step is no longer in the playbook`] : []),
    ...placeWords(hidden, ["a private channel", "private channels"]),
    ...placeWords(external, [
      "a channel with people from outside",
      "channels with people from outside",
    ]),
  ];
  const not = left.length === 0 ? "" : ` Not counted: ${left.join(", ")}.`;
  return `Counted: ${count} of ${ranked}.${not}`;
}

function placeWords(count: number, [one, more]: readonly [string, string]): string[] {
  return count === 0 ? [] : [`${count} in ${count === 1 ? one : more}`];
}

function elsewhere({ notCounted }: Replay): string {
  const { private: hidden, external } = notCounted;
  const count = hidden + external;
  return count === 0
    ? ""
    : ` Not counted: ${count} in private channels or with people from outside.`;
}

function calibration({ calibration: { error, count, bins } }: Replay): string[] {
  if (error === null) return [];
  const rows = bins.map(({ from, count: tried, said, came }) => [
    rangeWords(from),
    `${tried}`,
    percent(said),
    percent(came),
  ]);
  return [
    `Chances of ${count} tried ${count === 1 ? "step" : "steps"}, each just before it was tried; calibration error ${error.toFixed(2)}:`,
    table([["chance", "tried", "said", "worked"], ...rows]),
  ];
}

function rangeWords(from: Bin["from"]): string {
  return `${Math.round(from * 100)} to ${Math.round(from * 100) + 10} %`;
}

function worstMiss({ worstMiss: miss }: Replay, titleOf: (stepId: string) => string): string[] {
  if (miss === null) return [];
  const { stepId, place, minutes, first } = miss.stood;
  const ahead = first === null || first === stepId ? "" : ` First stood "${titleOf(first)}".`;
  return [
    `Worst miss: INC-${miss.number}. "${titleOf(stepId)}" stood in place ${place}, ${Math.round(minutes)} min until it was done.${ahead}`,
  ];
}

function thirdPlace({ thirdPlace: { snips, sndr, ess, n, verdict } }: Replay): string {
  const size = `effective sample size ${Math.round(ess)} of ${n} ${n === 1 ? "list" : "lists"}`;
  const begin = "Third place, had chance never filled it:";
  if (verdict !== undefined || snips === null || sndr === null) {
    return `${begin} too little data (${size}; 30 are needed).`;
  }
  return `${begin} helped or resolved in ${percent(snips)} of lists (SNIPS), ${percent(sndr)} (SNDR); ${size}.`;
}

function shareWords({ hits, of, low, high }: Share): string {
  return `${percent(hits / Math.max(of, 1))} (${Math.round(low * 100)}–${Math.round(high * 100)})`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function incidents(count: number): string {
  return count === 1 ? "1 incident" : `${count} incidents`;
}

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widthOf = (column: number) => Math.max(...rows.map((row) => (row[column] ?? "").length));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widthOf(at)) : cell.padStart(widthOf(at))))
        .join("   "),
    )
    .join("\n");
}
