/** What an entry of the timeline says in a postmortem: who did what, in one sentence. */

import type { TimelineEntry, TimelineFact } from "../incident/timeline.ts";
import { outcomeClauseOf } from "../message/outcome-words.ts";
import { linkTo, literal, quoted } from "./markdown.ts";
import { person, stepTitle, wordsOf, type PostmortemView } from "./view.ts";

type Fact = Exclude<TimelineFact, { kind: "evidence-read" }>;

/** null: nothing that anybody did, or nothing that a reader of the postmortem needs. */
export function entryWords(view: PostmortemView, entry: TimelineEntry, fact: Fact): string | null {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- what is not named here is nothing that anybody did
  switch (fact.kind) {
    case "declared":
    case "severity-set":
    case "lead-set":
    case "status-set":
    case "update-posted":
    case "log-shared":
    case "still-on":
    case "merged":
    case "resolved":
    case "reopened":
      return ofIncident(view, entry, fact);
    case "claimed":
    case "outcome":
    case "withdrawn":
    case "driven":
    case "credited":
    case "pointed":
    case "cause-labelled":
      return `${person(view, fact.by)} ${ofSteps(view, entry, fact)}`;
    case "suggested":
    case "alert-fired":
    case "alert-cleared":
    case "collecting":
    case "parted":
    case "reading-failed":
    case "observed":
    case "told":
      return ofTheBot(view, fact);
    default:
      return null;
  }
}

function ofTheBot(
  view: PostmortemView,
  fact: FactOf<
    | "suggested"
    | "alert-fired"
    | "alert-cleared"
    | "collecting"
    | "parted"
    | "reading-failed"
    | "observed"
    | "told"
  >,
): string | null {
  switch (fact.kind) {
    case "suggested":
      return offered(view, fact);
    case "alert-fired": {
      const { title, service, link } = fact.alert;
      const of = service === null ? "" : ` on ${literal(service)}`;
      const name = quoted(title, 120);
      return `Alert ${link === null ? name : linkTo(name, link, view.hosts)}${of} fired.`;
    }
    case "alert-cleared":
      return "An alert cleared.";
    case "collecting":
      return "The incident took in further alerts: many services at once.";
    case "parted":
      return "An incident that had been merged into this one was taken up again.";
    case "reading-failed":
      return "A reading of the sources failed.";
    case "observed":
      return `Seen among the changes: ${literal(fact.words)}, as ${stepTitle(view, fact.suggestion)} would do.`;
    case "told":
      return toldElsewhere(view, fact);
  }
}

const tellers = {
  topic: "The channel's topic",
  generic: "The tool that runs the incident",
  pagerduty: "PagerDuty",
} as const;

function toldElsewhere(view: PostmortemView, { teller, says }: FactOf<"told">): string | null {
  const { status, severity, lead } = says;
  const words = [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(severity === undefined ? [] : [`SEV${severity}`]),
    ...(lead === undefined
      ? []
      : [`lead ${"user" in lead ? person(view, lead.user) : literal(lead.name, 80)}`]),
  ];
  return words.length === 0 ? null : `${tellers[teller]} told: ${words.join(", ")}.`;
}

type FactOf<K extends TimelineFact["kind"]> = Extract<TimelineFact, { kind: K }>;

function ofIncident(
  view: PostmortemView,
  entry: TimelineEntry,
  fact: FactOf<
    | "declared"
    | "severity-set"
    | "lead-set"
    | "status-set"
    | "update-posted"
    | "log-shared"
    | "still-on"
    | "merged"
    | "resolved"
    | "reopened"
  >,
): string {
  const who = person(view, entry.actor);
  switch (fact.kind) {
    case "declared":
      return `${who} opened the incident in #${literal(fact.channelName, 80)}, SEV${fact.severity}.`;
    case "merged":
      return `${person(view, fact.by)} ${mergedWords(fact)}.`;
    case "severity-set":
      return `${who} set the severity to SEV${fact.severity}.`;
    case "lead-set":
      return `${who} ${leadWords(view, entry, fact)}.`;
    case "status-set":
      return `${who} set the status to ${fact.status}.`;
    case "update-posted":
      return `${person(view, fact.by)} told those outside: ${wordsOf(view, entry, fact.known)}`;
    case "log-shared":
      return `${who} shared a log file.`;
    case "still-on":
      return `${person(view, fact.by)} said that it was not over.`;
    case "resolved":
      return `${person(view, fact.by)} resolved the incident.`;
    case "reopened":
      return `${person(view, fact.by)} took the incident up again.`;
  }
}

function mergedWords(fact: FactOf<"merged">): string {
  return "into" in fact
    ? `merged this incident into ${literal(fact.into.name, 80)}`
    : `merged ${literal(fact.from.name, 80)} into this incident`;
}

function leadWords(
  view: PostmortemView,
  entry: TimelineEntry,
  { lead }: FactOf<"lead-set">,
): string {
  if (lead === null) return "said that nobody leads any more";
  return lead === entry.actor ? "took the lead" : `gave the lead to ${person(view, lead)}`;
}

const creditClauses = {
  several: "several steps together ended it",
  "something-else": "something else than these steps ended it",
  "by-itself": "it ended by itself",
  "cannot-tell": "nobody can tell what ended it",
} as const;

function ofSteps(
  view: PostmortemView,
  entry: TimelineEntry,
  fact: FactOf<
    "claimed" | "outcome" | "withdrawn" | "driven" | "credited" | "pointed" | "cause-labelled"
  >,
): string {
  switch (fact.kind) {
    case "claimed":
      return `took on ${stepTitle(view, fact.suggestion)}.`;
    case "outcome": {
      const because = fact.note === null ? "" : `: ${wordsOf(view, entry, fact.note)}`;
      const { role } = view.suggestions.find(({ id }) => id === fact.suggestion) ?? {};
      const clause = outcomeClauseOf(role, fact.label);
      return `said that ${stepTitle(view, fact.suggestion)} ${clause}${because}.`;
    }
    case "withdrawn":
      return `took back what was said of ${stepTitle(view, fact.suggestion)}.`;
    case "driven":
      return fact.answer === "me"
        ? `said that this was ${stepTitle(view, fact.suggestion)}, and who drove it.`
        : `said that this was not ${stepTitle(view, fact.suggestion)}.`;
    case "credited":
      return `said that ${creditClauses[fact.credit]}.`;
    case "pointed":
      return fact.check === null
        ? `said that ${fact.pointer === "deploy-line" ? "the line about the change" : "something else"} pointed to ${stepTitle(view, fact.fix)}.`
        : `said that ${stepTitle(view, fact.check)} pointed to ${stepTitle(view, fact.fix)}.`;
    case "cause-labelled":
      return `named the kind of cause: ${fact.cause.replaceAll("-", " ")}.`;
  }
}

/** The first of a list is what people saw first. */
function offered(view: PostmortemView, { suggestions }: FactOf<"suggested">): string | null {
  const [first] = suggestions;
  if (first === undefined) return null;
  const more = suggestions.length === 1 ? "" : `, and ${suggestions.length - 1} more`;
  return `Hindsight offered ${stepTitle(view, first)} first${more}.`;
}
