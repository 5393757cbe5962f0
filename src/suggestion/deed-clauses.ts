/** What a message tells, by sentence and clause, and whether it is told as done here: no question, no joke, no plan, nothing of another service or day (DESIGN §8). */

import { effectAtStart, effectIn, unreal, withoutVain } from "./deed-effect.ts";
import type { DeedEffect } from "./deed-effect.ts";
import { asMeant } from "./deed-spelling.ts";
import { verbsIn } from "./deed-verbs.ts";
import { inPast, ownWords } from "./deed-words.ts";

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

/** A sentence: its clauses in order, and what the next one says came of it. */
export interface Sentence {
  readonly clauses: readonly Clause[];
  readonly after: DeedEffect | null;
}

export interface Clause {
  readonly text: string;
  /** With its deeds in the past; the playbook's words may know either form. */
  readonly past: string;
  /** What came before it in the sentence and holds for it too, as in "not restarted or rolled back". */
  readonly carriedOver: string;
  /** Before a colon. */
  readonly isHead: boolean;
  /** A question, or about another environment or incident: it tells of no deed here. */
  readonly isElsewhere: boolean;
  readonly isAboutAnother: boolean;
  /** Another service's people did it there: "payments lowered their timeout". */
  readonly isByAnother: boolean;
}

export function sentencesOf(text: string, about: AboutService): readonly Sentence[] {
  const sentences = sentencesIn(asMeant(ownWords(text.slice(0, textCharsMax))));
  return sentences.flatMap((sentence, index): Sentence[] => {
    if (
      isQuestion(sentence) ||
      mocking.test(sentence) ||
      planned.test(sentence) ||
      byMachine.test(sentence)
    )
      return [];
    const next = sentences[index + 1];
    const after = next === undefined ? null : effectAtStart(next);
    return [{ clauses: clausesOf(sentence, about), after }];
  });
}

