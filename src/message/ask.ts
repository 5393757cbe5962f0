/** What a mention asks for, from its words alone; whatever is not a known question is about the trouble itself. */

import { openStatuses, severities } from "../vocabulary.ts";
import type { OpenStatus, Severity, UserId } from "../vocabulary.ts";
import { markupAsWords } from "./markup.ts";

/** What is answered without a list of steps; by mention and by command alike. */
export type Question =
  /** "catch me up", "status", "what fixed it?" */
  | { readonly kind: "catch-up" | "board" | "similar" | "lead" | "services" }
  /** "what changed in payments?", "graph p99 of checkout": `about` is what it is asked of. */
  | { readonly kind: "changes" | "graph"; readonly about: string }
  /** `about`: the team; the days that are counted. */
  | { readonly kind: "digest" | "stats"; readonly about: string };

export type Ask =
  | Question
  /** "thanks": nothing is asked. */
  | { readonly kind: "help" | "thanks" }
  | { readonly kind: "mute" | "resume" | "resolve" | "take-lead" }
  | { readonly kind: "reopen" }
  | { readonly kind: "severity"; readonly severity: Severity }
  | { readonly kind: "status"; readonly status: OpenStatus }
  /** "make @bo lead" */
  | { readonly kind: "give-lead"; readonly lead: UserId }
  /** "post an update: a rollback is under way" */
  | { readonly kind: "update"; readonly known: string }
  /** "merge with INC-12": `into` is what stands for the other. */
  | { readonly kind: "merge"; readonly into: string }
  /** "is it the database?": about the trouble, with somebody's own guess. */
  | { readonly kind: "suspect" | "look"; readonly about: string };

const wordsMax = 2_000;

/** Nothing but such words: "thanks, that was it", "great work everyone", a thumb. */
const thanks =
  /^(?:(?:thanks?|thank you|thx|ty|cheers|great|nice|perfect|awesome|cool|good|well done|ok(?:ay)?|got it|(?:that|it) (?:was it|worked|works|helped|did it)|never ?mind|job|work|bot|one|a lot|so much|very much|all|everyone|everybody|team|folks|for (?:the|your|all (?:the|your)) help|:[a-z0-9_+-]+:|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\u200D)(?![\p{L}\p{N}])[\s,.!]*)+$/iu;

/** What is read with what it is to become. */
type Told = Extract<Ask, { kind: "severity" | "merge" | "status" | "give-lead" | "update" }>;

