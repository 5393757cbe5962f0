/** The one message of an incident that is edited in place: what is affected and how it is now, the first step, the board. */

import type { BoardLine } from "../incident/board.ts";
import type { Incident, OpenIncident } from "../incident/incident.ts";
import { shortRecord } from "../suggestion/record.ts";
import type { OpenClaim } from "../suggestion/claim-evidence.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { IncidentId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { incidentAlertWords } from "./alert-message.ts";
import { actions, button, context, image, linkButton, section, sections } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { boardLines } from "./board-lines.ts";
import { claimsOnSuspects } from "./claim-words.ts";
import { cut, escape, knownUrl, person } from "./escape.ts";
import { alsoExamined, known, leftOut, notRead } from "./evidence-lines.ts";
import { howBad } from "./headline-metric.ts";
import type { Links } from "./links.ts";
import { modelLine, wordedByModel, type ModelUse } from "./model-words.ts";
import { continuesWords, tookInWords } from "./merge-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import { quietWords } from "./quiet-words.ts";
import { whereAndWhen } from "./reading-words.ts";
import { seenBeforeWords, type SeenBefore } from "./seen-before.ts";
import { forbiddenBy } from "./step-lines.ts";
import { duration } from "./time.ts";
import { leadOf, severityWords, toldWords } from "./told-words.ts";

export interface LivingView {
  readonly id: IncidentId;
  /** "INC-42" */
  readonly name: string;
  readonly incident: Incident;
  readonly board: readonly BoardLine[];
  /** What people said is not the cause, with no check recorded. */
  readonly openClaims: readonly OpenClaim[];
  /** The newest list, first in line first. */
  readonly suggestions: readonly Suggestion[];
  /** Most similar first. */
  readonly seenBefore: readonly SeenBefore[];
  readonly chart: { readonly url: string; readonly alt: string } | null;
  /** null: there is no model. */
  readonly modelUse: ModelUse | null;
  /** False where another tool runs the incident: its lead, severity and end are set there. */
  readonly ownsLifecycle: boolean;
  readonly links: Links;
}

export function livingMessage(view: LivingView): MessageBody {
  const pen = blockPen(view.links.hosts);
  const { chart } = view;
  const chartUrl = knownUrl(chart?.url, view.links.hosts);
  const blocks: Block[] = [
    section(
      [
        headline(view, pen),
        continuesWords(view.incident.mergedInto),
        whereAndWhen(view.incident, pen),
        alerts(view, pen),
        firstSteps(view),
      ]
        .filter(Boolean)
        .join("\n"),
    ),
    ...sections(whatIsKnown(view, pen)),
    ...(chart === null || chartUrl === null ? [] : [image(chartUrl, chart.alt)]),
    ...contextOf(limitsOfReading(view)),
    ...sections(board(view, pen)),
    ...contextOf(seenBeforeWords(view.seenBefore)),
    ...asides(view, pen).flatMap(contextOf),
    ...actionsOf(view),
  ];
  return message(
    [
      headline(view, textPen),
      continuesWords(view.incident.mergedInto),
      whereAndWhen(view.incident, textPen),
      alerts(view, textPen),
      firstSteps(view),
      ...whatIsKnown(view, textPen),
      limitsOfReading(view),
      ...board(view, textPen),
      seenBeforeWords(view.seenBefore),
      ...asides(view, textPen),
    ],
    blocks,
  );
}

/** What else stands with it: what it took in, what is told elsewhere, that it is muted, the model. */
function asides({ incident, modelUse }: LivingView, pen: Pen): readonly string[] {
  return [
    tookInWords(incident.tookIn),
    toldWords(incident, pen),
    ...quietWords(incident, pen),
    modelLine(incident.model, modelUse),
  ];
}

/** "● SEV2 Investigating: checkout p99 4.1 s (normal 0.4 s), still rising. Lead @ana. INC-42, since 14:02" */
function headline({ incident, name }: LivingView, pen: Pen): string {
  const words = [dot(incident), severityWords(incident), statusWords(incident)];
  const state = pen.strong(words.filter((word) => word !== "").join(" "));
  const since = `${escape(cut(name, nameMax))}, since ${pen.clock(incident.since)}`;
  return `${state}: ${howBad(incident)}. ${leadWords(incident)}${since}`;
}

function leadWords(incident: Incident): string {
  const lead = leadOf(incident);
  if (lead === null) return incident.state === "open" ? "No lead yet. " : "";
  return `Lead ${lead}. `;
}

