/** What is said to whoever asked for a deed in plain words: that it is done, or the click that it takes. */

import type { TimelineFact } from "../incident/timeline.ts";
import type { IncidentId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person, plain } from "./escape.ts";
import { message } from "./pen.ts";

const nameMax = 40;

export type Done = Extract<
  TimelineFact,
  { kind: "muted" | "resumed" | "lead-set" | "severity-set" | "status-set" }
>;

export function deedDone(name: string, fact: Done): MessageBody {
  const line = doneWords(shortened(name), fact);
  return message([line], [section(line)]);
}

export function readNow(name: string): MessageBody {
  const line = `${shortened(name)} is read now; the next steps come in its thread.`;
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
    case "status-set":
      return `${name} is ${fact.status}.`;
  }
}

export function openAgain(name: string): MessageBody {
  const line = `${shortened(name)} is open again, and is read now.`;
  return message([line], [section(line)]);
}

/** An end is no slip of the tongue: it takes a click. */
export function resolveChoice(incident: IncidentId, name: string): MessageBody {
  const line = `End ${shortened(name)}? Nothing is changed without a click.`;
  return message([line], [section(line), actions(button("Resolve", actionIds.resolve, incident))]);
}

function shortened(name: string): string {
  return escape(cut(plain(name), nameMax));
}
