/** Short answers to clicks: which severity, which rule, what was left out, two on the same step, recovered, worse again. */

import type { BoardLine } from "../incident/board.ts";
import type { LeftOutStep } from "../incident/timeline.ts";
import { severities, type IncidentId, type Severity } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section, sections } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person, plain } from "./escape.ts";
import { observedWords, outcomeWords, readWords } from "./outcome-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const titleMax = 150;
const rulesMax = 8;
/** Of each step; further words are counted. */
const saidMax = 4;

const severityHelp: Readonly<Record<Severity, string>> = {
  1: "SEV1, the gravest",
  2: "SEV2",
  3: "SEV3",
  4: "SEV4",
};

/** To the one who asked: four buttons. */
export function severityChoice(incident: IncidentId): MessageBody {
  const line = "Which severity?";
  return message(
    [line],
    [
      section(line),
      actions(
        ...severities.map((severity) =>
          button(
            severityHelp[severity],
            `${actionIds.severity}:${severity}`,
            `${incident} ${severity}`,
          ),
        ),
      ),
    ],
  );
}

/** The rules behind "1 hidden by rule", to the one who asked. */
export function hiddenRules(
  hidden: readonly {
    readonly title: string;
    readonly constraint: {
      readonly because: string;
      readonly by?: string;
      readonly until?: string;
    };
  }[],
): MessageBody {
  const lines = hidden.slice(0, rulesMax).map(({ title, constraint }) => {
    const by = constraint.by === undefined ? "" : `, by ${giver(constraint.by)}`;
    const until =
      constraint.until === undefined ? "" : `, until ${escape(cut(constraint.until, titleMax))}`;
    return `${escape(cut(title, titleMax))}: ${escape(cut(constraint.because, titleMax))}${by}${until}.`;
  });
  const rest = hidden.length - rulesMax;
  const all = rest > 0 ? [...lines, `And ${rest} more.`] : lines;
  const told = all.length === 0 ? ["No step is hidden by a rule now."] : all;
  return message(told, [section(told.join("\n"))]);
}

/** The steps behind "2 left out", to the one who asked: each with who said that it was done, and what came of it. */
export function leftOutSteps(steps: readonly LeftOutStep[]): MessageBody {
  const lines = (pen: Pen) => [
    ...steps.slice(0, rulesMax).map(({ title, said }) => {
      const rest = said.length - saidMax;
      const words = said.slice(0, saidMax).map(({ by, at, label, isObserved, isRead }) => {
        const clock = pen.clock(new Date(at * 1_000));
        return isObserved === true
          ? `${observedWords} ${clock}`
          : `${by === null ? "somebody" : person(by)}: ${outcomeWords[label]} ${clock}${isRead === true ? readWords : ""}`;
      });
      const all = [...words, ...(rest > 0 ? [`and ${rest} more`] : [])];
      return `${escape(cut(title, titleMax))}: ${all.join(", ")}.`;
    }),
    ...(steps.length > rulesMax ? [`And ${steps.length - rulesMax} more.`] : []),
  ];
  const none = "No step was left out of this list.";
  const told = (pen: Pen) => (steps.length === 0 ? [none] : lines(pen));
  return message(told(textPen), sections(told(blockPen([]))));
}

/** A catalog names people as it likes; who gave a rule in the chat is known by Slack's id. */
function giver(by: string): string {
  return /^[UW][A-Z0-9]{2,23}$/.test(by) ? person(by) : escape(cut(by, titleMax));
}

/** "@bo and @ana are both on: Read pool waits." null where fewer than two are on it. */
export function sharedStep({ title, state }: BoardLine): MessageBody | null {
  if (state.state !== "claimed" || state.owners.length < 2) return null;
  const names = state.owners.map((owner) => person(owner.by));
  const all = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const line = `${all} are ${names.length === 2 ? "both" : "all"} on: ${escape(cut(title, titleMax))}.`;
  return message([line], [section(line)]);
}

/** A shared file that was not read as a log, and why; null: its name is not known. */
export type UnreadFile =
  | {
      readonly name: string | null;
      readonly because: "not-text" | "not-shown" | "no-permission" | "no-log";
    }
  | { readonly name: null; readonly because: "too-many"; readonly count: number };

/** "core.dump was not read: it is not text in UTF-8." */
export function filesUnread(files: readonly UnreadFile[]): MessageBody {
  const lines = files.map(unreadWords);
  return message(lines, [section(lines.join("\n"))]);
}

function unreadWords(file: UnreadFile): string {
  const name = file.name === null ? "The file" : escape(cut(plain(file.name), titleMax));
  switch (file.because) {
    case "not-text":
      return `${name} was not read: it is not text in UTF-8.`;
    case "not-shown":
      return `${name} was not read: Slack does not let me see what is in it.`;
    case "no-permission":
      return `${name} was not read: the app lacks the permission files:read.`;
    case "no-log":
      return `${name} was not read as a log: too few of its lines begin with a time or a level.`;
    case "too-many":
      return `${file.count} more of these files ${file.count === 1 ? "was" : "were"} not read: the limit is 5 a message.`;
  }
}

/** "Recovered: checkout p99 0.4 s since 14:21." or "Worse again: …"; `words` are those of the metric. */
export function turn(view: {
  readonly kind: "recovered" | "worse-again";
  readonly words: string;
  readonly since: Date;
}): MessageBody {
  const lead = view.kind === "recovered" ? "Recovered" : "Worse again";
  const line = (pen: Pen) =>
    `${lead}: ${escape(cut(view.words, titleMax))} since ${pen.clock(view.since)}.`;
  return message([line(textPen)], [section(line(blockPen([])))]);
}
