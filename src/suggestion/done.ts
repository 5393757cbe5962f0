/** Which deeds a message of the thread tells of; questions, intentions, orders and bare claims are none (DESIGN §8). */

import type { Step } from "../playbook/step.ts";
import type { OutcomeLabel } from "../vocabulary.ts";
import { inPast, ownWords } from "./deed-words.ts";

export interface DeedTold {
  readonly stepId: string;
  readonly label: Extract<OutcomeLabel, "already_considered" | "no_effect">;
}

/** Whose deeds count: those on the incident's service. */
export interface AboutService {
  readonly service: string | null;
  /** Names of all services that are known. */
  readonly services: readonly string[];
}

/** A longer message is read up to here; so are its sentences, and a sentence's clauses. */
const textCharsMax = 4_000;
const sentencesMax = 60;
const clausesMax = 20;

/** What a sentence says of things that were done, and whether it says that they were in vain. */
interface Told {
  readonly clauses: readonly Clause[];
  readonly isVain: boolean;
}

interface Clause {
  readonly text: string;
  /** What came before it in the sentence and holds for it too, as in "not restarted or rolled back". */
  readonly carriedOver: string;
}

/**
 * One deed a step, in the order of the steps. `no_effect` where the same sentence or the next says that it changed
 * nothing. A deed on another service, in another environment or in an earlier incident is none of this incident.
 */
export function deedsIn(
  text: string,
  steps: readonly Pick<Step, "id" | "doneWords">[],
  about: AboutService = { service: null, services: [] },
): DeedTold[] {
  const told = toldIn(text, about);
  return steps.flatMap(({ id, doneWords }): DeedTold[] => {
    const patterns = doneWords.map((words) => new RegExp(`(?<![\\w-])(?:${words})(?![\\w])`, "i"));
    const deeds = told.filter(({ clauses }) =>
      clauses.some((clause) => patterns.some((pattern) => isDone(clause, pattern))),
    );
    if (deeds.length === 0) return [];
    const isVain = deeds.some((deed) => deed.isVain);
    return [{ stepId: id, label: isVain ? "no_effect" : "already_considered" }];
  });
}

function toldIn(text: string, about: AboutService): readonly Told[] {
  const sentences = sentencesIn(ownWords(text.slice(0, textCharsMax)));
  return sentences.map((sentence, index) => {
    const next = sentences[index + 1];
    return {
      clauses: isQuestion(sentence) ? [] : clausesOf(sentence, about),
      isVain: hadNoEffect(sentence) || (next !== undefined && startsVain(next)),
    };
  });
}

const question =
  /^(?:(?:and|so|ok|hey|but|also|wait|sorry|<@\w+>|@\S+)[\s,:]+)*(?:did|do|does|has|have|had|can|could|should|shall|would|will|is|are|was|were|who|what|why|when|where|which|how|any|anyone|anybody|someone|not sure (?:if|whether)|wonder(?:ing)? (?:if|whether))\b/;
/** So plainly a question that it needs no mark. */
const bareQuestion = /^(?:who|(?:did|has|have|had) (?:we|you|they|he|she|any\w+|some\w+))\b/;
const tag = /[,-]\s*(?:right|yes|no|correct|ok|okay|yeah|huh|true|or not|or no)\s*\?$/;

function isQuestion(sentence: string): boolean {
  const isAsked = question.test(sentence) || tag.test(sentence);
  return bareQuestion.test(sentence) || (sentence.endsWith("?") && isAsked);
}

/** As it stands and with its deeds in the past: the playbook's words may know either. */
function clausesOf(sentence: string, about: AboutService): readonly Clause[] {
  return [...new Set([sentence, inPast(sentence, hadNoEffect(sentence))])].flatMap((form) => {
    const all = form
      .split(/[,;:]\s+|\s+-+\s+|\s+(?=(?:but|and|then|so|or)\s)/)
      .slice(0, clausesMax);
    return all
      .map((text, index) => ({
        text,
        carriedOver: /^\s*(?:and|or|then)\b/.test(text)
          ? withoutVain(all.slice(0, index).join(", "))
          : "",
      }))
      .filter(
        ({ text }) => !text.endsWith("?") && !elsewhere.test(text) && !isElsewhere(text, about),
      );
  });
}

