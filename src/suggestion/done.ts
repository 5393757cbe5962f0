/** Which deeds a message of the thread tells of; questions, intentions, orders and bare claims are none (DESIGN §8). */

import type { Step } from "../playbook/step.ts";
import type { OutcomeLabel } from "../vocabulary.ts";
import { effectAtStart, effectIn, unreal, withoutVain } from "./deed-effect.ts";
import type { DeedEffect } from "./deed-effect.ts";
import { inPast, ownWords } from "./deed-words.ts";

export interface DeedTold {
  readonly stepId: string;
  readonly label: DeedEffect | Extract<OutcomeLabel, "already_considered">;
}

/** Whose deeds count: those on the incident's service. */
export interface AboutService {
  readonly service: string | null;
  /** Names of all services that are known. */
  readonly services: readonly string[];
}

/** A step that is about what the service depends on may well name another service. */
type DeedStep = Pick<Step, "id" | "doneWords"> & Partial<Pick<Step, "title">>;

/** A longer message is read up to here; so are its sentences, and a sentence's clauses. */
const textCharsMax = 4_000;
const sentencesMax = 60;
const clausesMax = 20;

/** A sentence: its clauses in order, and what the next one says came of it. */
export interface Sentence {
  readonly clauses: readonly Clause[];
  readonly after: DeedEffect | null;
}

interface Clause {
  readonly text: string;
  /** With its deeds in the past; the playbook's words may know either form. */
  readonly past: string;
  /** What came before it in the sentence and holds for it too, as in "not restarted or rolled back". */
  readonly carriedOver: string;
  /** A question, or about another environment or incident: it tells of no deed here. */
  readonly isElsewhere: boolean;
  readonly isAboutAnother: boolean;
}

/**
 * One deed a step, in the order of the steps, with what the same sentence or the next says came of it. A deed on
 * another service, in another environment or in an earlier incident is none of this incident. Where several deeds are
 * said to have fixed it, each has helped: nobody said which.
 */
export function deedsIn(
  text: string,
  steps: readonly DeedStep[],
  about: AboutService = { service: null, services: [] },
): DeedTold[] {
  const sentences = sentencesOf(text, about);
  if (sentences.length === 0) return [];
  const known = steps.map(({ id, doneWords, title }) => ({
    id,
    patterns: doneWords.map(patternOf),
    isAboutOthers: title?.includes("{dependency}") === true,
  }));
  const told = sentences.flatMap((sentence) => deedsOf(sentence, known));
  const deeds = steps.flatMap(({ id }): DeedTold[] => {
    const labels = told.filter((deed) => deed.stepId === id).map(({ label }) => label);
    const label = labels.findLast((each) => each !== "already_considered") ?? labels[0];
    return label === undefined ? [] : [{ stepId: id, label }];
  });
  const isShared = deeds.filter(({ label }) => label === "resolved").length > 1;
  return isShared
    ? deeds.map((deed) => (deed.label === "resolved" ? { ...deed, label: "helped" } : deed))
    : deeds;
}

function patternOf(words: string): RegExp {
  return new RegExp(`(?<![\\w-])(?:${words})(?![\\w])`, "i");
}

interface KnownStep {
  readonly id: string;
  readonly patterns: readonly RegExp[];
  readonly isAboutOthers: boolean;
}

/** "Neither helped": of all the deeds before it. */
const ofAll = /\b(?:neither|none of|both|all of (?:it|them|that))\b/;

/** Each deed with the effect that is told of it: in its own clauses, those up to the next deed. */
function deedsOf({ clauses, after }: Sentence, steps: readonly KnownStep[]): DeedTold[] {
  const told = clauses.map((clause) =>
    steps.filter((step) => step.patterns.some((pattern) => isDone(clause, pattern, step))),
  );
  const at = told.flatMap((done, index) => (done.length === 0 ? [] : [index]));
  let effect = after;
  const isOfAll = ofAll.test(clauses.map(({ text }) => text).join(" "));
  return at.toReversed().flatMap((from, back) => {
    const isFirst = back === at.length - 1;
    const to = at[at.length - back] ?? clauses.length;
    const words = clauses.slice(isFirst ? 0 : from, to).map(({ text }) => text);
    const isJoined = /^\s*and\b/.test(clauses[to]?.text ?? "");
    const own = effectIn(words.join(", "));
    effect = own ?? (back === 0 ? after : isJoined || isOfAll ? effect : null);
    const label = effect ?? "already_considered";
    return (told[from] ?? []).map(({ id }) => ({ stepId: id, label }));
  });
}

export function sentencesOf(text: string, about: AboutService): readonly Sentence[] {
  const sentences = sentencesIn(ownWords(text.slice(0, textCharsMax)));
  return sentences.flatMap((sentence, index): Sentence[] => {
    if (isQuestion(sentence) || mocking.test(sentence)) return [];
    const next = sentences[index + 1];
    const after = next === undefined ? null : effectAtStart(next);
    return [{ clauses: clausesOf(sentence, about), after }];
  });
}

