/** The values of tables and of lines with fixed places: a column that is headed by a secret's name, a line of .pgpass. */

import { linesWhile, type Line } from "./indented.ts";
import { core, type Pair } from "./pair.ts";

/** One column's head, and nothing else in it. */
const head =
  /^(?:[\w-]{1,30}[ _.-])?(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|secret|private|auth)[ _-]?key)s?$/i;
const lineMax = 2_000;
const rule = /^[\s|+:=-]+$/;

/** Parted by tabs, by commas, or by bars as databases and Markdown print them. */
export function pairsInColumns(text: string, lines: readonly Line[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let index = 0; index < lines.length - 1; index += 1) {
    const line = lines[index];
    if (line === undefined || line.to - line.from > lineMax) continue;
    const table = headingOf(text.slice(line.from, line.to));
    if (table === null) continue;
    const { mark, count, heads } = table;
    const rows = linesWhile(lines, index + 1, ({ from, to }) => {
      const said = text.slice(from, Math.min(to, from + lineMax));
      return rule.test(said) || withoutRest(said).split(mark).length === count;
    });
    for (const row of rows)
      pairs.push(...heads.flatMap(({ at, name }) => cellOf(text, row, { mark, at, name })));
    index += rows.length;
  }
  return pairs;
}

const marks = ["\t", ",", "|"];
/** A name right before the end of a cell. */
const isHeaded = /(?:pass|word|wd|phrase|token|secret|key)s?["' ]{0,20}(?:[\t,|]|$)/i;

interface Heading {
  readonly mark: string;
  readonly count: number;
  readonly heads: readonly { readonly at: number; readonly name: string }[];
}

/** Where the table is the text of a message, it begins behind the last quote. */
function headingOf(line: string): Heading | null {
  if (!marks.some((mark) => line.includes(mark)) || !isHeaded.test(line)) return null;
  const quote = line.lastIndexOf('"');
  const isQuoted = quote >= 0 && !/"\s*(?:[\t,|]|$)/.test(line.slice(quote));
  const heading = isQuoted ? line.slice(quote + 1) : line;
  for (const mark of marks) {
    const heads = heading.includes(mark) ? headsIn(heading, mark) : [];
    if (heads.length > 0) return { mark, count: heading.split(mark).length, heads };
  }
  return null;
}

/** Without what closes the message. */
function withoutRest(row: string): string {
  return row.replace(/\\?"[,}].{0,500}$/, "");
}

function headsIn(heading: string, mark: string): { readonly at: number; readonly name: string }[] {
  const cells = heading.split(mark).map((cell) => cell.trim().replaceAll(/^["']|["']$/g, ""));
  if (cells.length < 2 || cells.some((cell) => cell.length > 120)) return [];
  return cells.flatMap((name, at) => (head.test(name) ? [{ at, name }] : []));
}

function cellOf(
  text: string,
  row: Line,
  { mark, at, name }: { readonly mark: string; readonly at: number; readonly name: string },
): readonly Pair[] {
  let start = row.from;
  for (let passed = 0; passed < at; passed += 1) start = text.indexOf(mark, start) + 1;
  const next = text.indexOf(mark, start);
  const [from, to] = core(text, start, next < 0 || next > row.to ? row.to : next);
  const value = text.slice(from, to);
  // "required", "varchar": words are what a table says of a password, more often than the password.
  const isLikely =
    value.length >= 4 && !/\s/.test(value) && /\d|[^\p{L}\d]/u.test(value) && !/[([]/.test(value);
  if (!isLikely) return [];
  return [{ name, from, to, form: /pass|pwd/i.test(name) ? "quoted" : "bare" }];
}

/** `host:port:database:user:password`, in which a colon is escaped; found by its port. */
const port = /:(?:\d{4,5}|\*):/g;
const host = /(?:^|[^\w:.*/-])([A-Za-z0-9][\w.-]{0,120}|\*)$/;
const behindPort = /[\w.*-]{1,63}:[\w.*@+-]{1,63}:((?:\\[\\:]|[^\s:\\'"|;]){3,128})(?![:\w])/y;

export function pairsOfPgpass(text: string): readonly Pair[] {
  const isFile = text.includes("pgpass");
  return [...text.matchAll(port)].flatMap(({ 0: said, index }) => {
    if (!isFile && !/^:(?:\*|(?:54|64)\d\d):$/.test(said)) return [];
    behindPort.lastIndex = index + said.length;
    const value = behindPort.exec(text)?.[1];
    const named = host.exec(text.slice(Math.max(0, index - 130), index))?.[1] ?? "";
    if (value === undefined || !/[A-Za-z*.]/.test(named)) return [];
    const to = behindPort.lastIndex;
    return [{ name: "postgresql-password", from: to - value.length, to, form: "known" as const }];
  });
}
