/** The values of a statement that names its columns: `insert into users (name, password) values ('ana', '…')`. */

import { core, nameOfSecret, type Pair } from "./pair.ts";

const inserts = /into\s{1,8}[\w."`]{1,120}\s{0,8}\(([^()]{1,2000})\)\s{0,8}values\s{0,8}(?=\()/gi;
const tuple = /\s{0,8},?\s{0,8}\(((?:'[^'\n]{0,2000}'|"[^"\n]{0,2000}"|[^'"()\n]){1,4000})\)/y;
const value = /((?:'[^'\n]*'|"[^"\n]*"|[^,])*)(?:,|$)/g;
const tuplesMax = 1_000;

export function pairsOfSql(text: string): readonly Pair[] {
  if (!nameOfSecret.test(text)) return [];
  const pairs: Pair[] = [];
  for (const match of text.matchAll(inserts)) {
    const names = (match[1] ?? "").split(",").map((name) => name.trim().replaceAll(/["`]/g, ""));
    if (!names.some((name) => nameOfSecret.test(name))) continue;
    tuple.lastIndex = match.index + match[0].length;
    for (let count = 0; count < tuplesMax; count += 1) {
      const found = tuple.exec(text);
      if (found === null) break;
      pairs.push(...ofTuple(text, names, tuple.lastIndex - 1, found[1] ?? ""));
    }
  }
  return pairs;
}

/** `end`: where it is closed. */
function ofTuple(text: string, names: readonly string[], end: number, values: string): Pair[] {
  const start = end - values.length;
  return [...values.matchAll(value)].slice(0, names.length).flatMap((each, place) => {
    const name = names[place] ?? "";
    const at = start + each.index;
    const [from, to] = core(text, at, at + each[0].replace(/,$/, "").length);
    return nameOfSecret.test(name) && from < to
      ? [{ name, from, to, form: "quoted" as const }]
      : [];
  });
}
