/** What changed, as asked in the thread; a change whose liveness nobody knows; a claim that the evidence does not bear out. */

import { formatDuration } from "../evidence/format.ts";
import type { ChangeRecord } from "../evidence/input.ts";
import type { Gap } from "../incident/timeline.ts";
import type { UserId } from "../vocabulary.ts";
import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { notRead } from "./evidence-lines.ts";
import type { Links } from "./links.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const titleMax = 120;
/** Of each kind; the rest is counted. */
const changesMax = 4;

export interface ChangedView {
  readonly service: string;
  readonly hours: number;
  /** null where it is not known. */
  readonly onset: Date | null;
  readonly changes: readonly ChangeRecord[];
  /** Names of the sources that were read. */
  readonly sources: readonly string[];
  readonly gaps: readonly Gap[];
  /** As the catalog has it, for instance "@payments-oncall"; shown, never mentioned. */
  readonly oncall: string | null;
  readonly links: Links;
}

/** "payments, last 6 h: no deploy. 1 flag: new-retry-policy off → on, 13:58 (4 min before onset). Config: none seen." */
export function whatChanged(view: ChangedView): MessageBody {
  return message(changedLines(view, textPen), [
    section(changedLines(view, blockPen(view.links.hosts)).join("\n")),
  ]);
}

function changedLines(view: ChangedView, pen: Pen): readonly string[] {
  const kinds = [
    ["deploy", "no deploy", "deploy"],
    ["commit", "no commit", "commit"],
    ["flag", "no flag", "flag"],
    ["config", "no configuration change", "configuration change"],
  ] as const;
  const parts = kinds.map(([kind, none, noun]) => {
    const changes = view.changes
      .filter((change) => change.kind === kind)
      .toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
    return changes.length === 0 ? none : changesWords(changes, noun, view, pen);
  });
  const [first = "", ...rest] = parts.map((part, at) => (at === 0 ? part : upperFirst(part)));
  const service = escape(cut(view.service, titleMax));
  const sources = view.sources.map((name) => escape(cut(name, titleMax))).join(", ");
  const oncall = view.oncall === null ? "" : `On call: ${escape(cut(view.oncall, titleMax))}`;
  return [
    `${service}, last ${view.hours} h: ${[first, ...rest].join(". ")}.`,
    [sources === "" ? "" : `Sources: ${sources}.`, notRead(view.gaps), oncall]
      .filter((words) => words !== "")
      .join(" "),
  ].filter((line) => line !== "");
}

function changesWords(
  changes: readonly ChangeRecord[],
  noun: string,
  view: ChangedView,
  pen: Pen,
): string {
  const rest = changes.length - changesMax;
  const shown = changes.slice(0, changesMax).map((change) => changeWords(change, view, pen));
  const more = rest > 0 ? [`and ${rest} more`] : [];
  return `${changes.length} ${noun}${changes.length === 1 ? "" : "s"}: ${[...shown, ...more].join("; ")}`;
}

/** Named by its title, never by its author. */
function changeWords(change: ChangeRecord, { onset, links }: ChangedView, pen: Pen): string {
  const title = pen.link(
    links.cite(`change:${change.id}`) ?? change.url,
    escape(cut(change.title, titleMax)),
  );
  const when = pen.clock(new Date(change.at * 1_000));
  const isLiveKnown = change.kind !== "commit" || change.live !== undefined;
  const before = onset === null ? 0 : onset.getTime() / 1_000 - change.at;
  const lead = before > 0 && isLiveKnown ? ` (${formatDuration(before)} before onset)` : "";
  const merged = change.kind === "commit" && !isLiveKnown ? "merged " : "";
  return `${title}, ${merged}${when}${lead}`;
}

/** "3f2a91c merged 13:58; whether it was live is not known (no deployment, no version label)." */
export function livenessUnknown(change: {
  readonly id: string;
  readonly mergedAt: Date;
}): MessageBody {
  const line = (pen: Pen) =>
    `${escape(cut(change.id, 12).replace("…", ""))} merged ${pen.clock(change.mergedAt)}; whether it was live is not known (no deployment, no version label). One curl line in CI would tell: docs/deploy-events.`;
  return message([line(textPen)], [section(line(blockPen([])))]);
}

/** "@ana ruled the database out 14:06, no check recorded; its latency is 6× since 14:01. Worth 2 minutes?" */
export function claimAgainstEvidence(view: {
  readonly by: UserId;
  readonly what: string;
  readonly at: Date;
  /** What the evidence says against it: "its latency is 6×". */
  readonly but: string;
  readonly since: Date;
  readonly minutes: number;
}): MessageBody {
  const minutes = `${view.minutes} ${view.minutes === 1 ? "minute" : "minutes"}`;
  const line = (pen: Pen) =>
    `${person(view.by)} ruled ${escape(cut(view.what, titleMax))} out ${pen.clock(view.at)}, no check recorded; ${escape(cut(view.but, titleMax))} since ${pen.clock(view.since)}. Worth ${minutes}?`;
  return message([line(textPen)], [section(line(blockPen([])))]);
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
