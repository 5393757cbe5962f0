/** Commands that somebody pasted with what came of them, which tells of a deed without a word: "$ kubectl rollout undo deploy/checkout" and its output. */

import { isAboutAnother, type AboutService } from "./deed-clauses.ts";

const textCharsMax = 4_000;
const commandsMax = 10;
const prompt =
  /^\s*(?:&gt;\s*)?(?:[\w.-]+@[\w.-]+[\w:~/ .-]*|[\w-]+=)?\s?[$❯%#](?:&gt;)?\s+(?<command>[a-z./_][^\n]*)$/i;
/** Of a shell that says no. */
const refused =
  /^\s*(?:bash:|zsh:|sh:)|\b(?:error|errors?:|fatal|forbidden|unauthorized|permission denied|command not found|no such|not found|refused|timed out|timeout|cannot|can't|unable|failed|unknown (?:command|flag)|usage:)\b/i;
/** What stands around makes an order, a question or a quotation of it. */
const unmeant =
  /\?|\b(?:try|please|pls|should|could|can you|let's|lets|would|run this|run:|will|going to|next|don't|do not|before|if)\b/i;

/** "# ..." is a comment more often than a prompt. */
const isCommand = (line: string) => prompt.test(line) && !line.trimStart().startsWith("# ");

/** In lower case; only of commands with output that is no refusal, on the incident's service. */
export function commandsShown(text: string, about: AboutService): readonly string[] {
  const lines = text
    .slice(0, textCharsMax)
    .split("\n")
    .map((line) => line.replaceAll("```", "").trimEnd())
    .filter((line) => line.trim() !== "");
  if (!lines.some(isCommand)) return [];
  const words = lines.slice(0, lines.findIndex(isCommand)).join(" ");
  if (unmeant.test(words)) return [];
  return lines
    .slice(0, -1)
    .flatMap((line, index) => {
      const output = lines[index + 1] ?? "";
      const command = isCommand(line)
        ? prompt.exec(line)?.groups?.["command"]?.toLowerCase()
        : undefined;
      if (command === undefined || isCommand(output) || refused.test(output)) return [];
      return isAboutAnother(command, about) ? [] : [command];
    })
    .slice(0, commandsMax);
}
