/** YAML text whose values know their lines, so that a mistake can be told with its file and line. */

import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from "yaml";
import type { Document } from "yaml";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What is wrong and how to mend it, in one line of words. Lines count from 1; 0 where there is no text. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface LocatedDocument {
  readonly value: unknown;
  /** Line of the value at this path, or of the nearest thing around it that exists. */
  readonly lineOf: (at: readonly PropertyKey[]) => number;
}

/** A longer file is refused whole: nobody writes a megabyte by hand. */
const charactersMax = 1_000_000;

/** The documents of one file that are well-formed and not empty, and what is wrong with the others. */
export function readYaml(file: TextFile): {
  readonly documents: readonly LocatedDocument[];
  readonly errors: readonly Problem[];
} {
  if (file.text.length > charactersMax) {
    const message = `the file is longer than ${charactersMax} characters; split it`;
    return { documents: [], errors: [{ path: file.path, line: 1, message }] };
  }
  const lines = new LineCounter();
  const parsed = parseAllDocuments(file.text, { lineCounter: lines, prettyErrors: false });
  const documents: LocatedDocument[] = [];
  const errors: Problem[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const refuse = (offset: number, why: string) =>
      errors.push({ path: file.path, line: lines.linePos(offset).line, message: why });
    for (const error of document.errors) {
      refuse(error.pos[0], `not YAML: ${firstLine(error.message)}; check quotes and indentation`);
    }
    if (document.errors.length > 0 || document.contents === null) continue;
    const read = valueOf(document);
    if ("problem" in read) refuse(document.range[0], read.problem);
    else if (read.value !== null) {
      const lineOf = (at: readonly PropertyKey[]) => lines.linePos(offsetOf(document, at)).line;
      documents.push({ value: read.value, lineOf });
    }
  }
  return { documents, errors };
}

/** Too many aliases throw: the library's guard against a file that unfolds without end. */
function valueOf(document: Document.Parsed): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    const why = error instanceof Error ? firstLine(error.message) : "cannot be read";
    return { problem: `not YAML: ${why}; write the values out` };
  }
}

function offsetOf(document: Document.Parsed, at: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of at) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
