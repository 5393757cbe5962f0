/** What is said to whoever asked for a deed in plain words: that it is done, or the click that it takes. */

import type { TimelineFact } from "../incident/timeline.ts";
import type { IncidentId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person, plain } from "./escape.ts";
import { message } from "./pen.ts";

const nameMax = 40;

type Done = Extract<TimelineFact, { kind: "muted" | "resumed" | "lead-set" | "severity-set" }>;

export function deedDone(name: string, fact: Done): MessageBody {
  const line = doneWords(escape(cut(plain(name), nameMax)), fact);
  return message([line], [section(line)]);
}

function doneWords(name: string, fact: Done): string {
  switch (fact.kind) {
    case "muted":
      return 'Muted: only answers are posted here. "@hindsight resume" undoes it.';
    case "resumed":
      return "Updates are posted again.";
    case "lead-set":
      return fact.lead === null ? `${name} has no lead.` : `${person(fact.lead)} leads ${name}.`;
    case "severity-set":
      return `${name} is SEV${fact.severity}.`;
  }
}

/** An end is no slip of the tongue: it takes a click. */
export function resolveChoice(incident: IncidentId, name: string): MessageBody {
  const line = `End ${escape(cut(plain(name), nameMax))}? Nothing is changed without a click.`;
  return message([line], [section(line), actions(button("Resolve", actionIds.resolve, incident))]);
}