const nameMax = 40;
const titleMax = 150;

function dot(incident: Incident): string {
  return incident.state === "open" ? "●" : "○";
}

const statuses: Readonly<Record<OpenIncident["status"], string>> = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
};

function statusWords(incident: Incident): string {
  if (incident.state === "open") return statuses[incident.status];
  if (incident.mergedInto !== null) return `Merged into ${escape(incident.mergedInto.name)}`;
  const took = duration(incident.resolvedAt.getTime() - incident.since.getTime());
  return `Resolved after ${took}`;
}

function alerts({ incident }: LivingView, pen: Pen): string {
  return incidentAlertWords(incident, pen);
}

/** "First: Roll back checkout (worked 4 of 5). Find out: Read pool waits (@bo on it)" */
function firstSteps({ incident, suggestions, board: lines }: LivingView): string {
  if (incident.state === "resolved") return "";
  const isOver = incident.evidence?.backSince !== undefined;
  const open = suggestions.filter((each) => {
    if (isOver && each.role === "fix") return false;
    if (forbiddenBy(each, incident) !== null) return false;
    const state = lines.find((line) => line.stepId === each.stepId)?.state.state;
    return state === undefined || state === "free" || state === "claimed";
  });
  const [first] = open;
  if (first === undefined) return "";
  if (isOver) return `Find out: ${stepWords(first, lines)}`;
  const other = open.find((each) => each.role !== first.role);
  const group = other?.role === "fix" ? "Stop the bleeding" : "Find out";
  const parts = [
    `First: ${stepWords(first, lines)}`,
    ...(other === undefined ? [] : [`${group}: ${stepWords(other, lines)}`]),
  ];
  return parts.join(". ");
}

function stepWords(step: Suggestion, lines: readonly BoardLine[]): string {
  const state = lines.find((line) => line.stepId === step.stepId)?.state;
  const owner = state?.state === "claimed" ? state.owners[0] : undefined;
  const aside =
    owner === undefined ? shortRecord(step.role, step.record) : `${person(owner.by)} on it`;
  const title = escape(cut(step.title, titleMax));
  return aside === null ? title : `${title} (${aside})`;
}

/** With it who said of a suspect that it is not the cause. */
function whatIsKnown({ incident, openClaims, links }: LivingView, pen: Pen): readonly string[] {
  if (incident.evidence === null) return [];
  const lines = known(incident.evidence.diagnosis, links, pen);
  const worded = wordedByModel(incident, links, pen);
  const told = [...claimsOnSuspects(openClaims, pen), ...(worded === "" ? [] : [worded])];
  return lines.length === 0 ? told : [pen.strong("What is known"), ...lines, ...told];
}

function limitsOfReading({ incident: { evidence } }: LivingView): string {
  if (evidence === null) return "";
  const { gaps, diagnosis } = evidence;
  return [notRead(gaps), alsoExamined(diagnosis), leftOut(diagnosis)].filter(Boolean).join(" ");
}

function board({ board: lines }: LivingView, pen: Pen): readonly string[] {
  return lines.length === 0 ? [] : [pen.strong("Board"), ...boardLines(lines, pen)];
}

/** None for a resolved incident without a page: Slack takes no empty row of buttons. */
function actionsOf(view: LivingView): readonly Block[] {
  const elements = buttons(view);
  return elements.length === 0 ? [] : [actions(...elements)];
}

function buttons({ id, incident, ownsLifecycle, links }: LivingView) {
  const page = knownUrl(links.page, links.hosts);
  const isOpen = incident.state === "open";
  const isOurs = isOpen && ownsLifecycle;
  return [
    ...(isOpen ? [button("Steps", actionIds.steps, id)] : []),
    ...(isOurs ? [button("Take lead", actionIds.lead, id)] : []),
    ...(isOurs ? [button("Set severity", actionIds.severity, id)] : []),
    ...(isOpen && incident.muted === null ? [button("Mute", actionIds.mute, id)] : []),
    ...(isOpen && incident.muted !== null ? [button("Resume", actionIds.resume, id)] : []),
    ...(isOurs ? [button("Resolve", actionIds.resolve, id)] : []),
    ...(page === null ? [] : [linkButton("Open page", actionIds.openPage, page)]),
  ];
}

function contextOf(text: string): readonly Block[] {
  return text === "" ? [] : [context(text)];
}
