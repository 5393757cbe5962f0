/** Answers to a mention: what shifted, what changed, that nothing did, that a source is silent; each from deterministic findings. */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import { counted } from "../evidence/format.ts";
import type { Gap } from "../incident/timeline.ts";
import type { Step, StepRole } from "../playbook/step.ts";
import type { OutcomeLabel } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { changesLine, upperFirst, type ChangesView } from "./answers-changes.ts";
import { actions, button, context, limits, section, sections } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { slashCommand } from "./commands.ts";
import { cut, escape } from "./escape.ts";
import { alsoExamined, known, leftOut, notRead } from "./evidence-lines.ts";
import type { Links } from "./links.ts";
import { outcomeClauseOf } from "./outcome-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const titleMax = 150;
const checksMax = 2;

/** What was read for a question that no incident is open for; it offers to declare one. */
export interface OutsideView {
  readonly service: string | null;
  readonly diagnosis: Diagnosis;
  readonly gaps: readonly Gap[];
  /** null while it goes on. */
  readonly backSince: Date | null;
  /** null: none is made. */
  readonly offer: Offer | null;
  readonly links: Links;
}

/** To declare an incident where none is open. */
export interface Offer {
  /** What it would be called. */
  readonly title: string;
  /** The channel's own that is over, "INC-42". */
  readonly resolved: string | null;
}

export function outsideIncident(view: OutsideView): MessageBody {
  const limitsWords = [notRead(view.gaps), alsoExamined(view.diagnosis), leftOut(view.diagnosis)]
    .filter((words) => words !== "")
    .join(" ");
  const lines = (pen: Pen) => [aboutLine(view, pen), ...known(view.diagnosis, view.links, pen)];
  const blocks: Block[] = [
    ...sections(lines(blockPen(view.links.hosts))),
    ...(limitsWords === "" ? [] : [context(limitsWords)]),
    ...offerBlocks(view.offer),
  ];
  return message([...lines(textPen), limitsWords, offerText(view.offer)], blocks);
}

function offerWords({ resolved }: Offer): string {
  const over = resolved === null ? "" : `${escape(cut(resolved, titleMax))} is resolved. `;
  return `${over}No incident is open here.`;
}

function offerText(offer: Offer | null): string {
  if (offer === null) return "";
  return `${offerWords(offer)} Declare one with ${slashCommand} declare.`;
}

function offerBlocks(offer: Offer | null): readonly Block[] {
  if (offer === null) return [];
  const title = cut(offer.title, titleMax).slice(0, limits.value);
  return [
    section(offerWords(offer)),
    actions(button("Declare an incident", actionIds.declare, title)),
  ];
}

function aboutLine({ service, diagnosis, backSince }: OutsideView, pen: Pen): string {
  const about = service === null ? "" : ` about ${escape(cut(service, titleMax))}`;
  return diagnosis.findings.length === 0
    ? `Nothing that was read${about} shifted.`
    : `What is known${about}${backSince === null ? "" : `, back to normal since ${pen.clock(backSince)}`}:`;
}

export interface NothingView {
  readonly service: string;
  /** Those whose metrics were read. */
  readonly dependencies: number;
  /** Beginning of the window in which nothing shifted. */
  readonly since: Date;
  readonly changes: ChangesView;
  readonly gaps: readonly Gap[];
  readonly leftOut: readonly string[];
  readonly checks: readonly { readonly title: string }[];
  /** null: none is made. */
  readonly offer: Offer | null;
}

/** "Nothing in the metrics of checkout and its 4 dependencies shifted since 13:50, and no change went live in the last 6 hours." */
export function nothingShifted(view: NothingView): MessageBody {
  const { changes, offer } = view;
  const isUnchanged = changes.changes.length === 0 && changes.kinds.includes("deploy");
  const isTold = changes.changes.length > 0 || changes.kinds.length > 0;
  const lines = (pen: Pen) =>
    [
      `${nothingWords(view, isUnchanged, pen)} ${notRead(view.gaps)}`.trim(),
      isTold && !isUnchanged ? changesLine(changes, pen) : "",
      leftOut(view),
      `That leaves ${isUnchanged ? "" : "a change, "}traffic, a provider, a certificate or something without a metric.${checksWords(view.checks)}`,
    ].filter((line) => line !== "");
  return message(
    [...lines(textPen), offerText(offer)],
    [...sections(lines(blockPen(changes.links.hosts))), ...offerBlocks(offer)],
  );
}

function nothingWords(view: NothingView, isUnchanged: boolean, pen: Pen): string {
  const { dependencies, changes } = view;
  const count = `${dependencies} ${dependencies === 1 ? "dependency" : "dependencies"}`;
  const its = dependencies === 0 ? "" : ` and its ${count}`;
  const service = escape(cut(view.service, titleMax));
  const metrics = `Nothing in the metrics of ${service}${its} shifted since ${pen.clock(view.since)}`;
  return isUnchanged
    ? `${metrics}, and no change went live in the last ${counted(changes.hours, "hour")}.`
    : `${metrics}.`;
}

