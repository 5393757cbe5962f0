/** Views for the tests of drafts, from a timeline as a test tells it. */

import { foldIncident } from "../../src/incident/fold.ts";
import type { TimelineFact } from "../../src/incident/timeline.ts";
import { draftOf } from "../../src/postmortem/draft.ts";
import { fillTemplate, usualTemplate } from "../../src/postmortem/template.ts";
import type { PostmortemView } from "../../src/postmortem/view.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { at, timeline, type Told } from "../incident/timeline.ts";
import { someService } from "../edges/some-service.ts";
import { rollBack } from "../message/incident.ts";

export const rollback: Suggestion = { ...rollBack, id: "sug_1", list: 1, position: 1 };
export const restart: Suggestion = {
  ...rollBack,
  id: "sug_2",
  stepId: "restart-service",
  title: "Restart cart",
  list: 1,
  position: 2,
};
export const poolWaits: Suggestion = {
  ...rollBack,
  id: "sug_3",
  stepId: "read-pool-waits",
  role: "check",
  title: "Read pool waits",
  list: 1,
  position: 3,
};

export const listed: TimelineFact = {
  kind: "suggested",
  list: 1,
  suggestions: [rollback.id, restart.id, poolWaits.id],
};
export const outcome = (
  of: { readonly id: `sug_${string}`; readonly stepId: string },
  label: Extract<TimelineFact, { kind: "outcome" }>["label"],
  note: string | null = null,
): TimelineFact => {
  return { kind: "outcome", suggestion: of.id, stepId: of.stepId, label, by: "UBO", note };
};
export const fired = (title: string): TimelineFact => ({
  kind: "alert-fired",
  alert: { group: "g", title, service: "checkout", firing: 1, link: null, past: null },
});

export const markdown = (view: PostmortemView): string =>
  fillTemplate(usualTemplate, draftOf(view));

export function viewOf(facts: readonly Told[], more: Partial<PostmortemView> = {}): PostmortemView {
  const entries = timeline(...facts);
  return {
    name: "INC-42",
    incident: foldIncident(entries),
    entries,
    suggestions: [rollback, restart, poolWaits],
    outcomes: [],
    input: null,
    seenBefore: [],
    service: someService("checkout", { runbooks: ["https://wiki.example/checkout"] }),
    people: new Map([
      ["UANA", "Ana Lima"],
      ["UBO", "Bo Okafor"],
      ["bot", "Hindsight"],
    ]),
    messages: new Map(),
    unchecked: new Set(),
    alertRead: null,
    hosts: ["acme.slack.com", "prometheus.example"],
    now: at("15:30"),
    ...more,
  };
}
