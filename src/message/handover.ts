/** What the next lead takes over: what is known, what was tried, what is in hand, and what comes next. */

import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { standing, type CatchUpView } from "./catch-up.ts";
import { cut, escape, person } from "./escape.ts";
import { known } from "./evidence-lines.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import type { UserId } from "../vocabulary.ts";

const knownMax = 3;
const titleMax = 150;

export interface HandoverView extends CatchUpView {
  readonly from: UserId;
  readonly to: UserId;
  /** The first step that nobody has done; null where there is none. */
  readonly nextStep: string | null;
}

export function handover(view: HandoverView): MessageBody {
  const pen = blockPen(view.links.hosts);
  return message(lines(view, textPen), [section(lines(view, pen).join("\n"))]);
}

function lines(view: HandoverView, pen: Pen): readonly string[] {
  const { from, to, incident, links, nextStep } = view;
  const facts = incident.evidence === null ? [] : known(incident.evidence.diagnosis, links, pen);
  return [
    pen.strong(`${person(to)} leads now, after ${person(from)}.`),
    ...standing(view, pen),
    ...facts.slice(0, knownMax),
    nextStep === null ? "" : `Next: ${escape(cut(nextStep, titleMax))}.`,
  ].filter((line) => line !== "");
}
