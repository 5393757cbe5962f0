/** "What kind of cause was INC-42?", to whoever led it; the answer can be changed. */

import { causes, type Cause, type IncidentId, type UserId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section, select } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { message } from "./pen.ts";

const titleMax = 100;

/** Nothing preselected; `title` is the incident's. */
export function causeQuestion(view: {
  readonly incident: IncidentId;
  readonly name: string;
  readonly title: string;
  readonly answered: { readonly cause: Cause; readonly by: UserId } | null;
}): MessageBody {
  const { incident, name, title, answered } = view;
  const line = [
    `What kind of cause was ${escape(name)} (${escape(cut(title, titleMax))})?`,
    ...(answered === null ? [] : [`${person(answered.by)}: ${answerWords(answered.cause)}.`]),
  ].join(" ");
  return message(
    [line],
    [
      section(line),
      actions(
        select(
          "Kind of cause",
          `${actionIds.cause}:kind`,
          causes
            .filter((cause) => cause !== "unknown")
            .map((cause) => ({ text: labelOf(cause), value: `${incident} ${cause}` })),
        ),
        button("Can't tell", `${actionIds.cause}:unknown`, `${incident} unknown`),
      ),
    ],
  );
}

function answerWords(cause: Cause): string {
  return cause === "unknown" ? "can't tell" : causeWords(cause);
}

/** "Human error" */
function labelOf(cause: Cause): string {
  const text = causeWords(cause);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** "human error" */
export function causeWords(cause: Cause): string {
  return cause.replaceAll("-", " ");
}
