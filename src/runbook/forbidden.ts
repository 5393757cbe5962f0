/** What a page says not to do, or no longer: a sentence, the section of a heading, what a line leads in to. */

import { commandIn } from "./commands.ts";
import { masked, sentencesWithCode } from "./sentences.ts";
import { orderIn } from "./verbs.ts";

/** Behind a thing and "do not" these tell what is wrong ("the pods do not start"), not what is forbidden. */
const happening =
  "start|answer|respond|return|finish|end|complete|come|go|grow|drop|fall|rise|recover|work|help|appear|show|exist|match|have|need|get|see|know|fit|change|reach|exceed|connect|load|restart|crash|fail|become|contain|receive|succeed|shrink|leak|accept|report|be (?:above|below|over|under|more|less|zero|empty|in|at|on|there|high|low|greater|higher|lower|[0-9])";
const not = "(?:not\\b|n['’]t\\b)";
const negation = new RegExp(
  `\\b(?:(?:do|must|should|shall|may|need) ?${not}|dont\\b|mustn['’]t\\b|(?:you|we|one) (?:can ?not|can['’]t|may ?not)\\b|never\\b(?!-))`,
  "gi",
);
const doer =
  /(?:^|[.,;:!?()"“–—-]|\b(?:you|we|one|and|but|or|so|then|please|also|just|again))\s*$/i;
/** "Restart it if you cannot mend it": no comma before, and an order in front of the condition. */
const behindCondition =
  /[\p{L}\p{N}`]\s(?:if|when|once|while|until|where)\s+(?!.*\b(?:and|but|or|then)\b)(?:[\w'’-]+\s+){0,5}$/iu;
const leading =
  /^(?:\W{0,3}(?:if|when|whenever|once|where|after|in case|unless|until|while|because|since|as)\b[^,:]{1,200}[,:]|\W{0,3}(?:in order )?to avoid\b[^,:`]{1,120}[,:])\s*/i;

const beforeChars = 80;

const warned = new RegExp(
  [
    "\\b(?:under no circumstances|in no case|on no account|by no means|no longer|hands off|stay away|keep away|refrain|stop using)\\b",
    "\\b(?:dangerous|unsafe|forbidden|prohibited|banned|disallowed|discouraged|harmful)\\b",
    `\\b(?:is|are|was) ?${not} (?:to|recommended|allowed|safe|supported|permitted|meant|advised|advisable|an option|for|wanted)\\b`,
    "(?<!\\b(?:as|order|enough) )\\bnot (?:to|for|recommended|allowed|safe|supported|permitted|advised)\\b",
    "^\\W{0,3}(?:not|wrong|bad|incorrect|don['’]?ts?)\\b(?:\\s*[:–—]|\\s+run\\b)",
    "\\bno `",
    "[✗✘❌🚫⛔]",
    "\\b(?:nobody|no one|no-one) (?:(?:should|must|may|can|ever|is (?:to|allowed|permitted))\\b|(?:run|execute|use|touche?|restart|delete|change|do|start|stop)e?s?\\b)",
    "\\bavoid(?:s|ed|ing)?\\b(?<!\\bto avoid\\b(?![^.,:;]*(?:`|ing\\b)))",
    "\\b(?:obsolete|deprecated|outdated|out of date|superseded)\\b(?! (?!procedures?\\b|steps?\\b|ways?\\b|methods?\\b|sections?\\b|commands?\\b|runbooks?\\b|instructions?\\b|and\\b|but\\b|or\\b|do\\b|don|since\\b|as\\b|by\\b|in\\b|please\\b)[a-z])",
  ].join("|"),
  "iu",
);
const warnedHeading =
  /\banti-?patterns?\b|\bdon['’]?ts\b|\bmistakes?\b|\bpitfalls?\b|\bwhat (?:does|did|do|wo) ?(?:not|n['’]t) (?:work|help)\b|^\W*(?:deprecated|obsolete|superseded|archived?)\b|\b(?:legacy|archived|former) (?:procedures?|steps?|runbooks?|instructions?|ways?|methods?|commands?)\b/i;
/** No prohibition, though a negation. */
const harmless = /\b(?:not|n['’]t|never) (?:forget|hesitate|panic|worry|hurts?)\b/gi;
const ofPage =
  /^(?:note: ?|warning: ?)?(?:this|the) (?:page|runbook|document|guide|section|procedure)\b/i;

/** Whether it says of the whole section in which it stands that it holds no more. */
export function endsSection(text: string): boolean {
  return ofPage.test(text) && isForbidding(text);
}

export function isForbiddingHeading(text: string): boolean {
  return warnedHeading.test(text) || isForbidding(text);
}

/** A sentence that is no order but its contrary; code in it is not looked at. */
export function isForbidding(sentence: string): boolean {
  let told = masked(sentence).replaceAll(harmless, "");
  for (let turns = 0; turns < 2; turns += 1) told = told.replace(leading, "");
  if (warned.test(told)) return true;
  return [...told.matchAll(negation)].some((found) => {
    const before = told.slice(Math.max(0, found.index - beforeChars), found.index);
    const behind = told.slice(found.index + found[0].length);
    const isHappening = new RegExp(`^\\s+(?:${happening})`, "i").test(behind);
    return !behindCondition.test(before) && !(isHappening && !doer.test(before));
  });
}

/** By the comments that it begins with. */
export function opensForbidding(code: string): boolean {
  const [comments = ""] = /^(?:\s*(?:#|--)[^\n]*\n)*/.exec(code) ?? [];
  return comments.split("\n").some((line) => isForbidding(line.replace(/^[\s#-]+/, "")));
}

export interface Allowed {
  /** Without what is forbidden; "": nothing is left. */
  readonly text: string;
  /** How many commands were left out. */
  readonly leftOut: number;
  /** What follows below it is forbidden too. */
  readonly isLeadIn: boolean;
}

/** What a paragraph or an item says that may be done. */
export function allowedIn(text: string): Allowed {
  const all = sentencesWithCode(text.replaceAll(insteadOf, ""));
  const forbidden = all.filter(isForbidding);
  if (forbidden.length === 0) return { text: all.join(" "), leftOut: 0, isLeadIn: false };
  const allowed = all.filter((each) => !forbidden.includes(each));
  const last = all.lastIndexOf(forbidden.at(-1) ?? "");
  const names = /\b(?:this|these|below|following)\b|\b(?:run|execute|use|do|try|apply) it\b|:$/i;
  const isLeadIn =
    !all.slice(last + 1).some(isOrder) && (!allowed.some(isOrder) || names.test(all[last] ?? ""));
  return {
    text: allowed.join(" "),
    leftOut: forbidden.filter((each) => commandIn(each) !== null).length,
    isLeadIn,
  };
}

function isOrder(sentence: string): boolean {
  return orderIn(sentence) !== null || commandIn(sentence) !== null;
}

/** "use `a` instead of `b`": the second is not to be run. */
const insteadOf =
  /[\s,(]+(?:instead of|rather than|not|never|without)\s(?:(?:running|using|with|by|via)\s)?`[^`]{1,500}`\)?/gi;
