/** What a mention asks for, from its words alone; whatever is not a known question is about the trouble itself. */

export type Ask =
  | { readonly kind: "help" }
  /** "what changed in payments?" */
  | { readonly kind: "changes"; readonly about: string }
  /** "catch me up", "status" */
  | { readonly kind: "catch-up" }
  | { readonly kind: "look"; readonly about: string };

const wordsMax = 2_000;

const patterns: readonly (readonly [Exclude<Ask["kind"], "look">, RegExp])[] = [
  ["help", /^(help|hi|hello|hey|commands|what can you do|\?+)?[\s.?!]*$/i],
  [
    "catch-up",
    /\b(catch (me|us) up|status|summar(y|ise|ize)|where (are|do) we( stand)?|tl;?dr)\b/i,
  ],
  [
    "changes",
    /\b(what('s| has| have)? (been )?chang(ed|es)|(recent|latest) (changes|deploys)|what (was|got|is) deployed|(any|which) (changes|deploys)|changelog)\b/i,
  ],
];

/** `text`: as Slack sends it, the mention included. */
export function parseAsk(text: string): Ask {
  const about = text
    .slice(0, wordsMax)
    .replaceAll(/<@[A-Z0-9]+(\|[^>]*)?>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  const known = patterns.find(([, pattern]) => pattern.test(about))?.[0];
  switch (known) {
    case "help":
    case "catch-up":
      return { kind: known };
    case "changes":
      return { kind: "changes", about };
    case undefined:
      return { kind: "look", about };
  }
}
