/** What is told of the language model: what it worded, what it has used up, why it is away, and what of its answer is not shown. */

import { formatCount } from "../evidence/format.ts";
import type { Incident } from "../incident/incident.ts";
import type { ModelRead } from "../incident/model-read.ts";
import { awayWords, isCeiling } from "../model/away.ts";
import type { Fallen } from "../model/fallen.ts";
import { isCite } from "../suggestion/model-steps.ts";
import { sections } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape } from "./escape.ts";
import { sourced } from "./evidence-lines.ts";
import type { Links } from "./links.ts";
import { message, type Pen } from "./pen.ts";

/** Tokens in and out together, of how many there may be. */
export interface ModelUse {
  readonly incident: number;
  readonly incidentMax: number;
  readonly today: number;
  readonly todayMax: number;
  /** Null: no price is told. */
  readonly costs: readonly [here: Cost, today: Cost] | null;
}

/** In the currency of the prices; null: no ceiling in money. */
type Cost = readonly [used: number, most: number | null];

const sentencesMax = 3;
const sentenceMax = 400;
const fallenMax = 20;

/** "In the words of the model: …"; empty where it worded nothing of what is known now. */
export function wordedByModel({ model, evidence }: Incident, links: Links, pen: Pen): string {
  if (model === null || model.snapshot !== evidence?.snapshot) return "";
  const near = new Date(evidence.diagnosis.onset * 1_000);
  const sentences = model.sentences
    .slice(0, sentencesMax)
    .map(({ text, cites }) => sourced({ text, cites: cites.filter(isCite) }, near, links, pen));
  return sentences.length === 0 ? "" : `In the words of the model: ${sentences.join(" ")}`;
}

/** "Model: 3,120 of 60,000 tokens here, 18,400 of 1,000,000 today."; empty where it was asked nothing here. */
export function modelLine(model: ModelRead | null, use: ModelUse | null): string {
  const away =
    model === null || model.away === null
      ? ""
      : `The model is away: ${awayWords(model.away).said}. The rest does without it.`;
  const isOfCeiling = model?.away != null && isCeiling(model.away);
  if (use === null || (use.incident === 0 && !isOfCeiling)) return away;
  const [here, hereMax, today, todayMax] = [
    use.incident,
    use.incidentMax,
    use.today,
    use.todayMax,
  ].map(formatCount);
  const [hereCost, todayCost] = use.costs?.map(costWords) ?? ["", ""];
  const used = `Model: ${here} of ${hereMax} tokens here${hereCost}, ${today} of ${todayMax} today${todayCost}.`;
  return away === "" ? used : `${away} ${used}`;
}

/** " (cost 0.05 of 2.00)" */
function costWords([used, most]: Cost): string {
  return ` (cost ${money(used)}${most === null ? "" : ` of ${money(most)}`})`;
}

/** "0.05", and of less than a cent the first digit that says something. */
function money(cost: number): string {
  return cost >= 0.01 || cost === 0 ? cost.toFixed(2) : cost.toPrecision(1);
}

/** "2 parts of the model's answer were left out."; empty where none was. */
export function fellWords(fell: readonly Fallen[]): string {
  if (fell.length === 0) return "";
  return fell.length === 1
    ? "1 part of the model's answer was left out."
    : `${fell.length} parts of the model's answer were left out.`;
}

/** Those parts, to the one who asked, each with the reason. */
export function fellMessage(fell: readonly Fallen[]): MessageBody {
  const lines = fell
    .slice(0, fallenMax)
    .map(
      ({ text, because }) =>
        `“${escape(cut(text, sentenceMax))}” ${escape(cut(because, sentenceMax))}.`,
    );
  const rest = fell.length - fallenMax;
  const none = "Nothing of the model's answer was left out of this list.";
  const head = "Said by the model and not shown, because it";
  const all = [
    ...(fell.length === 0 ? [none] : [`${head}:`, ...lines]),
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ];
  return message(all, sections(all));
}