/** A list of what is to be done, what is asked on behalf of others, what was done in the wrong place, and what has nothing to do with it. */
const planned =
  /^(?:[-*•] )?(?:next(?: steps?| up)?|to-?do|todos?|plan|ideas?|options?|proposal|suggestions?|action items?|wanted|follow-?ups?|postmortem items?) ?[:-]|[,(] ?(?:this is |it's |that's |but )?unrelated\b|\bwrong (?:\w+ )?(?:clusters?|namespaces?|context|env\w*|service|terminal|window|tab|region|account|project|channel|thread)\b|^(?:that's|this is|thats) what we did\b|\btried \w+ing\b.*, (?:[\w-]+ )?(?:ignore[sd]?|refuse[sd]?|won't let|does(?:n't| not) let|rejects?|rejected|denie[sd])\b|^next,? (?:i|we|i'm|we're)\b|^(?:errors?|it|this|all|everything|that) (?:all )?(?:started|began|broke) (?:when|after|since|with)\b|^after (?:the |a |this |that )?[\w -]{1,30}?,? (?:we|i|you|they|someone)(?:'ll| (?:should|will|can|could|need to|have to|must|might|want to))\b|^(?:[\w-]+ ){1,4}(?:asks?|asked|asking|wants to know|wonders?|would like to know)(?: (?:if|whether|when|why|who|what|us|me|again|about))*:? /;

/** Forwarded from a program. */
const byMachine =
  /^(?:[[(]|<?https?:)?(?:alertmanager|pagerduty|opsgenie|datadog|grafana|sentry|k8s|kubernetes|kube-?event|(?:hpa|pod|k8s|node) event|ci|jenkins|github|gitlab|circleci|bot|slackbot|statuspage|cron|alert|firing|resolved|triggered)\b[^ ]{0,3}[:\]]|\[(?:firing|resolved|triggered)/;

/** Not meant as it is said, or said of what happens in general. */
const mocking =
  /\b(?:yeah,? right|my foot|sure,? because|oh (?:great|sure|nice|yes)|as if|(?:such a )?brilliant idea|genius (?:move|idea)|what could (?:possibly )?go wrong|because .{1,60} always|always (?:fix|help|work)\w*|classic move|slow clap|imagine)\b|(?:^|\s)\/s$/;

const question =
  /^(?:(?:and|so|ok|hey|but|also|wait|sorry|<@\w+>|@\S+)[\s,:]+)*(?:did|do|does|has|have|had|can|could|should|shall|would|will|is|are|was|were|who|what|why|when|where|which|how|any|anyone|anybody|someone|not sure (?:if|whether)|wonder(?:ing)? (?:if|whether))\b/;
/** So plainly a question that it needs no mark. */
const bareQuestion =
  /^(?:who (?!(?:calls|hits|hammers|blocks|waits|holds)\b)|(?:did|has|have|had) (?:we|you|they|he|she|any\w+|some\w+|u|ya)|(?:any(?:one|body)|some(?:one|body)(?= (?:already )?(?:check|look|tr(?:y|ied))\w* .*(?:yet|already)$)) \w+|why|did u)\b/;
const tag = /[,-]\s*(?:right|yes|no|correct|ok|okay|yeah|huh|true|or not|or no)\s*\?$/;

function isQuestion(sentence: string): boolean {
  const isAsked = question.test(sentence) || tag.test(sentence);
  return bareQuestion.test(sentence) || (sentence.endsWith("?") && isAsked);
}

/** "Checked heap and resident memory" is one clause, "checked the heap and restarted" two. */
const more =
  /\band (?=(?:(?:the|our|its|all) )?(?:[\w/.-]+ ){0,1}[\w/.-]+(?:$|[,;.!]))(?![^,;.]{0,40}\b(?:is|are|was|were|it|then|now|back|fine|good|ok|stable|gone|quiet|fixed|still|nothing|no|not|watching|waiting|again|works?)\b)/g;

function listed(sentence: string): string {
  return sentence.replaceAll(more, (and: string, index: number) => {
    const rest = sentence.slice(index + and.length).split(/[,;.!]/)[0] ?? "";
    return verbsIn(rest).length > 0 || /(?:ed|ing|[^s]s)$/.test(rest.split(" ")[0] ?? "")
      ? and
      : "& ";
  });
}

/** No emoji's. */
const colon = /(?<!:[\w+-]+):$/;

function clausesOf(sentence: string, about: AboutService): readonly Clause[] {
  const hasEffect = effectIn(sentence) !== null;
  const split = listed(sentence)
    .split(/[,;]\s+|(?<=:)\s+(?!\d\S* ?(?:->|→|=>))|\s+-+\s+|\s+(?=(?:but|and|then|so|or)\s)/)
    .slice(0, clausesMax);
  const all = split.map((text) => text.replace(colon, ""));
  // "Payments: we scaled out".
  const isOfOther = colon.test(split[0] ?? "") && isAnother(all[0] ?? "", about);
  return all.map((text, index) => ({
    text,
    isHead: colon.test(split[index] ?? "") || isLookedAt(text, all[index + 1] ?? ""),
    past: inPast(text, hasEffect),
    carriedOver: /^\s*(?:and|or|then)\b/.test(text)
      ? withoutVain(all.slice(0, index).join(", "))
      : "",
    isElsewhere: text.endsWith("?") || isElsewhere(text) || goesOnElsewhere(all, index),
    isAboutAnother: isOfOther || isAboutAnother(text, about) || isOfOthers(text, about),
    isByAnother: isByAnother(text, about),
  }));
}

const isElsewhere = (clause: string): boolean => elsewhere.test(clause.replace(comparison, ""));

/** "Last week we restarted it and read the pool waits": nobody is named anew. */
function goesOnElsewhere(clauses: readonly string[], index: number): boolean {
  const [text = "", before = ""] = [clauses[index], clauses[index - 1]];
  return (
    /^(?:and|then) (?!(?:i|we|he|she|they|now|today|just)\b)/.test(text) && earlier.test(before)
  );
}

const earlier =
  /^(?:so )?(?:(?:last|previous) (?:time|week|month|year|incident|night)|yesterday)\b/;

/** "Same as last Tuesday". */
const comparison =
  /\b(?:with|against|to|vs\.?|and|than|like|from) (?:the )?(?:staging|stage|preprod)(?: \w+)?|\b(?:as|than|like|to|vs\.?|versus|from|over|against|beside) (?:the same (?:hour|time|day) )?(?:of )?(?:last|previous|yesterday)\S*(?: \w+)?|\b(?:double|triple|half|version|build|image|revision|release|state) of (?:last \w+|yesterday)|\b(?:on|to) yesterday's \w+|\bbetween (?:yesterday|last \w+) (?:and|&) \w+|\bof (?:yesterday|last \w+) (?=(?:and|&|with|against|to|vs\.?) )/;

/** "Redis hit rate, had a look", "strace on the worker, nothing". */
function isLookedAt(clause: string, next: string): boolean {
  return bareLook.test(next) || (on.test(clause) && found.test(next));
}

const on = /^(?:[\w-]+ ){1,2}(?:on|against|of|at) \S+(?: \S+){0,3}$/;
const found =
  /^(?:p\d\d|nothing|no|all|only|same|clean|fine|ok|mostly|shows?|max|avg|everything|[~<>]?\d\S*)(?![\w-])(?!.*(?:please|pls|anyone|someone|\?))/;

const bareLook =
  /^(?:i |we )?(?:just )?(?:had a (?:quick )?look|looked|checked|read it|checked it)$/;

/** An earlier incident, somebody else's environment, or a thing that happens by itself. */
const elsewhere =
  /\b(?:staging|stage env|preprod|dev cluster|test env\w*|sandbox)\b|\b(?:last|previous) (?:time|week|month|year|incident|night)\b|\byesterday\b|\b(?:days?|weeks?|months?|years?) ago\b|\b(?:in|since|back in|last) (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\bin (?:the|that|an?|another) (?:\w+ )?(?:incident|outage)\b|\b(?:my|your|his|her) (?:laptop|phone|machine|browser|router|computer|vpn|slack|terminal|ide)\b|\b(?:kubelet|kubernetes|k8s|systemd|supervisor|watchdog|hpa|autoscaler|oom.?killer) (?:has |had |just )?(?!maxed|capped|pinned|pegged|topped|checked|verified|described|inspected)\w+ed\b|\binc-\d+\b|\bkeeps?\b|\bby (?:it|them)sel(?:f|ves)\b|\bon (?:its|their) own\b|\btheir own\b|\b(?:itself|themselves)$|\bin (?:my head|my mind|theory)\b|\b(?:re-?start\w*|crash\w*|die[sd]?|bounce[sd]?|reboot\w*|oom\w*|fail\w*|flapp?\w*)\b[^,]{0,20}\b\d+ ?(?:times|x)\b|\b(?:pods?|instances?|containers?|it) (?:just |has |have )?restarted\b(?! by (?:me|us|hand)\b)/;
/** After the words: begun and not brought to an end. */
const broken =
  /^[^,]{0,30}\b(?:failed|is stuck|got stuck|timed out|was aborted|did not go through|didn't go through|is blocked|is ready|is possible|is an option|is running|in progress|refused|forbidden|was denied|denied|please|pls|i think|i guess|i suppose|presumably|i believe|afaik|iirc|hopefully)\b/;

/** Whether what stands at that place is told as done: nothing ahead takes it back, and what follows does not leave it half done. */
export function isReal(told: string, { from, to }: { from: number; to: number }): boolean {
  return !unreal.test(withoutVain(told.slice(0, from))) && !broken.test(told.slice(to));
}

/** Names another service and not this one. */
export function isAboutAnother(clause: string, { service, services }: AboutService): boolean {
  if (service === null || names(clause, service)) return false;
  const bare = (flagNamed.test(clause) ? clause.replace(compound, " ") : clause).replace(
    ofData,
    " ",
  );
  return services.some((other) => other !== service && names(bare, other));
}

/** "Toggle for async-cart": of a flag, no service. */
const flagNamed =
  /\b(?:flags?|toggles?|experiments?|kill ?switch|launchdarkly|unleash|flagsmith)\b/;
const compound = /\b[a-z\d]+[-_][\w-]+/g;

/** "The cart query", "3M cart objects", "payments go through": what is named after another service and may be this one's. */
const ofData =
  /\b[\w-]+(?= (?:quer(?:y|ies)|tables?|joins?|items?|pages?|timeouts?|lookups?|rows?|topics?|events?|payloads?|objects?|serializers?|code|module|class|(?:go|get|come|are going) through|flow|succeed)\b)/g;

function names(clause: string, service: string): boolean {
  const at = clause.indexOf(service.toLowerCase());
  if (at < 0 || service === "") return false;
  // "Cart.go" is a file.
  const after = clause.slice(at + service.length);
  return !/\w/.test(clause.charAt(at - 1)) && !/^(?:\w|\.[a-z])/.test(after);
}

function sentencesIn(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+|[.!]$/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "")
    .slice(0, sentencesMax);
}

/** What may be rolled back or restarted under another name than the service's. */
const general = new Set(
  `it this that everything all both prod production deploy deployment release build version image pr prs commit change canary
  app application service code main rollout pod pods replica replicas hotfix patch flag config configuration settings we i they
  instance instances container containers node process processes box boxes worker workers migration merge branch feature rollback
  he she already just now`.split(/\s+/),
);
const passiveDeed =
  /^(?:(?:ok|fyi|so|and|also|the)[, ]+)*([a-z][a-z-]*) (?:is|was|has been|had been|got|were) (?:now |already |just |also )*(?:rolled back|reverted|restarted|bounced|rebooted|redeployed|scaled|recycled)\b/;
/** "Inventory folks pulled a heap dump of inventory". */
const theirOwn =
  /\b([a-z][\w-]*)(?:'s)? (?:team|folks|guys|people|devs|crew|squad)\b.*\b(?:\1|their|theirs)\b/;

/** Names a thing, and neither this service nor what every service has. */
function isOfOthers(clause: string, { service }: AboutService): boolean {
  if (service === null || names(clause, service)) return false;
  const thing = passiveDeed.exec(clause)?.[1];
  return (thing !== undefined && !general.has(thing)) || theirOwn.test(clause);
}

function isAnother(name: string, { service, services }: AboutService): boolean {
  const bare = name.replace(/ (?:team|folks|guys|people)$/, "");
  return services.some((other) => other !== service && other.toLowerCase() === bare);
}

function isByAnother(clause: string, { service, services }: AboutService): boolean {
  const others = services.filter((each) => each !== service);
  const other = others.find((each) => clause.startsWith(`${each.toLowerCase()} `));
  if (other === undefined) return false;
  const rest = clause.slice(other.length).replace(/^ (?:team|folks|guys|people|devs)\b/, "");
  return /^(?: (?:has|have|just|already|also))* [a-z-]+(?:ed|ran|cut|took|put|set)\b/.test(rest);
}
