/** What a Secret of Kubernetes holds, whatever its keys are called: in YAML, in JSON, and where one is created. */

import { isBlank, linesWhile, type Line } from "./indented.ts";
import { core, type Pair } from "./pair.ts";

const kind = "kubernetes-secret";
const isInYaml = /kind:\s{0,4}["']?Secret/;
const isInJson = /"kind"\s{0,16}:\s{0,16}"Secret"/;
const isSecretKind = /^kind:\s{0,4}["']?Secret["']?\s*$/;
const holds = /^(?:data|stringData):\s{0,4}(\{[^{}\n]{0,4000}\}?)?\s*$/;
const entry = /^(["']?)[\w.-]{1,253}\1:(?:[ \t]{1,8}|$)([|>][+-]?\d?[+-]?\s*$)?/;
const flow = /[\w.-]{1,253}["']?:\s{0,4}([^,{}\n]{1,4000})/g;
const nothing = /^(?:null|~|""|'')?$/;

export function pairsOfSecrets(text: string, lines: readonly Line[]): readonly Pair[] {
  const pairs = text.includes("Secret")
    ? [
        ...(isInYaml.test(text) ? ofYaml(text, lines) : []),
        ...(isInJson.test(text) ? ofJson(text) : []),
      ]
    : [];
  return text.includes("--from-literal") ? [...pairs, ...ofCreation(text)] : pairs;
}

/** A document, or an item of a list, at a time: its kind may stand behind what it holds. */
function ofYaml(text: string, lines: readonly Line[]): readonly Pair[] {
  const pairs: (readonly Pair[])[] = [];
  let start = 0;
  lines.forEach((line, index) => {
    const isStart = index > start && begins.test(text.slice(line.from, line.from + 20));
    if (!isStart && index < lines.length - 1) return;
    pairs.push(ofDocument(text, lines.slice(start, isStart ? index : index + 1)));
    start = index;
  });
  return pairs.flat();
}

const begins = /^(?:---|-\s{1,4}["']?(?:apiVersion|kind|data|metadata)\b)/;

function ofDocument(text: string, lines: readonly Line[]): readonly Pair[] {
  const said = ({ from, to, indent, column }: Line, charsMax: number) =>
    text.slice(from + column - indent, Math.min(to, from + charsMax));
  if (!lines.some((line) => isSecretKind.test(said(line, 80)))) return [];
  const pairs: Pair[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const match = line === undefined ? null : holds.exec(said(line, 5_000));
    if (line === undefined || match === null) continue;
    const [, braces] = match;
    if (braces !== undefined) pairs.push(...inBraces(text, line.to - braces.length, braces));
    const below = linesWhile(lines, at + 1, (one) => isBlank(one) || one.indent > line.column);
    const indent = below.find((one) => !isBlank(one))?.indent ?? 0;
    pairs.push(...below.flatMap((one) => valueOf(text, one, indent)));
    at += below.length;
  }
  return pairs;
}

/** Of an entry what stands behind its key; deeper in, the line of a block. */
function valueOf(text: string, line: Line, indent: number): readonly Pair[] {
  const { from, to } = line;
  const match =
    line.indent > indent ? null : entry.exec(text.slice(from, Math.min(to, from + 300)));
  if (line.indent <= indent && (match === null || match[2] !== undefined)) return [];
  return known(text, from + (match?.[0].length ?? 0), to);
}

function inBraces(text: string, at: number, braces: string): readonly Pair[] {
  return [...braces.matchAll(flow)].flatMap((match) => {
    const to = at + match.index + match[0].length;
    return known(text, to - (match[1] ?? "").length, to);
  });
}

function known(text: string, start: number, end: number): readonly Pair[] {
  const [from, to] = core(text, start, end);
  return nothing.test(text.slice(from, to)) ? [] : [{ name: kind, from, to, form: "known" }];
}

interface Frame {
  /** The key that it stands behind. */
  readonly key: string;
  kind: string;
  /** The strings in it. */
  readonly values: Pair[];
  /** Those in its "data" and "stringData". */
  held: readonly Pair[];
}

const heldIn = new Set(["data", "stringData"]);

/** One pass with the braces that are open; a string that never ends ends it. */
function ofJson(text: string): readonly Pair[] {
  const pairs: (readonly Pair[])[] = [];
  const open: Frame[] = [];
  let key = "";
  let last = "";
  for (let index = 0; index < text.length; index += 1) {
    const mark = text.charAt(index);
    const frame = open.at(-1);
    if (mark === "{") {
      open.push({ key, kind: "", values: [], held: [] });
      key = "";
    } else if (mark === "}" && frame !== undefined) {
      open.pop();
      if (text.charAt(index + 1) === '"') index += 1;
      if (frame.kind === "Secret") pairs.push(frame.held);
      const around = heldIn.has(frame.key) ? open.at(-1) : undefined;
      if (around !== undefined) around.held = around.held.concat(frame.values);
    } else if (mark === ":") key = last;
    else if (mark === "," || mark === "[" || mark === "\n") key = mark === "," ? "" : key;
    // JSON within JSON, of which the escapes are gone: the quotes around it are no quotes to it.
    else if (mark === '"' && embedded.test(text.slice(index + 1, index + 20))) continue;
    else if (mark === '"') {
      const end = endOfString(text, index + 1);
      if (end < 0) break;
      last = text.slice(index + 1, Math.min(end, index + 300));
      if (frame !== undefined && key === "kind") frame.kind = last;
      else if (frame !== undefined && key !== "" && heldIn.has(frame.key))
        frame.values.push(...known(text, index + 1, end));
      index = end;
    }
  }
  return pairs.flat();
}

const embedded = /^\{\s{0,16}"/;

function endOfString(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    if (text.charAt(index) === "\\") index += 1;
    else if (text.charAt(index) === '"') return index;
  }
  return -1;
}

/** One command, over the ends of lines that a backslash joins. */
const creation = /create\s{1,4}secret\s(?:[^\n\\]|\\[\s\S]){1,8000}/g;
const literal =
  /--from-literal[= ]{1,2}(?:"[\w.-]{1,253}=([^"\n]{1,512})|'[\w.-]{1,253}=([^'\n]{1,512})|[\w.-]{1,253}=(["']?[^\s"']{1,512}["']?))/dg;

function ofCreation(text: string): readonly Pair[] {
  return [...text.matchAll(creation)].flatMap((command) =>
    [...command[0].matchAll(literal)].flatMap(({ indices = [] }) => {
      const [from, to] = indices[1] ?? indices[2] ?? indices[3] ?? [0, 0];
      return known(text, command.index + from, command.index + to);
    }),
  );
}