/** What asks for a deed has to be all that was said: "mute payments alerts?" is none. */
const patterns: readonly (readonly [Exclude<Ask["kind"], "look" | Told["kind"]>, RegExp])[] = [
  ["thanks", thanks],
  ["help", /^(help|hi|hello|hey|commands|what can you do|\?+)?$/i],
  [
    "mute",
    /^(mute|be quiet|quiet|hush|silence|stop (posting|updates|talking))( (it|this|yourself|updates|here|this channel|the channel))?$/i,
  ],
  [
    "resume",
    /^(resume|unmute|(start )?(post|posting|talk) again)( (it|this|updates|here|posting))?$/i,
  ],
  [
    "resolve",
    /^((resolve|close|end)( (it|this|the incident|this incident))?|mark (it|this|the incident)( as)? resolved|(it|this|the incident)('s| is) (resolved|over)|resolved)$/i,
  ],
  ["reopen", /^(re-?open|take up again)( (it|this|the incident|this incident))?$/i],
  [
    "take-lead",
    /^(i('ll| will|'m| am)? (take|taking|have|got)( the| over the)? lead|(i('m| am)|make me)( the)? lead|i('m| am) leading|i lead|take( the)? lead|lead me)$/i,
  ],
  [
    "digest",
    /^(show( me)? )?((the|last week('s)?|this|weekly)\s+)*digest( of| for)?( the)?( team)?(?![\p{L}\p{N}])/iu,
  ],
  [
    "stats",
    /^(show( me)? )?(the )?(stats|statistics)( of| for| over)?( the)?( last)?(?![\p{L}\p{N}])/iu,
  ],
  [
    "graph",
    /^(graph|chart|plot|draw|show( me)?( a| the)? (graph|chart|plot))( me)?( of| for)?( the)?\b/i,
  ],
  ["lead", /\bwho('s| is)? (the |our |now )?(lead(s|ing|er)?|led|in charge|in command)\b/i],
  [
    "board",
    /^(show( me)? |what('s| is) on )?(the )?board$|\bwho('s| is) (on|doing|working on) what\b|\bwhat('s| is) every(one|body) (doing|on)\b/i,
  ],
  [
    "services",
    /^((list|show|which|what)( me)?( the| are the)? )?services( (do you know|are (there|known)|exist))?$|\bwho('s| is|'re| are)? (now |currently )?on[- ]call\b|\bwho owns\b/i,
  ],
  [
    "similar",
    /\bsimilar\b|\b(seen|had|was|happened)\b.*\b(this|it|that|like)?\s?before\b|\bhow (did|was) (we|it|this) .*\blast time\b/i,
  ],
  [
    "catch-up",
    /\b(catch (me|us) up|catch-?up|status(?! ?(page|code))|summar(y|ise|ize)|where (are|do) we( stand)?|tl;?dr|(get|bring) (me|us) up to speed|what('s| is) (going on|happening)|what (happened|fixed|solved|helped|did it|was (it|the (root )?cause))|who (fixed|resolved)|how long did)\b/i,
  ],
  [
    "changes",
    /\b(what('s| has| have)? (been )?chang(ed|es)|(recent|latest) (changes|deploys)|what (was|got|is) deployed|(any|which) (changes|deploys)|changelog)\b|^changes\b/i,
  ],
  [
    "suspect",
    /\b(is|was|isn't|could|can|might|may) (it|this|that) (be )?(not )?((because of|caused by|due to|down to|from|all) )?(the |our |a |in the )?(?!(fixed|still|back|over|down|up|slow|ok|okay|fine|better|worse|gone|happening|done|safe|only|again|resolved)\b)\p{L}|^(maybe|perhaps|what about|how about|i (think|suspect|guess|bet)( it('s| is))?|looks like|could|might) |^(the )?[\p{L}\p{N}_-]+\?$/iu,
  ],
];

const mergeWords =
  /^(?:merge|join)(?: (?:it|this|us|the incident|this incident))?(?: (?:with|into|to))? (?:incident )?(inc-?\s?\d+|#?\d+)$/i;

/** Around what is asked: "could you … please". */
const before =
  /^((please|pls|ok(ay)?|so|hey|hi|and|now|can you|could you|would you|can we|let's)[\s,]+)+(?=\S)/i;
const after = /([\s,]+(please|pls|now|for now|thanks|thank you))*[\s.!?]*$/i;

/** `text`: as Slack sends it, the mention included. */
export function parseAsk(text: string): Ask {
  const words = text.slice(0, wordsMax).replaceAll(/<@[A-Z0-9]+(\|[^>]*)?>/g, " ");
  const about = markupAsWords(words).replaceAll("’", "'");
  const bare = about.replace(before, "").replace(after, "");
  const told = toldIn(text.slice(0, wordsMax), about, bare);
  if (told !== null) return told;
  const known = patterns.find(([, pattern]) => pattern.test(about) || pattern.test(bare));
  if (known === undefined) return { kind: "look", about };
  const [kind, pattern] = known;
  switch (kind) {
    case "changes":
    case "suspect":
      return { kind, about };
    case "graph":
    case "digest":
    case "stats":
      return { kind, about: bare.replace(pattern, "").trim() };
    case "help":
    case "thanks":
    case "mute":
    case "resume":
    case "resolve":
    case "reopen":
    case "take-lead":
    case "lead":
    case "board":
    case "services":
    case "similar":
    case "catch-up":
      return { kind };
  }
}

/** `text`: as Slack sends it; `about`: in words; `bare`: without what is around it. */
function toldIn(text: string, about: string, bare: string): Told | null {
  const severity = severityIn(bare);
  if (severity !== undefined) return { kind: "severity", severity };
  const into = mergeWords.exec(bare)?.[1];
  if (into !== undefined) return { kind: "merge", into };
  const set = statusWords.exec(bare)?.[1]?.toLowerCase();
  const status = openStatuses.find((each) => each === set);
  if (status !== undefined) return { kind: "status", status };
  const lead = leadWords
    .exec(text)
    ?.slice(1)
    .find((id) => id !== undefined);
  if (lead !== undefined) return { kind: "give-lead", lead };
  const known = updateWords.exec(about.replace(before, ""))?.[1]?.trim();
  return known === undefined ? null : { kind: "update", known };
}

/** "set status to monitoring", "we are monitoring" */
const statusWords =
  /^(?:(?:(?:set|mark|move|change)(?: (?:it|this|the incident))? )?(?:(?:the )?status(?: is| to)?|as|to)|(?:it|this|we)(?:'s|'re| is| are)(?: now)?) (investigating|identified|monitoring)$/i;

/** Behind the mention of the bot: "make @bo lead", "lead is @bo", "@bo leads". */
const leadWords =
  /^\s*<@[^>]+>[\s,:]*(?:please )?(?:(?:make|let) <@([A-Z0-9]+)[^>]*> (?:the |our )?lead(?: it| this)?|(?:(?:set )?(?:the )?lead(?: to| is|:)?|(?:give|hand)(?: over)? (?:it |the lead )?to) <@([A-Z0-9]+)[^>]*>|<@([A-Z0-9]+)[^>]*> (?:leads|is (?:the )?lead|is leading|takes over|takes the lead|has the lead)(?: now)?)[\s.!]*$/i;

const updateWords = /^(?:(?:post|send|write) )?(?:an? |the )?(?:stakeholder )?update: *(\S.*)$/is;

/** "sev2", "set severity to 2", "make it a SEV 1". */
function severityIn(words: string): Severity | undefined {
  const said =
    /^(?:(?:set|make|change|raise|lower)(?: (?:it|this|the))?(?: an?)? )?(?:severity|sev)(?: to| is)?[\s-]*(?:sev[\s-]*)?([1-4])$/i.exec(
      words,
    )?.[1];
  return severities.find((each) => String(each) === said);
}
