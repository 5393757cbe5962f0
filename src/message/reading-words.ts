/** Where the trouble is, and what is to be said of its readings: when the newest was, that one failed, that they ended. */

import type { Evidence, Incident } from "../incident/incident.ts";
import type { ReadingEnd } from "../incident/timeline.ts";
import { cut, escape } from "./escape.ts";
import { affected } from "./evidence-lines.ts";
import type { Pen } from "./pen.ts";

const nameMax = 150;

/** "Affects: only POST /pay, only version 3f2a91c. Read 14:25" */
export function whereAndWhen(incident: Incident, pen: Pen): string {
  const { evidence } = incident;
  if (evidence === null) return firstReading(incident, pen);
  const read = `Read ${pen.clock(evidence.at)}`;
  const words = `${read}${stoppedWords(incident, pen)}${failedWords(incident, pen)}`;
  return `Affects: ${affected(evidence)}. ${words}${headlineWords(evidence, pen)}`;
}

/** Where the number above is of another metric than before. */
function headlineWords({ headlineWas: was }: Evidence, pen: Pen): string {
  if (was === undefined) return "";
  const since = pen.clock(new Date(was.at * 1000));
  return `. Until ${since} the number was ${escape(cut(was.words, nameMax))}, which is not read any more`;
}

function firstReading({ readingFailedAt }: Incident, pen: Pen): string {
  if (readingFailedAt === null) return "Reading metrics and changes.";
  return `Metrics and changes could not be read at ${pen.clock(readingFailedAt)}: something broke here, the log says what. The button Steps reads them again.`;
}

/** ", reading again failed 14:27"; empty where the latest reading was made. */
function failedWords({ readingFailedAt }: Incident, pen: Pen): string {
  return readingFailedAt === null ? "" : `, reading again failed ${pen.clock(readingFailedAt)}`;
}

const readingEnds: Readonly<Record<ReadingEnd, string>> = {
  "a-day-old": "after a day",
  archived: "the channel is archived",
  "not-visible": "the channel is out of sight",
};

/** ", stopped reading 14:40 (after a day)"; empty while further readings are planned. */
function stoppedWords(incident: Incident, pen: Pen): string {
  const { readingStopped } = incident;
  if (readingStopped !== null) {
    const { at, because } = readingStopped;
    return `, stopped reading ${pen.clock(at)} (${readingEnds[because]})`;
  }
  return incident.state === "open" ? "" : `, stopped reading ${pen.clock(incident.resolvedAt)}`;
}
