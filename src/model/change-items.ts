/** The changes of an incident as items: what each is called, whether it was live, what its diff says. */

import { changeName, impersonal } from "../evidence/change-name.ts";
import { inFlightSecondsMax } from "../evidence/context-flags.ts";
import type { Diagnosis } from "../evidence/diagnosis.ts";
import { formatClock, formatClockSeconds, formatDuration } from "../evidence/format.ts";
import type { PlacedChange } from "../evidence/liveness.ts";
import { nothing, type Item } from "./item.ts";
import * as words from "./kind-words.ts";
import { plain, quantitiesOfText, type Quantity } from "./quantities.ts";

/** Of a change's diff, in characters, and of the changes themselves. */
const diffCharsMax = 6_000;
const changesMax = 40;

/** The suspects first, since a model is shown only so many. */
export function changeItems(placed: readonly PlacedChange[], diagnosis: Diagnosis): Item[] {
  const rank = new Map(diagnosis.changes.map(({ id }, at) => [id, at]));
  const place = ({ change }: PlacedChange) => rank.get(change.id) ?? rank.size;
  return placed
    .toSorted((a, b) => place(a) - place(b))
    .slice(0, changesMax)
    .map((one) => changeItem(one, diagnosis));
}

function changeItem(placed: PlacedChange, { onset, changes }: Diagnosis): Item {
  const { change, live, service } = placed;
  const { id, kind, at, files = [], deploys = [], before, after, subject } = change;
  const diff = (change.diff ?? "").slice(0, diffCharsMax);
  const ratio = ratioOfDiff(diff);
  const lead = live.state === "live" ? onset - live.at : null;
  const where = service === undefined ? "" : ` (${service})`;
  const text = `${changeName(change)}${where} ${liveWords(placed, lead)}`;
  const why = changes.find((suspect) => suspect.id === id)?.because ?? [];
  const told = [subject, before, after, ...deploys, ...files, ...why].join(" ");
  return {
    ...nothing,
    id: `change:${id}`,
    kind: "change",
    text,
    backing: `${text} ${id} ${impersonal(change)} ${told} ${diff}`,
    direction: ratio === null || ratio === 1 ? null : ratio > 1 ? "up" : "down",
    lead,
    made: onset - at,
    services: service === undefined ? [] : [service],
    quantities: [
      ...(lead === null ? [] : [plain(Math.abs(lead), "seconds")]),
      ...(kind === "commit" ? [plain(Math.abs(onset - at), "seconds")] : []),
      plain(files.length),
      ...quantitiesOfText(impersonal(change)),
      ...quantitiesOfDiff(diff),
      ...(ratio === null ? [] : [plain(ratio, "times"), plain(1 / ratio, "times")]),
    ],
    moments: [{ at, of: "made" }, ...(lead === null ? [] : [{ at: live.at, of: "live" } as const])],
    words: `${words.changeWords} ${words.suspectWords} ${kind}`,
  };
}

/** As a finding says it. */
function liveWords({ change, live }: PlacedChange, lead: number | null): string {
  if (lead === null) {
    const isUnknown = live.state === "unknown";
    const state = isUnknown ? "whether it was live is not known" : "not running";
    return `merged ${formatClock(change.at)}, ${state}`;
  }
  const isInFlight = lead >= 0 && lead <= inFlightSecondsMax;
  const when = `${formatDuration(lead)} ${lead < 0 ? "after" : "before"} onset`;
  return `live ${formatClockSeconds(live.at)}, ${when}${isInFlight ? ": in flight when it began" : ""}`;
}

/** Of the one number that a line and the line in its place do not share; null: there is none, or another. */
function ratioOfDiff(diff: string): number | null {
  const lines = diff.split("\n");
  const ratios = lines.flatMap((line, at) => {
    const next = lines[at + 1] ?? "";
    if (!/^-[^-]/.test(line) || !/^\+[^+]/.test(next)) return [];
    const [was, is] = [line, next].map((each) => quantitiesOfText(each.slice(1)));
    const [from, to] = [was?.[0]?.value ?? 0, is?.[0]?.value ?? 0];
    return was?.length === 1 && is?.length === 1 && from > 0 && to > 0 ? [to / from] : [];
  });
  const [ratio = null, ...others] = ratios;
  return others.length > 0 ? null : ratio;
}

/** What a line that went had is before, what one that came has is after. */
function quantitiesOfDiff(diff: string): Quantity[] {
  return diff.split("\n").flatMap((line) => {
    const role = line.startsWith("-") ? "before" : line.startsWith("+") ? "after" : "other";
    return quantitiesOfText(line.slice(1)).map((each) => ({ ...each, role }) as const);
  });
}
