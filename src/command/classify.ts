/** Whether a command, or SQL without a program before it, reads or changes something, told from its parse; whatever is not known is unknown (DESIGN §8). */

import { together, type CommandClass } from "./class.ts";
import { databaseClient } from "./database-clients.ts";
import { plainProgram } from "./plain-programs.ts";
import { harmless, powerful } from "./program-lists.ts";
import { classifyStatement } from "./raw-sql.ts";
import { parsedShell, type Argument, type Redirect, type SimpleCommand } from "./shell.ts";
import { runInside, subcommandProgram } from "./subcommands.ts";
import { insideOf } from "./wrappers.ts";

/** A shell within a shell within …; deeper is not known. */
const depthMax = 6;

const nowhere = /^\/dev\/(?:null|stdout|stderr|tty|fd\/[012])$/;

/** Never throws; the parser of SQL is loaded with the first statement that is asked about. */
export async function classifyCommand(text: string): Promise<CommandClass> {
  return (await classifyStatement(text)) ?? (await classOfShell(text, 0));
}

async function classOfShell(text: string, depth: number): Promise<CommandClass> {
  if (depth >= depthMax) return "unknown";
  const { commands, isSound } = parsedShell(text);
  const classes = await Promise.all(commands.map((command) => classOf(command, depth)));
  const all = together(classes);
  return all === "read-only" && (!isSound || isTangled(commands)) ? "unknown" : all;
}

/** It sets a variable and later hands it to a program as if it were a file or an option: what that is, nobody reads off. */
function isTangled(commands: readonly SimpleCommand[]): boolean {
  const names = commands.flatMap(({ sets }) => sets);
  const isUsed = ({ text, isLiteral, isOpen }: Argument) =>
    !isLiteral && isOpen && names.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(text));
  const isLoose = ({ words }: SimpleCommand) =>
    words.some(isUsed) && !takesAnything(words[0]?.text ?? "");
  return names.length > 0 && commands.some(isLoose);
}

/** Whatever stands behind these, they only print it or look at it. */
function takesAnything(program: string): boolean {
  return /^(?:echo|printf|test|\[|ls|cat|ps|grep|head|tail|kubectl|docker|ping|dig|host|nslookup|jstack|wc|seq|sleep|stat|du|df|jq|aws|lsof|pidstat|systemctl)$/.test(
    program,
  );
}

async function classOf(command: SimpleCommand, depth: number): Promise<CommandClass> {
  const { words, sets, redirects } = command;
  const around = redirects.map(classOfRedirect);
  const [name] = words;
  // What stands before a program is handed to it, and decides what it runs in more ways than are known here.
  const isSafe = (each: string) =>
    name === undefined ? !powerful.test(each) : harmless.test(each);
  if (!sets.every(isSafe)) around.push("unknown");
  if (name === undefined) return together([...around, "read-only"]);
  return together([...around, await classOfWords(words, redirects, depth)]);
}

function classOfRedirect({ operator, target }: Redirect): CommandClass {
  if (operator === "<<" || operator === "<<<") return "read-only";
  if (operator === "<")
    return /^\/dev\/(?:tcp|udp)\//.test(target?.text ?? "/dev/tcp/") ? "unknown" : "read-only";
  if (operator === "<&") return "read-only";
  if (operator === ">&" && /^(?:\d+-?|-)$/.test(target?.text ?? "")) return "read-only";
  return target?.isLiteral === true && nowhere.test(target.text) ? "read-only" : "state-changing";
}

async function classOfWords(
  words: readonly Argument[],
  redirects: readonly Redirect[],
  depth: number,
): Promise<CommandClass> {
  const [name, ...rest] = words;
  if (name?.isLiteral !== true || depth >= depthMax) return "unknown";
  const program = name.text.replace(/^(?:\/usr)?(?:\/local)?\/s?bin\//, "");
  const inside = insideOf(program, rest);
  if (inside !== null) {
    if (inside === "unknown") return "unknown";
    if ("text" in inside) return await classOfShell(inside.text, depth + 1);
    return await classOfWords(inside.words, redirects, depth + 1);
  }
  const there = runInside(program, rest);
  if (there !== null) {
    if (there === "shell") return "unknown";
    const [only] = there;
    const isLine = there.length === 1 && only !== undefined && /\s/.test(only.text);
    return isLine
      ? await classOfShell(only.text, depth + 1)
      : await classOfWords(there, redirects, depth + 1);
  }
  const fed = redirects.flatMap(({ operator, fed: text }) =>
    operator.startsWith("<<") ? [text] : [],
  );
  const database = await databaseClient(program, rest, fed);
  return database ?? subcommandProgram(program, rest) ?? plainProgram(program, rest) ?? "unknown";
}
