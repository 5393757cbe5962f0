/** A list of action items, and quoted runbooks, with the same text from outside in every place that takes one. */

import type { MessageBody } from "../../src/message/body.ts";
import { actionList, actionRefusal } from "../../src/message/action-list.ts";
import { unreachedReminder } from "../../src/message/action-reminder.ts";
import { quotedRunbooks } from "../../src/message/quoted-runbooks.ts";
import { at } from "../incident/timeline.ts";

const itemOf = (text: string) =>
  ({
    id: "act_1",
    incidentId: "inc_1",
    revision: 1,
    text,
    owner: null,
    due: null,
    priority: "P1",
    state: "open",
    link: text,
    by: "UANA",
    at: at("14:05"),
  }) as const;

export function hostileActions(text: string): Readonly<Record<string, MessageBody>> {
  const due = { item: itemOf(text), name: text, due: "2026-12-01", when: "after" } as const;
  const step = { quote: text, way: { command: text, undo: text } };
  const runbook = { title: text, link: text, steps: [step, step], forbidden: [text] };
  return {
    actionList: listOf(text),
    unreached: unreachedReminder(due, "left", true),
    quotedRunbooks: quotedRunbooks({
      runbooks: [runbook, { ...runbook, steps: [] }, runbook],
      gaps: [{ source: text, reason: text }],
      hosts: ["github.com"],
    }),
  };
}

function listOf(text: string): MessageBody {
  const item = itemOf(text);
  return actionList({
    incident: "inc_1",
    name: text,
    items: Array.from({ length: 30 }, () => item),
    issues: new Map([[item.id, text]]),
    canMakeIssues: true,
    unreached: new Map(),
    proposals: [text, text],
    today: "2026-11-23",
    hosts: ["github.com"],
    said: actionRefusal({ reason: "changed-meanwhile", by: "UANA", text }),
  });
}
