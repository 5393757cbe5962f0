/** The weekly digest as people read it, and the statistics of a period: ranges, never trends on small numbers. */

import type { Digest, OpenActions, Repeat } from "../digest/digest.ts";
import type { OwnRecord } from "../digest/own-record.ts";
import type { Spread } from "../digest/spread.ts";
import type { Trend, Trends } from "../digest/trends.ts";
import { counted } from "../evidence/format.ts";
import { actionIds } from "./actions.ts";
import { actions, linkButton, section, sections } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { slashCommand } from "./commands.ts";
import { cut, escape, knownUrl } from "./escape.ts";
import { postmortemLines, type PageOf } from "./digest-postmortems.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const titleMax = 80;
const teamsMax = 10;
/** A message is not a list: the others are in the statistics. */
const repeatsMax = 5;

/** `page`: where all of it can be read; null: nowhere. `charts`: what they show, where the pictures themselves are not below it. */
export function digestMessage(
  digest: Digest,
  {
    page,
    hosts,
    charts = [],
    pageOf = () => null,
  }: {
    readonly page: string | null;
    readonly hosts: readonly string[];
    readonly charts?: readonly string[];
    readonly pageOf?: PageOf;
  },
): MessageBody {
  const url = knownUrl(page, hosts);
  const shown = charts.map((words) => `Chart: ${escape(words)}`);
  return message(
    [...digestLines(digest, textPen), ...shown],
    [
      ...sections([...digestLines(digest, blockPen(hosts), pageOf), ...shown]),
      ...(url === null ? [] : [actions(linkButton("Open digest", actionIds.openPage, url))]),
    ],
  );
}

/** Above whatever is told of the sample history. */
export const sampleWords =
  "_Sample history: made-up incidents of a made-up shop. The real learner ordered their lists; nothing of it counts for yours._";

/** The same without Slack's formatting. */
export const plainSample = sampleWords.replaceAll("_", "");

/** Nothing may be told there, and to say that nothing happened would be untrue. */
export function notShownHere(): MessageBody {
  const line =
    "Incidents are not counted here: people from outside can read this channel, or I am not in it. Ask in a channel of your own that I am in.";
  return message([line], [section(line)]);
}

/** `text` names none of the catalog's teams. */
export function noSuchTeam(text: string, teams: readonly string[]): MessageBody {
  const known =
    teams.length === 0
      ? "The catalog has no teams"
      : `The catalog has ${teams.slice(0, teamsMax).map(title).join(", ")}`;
  const line = `There is no team "${title(text)}". ${known}; ${slashCommand} digest alone is about all services.`;
  return message([line], [section(line)]);
}

export function digestLines(digest: Digest, pen: Pen, pageOf: PageOf = () => null): string[] {
  const { week, team } = digest;
  const of = team === null ? "" : `, ${escape(cut(team, titleMax))}`;
  return [
    `${pen.strong(`Week ${week.number}${of}`)}: ${ofTheWeek(digest)}`,
    ...repeatLines(digest),
    ...postmortemLines(digest, pen, pageOf),
    pen.strong(`My own record, ${digest.weeks.length} weeks`),
    ...recordLines(digest.record),
    ...trendLines(digest.trends),
    ...(digest.actions === null ? [] : [actionWords(digest.actions)]),
  ];
}

/** "6 incidents (2 SEV2). Minutes to mitigate 4 to 61, usual range 9 to 48. 1 is still open." */
function ofTheWeek({ incidents, severities, mitigate, stillOpen }: Digest): string {
  if (incidents === 0) return "no incident.";
  const by = severities.map(({ severity, incidents: of }) => `${of} SEV${severity}`).join(", ");
  const open = stillOpen === 0 ? "" : ` ${stillOpen} still open.`;
  return `${counted(incidents, "incident")} (${by}). Minutes to mitigate ${spreadWords(mitigate)}.${open}`;
}

/** "4 to 61, usual range 9 to 48"; "12"; "not known". */
export function spreadWords(spread: Spread | null): string {
  if (spread === null) return "not known";
  const { least, most, usual } = spread;
  const range =
    Math.round(least) === Math.round(most)
      ? minutes(least)
      : `${minutes(least)} to ${minutes(most)}`;
  return usual === null
    ? range
    : `${range}, usual range ${minutes(usual[0])} to ${minutes(usual[1])}`;
}

function minutes(value: number): string {
  return String(Math.round(value));
}

function repeatLines({ repeats, weeks }: Digest): string[] {
  const more = repeats.length - repeatsMax;
  return [
    ...repeats.slice(0, repeatsMax).map((repeat) => repeatWords(repeat, weeks.length)),
    ...(more > 0 ? [`And ${more} more came again.`] : []),
  ];
}

