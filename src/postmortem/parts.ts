/** A postmortem's Markdown by its headings: what is edited one by one, and how two edits of the same text come together. */

import { promptMark } from "./document.ts";

/** `heading` is its line as it is written, "" for what stands above the first; `body` begins with the line's end. */
export interface MarkdownPart {
  readonly heading: string;
  readonly body: string;
}

/** Headings of the first two levels, unless they are in a block of code. */
export function partsOf(markdown: string): readonly MarkdownPart[] {
  const parts: { heading: string; lines: string[] }[] = [{ heading: "", lines: [] }];
  let fence: string | null = null;
  for (const line of markdown.split("\n")) {
    const [, ticks] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === null && ticks !== undefined) fence = ticks;
    else if (fence !== null && ticks?.startsWith(fence)) fence = null;
    if (fence === null && /^#{1,2} /.test(line)) parts.push({ heading: line, lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts
    .filter(({ heading, lines }) => heading !== "" || lines.length > 0)
    .map(({ heading, lines }) => ({
      heading,
      body: heading === "" ? lines.join("\n") : lines.map((line) => `\n${line}`).join(""),
    }));
}

/** The whole text again. */
export function joined(parts: readonly MarkdownPart[]): string {
  return parts.map(({ heading, body }) => `${heading}${body}`).join("\n");
}

/** "Summary" */
export function titleOf({ heading }: MarkdownPart): string {
  return heading === "" ? "Above the first heading" : heading.replace(/^#+ +/, "").trim();
}

/** The text with another body under that heading; `index` counts from 0. */
export function withBody(markdown: string, index: number, body: string): string {
  return joined(
    partsOf(markdown).map((part, at) =>
      at === index ? { ...part, body: bodyBelow(part, body) } : part,
    ),
  );
}

function bodyBelow({ heading }: MarkdownPart, body: string): string {
  return heading === "" ? `${body.trim()}\n` : `\n\n${body.trim()}\n`;
}

/** Headings under which nobody has written anything yet. */
export function unwritten(markdown: string): readonly string[] {
  return partsOf(markdown)
    .filter(({ body }) => body.includes(promptMark))
    .map(titleOf);
}

export type Merged =
  | { readonly ok: true; readonly markdown: string }
  /** The headings whose text both have changed, each in its own way. */
  | { readonly ok: false; readonly headings: readonly string[] };

/** `mine` was made from `base`, which became `theirs` meanwhile. Where the headings differ, a change of one side alone is taken whole. */
export function merged(base: string, theirs: string, mine: string): Merged {
  if (theirs === base || theirs === mine) return { ok: true, markdown: mine };
  if (mine === base) return { ok: true, markdown: theirs };
  const [was, now, wanted] = [partsOf(base), partsOf(theirs), partsOf(mine)];
  if (!hasSameHeadings(was, now) || !hasSameHeadings(was, wanted)) {
    return { ok: false, headings: differing(now, wanted) };
  }
  const chosen = was.map((part, index) => {
    const [other, own] = [now[index] ?? part, wanted[index] ?? part];
    if (own.body === part.body || own.body === other.body) return other;
    return other.body === part.body ? own : null;
  });
  const headings = was.filter((_part, index) => chosen[index] === null).map(titleOf);
  if (headings.length > 0) return { ok: false, headings };
  return { ok: true, markdown: joined(chosen.filter((part) => part !== null)) };
}

/** As `merged`, but where both have changed the same, theirs stays. Where the headings differ, all of theirs. */
export function refreshed(base: string, theirs: string, mine: string): string {
  const [was, now, wanted] = [partsOf(base), partsOf(theirs), partsOf(mine)];
  if (!hasSameHeadings(was, now)) return theirs;
  const edited = new Map(
    now.flatMap((part, index) =>
      part.body === was[index]?.body ? [] : [[nameIn(now, index), part] as const],
    ),
  );
  const fresh = wanted.map((part, index) => edited.get(nameIn(wanted, index)) ?? part);
  return joined([...fresh, ...[...edited.values()].filter((part) => !fresh.includes(part))]);
}

/** Of several with one heading each has a name of its own. */
function nameIn(parts: readonly MarkdownPart[], index: number): string {
  const heading = parts[index]?.heading ?? "";
  const before = parts.slice(0, index).filter((part) => part.heading === heading);
  return `${before.length} ${heading}`;
}

function hasSameHeadings(a: readonly MarkdownPart[], b: readonly MarkdownPart[]): boolean {
  return a.length === b.length && a.every(({ heading }, index) => heading === b[index]?.heading);
}

/** Headings of either that the other has not, or has with another text. */
function differing(a: readonly MarkdownPart[], b: readonly MarkdownPart[]): readonly string[] {
  const isIn = (parts: readonly MarkdownPart[], part: MarkdownPart): boolean =>
    parts.some(({ heading, body }) => heading === part.heading && body === part.body);
  const both = [...a.filter((part) => !isIn(b, part)), ...b.filter((part) => !isIn(a, part))];
  return [...new Set(both.map(titleOf))];
}
