/** For whoever joins late: at most eight lines, from the timeline alone. */

import type { BoardLine } from "../incident/board.ts";
import type { Incident } from "../incident/incident.ts";
import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, person } from "./escape.ts";
import { affected } from "./evidence-lines.ts";
import { howBad } from "./headline-metric.ts";
import type { Links } from "./links.ts";
import { continuesWords } from "./merge-words.ts";
import { outcomeWordsOf } from "./outcome-words.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import type { OutcomeLabel } from "../vocabulary.ts";
import { duration } from "./time.ts";
import { leadOf, severityWords } from "./told-words.ts";
import { creditWords } from "./try-message.ts";

export interface CatchUpView {
  readonly name: string;
  readonly incident: Incident;
  readonly board: readonly BoardLine[];
  readonly now: Date;
  readonly nextUpdateAt: Date | null;
  readonly links: Links;
}

const titleMax = 80;
/** In each of the lists. */
const stepsMax = 4;

export function catchUp(view: CatchUpView): MessageBody {
  return message(lines(view, textPen), [
    section(lines(view, blockPen(view.links.hosts)).join("\n")),
  ]);
}

function lines(view: CatchUpView, pen: Pen): readonly string[] {
  return [...standing(view, pen), lastLine(view, pen)].filter((line) => line !== "");
}

/** How bad it is, what was tried, and who has what. */
export function standing(view: CatchUpView, pen: Pen): readonly string[] {
  const { incident, name, now } = view;
  const until = incident.state === "open" ? now : incident.resolvedAt;
  const lasted = duration(until.getTime() - incident.since.getTime());
  const scope = incident.evidence === null ? "" : `, ${affected(incident.evidence)}`;
  const ended = incident.mergedInto === null ? "Resolved." : continuesWords(incident.mergedInto);
  const state = incident.state === "open" ? "" : ` ${ended}`;
  const head = [escape(cut(name, titleMax)), severityWords(incident), lasted];
  return [
    `${head.filter((word) => word !== "").join(", ")}. ${howBad(incident)}${scope}.${state}`,
    triedLine(view, pen),
    inHandLine(view, pen),
  ].filter((line) => line !== "");
}

/** What was set aside without a try, by the words that lead their list. */
const untried = {
  ruled_out: "Ruled out",
  already_considered: "Done before",
  not_for_us: "Not for us",
} as const satisfies Partial<Record<OutcomeLabel, string>>;

function triedLine({ board }: CatchUpView, pen: Pen): string {
  const settled = board.flatMap(({ title, role, state }) => {
    if (state.state !== "out" && state.state !== "good") return [];
    const words = `${stepName(title)} ${pen.clock(state.at)}`;
    return [{ role, label: state.label, title: stepName(title), words }];
  });
  const tried = settled
    .filter((each) => !Object.hasOwn(untried, each.label))
    .map((each) => `${each.words}, ${outcomeWordsOf(each.role, each.label)}`);
  const set = Object.entries(untried).map(([label, lead]) => {
    const titles = settled.filter((each) => each.label === label).map((each) => each.title);
    return list(lead, titles, ", ");
  });
  return [list("Tried", tried, "; "), ...set].filter((words) => words !== "").join(" ");
}

function inHandLine({ incident, board }: CatchUpView, pen: Pen): string {
  if (incident.state === "resolved") return creditLine(incident);
  const inHand = board.flatMap(({ title, state }) =>
    state.state === "claimed"
      ? state.owners.map(
          (owner) => `${person(owner.by)} on ${stepName(title)} since ${pen.clock(owner.since)}`,
        )
      : [],
  );
  const free = board.flatMap(({ title, state }) =>
    state.state === "free" ? [stepName(title)] : [],
  );
  return [list("In hand", inHand, "; "), list("Nobody on", free, ", ")]
    .filter((words) => words !== "")
    .join(" ");
}

/** What did it, where no step did. */
function creditLine({ credit }: Incident): string {
  if (credit === null) return "";
  return `What did it: ${creditWords[credit.credit].toLowerCase()}, according to ${person(credit.by)}.`;
}

function lastLine({ incident, nextUpdateAt, links }: CatchUpView, pen: Pen): string {
  const nobody = incident.state === "open" ? "No lead yet." : "";
  const led = leadOf(incident);
  const lead = led === null ? nobody : `Lead ${led}.`;
  const next = nextUpdateAt === null ? "" : ` Next update due ${pen.clock(nextUpdateAt)}.`;
  const page = pen.link(links.page, "Board");
  return `${lead}${next}${page === "Board" ? "" : ` ${page}`}`.trim();
}

function list(lead: string, items: readonly string[], separator: string): string {
  if (items.length === 0) return "";
  const rest = items.length - stepsMax;
  const more = rest > 0 ? `${separator}and ${rest} more` : "";
  return `${lead}: ${items.slice(0, stepsMax).join(separator)}${more}.`;
}

function stepName(title: string): string {
  return escape(cut(title, titleMax));
}
