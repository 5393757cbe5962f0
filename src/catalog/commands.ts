/** Whether a shell text would run a forbidden command; in doubt it says yes, for a rule must not leak. */

/** Quotes within quotes deeper than this are searched as plain words. */
const depthMax = 8;

/**
 * True where the text names the program and, before the next command begins, the words after it in their order,
 * whatever stands between: `kubectl -n shop delete pod x` runs ["kubectl", "delete"]. Case is ignored, a program's
 * folder too. Wrappers (sudo, xargs, sh -c "…", kubectl exec … --, $(…)) do not hide a command, and neither do quotes.
 */
export function runsCommand(text: string, words: readonly string[], depth = 0): boolean {
  const [program, ...rest] = words.map((word) => word.toLowerCase());
  if (program === undefined) return false;
  if (depth >= depthMax) return holdsInOrder(plainWords(text), program, rest);
  return simpleCommands(text).some(
    (command) =>
      holdsInOrder(command.map(bare), program, rest) ||
      command.some((word) => /[\s;|&()<>`]/.test(word) && runsCommand(word, words, depth + 1)),
  );
}

function holdsInOrder(
  command: readonly string[],
  program: string,
  rest: readonly string[],
): boolean {
  return command.some((word, index) => {
    if (word !== program) return false;
    let from = index + 1;
    return rest.every((wanted) => {
      const found = command.indexOf(wanted, from);
      from = found + 1;
      return found >= 0;
    });
  });
}

function bare(word: string): string {
  return word.replace(/^.*\//, "").toLowerCase();
}

function plainWords(text: string): string[] {
  return text
    .split(/[\s;|&()<>`'"\\]+/)
    .filter((word) => word !== "")
    .map(bare);
}

/** The commands of a shell text as lists of words, quotes and backslashes taken off. */
function simpleCommands(text: string): string[][] {
  const commands: string[][] = [[]];
  for (const [token, separator] of tokens(text)) {
    if (separator) commands.push([]);
    else commands.at(-1)?.push(token);
  }
  return commands;
}

/**
 * Words and separators. Parentheses, backquotes and redirections only end a word, so that what they enclose still
 * belongs to the command around it as well; a quote that is never closed runs to the end and is searched from within.
 */
function* tokens(text: string): Generator<readonly [word: string, isSeparator: boolean]> {
  const piece =
    /\\\r?\n|\\(?<escaped>[\s\S])|'(?<single>[^']*)(?:'|$)|"(?<double>(?:\\[\s\S]|[^"\\])*)(?:"|\\?$)|(?<space>[ \t\r()<>`]+)|(?<end>[\n;|&]+)|(?<plain>[^\s\\'"()<>`;|&]+|[\s\S])/g;
  let word: string | null = null;
  for (const { groups } of text.matchAll(piece)) {
    if (groups === undefined) continue;
    const end = groups["end"] !== undefined;
    if (end || groups["space"] !== undefined) {
      if (word !== null) yield [word, false];
      word = null;
      if (end) yield ["", true];
    } else {
      const double = groups["double"]?.replaceAll(/\\([\\"$`\n])/g, "$1");
      word =
        (word ?? "") + (groups["escaped"] ?? groups["single"] ?? double ?? groups["plain"] ?? "");
    }
  }
  if (word !== null) yield [word, false];
}
