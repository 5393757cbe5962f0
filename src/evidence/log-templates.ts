/** Log lines mined into templates: a tree of fixed depth, then the most similar template of the leaf (Drain, He et al. 2017). */

/** What comes after so many templates of one service shares the template "<*>". */
export const templatesMax = 1_000;
/** So many templates of one leaf are compared with a line, which bounds the work per line. */
const leafTemplatesMax = 50;
/** A line joins a template with which it shares at least this part of its tokens. */
const similarityMin = 0.5;
/** Tokens beyond this are one. */
const tokensMax = 60;
const wildcard = "<*>";

interface Template {
  tokens: string[];
  readonly lines: string[];
}

/**
 * Template of each masked line. Lines are taken in alphabetical order, not in that of arrival, so that the templates
 * do not depend on the order of rows.
 */
export function templatesOf(lines: Iterable<string>): ReadonlyMap<string, string> {
  const leaves = new Map<string, Template[]>();
  const rest: Template = { tokens: [wildcard], lines: [] };
  let count = 0;
  for (const line of [...new Set(lines)].toSorted(byCodeUnit)) {
    const tokens = tokensOf(line);
    const key = `${tokens.length} ${isVariable(tokens[0] ?? "") ? wildcard : tokens[0]}`;
    const leaf = leaves.get(key) ?? [];
    leaves.set(key, leaf);
    const similar = mostSimilar(leaf, tokens);
    if (similar !== null) {
      similar.tokens = similar.tokens.map((token, at) => (token === tokens[at] ? token : wildcard));
      similar.lines.push(line);
    } else if (count < templatesMax && leaf.length < leafTemplatesMax) {
      leaf.push({ tokens, lines: [line] });
      count += 1;
    } else {
      rest.lines.push(line);
    }
  }
  const result = new Map<string, string>();
  for (const { tokens, lines: members } of [...[...leaves.values()].flat(), rest]) {
    for (const line of members) result.set(line, tokens.join(" "));
  }
  return result;
}

function mostSimilar(leaf: readonly Template[], tokens: readonly string[]): Template | null {
  let best: Template | null = null;
  let bestSimilarity = similarityMin;
  for (const template of leaf) {
    const similarity = sameTokens(template.tokens, tokens) / tokens.length;
    if (similarity > bestSimilarity) {
      best = template;
      bestSimilarity = similarity;
    }
  }
  return best;
}

function sameTokens(template: readonly string[], tokens: readonly string[]): number {
  let same = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    if (template[at] === tokens[at] && template[at] !== wildcard) same += 1;
  }
  return same;
}

function tokensOf(line: string): string[] {
  const tokens = line.split(" ");
  if (tokens.length <= tokensMax) return tokens;
  return [...tokens.slice(0, tokensMax), tokens.slice(tokensMax).join(" ")];
}

function isVariable(token: string): boolean {
  return /[<\d]/.test(token);
}

function byCodeUnit(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
