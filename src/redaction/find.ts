/** Finds secrets in a text in one pass: three characters decide which rules are tried where, and no rule reads far. */

import type { Rule } from "./rule.ts";

export interface Found {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
  readonly rank: Rule["rank"];
  /** Without escapes, line breaks and encoding: the same wherever it stands. */
  readonly secret: string;
}

/** Characters that a rule may look at before its sign, and after the secret. */
const beforeChars = 100;
const afterChars = 80;

/** No name with what joins it to its secret is longer. */
const namedChars = 448;

export type Finder = (text: string) => readonly Found[];

/** Time grows with the text's length alone: each place tries the few rules of its three characters, each within bounds. */
export function finderOf(rules: readonly Rule[]): Finder {
  const byHash: { readonly sign: string; readonly rule: Rule }[][] = [];
  for (const rule of rules) {
    for (const sign of rule.signs) {
      const hash = hashOf(sign);
      (byHash[hash] ??= []).push({ sign, rule });
    }
  }
  const marks = Uint8Array.from({ length: hashes }, (_, hash) =>
    byHash[hash] === undefined ? 0 : 1,
  );
  return (text) => {
    const found: Found[] = [];
    let readTo = 0;
    let namedTo = 0;
    let hash = 0;
    for (let index = 0; index < text.length; index += 1) {
      hash = ((hash << 5) | (text.charCodeAt(index) & 31)) & (hashes - 1);
      if (marks[hash] === 0) continue;
      const at = index - 2;
      for (const { sign, rule } of byHash[hash] ?? []) {
        // Inside a block, which may be long, its own rule need not look again.
        if (rule.rank === 0 && at < readTo) continue;
        // A name within a secret has its own there as well, unless it stands near its end.
        if (rule.rank === 2 && at < namedTo - namedChars) continue;
        if (!text.startsWith(sign, at)) continue;
        const one = tried(rule, text, at);
        if (one === null) continue;
        found.push(one);
        if (rule.rank === 0) readTo = one.to;
        if (rule.rank === 2) namedTo = Math.max(namedTo, one.to);
      }
    }
    return found;
  };
}

const hashes = 32_768;

/** Of the first three characters; others may have the same, so that the sign itself is compared as well. */
function hashOf(sign: string): number {
  return [0, 1, 2].reduce((hash, index) => (hash << 5) | (sign.charCodeAt(index) & 31), 0);
}

function tried(rule: Rule, text: string, at: number): Found | null {
  if (rule.isInside !== true && isWordCharacter(text.charCodeAt(at - 1))) return null;
  const { pattern } = rule;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return null;
  const before = text.slice(Math.max(0, at - beforeChars), at);
  const own = rule.before === undefined ? "" : rule.before.exec(before)?.[0];
  if (own === undefined) return null;
  const lead = match[1] ?? "";
  const from = at - own.length + lead.length;
  const to = at + match[0].length;
  const secret = text.slice(from, to);
  const after = rule.told === undefined ? "" : text.slice(to, to + afterChars);
  const kind = rule.told === undefined ? rule.kind : rule.told({ before, lead, secret, after });
  return kind === null ? null : { from, to, kind, rank: rule.rank, secret };
}

/** Letters and digits; "_" may join a token to its name. */
function isWordCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