function checksWords(checks: NothingView["checks"]): string {
  const titles = checks.slice(0, checksMax).map((check) => escape(cut(check.title, titleMax)));
  if (titles.length === 0) return "";
  const lead =
    titles.length === 1
      ? "One quick check that tells these apart"
      : "Two quick checks that tell these apart";
  return ` ${lead}: ${titles.join("; ")}.`;
}

export interface SilentView {
  readonly service: string | null;
  /** The metrics were asked, and have none of the service. */
  readonly isUnmeasured: boolean;
  readonly gaps: readonly Gap[];
  readonly leftOut: readonly string[];
  readonly changes: ChangesView;
}

/** "Prometheus could not be read (no answer in 5 s). From GitHub alone: checkout, last 6 h: no deploy. No commit." */
export function sourcesSilent(view: SilentView): MessageBody {
  const of = view.service === null ? "" : ` of ${escape(cut(view.service, titleMax))}`;
  const silent = view.gaps.filter(({ missing }) => missing === undefined);
  const wasAsked = silent.length + view.changes.sources.length > 0;
  const lines = (pen: Pen) => [
    [
      ...(view.isUnmeasured && wasAsked ? [`The metrics have nothing${of}.`] : []),
      ...silent.map(gapSentence),
      missingWords(view.gaps),
      leftOut(view),
      ...(wasAsked
        ? [restWords(view.changes, pen), 'Ask again with "@hindsight look again".']
        : []),
    ]
      .filter((words) => words !== "")
      .join(" "),
  ];
  return message(lines(textPen), sections(lines(blockPen(view.changes.links.hosts))));
}

const setUp: Readonly<Record<NonNullable<Gap["missing"]>, string>> = {
  metrics: "metrics (PROMETHEUS_URL)",
  changes: "changes (GITHUB_TOKEN, or hooks)",
  services: "services (their names in a CATALOG)",
};

/** What nobody has set up, each by the setting that does; empty where all was there to be asked. */
function missingWords(gaps: readonly Gap[]): string {
  const missing = new Set(gaps.flatMap(({ missing: what }) => what ?? []));
  const words = [...missing].map((what) => setUp[what]);
  if (words.length === 0) return "";
  return `Not set up to be read yet: ${words.join(", ")}. docs/configure.md says how; doctor says what works.`;
}

function gapSentence({ source, reason }: Gap): string {
  const name = escape(cut(upperFirst(source), titleMax));
  return `${name} could not be read (${escape(cut(reason, titleMax))}).`;
}

function restWords(changes: ChangesView, pen: Pen): string {
  if (changes.sources.length === 0) return "Nothing else was there to read.";
  const names = changes.sources.map((name) => escape(cut(name, titleMax))).join(", ");
  return `From ${names} alone: ${changesLine(changes, pen)}`;
}

/** "Now first: Read pool waits, because the rollback did not help (p99 4.0 s after 10 min)." */
export function nowFirst(title: string, because: string): MessageBody {
  const line = `Now first: ${escape(cut(title, titleMax))}, because ${escape(cut(because, titleMax))}.`;
  return message([line], [section(line)]);
}

/** "Recorded, after the end of INC-42: "Roll back checkout" had no effect." */
export function recordedOddly(told: {
  readonly title: string;
  readonly role: StepRole;
  readonly label: OutcomeLabel;
  /** null: it is open. */
  readonly endedName: string | null;
  /** Its sender's clock was ahead of ours. */
  readonly isAhead: boolean;
}): MessageBody {
  const when = told.endedName === null ? "" : `, after the end of ${escape(told.endedName)}`;
  const what = `"${escape(cut(told.title, titleMax))}" ${outcomeClauseOf(told.role, told.label)}`;
  const ahead = told.isAhead ? " It was dated later than now, and counts as of now." : "";
  const line = `Recorded${when}: ${what}.${ahead}`;
  return message([line], [section(line)]);
}

/** What two words about a step's rank are enough for: its chance and its cost. */
export function whyThisOrder(
  steps: readonly (Pick<Step, "role"> & {
    readonly title: string;
    readonly position: number;
    readonly p: number;
    readonly minutes: number;
    readonly isOtherAngle: boolean;
    readonly origin?: unknown;
  })[],
): MessageBody {
  const byModel = steps.filter(({ origin }) => origin !== undefined).length;
  const lines = steps
    .filter(({ origin }) => origin === undefined)
    .toSorted((a, b) => a.position - b.position)
    .map((step) => {
      const chance = `${Math.round(step.p * 100)} % to ${step.role === "fix" ? "resolve it" : "answer"}`;
      const angle = step.isOtherAngle ? ", here for another mechanism than the first two" : "";
      return `${step.position}. ${escape(cut(step.title, titleMax))}: ${chance}, about ${Math.max(1, Math.round(step.minutes))} min${angle}`;
    });
  const how =
    "Fixes by chance per minute, a risk counting as 5 or 10 minutes more; checks by what they would tell per minute. The chance starts from the playbook and follows the record of similar incidents.";
  const behind = byModel === 0 ? [] : ["Those from the model stand behind, without a rank."];
  const all = [how, ...lines, ...behind];
  return message(all, [section(all.join("\n"))]);
}
