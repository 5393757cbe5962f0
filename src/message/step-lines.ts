/** One offered step as lines: what to do, why now, how, what to expect, its record, who voted what. */

import type { Incident } from "../incident/incident.ts";
import { isRunbooksOwn, recordWords } from "../suggestion/record.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { RunbookSource } from "../playbook/step.ts";
import type { Risk } from "../vocabulary.ts";
import { cut, escape, person } from "./escape.ts";
import { linkedTo } from "./evidence-lines.ts";
import type { Links } from "./links.ts";
import { outcomeWordsOf } from "./outcome-words.ts";
import type { Pen } from "./pen.ts";
import { minutesWords } from "./time.ts";

const titleMax = 150;
const sentenceMax = 600;
/** Further votes are counted. */
const votesMax = 6;

export function stepLines(
  step: Suggestion,
  incident: Pick<Incident, "claims" | "outcomes" | "forbidden">,
  links: Links,
  pen: Pen,
): readonly string[] {
  const because = forbiddenBy(step, incident);
  if (because !== null) return [forbiddenLine(step, because, pen), votesLine(step, incident, pen)];
  const record = escape(recordOf(step));
  const apart = step.tellsApart === undefined ? "" : `Tells apart: ${sentence(step.tellsApart)} `;
  return [
    titleLine(step, pen),
    whyLine(step, links, pen),
    ...runbookLine(step, pen),
    ...howLines(step, pen),
    `Expect: ${sentence(step.expect)}`,
    `${apart}${record}`,
    votesLine(step, incident, pen),
  ].filter((line) => line !== "");
}

/** What a model made up has no playbook to be from. */
function recordOf({ role, record, service, origin }: Suggestion): string {
  if (origin === "new-from-model" && record.tried === 0) return "No record yet.";
  return recordWords(role, record, service);
}

/** The words of the rule that forbids it by now; null: none does. */
export function forbiddenBy(
  { stepId }: Pick<Suggestion, "stepId">,
  { forbidden }: Pick<Incident, "forbidden">,
): string | null {
  return forbidden.find((each) => each.stepId === stepId)?.because ?? null;
}

function forbiddenLine({ position, title }: Suggestion, because: string, pen: Pen): string {
  const struck = pen.out(`${position}. ${escape(cut(title, titleMax))}.`);
  return `${struck} Forbidden by a rule: ${escape(cut(because, titleMax))}.`;
}

/** "1. Roll back checkout to 9c1d2e0. About 6 min, disruptive, can be undone" */
function titleLine(step: Suggestion, pen: Pen): string {
  const title = escape(cut(step.title, titleMax));
  const named = `${leadOf(step)}${leadOf(step) === "" ? title : lowerFirst(title)}`;
  const minutes =
    step.origin === "new-from-model" ? "Not ranked" : `About ${minutesWords(step.minutes)}`;
  return `${pen.strong(`${step.position}. ${named}.`)} ${minutes}, ${riskWords(step)}`;
}

function leadOf({ origin, isOtherAngle }: Suggestion): string {
  if (origin === "new-from-model") return "New, from the model: ";
  if (origin === "named-by-model") return "Named by the model: ";
  return isOtherAngle ? "Another angle: " : "";
}

const risks: Readonly<Record<Risk, string>> = {
  "read-only": "read-only",
  reversible: "reversible",
  disruptive: "disruptive",
  irreversible: "cannot be undone",
};

function riskWords({ stepId, risk, how, runbook }: Suggestion): string {
  const isOwn = isRunbooksOwn(stepId);
  if (isOwn && risk === "disruptive" && runbook?.isClassKnown === false) {
    return "what it changes is not known here";
  }
  const canBeUndone = risk === "disruptive" && how?.undo !== undefined;
  return canBeUndone ? "disruptive, can be undone" : risks[risk];
}

function whyLine({ why }: Suggestion, links: Links, pen: Pen): string {
  if (why === undefined) return "";
  return `Why: ${linkedTo(why.cites, sentence(why.text), links, pen)}`;
}

/** Of a step whose runbook names no command: its own words, where the title has others. */
function runbookLine({ stepId, runbook }: Suggestion, pen: Pen): readonly string[] {
  if (runbook === undefined || runbook.hasCommand) return [];
  if (isRunbooksOwn(stepId))
    return [`How: as the ${runbookWords(runbook, pen)} has it, without a command.`];
  return [`The ${runbookWords(runbook, pen)} says: ${sentence(runbook.quote)}`];
}

/** `runbook "checkout rollback"`, linked. */
function runbookWords({ title, link }: RunbookSource, pen: Pen): string {
  return `runbook ${pen.link(link, `"${escape(cut(title, titleMax))}"`)}`;
}

function howLines({ stepId, how, runbook, role }: Suggestion, pen: Pen): readonly string[] {
  if (how === undefined) return [];
  const shown = (command: string) =>
    isProse(command) ? escape(cut(command, sentenceMax)) : pen.code(command);
  const isTold = runbook?.hasCommand === true;
  const about = [
    ...(isTold ? [runbookWords(runbook, pen)] : []),
    ...(how.isFilled ? [] : ["fill in what stands in &lt;…&gt; first"]),
  ].join("; ");
  const none = isTold && role === "fix" ? ["Undo: none is written in the runbook."] : [];
  const undo = how.undo === undefined ? none : [`Undo: ${shown(how.undo)}`];
  // Its words stand in the line before.
  if (!isTold && runbook !== undefined && isRunbooksOwn(stepId)) return undo;
  return [`How${about === "" ? "" : ` (${about})`}: ${shown(how.command)}`, ...undo];
}

/** A way to do it may be a sentence for a person, not a command for a shell. */
function isProse(command: string): boolean {
  return /^[A-Z][^\n]*\.$/.test(command.trim());
}

/** "@bo on it since 14:09. @ana: no effect 14:22." */
function votesLine(
  { id, stepId, role }: Suggestion,
  { claims, outcomes }: Pick<Incident, "claims" | "outcomes">,
  pen: Pen,
): string {
  const votes = outcomes.filter((each) => each.suggestion === id || each.stepId === stepId);
  const inHand = claims.filter(
    (claim) =>
      (claim.suggestion === id || claim.stepId === stepId) &&
      !votes.some((vote) => vote.by === claim.by && vote.at >= claim.at),
  );
  const words = [
    ...inHand.map((claim) => `${person(claim.by)} on it since ${pen.clock(claim.at)}.`),
    ...votes.map((vote) => {
      if (vote.source === "observed") return `Seen among the changes ${pen.clock(vote.at)}.`;
      const note = vote.note === null ? "" : ` (${escape(cut(vote.note, titleMax))})`;
      return `${person(vote.by)}: ${outcomeWordsOf(role, vote.label)} ${pen.clock(vote.at)}${note}.`;
    }),
  ];
  const rest = words.length - votesMax;
  return [...words.slice(0, votesMax), ...(rest > 0 ? [`And ${rest} more.`] : [])].join(" ");
}

function sentence(text: string): string {
  const shown = escape(cut(text.trim(), sentenceMax));
  return /[.?…]$/.test(shown) ? shown : `${shown}.`;
}

/** An abbreviation keeps its capitals. */
function lowerFirst(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}
