/** Which bare claims a message makes: that something is not the cause, with no check told (DESIGN §8). Hedges, questions, orders and quotes are none. */

import { isThing, things, type Thing } from "../evidence/thing.ts";
import { ownWords } from "./deed-words.ts";

/** What is claimed not to be the cause. */
export type About =
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "thing"; readonly thing: Thing };

/** A longer message is read up to here; so are its sentences, and what it claims. */
const textCharsMax = 2_000;
const sentencesMax = 30;
const claimsMax = 6;
/** Longer lists of names are read up to here. */
const namesMax = 500;
const nameCharsMax = 80;

/** `services`: all but the incident's own, whose state the readings tell. Each thing once, in the order of the text. */
export function claimsIn(text: string, services: readonly string[]): readonly About[] {
  const words = ownWords(text.slice(0, textCharsMax));
  if (!claimWord.test(words)) return [];
  const known = patternsOf(services.slice(0, namesMax).filter((name) => name.trim() !== ""));
  const sentences = words.split(/(?<=[.!?])\s+|\n+/).slice(0, sentencesMax);
  const found = sentences.flatMap((sentence) => claimsOfSentence(sentence.trim(), known));
  const byKey = new Map(found.map((about) => [keyOf(about), about]));
  return [...byKey.values()].slice(0, claimsMax);
}

export function keyOf(about: About): string {
  return about.kind === "service" ? `service:${about.service}` : `thing:${about.thing}`;
}

/** Whether it is worth the names of services: most messages hold no word of a claim. */
export function mayClaim(text: string): boolean {
  return claimWord.test(ownWords(text.slice(0, textCharsMax)));
}

const claimWord =
  /\b(?:not|n't|nt|neither|fine|ok|okay|good|healthy|innocent|normal|clean|green|valid|rule[ds]?|ruling|exclude[ds]?|eliminated?|nothing|unrelated|red herring|off the (?:table|hook|list)|no (?:problem|issue)s?|cross|scratch|clear|forget|out of the picture|no(?:pe)?$)|n't\b/;

interface Patterns {
  readonly claims: readonly RegExp[];
  readonly names: RegExp;
  readonly services: ReadonlyMap<string, string>;
}

const adverbs =
  "(?:(?:def|definitely|certainly|clearly|surely|really|just|at least|for sure|all|totally|perfectly|completely|absolutely|100 ?%|still|also|both|quite|very) )*";
const tail =
  "(?: (?:issues?|problems?|things?|side|layer|change|itself|either|too|this time|here|then|connection|server|cluster|latency|resolution|related|fault|service|team's))*";
const end =
  "(?= *(?:$|[,;:.!)]|(?:at all|for sure|100 ?%|because|since(?! \\d)|as|so|but (?:the|our|it)|and|it'?s|this is|that'?s|then|btw|tbh|here|to me|from here|on (?:our|my|their|its) (?:end|side)|-+)(?: |$)))";
const guilt = "(?:problem|issue|cause|culprit|reason|bottleneck|root cause|source)";
const well = `(?:fine|ok|okay|good|healthy|innocent|normal|clean|green|valid|unrelated|a red herring|off the (?:table|hook|list)|out of the picture|in the clear|not (?:the |our |a )?(?:${guilt}(?: here| this time)?|it|involved|affected|related|guilty|to blame|at fault|responsible))`;
const isWords = "(?:is|are|was|were|'s|'re|looks?)";

function patternsOf(services: readonly string[]): Patterns {
  const byWord = new Map(services.map((name) => [name.toLowerCase().slice(0, nameCharsMax), name]));
  const longestFirst = [...byWord.keys()].toSorted((a, b) => b.length - a.length);
  const words = [
    ...longestFirst.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)),
    ...Object.values(things).map(({ source }) => source.replaceAll(String.raw`\b`, "")),
  ];
  const name = String.raw`(?<![\w-])(?:${words.join("|")})(?:'s|-related|-side)?(?![\w-])`;
  const one = `(?:(?:the|our|an?|any|this|that) )?${name}${tail}`;
  const list = `${one}(?:(?: ?, ?(?:(?:and|or|nor) )?| (?:and|or|nor|&) | ?/ ?)(?:not )?${one})*`;
  const claims = [
    String.raw`\b(?:it|this|that|these|we|(?:the )?${guilt})(?:'s| ?is|s|'re| are| was)? ${adverbs}(?:not|neither) ${adverbs}(?:(?:in|with|on|due to|caused by|related to|coming from|from) )?${list}${end}`,
    String.raw`\b(?:(?:it|this|that|(?:the )?${guilt}) )?(?:isn'?t|ain'?t|wasn'?t|can(?:no|')?t be|can not be) ${adverbs}(?:(?:in|with|on|due to|caused by|related to|from) )?${list}${end}`,
    `(?:^(?:(?:ok|okay|so|and|nope|no|well|fyi|update|alright|also|right|hm+|yep|ah)[ ,:]+)*|[,;] )(?:definitely |certainly |clearly |for sure |100 ?% )?(?:not|neither) (?:(?:in|with|due to|caused by|related to|from) )?${list}${end}`,
    `${list}(?: ${isWords}|(?<='s)) ${adverbs}${well}${end}`,
    `${list}: (?:not it|fine|ok|okay|no|nope|clean|good|ruled out)${end}`,
    `(?:^|[,;] |\\bcan )(?:safely )?forget (?:about )?${list}${end}`,
    `${list} (?:isn'?t|aren'?t|wasn'?t|is ?not|are not|ain'?t) (?:the |our |a |an )?(?:${guilt}(?: here| this time)?|it|involved|affected|related|guilty|to blame|at fault|responsible)${end}`,
    `${list}(?: (?:is|are|has been|have been|can be|was|were))?(?: now| already)? (?:ruled out|excluded|eliminated)`,
    String.raw`\b(?:ruled|ruling) out:? ${list}`,
    String.raw`\bruled ${list} out\b`,
    String.raw`\b(?:excluded|eliminated|crossed off) ${list}`,
    String.raw`\bcan (?:safely |already |definitely )?(?:rule out|exclude|eliminate|cross off|scratch) ${list}`,
    String.raw`\b(?:nothing|no (?:problem|issue)s?) (?:is )?(?:wrong |off |odd )?(?:with|in|on) ${list}`,
    `${list} (?:has|have|had) nothing to do with (?:it|this|that)`,
  ];
  return {
    claims: claims.map((source) => new RegExp(source, "g")),
    names: new RegExp(name, "g"),
    services: byWord,
  };
}

