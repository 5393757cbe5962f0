/** What changed, as asked in the thread; a change whose liveness nobody knows. */

import { formatDuration } from "../evidence/format.ts";
import type { ChangeKind, ChangeRecord } from "../evidence/input.ts";
import { placedChanges, type PlacedChange } from "../evidence/liveness.ts";
import type { Gap } from "../incident/timeline.ts";
import { section, sections } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { slashCommand } from "./commands.ts";
import { cut, escape, plain } from "./escape.ts";
import { leftOut, notRead } from "./evidence-lines.ts";
import type { Links } from "./links.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const titleMax = 120;
/** Of each kind; the rest is counted. */
const changesMax = 4;

/** What was read of changes, and what it gave. */
export interface ChangesView {
  /** null: all services. */
  readonly service: string | null;
  readonly hours: number;
  /** null where it is not known. */
  readonly onset: Date | null;
  readonly changes: readonly ChangeRecord[];
  /** What the changes are about; null where nothing tells. */
  readonly environment: string | null;
  /** Those that were read without a gap: of others nobody knows that there was none. */
  readonly kinds: readonly ChangeKind[];
  /** Names of the sources that were read. */
  readonly sources: readonly string[];
  readonly links: Links;
}

export interface ChangedView extends ChangesView {
  readonly gaps: readonly Gap[];
  readonly leftOut: readonly string[];
  /** As the catalog has it, for instance "@payments-oncall"; shown, never mentioned. */
  readonly oncall: string | null;
}

/** "payments, last 6 h: no deploy. 1 flag: new-retry-policy off → on, 13:58 (4 min before onset)." */
export function whatChanged(view: ChangedView): MessageBody {
  return message(
    changedLines(view, textPen),
    sections(changedLines(view, blockPen(view.links.hosts))),
  );
}

/** "shiping" of "shiping" and of "what changed in shiping?"; null: no place is named. */
export function placeIn(words: string): string | null {
  const [, , place] =
    /^(.*\b(?:in|on|of|for|to) (?:the )?)?([\p{L}\p{N}][\p{L}\p{N}_.-]*)[\s?.!]*$/iu.exec(words) ??
    [];
  return place === undefined || noPlaces.test(place) ? null : place;
}

const noPlaces =
  /^(it|this|that|here|there|all|today|now|production|prod|staging|chang(es?|ed|elog)|deploy(s|ed)?|us|\d+.*|hours?|minutes?|days?|week)$/i;

/** `service`: what is told of instead; null: of all. */
export function noSuchService(place: string, service: string | null): MessageBody {
  const instead = service === null ? "all services" : escape(cut(plain(service), titleMax));
  const line = `No service "${escape(cut(plain(place), titleMax))}" is known here; this is about ${instead}. ${slashCommand} services lists those that are.`;
  return message([line], [section(line)]);
}

function changedLines(view: ChangedView, pen: Pen): readonly string[] {
  const sources = view.sources.map((name) => escape(cut(name, titleMax))).join(", ");
  const oncall = view.oncall === null ? "" : `On call: ${escape(cut(view.oncall, titleMax))}`;
  return [
    changesLine(view, pen),
    [sources === "" ? "" : `Sources: ${sources}.`, notRead(view.gaps), leftOut(view), oncall]
      .filter((words) => words !== "")
      .join(" "),
  ].filter((line) => line !== "");
}

/** Of each kind what there was, and none only where it was read; then what changed near the service. */
export function changesLine(view: ChangesView, pen: Pen): string {
  const placed = placedChanges(view.changes, view.environment).toSorted(
    (a, b) => b.live.at - a.live.at || (a.change.id < b.change.id ? -1 : 1),
  );
  const isOwn = ({ service }: PlacedChange): boolean =>
    view.service === null || service === undefined || service === view.service;
  const kinds = [
    ["deploy", "no deploy", "deploy"],
    ["commit", "no commit", "commit"],
    ["flag", "no flag", "flag"],
    ["config", "no configuration change", "configuration change"],
  ] as const;
  const own = kinds.flatMap(([kind, none, noun]) => {
    const changes = placed.filter((each) => each.change.kind === kind && isOwn(each));
    if (changes.length === 0) return view.kinds.includes(kind) ? [none] : [];
    return [
      `${changes.length} ${noun}${changes.length === 1 ? "" : "s"}: ${listed(changes, view, pen)}`,
    ];
  });
  const near = placed.filter((each) => !isOwn(each));
  const parts = [
    ...(own.length === 0 ? ["no kind of change could be read whole"] : own),
    ...(near.length === 0 ? [] : [`near it: ${listed(near, view, pen)}`]),
  ].map((part, at) => (at === 0 ? part : upperFirst(part)));
  const service = escape(cut(view.service ?? "all services", titleMax));
  return `${service}, last ${view.hours} h: ${parts.join(". ")}.`;
}

function listed(changes: readonly PlacedChange[], view: ChangesView, pen: Pen): string {
  const rest = changes.length - changesMax;
  const shown = changes.slice(0, changesMax).map((change) => changeWords(change, view, pen));
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}

/** Named by its title, never by its author; a change of another service than the one asked about says whose it is. */
function changeWords(
  placed: PlacedChange,
  { service, onset, links }: ChangesView,
  pen: Pen,
): string {
  const { change, live } = placed;
  const title = pen.link(
    links.cite(`change:${change.id}`) ?? change.url,
    escape(cut(change.title, titleMax)),
  );
  const isElsewhere = placed.service !== undefined && placed.service !== service;
  const whose = isElsewhere ? `${escape(cut(placed.service, titleMax))}: ` : "";
  const before = onset === null ? 0 : onset.getTime() / 1_000 - live.at;
  const lead =
    before > 0 && live.state === "live" ? ` (${formatDuration(before)} before onset)` : "";
  return `${whose}${title}, ${whenWords(placed, pen)}${lead}`;
}

function whenWords({ change, live }: PlacedChange, pen: Pen): string {
  const at = pen.clock(new Date(change.at * 1_000));
  const came = change.kind === "commit" ? `merged ${at}` : at;
  switch (live.state) {
    case "unknown":
      return change.kind === "commit" ? came : `${came}, not known to run`;
    case "not-live":
      return `${came}, not running`;
    case "live":
      return live.proof === "own" ? at : `${came}, live ${pen.clock(new Date(live.at * 1_000))}`;
  }
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

export function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
