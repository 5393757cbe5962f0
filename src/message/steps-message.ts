/** A list of steps in the thread: three visible, the rest behind "more"; claims and outcomes by click. */

import type { Incident } from "../incident/incident.ts";
import type { Gap } from "../incident/timeline.ts";
import type { OpenClaim } from "../suggestion/claim-evidence.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { StepRole } from "../playbook/step.ts";
import type { IncidentId, SuggestionId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, context, overflow, section, sections, type Element } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { claimsBeside, claimsUnder } from "./claim-words.ts";
import { notRead } from "./evidence-lines.ts";
import type { Fallen } from "../model/fallen.ts";
import type { Links } from "./links.ts";
import { fellWords } from "./model-words.ts";
import { outcomeButtons, outcomeOptions, takeBackOption } from "./outcome-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import { forbiddenBy, stepLines } from "./step-lines.ts";

export interface StepsView {
  readonly id: IncidentId;
  readonly list: number;
  /** Of this list, by position. */
  readonly suggestions: readonly Suggestion[];
  readonly incident: Pick<Incident, "claims" | "outcomes" | "forbidden" | "state">;
  /** Somebody asked for the rest. */
  readonly isExpanded: boolean;
  readonly hiddenByRule: number;
  readonly leftOutAsDone: number;
  /** It can be told which these are and who said so. */
  readonly isLeftOutKnown: boolean;
  /** Runbooks that could not be read for it. */
  readonly unread: readonly Gap[];
  /** What a model said to it and is not shown. */
  readonly fell: readonly Fallen[];
  /** What people said is not the cause, with no check recorded. */
  readonly openClaims: readonly OpenClaim[];
  /** When the numbers were back, where the list was made after that; null while there is something to stop. */
  readonly backSince: Date | null;
  /** False where another tool runs the incident: its end is set there. */
  readonly ownsLifecycle: boolean;
  readonly links: Links;
}

const visibleMax = 3;
/** However long a list is: two blocks a step and its heading stay under Slack's fifty. */
const expandedMax = 12;

export function stepsMessage(view: StepsView): MessageBody {
  const pen = blockPen(view.links.hosts);
  const shown = shownSteps(view);
  const blocks = shown.flatMap((step, index): readonly Block[] => {
    const heading = headingOf(step, shown.slice(0, index));
    return [
      ...(heading === null ? [] : [section(pen.strong(heading))]),
      section(linesOf(step, view, pen).join("\n")),
      ...(isOffered(step, view) ? [actions(...stepElements(step, view))] : []),
    ];
  });
  const footer = footerWords(view);
  const before = backWords(view, pen);
  return message(textLines(view, shown), [
    ...(before === "" ? [] : [section(before)]),
    ...(mayEnd(view) ? [actions(button("Resolve", actionIds.resolve, view.id))] : []),
    ...blocks,
    ...(shown.length === 0 && before === "" ? [section(noSteps)] : []),
    ...sections(claimsBeside(shown, view.openClaims, pen)),
    ...(footer === "" ? [] : [context(footer)]),
    ...footerButtons(view),
  ]);
}

/** With what was claimed of it; one that a rule forbids is nobody's to look at. */
function linesOf(step: Suggestion, view: StepsView, pen: Pen): readonly string[] {
  const lines = stepLines(step, view.incident, view.links, pen);
  if (forbiddenBy(step, view.incident) !== null) return lines;
  return [...lines, ...claimsUnder(step, shownSteps(view), view.openClaims, pen)];
}

function isOffered(step: Suggestion, { incident }: StepsView): boolean {
  return incident.state === "open" && forbiddenBy(step, incident) === null;
}

function mayEnd({ backSince, incident, ownsLifecycle }: StepsView): boolean {
  return backSince !== null && incident.state === "open" && ownsLifecycle;
}

/** "Back to normal since 14:21. Left to find out: what did it, and whether it holds." */
function backWords({ backSince }: StepsView, pen: Pen): string {
  if (backSince === null) return "";
  return `Back to normal since ${pen.clock(backSince)}. Left to find out: what did it, and whether it holds.`;
}