function claimsOfSentence(sentence: string, { claims, names, services }: Patterns): About[] {
  if (isAsked.test(sentence) || notMeant.test(sentence) || hasCheck.test(sentence)) return [];
  const spans = claims
    .flatMap((claim) => [...sentence.matchAll(claim)])
    .filter(({ 0: span, index }) => !isHedged(sentence, index, index + span.length));
  return spans.flatMap(({ 0: span }) =>
    [...span.matchAll(names)].flatMap(([word]) => aboutOf(word, services)),
  );
}

function aboutOf(word: string, services: ReadonlyMap<string, string>): About[] {
  const bare = word.replace(/'s$|-related$|-side$/, "");
  const service = services.get(bare);
  if (service !== undefined) return [{ kind: "service", service }];
  const thing = Object.entries(things).find(([, pattern]) => pattern.test(bare))?.[0];
  return thing !== undefined && isThing(thing) ? [{ kind: "thing", thing }] : [];
}

const isAsked =
  /\?|, (?:(?:or )?(?:is|isn't|was|wasn't) it|right|correct|no|yes)[.!]?$|^(?:(?:and|so|ok|hey|but|also|wait|<@\w+>|@\S+)[\s,:]+)*(?:did|do|does|has|have we|can (?:we|you|any\w+|some\w+)|could|should|would|will|is|are|was|were|who|what|why|when|where|which|how|any(?:one|body)?|someone|isn't it|wasn't it)\b/;

/** Jokes, and what holds in general or elsewhere. */
const notMeant =
  /\b(?:yeah,? right|oh (?:sure|great)|sure,|as if|famous last words|they said|always|never|usually|normally|staging|preprod|sandbox|dev (?:cluster|env\w*)|yesterday|(?:last|previous) (?:time|week|month|year|incident|night|outage)|(?:days?|weeks?|months?|years?) ago|inc-\d+)\b|(?:^|\s)\/s$/;

/** Where a look is told it is no bare claim: the deed is heard as one. */
const hasCheck =
  /\b(?:checked|checking|looked (?:at|into|through)|verified|tested|measured|inspected|compared|graphs?|dashboards?|metrics|traces?|explain|pinged|according to|p\d{2}|ran|\d+ ?(?:ms|%|qps|rps))\b/;

/** Anywhere in the clause: then it is a guess, a plan, an order, somebody else's word or a condition. */
const hedge =
  /\b(?:maybe|perhaps|probably|presumably|possibly|likely|unlikely|i think|i don't think|don't think|dont think|thinks?|i guess|guess(?:ing)?|i believe|thought|necessarily|no (?:sign|proof|evidence)|i suppose|i doubt|doubt|i'd say|imo|imho|afaik|afaict|iirc|might|may|could|couldn't|should|shouldn't|would|wouldn't|must|seems?|seemingly|appears?|apparently|supposedly|hope\w*|hoping|assum\w+|(?:pretty|fairly|quite|almost) (?:sure|certain|confident)|not sure|unsure|don't know|no idea|if|unless|until|whether|wonder\w*|suspect\w*|yet|haven't|have not|hasn't|has not|not ruled|cannot rule|can't (?:rule|exclude)|didn't|did not|nobody|no one|almost|nearly|not only|not just|not even|let's|lets|please|need to|needs to|have to|want to|trying|try|going to|gonna|will|to rule|before|once|when|says?|said|claims?|claimed|told|insists?|used to|bet|hunch|feels?|so far|prove|proof|close to|would be|it's either|either .{1,40} or)\b/;
/** After the words: a recovery, or no more than a part of it. */
const limited =
  /^[^,;]{0,30}\b(?:now|again|after|recovered|back|so far|until|yet|only|alone|specific|except|apart|per se|anymore|any more|for now|in eu|in us)\b/;

function isHedged(sentence: string, from: number, to: number): boolean {
  const before =
    sentence
      .slice(0, from)
      .split(/[,;:]\s+|\s-+\s|\bbut\b/)
      .at(-1) ?? "";
  const after = sentence.slice(to);
  const clause =
    before + sentence.slice(from, to) + (after.split(/[,;:]\s+|\s-+\s|\bbut\b/)[0] ?? "");
  return hedge.test(clause) || limited.test(after) || /\b(?:not|n't|never) $/.test(before);
}
