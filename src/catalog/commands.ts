/** Whether a shell text would run a forbidden command; in doubt it says yes, for a rule must not leak. */

import { parsedShell } from "../command/shell.ts";

/** What is not known yet, `kubectl -n <namespace> …`, is a word, and no file to read from. */
const gap = /<([a-z][\w-]*)>/gi;

/** A shell within a shell within … deeper than this is searched as plain words. */
const depthMax = 8;

/**
 * True where the text names the program and, before the next command begins, the words after it in their order,
 * whatever stands between: `kubectl -n shop delete pod x` runs ["kubectl", "delete"]. Case is ignored, a program's
 * folder too. Wrappers (sudo, xargs, sh -c "…", kubectl exec … --, $(…)) do not hide a command, and neither do quotes.
 */
export function runsCommand(text: string, words: readonly string[], depth = 0): boolean {
  const [program, ...rest] = words.map((word) => word.toLowerCase());
  if (program === undefined) return false;
  const { commands, isSound } = parsedShell(text.replaceAll(gap, "$1"));
  // What no shell would read is no reason to let it pass.
  if (!isSound || depth >= depthMax) return holdsInOrder(plainWords(text), program, rest);
  return commands.some((command) => {
    const said = command.words.map((word) => word.text);
    const fed = command.redirects.flatMap((redirect) => redirect.fed ?? []);
    const within = [...said.filter((word) => /[\s;|&()<>`]/.test(word)), ...fed];
    return (
      holdsInOrder(said.map(bare), program, rest) ||
      within.some((inner) => runsCommand(inner, words, depth + 1))
    );
  });
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
