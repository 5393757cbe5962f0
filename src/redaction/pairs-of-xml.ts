/** The names and values that XML and HTML pair: an element and its text, two attributes, two elements in a row. */

import { core, nameOfSecret, type Pair } from "./pair.ts";

/** What is looked ahead at is not tried again shorter, as where a text goes on for long without another tag. */
const element =
  /<([A-Za-z_][\w:.-]{0,79})(\s[^<>]{0,400})?>(?=(\s{0,80}<!\[CDATA\[[^\]]{1,2000}\]\]>\s{0,80}|[^<>]{1,2000}))\3<\//g;
const tag = /<[A-Za-z_][\w:.-]{0,79}(\s[^<>]{1,1500})>/g;
const twoElements =
  /<(?:\w{1,20}:)?(?:name|key|id|property|param|field)>([^<>]{1,120})<\/[^<>]{1,80}>(?:\n[+-]|\s){0,80}<[A-Za-z_][\w:.-]{0,79}(?:\s[^<>]{0,200})?>(?=([^<>]{1,2000}))\2<\//gi;
const nameIn = /\s(?:name|key|id|property|param|field)\s{0,4}=\s{0,4}["']([^"'<>]{1,120})["']/i;
const valueIn = /\svalue\s{0,4}=\s{0,4}(?:"([^"<>]{1,1000})"|'([^'<>]{1,1000})')/di;
const cdata = /^\s*<!\[CDATA\[/;

export function pairsOfXml(text: string): readonly Pair[] {
  const pairs: (Pair | null)[] = [];
  if (text.includes("</")) pairs.push(...ofElements(text));
  if (text.includes("value") && text.includes("<")) pairs.push(...ofAttributes(text));
  return pairs.filter((pair) => pair !== null);
}

function ofElements(text: string): readonly (Pair | null)[] {
  const pairs: (Pair | null)[] = [];
  for (const match of text.matchAll(element)) {
    const [whole, own = "", attributes = "", inner = ""] = match;
    const from = match.index + whole.length - "</".length - inner.length;
    const skipped = cdata.exec(inner)?.[0].length ?? 0;
    const kept = skipped > 0 ? inner.lastIndexOf("]]>") : inner.length;
    const range = [from + skipped, from + kept] as const;
    const named = nameIn.exec(attributes)?.[1];
    pairs.push(ofText(own, text, range));
    if (named !== undefined) pairs.push(ofWords(named, text, range));
  }
  for (const match of text.matchAll(twoElements)) {
    const [whole, name = "", value = ""] = match;
    const to = match.index + whole.length - "</".length;
    pairs.push(ofText(name.trim(), text, [to - value.length, to]));
  }
  return pairs;
}

function ofAttributes(text: string): readonly (Pair | null)[] {
  const pairs: (Pair | null)[] = [];
  for (const match of text.matchAll(tag)) {
    const attributes = match[1] ?? "";
    const name = nameIn.exec(attributes)?.[1] ?? "";
    const value = nameOfSecret.test(name) ? valueIn.exec(attributes) : null;
    const [start, end] = value?.indices?.[1] ?? value?.indices?.[2] ?? [0, 0];
    const at = match.index + match[0].length - 1 - attributes.length;
    if (end > start) pairs.push(ofText(name, text, [at + start, at + end]));
  }
  return pairs;
}

type Range = readonly [from: number, to: number];

/** One word; of what is called no password none that is only a word. */
function ofText(name: string, text: string, range: Range): Pair | null {
  if (!nameOfSecret.test(name)) return null;
  const [start, end] = range;
  const mark = /^\s*\n[+-]/.exec(text.slice(start, Math.min(end, start + 80)))?.[0] ?? "";
  const last = /\n[+-]\s*$/.exec(text.slice(Math.max(start, end - 80), end))?.[0] ?? "";
  const [from, to] = core(text, start + mark.length, end - last.length);
  const value = text.slice(from, to);
  if (value === "" || /\s/.test(value)) return null;
  if (!/pass|pwd/i.test(name) && /^[a-z]{1,30}$/.test(value)) return null;
  return { name, from, to, form: "quoted" };
}

/** Where an attribute names it, it may be the words of a page: "Passwort". */
function ofWords(name: string, text: string, range: Range): Pair | null {
  const pair = ofText(name, text, range);
  return pair === null || /^\p{L}+$/u.test(text.slice(pair.from, pair.to)) ? null : pair;
}