/** What, standing before the words, makes them no deed of this incident. */
const unreal = new RegExp(
  [
    String.raw`\b(?:not|never|nobody|without|hardly|cannot|neither|nor)\b|n't\b|\bno (?:one|need)\b`,
    String.raw`\b(?:should|shall|could|would|will|might|may|must|lets?|let's|gonna|wanna|gotta|cannot|can)\b|'(?:ll|d)\b`,
    String.raw`\b(?:going|about|want(?:s|ed)?|plan(?:s|ning|ned)?|need(?:s|ed)?|ha(?:ve|s|d)|ought|supposed|ready|trying|meant|asked|told|tempted) to\b`,
    String.raw`\b(?:if|unless|until|till|before|whether|once|in case|instead of|as soon as|rather than)\b`,
    String.raw`\b(?:maybe|perhaps|probably|possibly|please|pls|suggest\w*|recommend\w*|consider\w*|propos\w+|think|thought|guess|assum\w+|believe|wonder\w*|hop(?:e|ing)|wish|forgot|waiting|wait|needs?|wants?|being|gets|get it|getting)\b`,
    String.raw`\b(?:next|todo|option|plan|idea|vote for|\+1)\b[^,]{0,20}[:-]`,
  ].join("|"),
);
/** An earlier incident, somebody else's environment, or a thing that happens by itself. */
const elsewhere =
  /\b(?:staging|stage env|preprod|dev cluster|test env\w*|sandbox)\b|\b(?:last|previous) (?:time|week|month|year|incident|night)\b|\byesterday\b|\binc-\d+\b|\bkeeps?\b|\bby (?:it|them)sel(?:f|ves)\b|\bon (?:its|their) own\b|\b\d+ ?(?:times|x)\b|\b(?:pods?|instances?|containers?|it) (?:just |has |have )?restarted\b/;
/** After the words: begun and not brought to an end. */
const broken =
  /^[^,]{0,30}\b(?:failed|is stuck|got stuck|timed out|was aborted|did not go through|didn't go through|is blocked|is ready|is possible|is an option|is running|in progress)\b/;

/** People leave the object out where the playbook's words expect one: "restarted, no luck". */
function isDone({ text, carriedOver }: Clause, pattern: RegExp): boolean {
  return [text, `${text} it`].some((told) => {
    const match = pattern.exec(told);
    return (
      match !== null &&
      !unreal.test(withoutVain(told.slice(0, match.index))) &&
      !unreal.test(carriedOver) &&
      !broken.test(told.slice(match.index + match[0].length))
    );
  });
}

/** Names another service and not this one. */
function isElsewhere(clause: string, { service, services }: AboutService): boolean {
  if (service === null || names(clause, service)) return false;
  return services.some((other) => other !== service && names(clause, other));
}

function names(clause: string, service: string): boolean {
  const at = clause.indexOf(service.toLowerCase());
  if (at < 0 || service === "") return false;
  const around = `${clause.charAt(at - 1)} ${clause.charAt(at + service.length)}`;
  return !/[\w]/.test(around);
}

const vain =
  /\b(?:no|zero|without|without any|little|not much|not any) (?:luck|effect|change|difference|improvement|joy|help|dice|impact)\b|\b(?:did|does|do|has|have|had)(?:n't| not) (?:\w+ )?(?:help|helped|work|worked|change|changed|fix|fixed|do anything|done anything|make|made|move|moved|improve|improved|matter)\b|\b(?:made|makes|making) no difference\b|\bnothing (?:changed|moved|happened|improved)\b|\bstill (?:\w+ )?(?:broken|bad|slow|failing|high|the same|erroring|elevated|down|there|seeing|happening|alerting|firing|red|timing out|5xx|\d)|\bsame (?:thing|errors?|result|as before|latency|picture)\b|\bto no avail\b|\bin vain\b|\buseless\b|\bnot (?:helping|better|fixed|it either)\b|\bno better\b|\bno,? luck\b|\bunchanged\b|\bdid nothing\b|[,:] (?:same|nothing|nope|nada)\.?$/;

function hadNoEffect(sentence: string): boolean {
  return vain.test(sentence);
}

/** "Still slow." after "Rolled back."; a longer sentence speaks of something else. */
function startsVain(sentence: string): boolean {
  const match = vain.exec(sentence);
  return match !== null && match.index <= 20 && sentence.length <= 80;
}

function withoutVain(text: string): string {
  return text.replaceAll(new RegExp(vain, "g"), " ");
}

function sentencesIn(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+|[.!]$/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "")
    .slice(0, sentencesMax);
}
