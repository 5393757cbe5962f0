/** The end of an incident: it is quiet, it is resolved, which step did it. */

import type { Credit, IncidentId, UserId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section, select } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import { clockUtc, duration } from "./time.ts";
import {
  creditAnswer,
  creditElement,
  deedElements,
  selfHealedWords,
  type Deed,
} from "./try-message.ts";

export interface QuietView {
  readonly incident: IncidentId;
  readonly clearSince: Date;
  readonly quietSince: Date;
  /** Who said that it is not over, and when it is asked again; null: nobody yet. */
  readonly stillOn: { readonly by: UserId; readonly askedAgainAt: Date } | null;
}

/** "Alerts clear since 14:21, quiet since 14:30." */
export function quietQuestion(view: QuietView): MessageBody {
  const { incident, clearSince, quietSince, stillOn } = view;
  const line = (pen: Pen) =>
    [
      `Alerts clear since ${pen.clock(clearSince)}, quiet since ${pen.clock(quietSince)}.`,
      ...(stillOn === null
        ? []
        : [
            `${person(stillOn.by)} is still on it; asked again ${pen.clock(stillOn.askedAgainAt)}.`,
          ]),
    ].join(" ");
  const at = Math.floor(clearSince.getTime() / 1000);
  return message(
    [line(textPen)],
    [
      section(line(blockPen([]))),
      actions(
        button(`Resolved at ${clockUtc(clearSince)} UTC`, actionIds.resolve, `${incident} ${at}`),
        ...(stillOn === null ? [button("Still on it", actionIds.stillOn, incident)] : []),
      ),
    ],
  );
}

export type Over = { readonly lastedMs: number } | { readonly backSince: Date };

interface EndView {
  readonly incident: IncidentId;
  readonly name: string;
  /** How long it lasted; where it is not ended, since when the numbers are back. */
  readonly over: Over;
  readonly deeds: readonly Deed[];
  readonly selfHealed: { readonly healed: number; readonly of: number } | null;
  /** Correctable: the buttons stay. */
  readonly answered: {
    /** Steps that somebody says did it. */
    readonly steps: readonly { readonly by: UserId; readonly title: string }[];
    readonly credit: { readonly by: UserId; readonly credit: Credit } | null;
  };
  /** Fixes of the playbook that no list offered, for whoever says that it was something else. */
  readonly unlisted: readonly { readonly stepId: string; readonly title: string }[];
}

/** "INC-42 resolved, 19 min. Which step did it?" with every claimed step, nothing preselected; before the end "INC-42 is back to normal since 14:21." */
export function resolvedQuestion(view: EndView): MessageBody {
  const { incident, name, over, deeds, selfHealed, answered } = view;
  const line = (pen: Pen) =>
    [
      `${escape(name)} ${overWords(over, pen)}. Which step did it?`,
      selfHealedWords(selfHealed),
      ...answered.steps
        .slice(-deedsMax)
        .map(({ by, title }) => `${person(by)}: ${escape(cut(title, titleMax))}.`),
      creditAnswer(isNamedSince(answered) ? null : answered.credit),
    ]
      .filter((words) => words !== "")
      .join(" ");
  return message(
    [line(textPen)],
    [
      section(line(blockPen([]))),
      actions(
        ...deedElements(deeds.slice(0, deedsMax)),
        ...(deeds.length > 1 ? [creditElement(incident, "several")] : []),
        creditElement(incident, "something-else"),
        creditElement(incident, "by-itself"),
        creditElement(incident, "cannot-tell"),
      ),
      ...unlistedMenu(view),
    ],
  );
}

/** "Something else" has been said what it was, or whoever answered so has named a step since. */
function isNamedSince({ steps, credit }: EndView["answered"]): boolean {
  const isOwn = credit?.credit !== "several" && steps.some(({ by }) => by === credit?.by);
  return isOwn || (steps.length > 0 && credit?.credit === "something-else");
}

/** Once somebody says that it was something else, and has not said what. */
function unlistedMenu({
  incident,
  answered: { steps, credit },
  unlisted,
}: EndView): readonly Block[] {
  if (credit?.credit !== "something-else" || steps.length > 0 || unlisted.length === 0) return [];
  const options = unlisted.map(({ stepId, title }) => ({
    text: title,
    value: `${incident} ${stepId}`,
  }));
  return [actions(select("What was it?", actionIds.named, options))];
}

function overWords(over: Over, pen: Pen): string {
  return "lastedMs" in over
    ? `resolved, ${duration(over.lastedMs)}`
    : `is back to normal since ${pen.clock(over.backSince)}`;
}

/** To who said of a deed, and that it is over, and not outright that the one ended the other. */
export function takenAsFixed(title: string): MessageBody {
  const step = `"${escape(cut(title, titleMax))}"`;
  const line = `Recorded from what you said: ${step} fixed it. Another button on its step takes that back.`;
  return message([line], [section(line)]);
}

const deedsMax = 5;
const titleMax = 100;