/** Not meant as it is said, or said of what happens in general. */
const mocking =
  /\b(?:yeah,? right|my foot|sure,? because|oh (?:great|sure|nice|yes)|as if|(?:such a )?brilliant idea|genius (?:move|idea)|what could (?:possibly )?go wrong|because .{1,60} always|always (?:fix|help|work)\w*|classic move|slow clap|imagine)\b|(?:^|\s)\/s$/;

const question =
  /^(?:(?:and|so|ok|hey|but|also|wait|sorry|<@\w+>|@\S+)[\s,:]+)*(?:did|do|does|has|have|had|can|could|should|shall|would|will|is|are|was|were|who|what|why|when|where|which|how|any|anyone|anybody|someone|not sure (?:if|whether)|wonder(?:ing)? (?:if|whether))\b/;
/** So plainly a question that it needs no mark. */
const bareQuestion = /^(?:who|(?:did|has|have|had) (?:we|you|they|he|she|any\w+|some\w+))\b/;
const tag = /[,-]\s*(?:right|yes|no|correct|ok|okay|yeah|huh|true|or not|or no)\s*\?$/;

function isQuestion(sentence: string): boolean {
  const isAsked = question.test(sentence) || tag.test(sentence);
  return bareQuestion.test(sentence) || (sentence.endsWith("?") && isAsked);
}

function clausesOf(sentence: string, about: AboutService): readonly Clause[] {
  const hasEffect = effectIn(sentence) !== null;
  const all = sentence
    .split(/[,;:]\s+|\s+-+\s+|\s+(?=(?:but|and|then|so|or)\s)/)
    .slice(0, clausesMax);
  return all.map((text, index) => ({
    text,
    past: inPast(text, hasEffect),
    carriedOver: /^\s*(?:and|or|then)\b/.test(text)
      ? withoutVain(all.slice(0, index).join(", "))
      : "",
    isElsewhere: text.endsWith("?") || elsewhere.test(text),
    isAboutAnother: isAboutAnother(text, about),
  }));
}

/** An earlier incident, somebody else's environment, or a thing that happens by itself. */
const elsewhere =
  /\b(?:staging|stage env|preprod|dev cluster|test env\w*|sandbox)\b|\b(?:last|previous) (?:time|week|month|year|incident|night)\b|\byesterday\b|\b(?:days?|weeks?|months?|years?) ago\b|\b(?:in|since|back in|last) (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\bin (?:the|that|an?|another) (?:\w+ )?(?:incident|outage)\b|\b(?:my|your|his|her) (?:laptop|phone|machine|browser|router|computer|vpn|slack|terminal|ide)\b|\b(?:kubelet|kubernetes|k8s|systemd|supervisor|watchdog|hpa|autoscaler|oom.?killer) (?:has |had |just )?\w+ed\b|\binc-\d+\b|\bkeeps?\b|\bby (?:it|them)sel(?:f|ves)\b|\bon (?:its|their) own\b|\b\d+ ?(?:times|x)\b|\b(?:pods?|instances?|containers?|it) (?:just |has |have )?restarted\b/;
/** After the words: begun and not brought to an end. */
const broken =
  /^[^,]{0,30}\b(?:failed|is stuck|got stuck|timed out|was aborted|did not go through|didn't go through|is blocked|is ready|is possible|is an option|is running|in progress)\b/;

/** People leave the object out where the playbook's words expect one: "restarted, no luck". */
function isDone(clause: Clause, pattern: RegExp, { isAboutOthers }: KnownStep): boolean {
  const { text, past, carriedOver } = clause;
  if (clause.isElsewhere || (clause.isAboutAnother && !isAboutOthers)) return false;
  return [text, `${text} it`, past, `${past} it`].some((told) => {
    const match = pattern.exec(told);
    if (match === null) return false;
    const to = match.index + match[0].length;
    return isReal(told, { from: match.index, to }) && !unreal.test(carriedOver);
  });
}

/** Whether what stands at that place is told as done: nothing ahead takes it back, and what follows does not leave it half done. */
export function isReal(told: string, { from, to }: { from: number; to: number }): boolean {
  return !unreal.test(withoutVain(told.slice(0, from))) && !broken.test(told.slice(to));
}

/** Names another service and not this one. */
function isAboutAnother(clause: string, { service, services }: AboutService): boolean {
  if (service === null || names(clause, service)) return false;
  return services.some((other) => other !== service && names(clause, other));
}

function names(clause: string, service: string): boolean {
  const at = clause.indexOf(service.toLowerCase());
  if (at < 0 || service === "") return false;
  const around = `${clause.charAt(at - 1)} ${clause.charAt(at + service.length)}`;
  return !/[\w]/.test(around);
}

function sentencesIn(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+|[.!]$/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "")
    .slice(0, sentencesMax);
}
