/** What a model read in the thread: kept where a person said it in words of their own that are about that step. */

import type { Step } from "../playbook/step.ts";
import { effectIn } from "../suggestion/deed-effect.ts";
import { ownWords } from "../suggestion/deed-words.ts";
import { placesOf, readClause, tellingOf } from "../suggestion/deed-place.ts";
import { isReal, sentencesOf } from "../suggestion/deed-clauses.ts";
import { isLog, rawLines } from "../pasted-lines.ts";
import { readLine } from "../log-line.ts";
import { fallen, type Fallen } from "./fallen.ts";
import { stem, isOrdinary } from "./ordinary-words.ts";
import type { ReadDeed } from "./reply.ts";

/** As it stands in the channel. */
export interface ThreadMessage {
  readonly id: string;
  readonly text: string;
  /** A member of the channel, and not a program. */
  readonly isFromMember: boolean;
}

/** null: kept. */
export function deedFault(
  deed: ReadDeed,
  messages: readonly ThreadMessage[],
  steps: readonly Step[],
): Fallen | null {
  const message = messages.find(({ id }) => id === deed.message);
  const step = steps.find(({ id }) => id === deed.step);
  const fell = (because: string) => fallen(`${step?.id ?? "a step"}: ${deed.what}`, because);
  if (message === undefined) return fell("cites a message that is not in the thread");
  if (step === undefined) return fell("names a step that does not exist");
  if (!message.isFromMember) return fell("was not said by a member of the channel");
  return isTold(said(message.text), step, deed) ? null : fell("is not what that message says");
}

/** Without what is quoted, code, and lines of a log: a paste is nobody's word. */
function said(text: string): string {
  const lines = rawLines(text).map(readLine);
  return isLog(lines) ? "" : ownWords(text);
}

/**
 * In a sentence that asks nothing and mocks nothing, and told as done: whoever obeys an attacker would make a deed of
 * "please do not roll back". A claim that a check is not needed is none, and only marks.
 */
function isTold(words: string, step: Step, { what, outcome }: ReadDeed): boolean {
  const isClaim = what === "ruled-out" && step.role === "check";
  const isPraised = outcome === "helped" || what === "fixed";
  return sentencesOf(words, anyService).some(({ clauses }) => {
    const isVain = clauses.some(({ text }) => effectIn(text) === "no_effect");
    if (isPraised && isVain) return false;
    return clauses.some(({ text, carriedOver, isElsewhere }) => {
      const place = placeOf(step, text);
      if (place === null || isElsewhere) return false;
      if (wished.test(text) || (isClaim && unseen.test(text))) return false;
      return isClaim || (isReal(text, place) && isReal(`${carriedOver} `, endOf(carriedOver)));
    });
  });
}

/** Worth doing, and so not done. */
const wished =
  /\bwould be (?:worth|good|nice|useful|helpful|great|next|my next)\b|\bworth (?:an? |another |the )?(?:look|try|check|read|shot|going|read|check|try)/;
/** Nobody rules out what they have not looked at, or are about to. */
const unseen =
  /(?:\bnot|\bnever|n't)(?: yet| even| really)? (?:looked|checked|read|seen|had)\b|\b(?:would|will|should|could|can|'ll) (?:\w+ )?(?:read|check|look)\b/;

const anyService = { service: null, services: [] };
const endOf = ({ length }: string) => ({ from: length, to: length });

/**
 * Where a clause speaks of the step: in the words of the playbook for that deed, of a fix by the verb of its title, of a
 * check by two words of it. "The deploy went out" is no rollback of a deploy.
 */
function placeOf({ role, doneWords, told = [], plainTitle, title }: Step, clause: string) {
  for (const each of doneWords) {
    const match = new RegExp(each, "iu").exec(clause);
    if (match !== null) return { from: match.index, to: match.index + match[0].length };
  }
  const spoken = readClause(clause, false);
  const [place] = told.flatMap((each) => placesOf(tellingOf(each), spoken));
  if (place !== undefined) return place;
  const [verb = "", ...others] = wordsOf(plainTitle.toLowerCase());
  const named = [verb, ...others, ...wordsOf(title.replaceAll(/\{\w+\}/g, " ").toLowerCase())];
  const telling = new Set(named.filter((word) => !isOrdinary(word)).map(stem));
  const wanted = role === "fix" ? new Set([stem(verb)]) : telling;
  const found = [...clause.matchAll(/[a-z]{3,}/g)].filter(([word]) => wanted.has(stem(word)));
  const [first] = found;
  const last = found.at(-1);
  const distinct = new Set(found.map(([word]) => stem(word))).size;
  if (first === undefined || last === undefined) return null;
  if (distinct < Math.min(tellingMin, wanted.size)) return null;
  return { from: first.index, to: last.index + last[0].length };
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[a-z]{3,}/g) ?? [];
}

const tellingMin = 2;
