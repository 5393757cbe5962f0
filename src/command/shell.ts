/** A shell text as the simple commands in it, however deep: of pipelines, subshells, substitutions, loops and here-documents. */

import { forEachChild, parse } from "unbash";
import type { Command, Redirection, Script, SyntaxNode, Word } from "unbash";

export interface Argument {
  /** Quotes and backslashes taken off. */
  readonly text: string;
  /** Nothing in it is only known when it runs: no variable, no substitution, no pattern. */
  readonly isLiteral: boolean;
  /** It begins with what is only known then, and so could be an option. */
  readonly isOpen: boolean;
}

export interface SimpleCommand {
  /** Its program first; empty where it only sets variables or redirects. */
  readonly words: readonly Argument[];
  /** Names of variables that it sets, for itself or for what follows. */
  readonly sets: readonly string[];
  readonly redirects: readonly Redirect[];
}

export interface Redirect {
  readonly operator: string;
  readonly target: Argument | null;
  /** What a here-document or here-string feeds in; null where it is only known when it runs. */
  readonly fed: string | null;
}

export interface Parsed {
  readonly commands: readonly SimpleCommand[];
  /** What no shell would read as it stands, or what redefines names: then nothing that was found may be relied upon. */
  readonly isSound: boolean;
}

const charsMax = 100_000;
/** Other than a line's end, a tab and a space: what a terminal hides, turns round, puts on top of another or shows as a space. */
const hidden = /(?![\n\t ])[\p{C}\p{Z}\p{M}]/u;

export function parsedShell(source: string): Parsed {
  const text = source.replaceAll("\r\n", "\n");
  if (text.length > charsMax || hidden.test(text)) return { commands: [], isSound: false };
  const commands: SimpleCommand[] = [];
  let isSound = true;
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Script" && errorsOf(node) > 0) isSound = false;
    if (node.type === "Function" || node.type === "Coproc") isSound = false;
    if (node.type === "Command") commands.push(simple(node));
    // What a loop or a group writes to belongs to no command in it.
    if (node.type === "Redirected") {
      commands.push({ words: [], sets: [], redirects: node.redirects.map(redirect) });
    }
    if (node.type === "For" || node.type === "Select") {
      commands.push({ words: [], sets: [node.name.value], redirects: [] });
    }
    forEachChild(node, visit);
  };
  visit(parse(text));
  return { commands, isSound };
}

function errorsOf(script: Script): number {
  return "errors" in script && Array.isArray(script.errors) ? script.errors.length : 0;
}

function simple(command: Command): SimpleCommand {
  const { name, prefix, args, redirects } = command;
  const words = name === undefined ? [] : [argument(name)];
  for (const each of args) {
    words.push(
      each.type === "Word" ? argument(each) : { text: each.text, isLiteral: true, isOpen: false },
    );
  }
  const sets = prefix.flatMap((each) => (each.type === "Assignment" ? [each.name] : []));
  return { words, sets, redirects: redirects.map(redirect) };
}

function redirect(each: Redirection): Redirect {
  switch (each.type) {
    case "Redirect":
      return {
        operator: each.operator,
        target: each.target === undefined ? null : argument(each.target),
        fed: null,
      };
    case "HereString": {
      const target = each.target === undefined ? null : argument(each.target);
      return { operator: "<<<", target, fed: target?.isLiteral === true ? target.text : null };
    }
    case "HereDoc": {
      const isPlain = each.delimiter?.quoted === true || (each.body.parts ?? []).length === 0;
      return { operator: "<<", target: null, fed: isPlain ? each.body.text : null };
    }
  }
}

function argument(word: Word): Argument {
  const parts = word.parts ?? [];
  const open = parts[0];
  return {
    text: word.value,
    isLiteral: parts.every(isFixed),
    isOpen: open !== undefined && word.pos === open.pos && !isFixed(open),
  };
}

function isFixed(part: SyntaxNode): boolean {
  if (part.type === "DoubleQuoted" || part.type === "LocaleString")
    return part.parts.every(isFixed);
  return part.type === "Literal" || part.type === "SingleQuoted" || part.type === "AnsiCQuoted";
}
