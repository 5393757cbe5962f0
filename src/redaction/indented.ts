/** The lines of a text with their indentation, as YAML and lists use it; also within a diff. */

export interface Line {
  /** Of what stands behind the indentation; in characters of the text. */
  readonly from: number;
  readonly to: number;
  /** Columns before it; those of a diff's mark are none. */
  readonly indent: number;
  /** Columns before what follows the dashes of a list. */
  readonly column: number;
}

export function linesOf(text: string): readonly Line[] {
  const isDiff = ["@@ ", "diff --git ", "+++ "].some(
    (mark) => text.startsWith(mark) || text.includes(`\n${mark}`),
  );
  const lines: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    lines.push(lineOf(text, start, text.charAt(end - 1) === "\r" ? end - 1 : end, isDiff));
    start = end + 1;
  }
  return lines;
}

function lineOf(text: string, start: number, end: number, isDiff: boolean): Line {
  const first = text.charAt(start);
  const begin = start + (first === "+" || (isDiff && (first === "-" || first === " ")) ? 1 : 0);
  let from = begin;
  while (from < end && (text.charAt(from) === " " || text.charAt(from) === "\t")) from += 1;
  const dashes =
    text.charAt(from) === "-"
      ? (/^(?:-[ \t]{1,4}){1,4}/.exec(text.slice(from, Math.min(end, from + 20)))?.[0] ?? "")
      : "";
  return {
    from,
    to: Math.max(from, end),
    indent: from - begin,
    column: from - begin + dashes.length,
  };
}

/** From one line on as long as they belong; 2,000 at most. */
export function linesWhile(
  lines: readonly Line[],
  start: number,
  belongs: (line: Line) => boolean,
): readonly Line[] {
  let end = start;
  for (; end < lines.length && end - start < belowMax; end += 1) {
    const line = lines[end];
    if (line === undefined || !belongs(line)) break;
  }
  return lines.slice(start, end);
}

const belowMax = 2_000;

export const isBlank = ({ from, to }: Line): boolean => from >= to;