const noSteps = "No step of the playbook fits what is known so far.";

function shownSteps({ suggestions, isExpanded }: StepsView): readonly Suggestion[] {
  const ordered = suggestions.toSorted((a, b) => a.position - b.position);
  return ordered.slice(0, isExpanded ? expandedMax : visibleMax);
}

const headings: Readonly<Record<StepRole, string>> = {
  fix: "Stop the bleeding",
  check: "Find out",
};

/** Another angle says so itself, and stands under no heading of its own. */
function headingOf(step: Suggestion, above: readonly Suggestion[]): string | null {
  const before = above.findLast((each) => !each.isOtherAngle);
  return step.isOtherAngle || before?.role === step.role ? null : headings[step.role];
}

function textLines(view: StepsView, shown: readonly Suggestion[]): readonly string[] {
  const pen: Pen = textPen;
  const lines = shown.flatMap((step, index) => [
    headingOf(step, shown.slice(0, index)) ?? "",
    ...linesOf(step, view, pen),
  ]);
  const behind = hiddenCount(view);
  return [
    backWords(view, pen),
    ...(shown.length === 0 && view.backSince === null ? [noSteps] : lines),
    ...claimsBeside(shown, view.openClaims, pen),
    behind === 0 ? "" : `${behind} more.`,
    footerWords(view),
  ];
}

function stepElements(step: Suggestion, { incident }: StepsView): readonly Element[] {
  const isOf = (each: { readonly suggestion: SuggestionId; readonly stepId: string }) =>
    each.suggestion === step.id || each.stepId === step.stepId;
  const isTouched = incident.claims.some(isOf) || incident.outcomes.some(isOf);
  const isClaimed = incident.claims.some(isOf);
  return [
    ...(isClaimed ? [] : [button("I'm on it", actionIds.claim, step.id, "primary")]),
    ...(isTouched ? outcomeElements(step) : []),
    overflow(actionIds.outcome, [
      ...Object.entries(outcomeOptions).map(([label, text]) => ({
        text,
        value: `${step.id} ${label}`,
      })),
      ...(isClaimed ? [{ text: "I'm on it too", value: `${step.id} claim` }] : []),
      ...(isTouched ? [{ text: takeBackOption, value: `${step.id} take-back` }] : []),
    ]),
  ];
}

export function outcomeElements({ id, role }: Pick<Suggestion, "id" | "role">): readonly Element[] {
  return Object.entries(outcomeButtons[role]).map(([label, text]) =>
    button(text, `${actionIds.outcome}:${label}`, `${id} ${label}`),
  );
}

function hiddenCount({ suggestions, isExpanded }: StepsView): number {
  return Math.max(0, suggestions.length - (isExpanded ? expandedMax : visibleMax));
}

function footerWords({ hiddenByRule, leftOutAsDone, unread, fell }: StepsView): string {
  const it = leftOutAsDone === 1 ? "it" : "them";
  return [
    hiddenByRule > 0 ? `${hiddenByRule} hidden by rule.` : "",
    leftOutAsDone > 0 ? `${leftOutAsDone} left out: the thread has done ${it}.` : "",
    notRead(unread),
    fellWords(fell),
  ]
    .filter((words) => words !== "")
    .join(" ");
}

function footerButtons(view: StepsView): readonly Block[] {
  const value = `${view.id} ${view.list}`;
  const behind = hiddenCount(view);
  const elements = [
    ...(behind === 0 ? [] : [button(`more (${behind})`, actionIds.more, value)]),
    ...(view.hiddenByRule === 0 ? [] : [button("Which rule?", actionIds.hidden, value)]),
    ...(view.isLeftOutKnown ? [button("What was left out?", actionIds.leftOut, value)] : []),
    ...(view.fell.length === 0 ? [] : [button("What did the model say?", actionIds.fell, value)]),
    ...(view.suggestions.length < 2 ? [] : [button("Why this order?", actionIds.whyOrder, value)]),
  ];
  return elements.length === 0 ? [] : [actions(...elements)];
}
