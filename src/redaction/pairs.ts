/** Secrets that the structure of a text puts beside their names, judged by the rules of those that are assigned. */

import type { Finder, Found } from "./find.ts";
import { linesOf } from "./indented.ts";
import type { Pair } from "./pair.ts";
import { pairsInColumns, pairsOfPgpass } from "./pairs-of-columns.ts";
import { pairsOfSecrets } from "./pairs-of-kubernetes.ts";
import { pairsBelow, pairsInBrackets } from "./pairs-of-lists.ts";
import { pairsOfSql } from "./pairs-of-sql.ts";
import { pairsOfXml } from "./pairs-of-xml.ts";
import { unfilled } from "./rule.ts";

/** `secretsIn`: by which each pair is judged, written as an assignment. */
export function pairedIn(text: string, secretsIn: Finder): readonly Found[] {
  const lines = linesOf(text);
  const pairs = [
    ...pairsOfXml(text),
    ...pairsBelow(text, lines),
    ...pairsInBrackets(text),
    ...pairsOfSecrets(text, lines),
    ...pairsInColumns(text, lines),
    ...pairsOfPgpass(text),
    ...pairsOfSql(text),
  ];
  return pairs.flatMap((pair) => foundOf(pair, text, secretsIn));
}

function foundOf(
  { name, from, to, form }: Pair,
  text: string,
  secretsIn: Finder,
): readonly Found[] {
  const secret = text.slice(from, to);
  if (form === "known")
    return unfilled.test(secret) ? [] : [{ from, to, kind: name, rank: 1, secret }];
  const one = name.replace(/(word|wd|phrase|key)s$/i, "$1");
  const lead = form === "quoted" ? `${one}="` : `${one}: `;
  // A quote within it must not end it; what it is does not hang on that.
  const value = secret.replaceAll(/["\\\r\n]/g, "'");
  const told = secretsIn(`${lead}${value}${form === "quoted" ? '"' : ""}`);
  const own = told.find(({ rank, from: at }) => rank === 2 && at === lead.length);
  return own === undefined ? [] : [{ ...own, from, to, secret }];
}