/** "Again: checkout latency, third time in 13 weeks (INC-42); its action item is 3 weeks overdue." */
function repeatWords({ service, symptom, nth, number, left }: Repeat, weeks: number): string {
  const also = left === undefined ? "" : `; ${leftWords(left)}`;
  return `Again: ${title(service)} ${symptom}, ${ordinal(nth)} time in ${weeks} weeks (INC-${number})${also}.`;
}

function leftWords({ open, overdueDays }: NonNullable<Repeat["left"]>): string {
  const late = overdueDays === null ? "" : `${daysWords(overdueDays)} overdue`;
  if (open === 1) return `its action item is ${late || "open"}`;
  return `${open} of its action items are open${late && `, one ${late}`}`;
}

/** "9 days"; whole weeks from two on. */
function daysWords(days: number): string {
  return days < 14 ? counted(days, "day") : `${Math.floor(days / 7)} weeks`;
}

const ordinals = ["", "first", "second", "third", "fourth", "fifth"];

function ordinal(nth: number): string {
  const ends = ["th", "st", "nd", "rd"];
  const isTeen = nth % 100 >= 11 && nth % 100 <= 13;
  return ordinals[nth] ?? `${nth}${isTeen ? "th" : (ends[nth % 10] ?? "th")}`;
}

/** "The model cost 1.84 in the currency of its prices, 0.12 for each of 15 suggestions that helped." */
function modelLines({ model = null }: OwnRecord): string[] {
  if (model === null) return [];
  const { cost, helpful } = model;
  const each =
    helpful === 0
      ? ", and no suggestion helped"
      : helpful === 1
        ? ", and one suggestion helped"
        : `, ${amount(cost / helpful)} for each of ${helpful} suggestions that helped`;
  return [`The model cost ${amount(cost)} in the currency of its prices${each}.`];
}

const amountMin = 0.0001;

function amount(value: number): string {
  if (value >= 1 || value === 0) return value.toFixed(value === 0 ? 0 : 2);
  return value < amountMin ? `less than ${amountMin}` : String(Number(value.toPrecision(2)));
}

export function recordLines(record: OwnRecord): string[] {
  const { ended, attested, byThemselves, fixed, fixedByFirstThree, checks, worstMiss } = record;
  if (ended === 0) return ["No incident has ended in this time, so there is nothing to say of it."];
  const alone =
    byThemselves === 0
      ? ""
      : `, ${byThemselves} of them by ${byThemselves === 1 ? "itself" : "themselves"}`;
  const known = `What ended it is known for ${attested} of ${counted(ended, "incident")}${alone}.`;
  const first =
    fixed === 0 ? "" : ` What fixed it was in my first three in ${fixedByFirstThree} of ${fixed}.`;
  return [
    known + first,
    `${counted(record.shown, "step")} offered, ${record.tried} tried. ${counted(checks.run, "check")} run, ${checks.answered} answered.`,
    ...(worstMiss === null
      ? []
      : [
          `Worst miss: INC-${worstMiss.number}, "${title(worstMiss.first)}" stood first; it was "${title(worstMiss.fixedBy)}", after ${minutes(worstMiss.minutes)} min.${placeWords(worstMiss.places)}`,
        ]),
    ...modelLines(record),
  ];
}

/** " That one stands at place 1.4 in the lists of the last weeks, at 3.2 before." */
function placeWords(places: NonNullable<OwnRecord["worstMiss"]>["places"]): string {
  if (places === undefined) return "";
  return ` That one stands at place ${places.to.toFixed(1)} in the lists of the last weeks, at ${places.from.toFixed(1)} before.`;
}

/** "Rising: Read pool waits (place 3.2 to 1.4). Too little data to say: 9 steps." */
function trendLines({ rising, falling, tooLittle }: Trends): string[] {
  const told = [trendWords("Rising", rising), trendWords("Falling", falling)].filter(Boolean);
  const rest = tooLittle === 0 ? "" : `Too little data to say: ${counted(tooLittle, "step")}.`;
  const line = [...told, rest].filter(Boolean).join(" ");
  return line === "" ? [] : [line];
}

function trendWords(word: string, trends: readonly Trend[]): string {
  if (trends.length === 0) return "";
  const each = trends.map(
    ({ name, from, to }) => `${title(name)} (place ${from.toFixed(1)} to ${to.toFixed(1)})`,
  );
  return `${word}: ${each.join(", ")}.`;
}

function actionWords({ open, overdue }: OpenActions): string {
  return `Open action items: ${open}${overdue === 0 ? "" : ` (${overdue} overdue)`}.`;
}

function title(text: string): string {
  return escape(cut(text, titleMax));
}
