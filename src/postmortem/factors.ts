/** What the evidence holds of contributing factors, and what people named as the cause; a correlation is never told as one. */

import { recurrenceWords } from "../message/recurrence-words.ts";
import { seenWords } from "../message/seen-before.ts";
import type { Sentence } from "./document.ts";
import { literal } from "./markdown.ts";
import { mainReading } from "./readings.ts";
import {
  citeSources,
  entrySources,
  person,
  sentenceCase,
  told,
  wholeTimeline,
  type PostmortemView,
} from "./view.ts";

const seenMax = 3;

/** The cause as a person labelled it, else that it is not established. */
export function causeSentence(view: PostmortemView): Sentence {
  const { cause } = view.incident;
  const entry = view.entries.findLast(({ fact }) => fact.kind === "cause-labelled");
  if (cause === null || entry === undefined) {
    const text = "The cause is not established: nobody has named its kind.";
    return { text, sources: [wholeTimeline(view)] };
  }
  const who = person(view, cause.by);
  if (cause.cause === "unknown") {
    return told(view, entry, `The cause is not established: ${who} could not tell its kind.`);
  }
  const kind = cause.cause.replaceAll("-", " ");
  return told(view, entry, `Kind of cause: ${kind}, according to ${who}.`);
}

/** What was found deterministically, strongest first, then what was not read, then earlier ones of its kind. */
export function factorSentences(view: PostmortemView): readonly Sentence[] {
  const main = mainReading(view);
  if (main === null) {
    const text = "Nothing was read of metrics, logs or changes.";
    return [causeSentence(view), { text, sources: [wholeTimeline(view)] }];
  }
  const { diagnosis, links, gaps } = main.evidence;
  const found = diagnosis.findings.map(({ text, cites }): Sentence => ({
    text: `${sentenceCase(literal(text, 400))}.`,
    sources: citeSources(links, cites, main.entry),
  }));
  const unread = gaps.map(({ source, reason }): Sentence => ({
    text: `Not read: ${literal(source)} (${literal(reason)}).`,
    sources: entrySources(view, main.entry),
  }));
  return [causeSentence(view), ...found, ...unread, ...seenSentences(view)];
}

function seenSentences(view: PostmortemView): readonly Sentence[] {
  const main = mainReading(view);
  const sources = main === null ? [wholeTimeline(view)] : entrySources(view, main.entry);
  const seen = view.seenBefore.slice(0, seenMax).map((each): Sentence => ({
    text: `Seen before: ${literal(unescaped(seenWords(each)))}`,
    sources,
  }));
  const repeats = view.entries.flatMap((entry): Sentence[] => {
    const words = entry.fact.kind === "alert-fired" ? recurrenceWords(entry.fact.alert.past) : "";
    return words === "" ? [] : [told(view, entry, `Of its alert: ${literal(unescaped(words))}`)];
  });
  return [...seen, ...repeats.slice(0, 1)];
}

/** These words are written for Slack, and escaped for it. */
function unescaped(words: string): string {
  return words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
