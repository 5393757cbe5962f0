/** What a mention asks for, from its words alone; whatever is not a known question is about the trouble itself. */

import { markupAsWords } from "./markup.ts";

export type Ask =
  | { readonly kind: "help" }
  /** "what changed in payments?" */
  | { readonly kind: "changes"; readonly about: string }
  /** "catch me up", "status", "what fixed it?" */
  | { readonly kind: "catch-up" }
  /** "thanks": nothing is asked. */
  | { readonly kind: "thanks" }
  | { readonly kind: "look"; readonly about: string };

const wordsMax = 2_000;

/** Nothing but such words: "thanks, that was it", "great work everyone", a thumb. */
const thanks =
  /^(?:(?:thanks?|thank you|thx|ty|cheers|great|nice|perfect|awesome|cool|good|well done|ok(?:ay)?|got it|(?:that|it) (?:was it|worked|works|helped|did it)|never ?mind|job|work|bot|one|a lot|so much|very much|all|everyone|everybody|team|folks|for (?:the|your|all (?:the|your)) help|:[a-z0-9_+-]+:|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\u200D)(?![\p{L}\p{N}])[\s,.!]*)+$/iu;

const patterns: readonly (readonly [Exclude<Ask["kind"], "look">, RegExp])[] = [
  ["thanks", thanks],
  ["help", /^(help|hi|hello|hey|commands|what can you do|\?+)?[\s.?!]*$/i],
  [
    "catch-up",
    /\b(catch (me|us) up|catch-?up|status|summar(y|ise|ize)|where (are|do) we( stand)?|tl;?dr|what (happened|fixed|solved|helped|did it|was (it|the (root )?cause))|who (fixed|resolved|led)|how long did)\b/i,
  ],
  [
    "changes",
    /\b(what('s| has| have)? (been )?chang(ed|es)|(recent|latest) (changes|deploys)|what (was|got|is) deployed|(any|which) (changes|deploys)|changelog)\b/i,
  ],
];

/** `text`: as Slack sends it, the mention included. */
export function parseAsk(text: string): Ask {
  const words = text.slice(0, wordsMax).replaceAll(/<@[A-Z0-9]+(\|[^>]*)?>/g, " ");
  const about = markupAsWords(words);
  const known = patterns.find(([, pattern]) => pattern.test(about))?.[0];
  switch (known) {
    case "help":
    case "catch-up":
    case "thanks":
      return { kind: known };
    case "changes":
      return { kind: "changes", about };
    case undefined:
      return { kind: "look", about };
  }
}
