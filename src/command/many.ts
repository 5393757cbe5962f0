/** What xargs and find run: a command for each of many things. */

import { parted, valuesOf } from "./options.ts";
import type { Argument } from "./shell.ts";

/** What a program runs: words as they stand, or a shell's text. */
export type Inside =
  | { readonly words: readonly Argument[] }
  | { readonly text: string }
  | "unknown";

/** What the input adds stands behind, and could be anything but the program. */
export function fromInput(words: readonly Argument[]): Inside {
  const parts = parted(words, {
    valued: [
      "-I",
      "-n",
      "-P",
      "-L",
      "-d",
      "-s",
      "-E",
      "-a",
      "--max-args",
      "--max-procs",
      "--delimiter",
      "--replace",
      "--arg-file",
    ],
    stopsAtRest: true,
  });
  const rest = parts.behind ?? parts.rest;
  const input = { text: "x", isLiteral: false, isOpen: true };
  if (rest.length === 0) return { words: [{ text: "echo", isLiteral: true, isOpen: false }] };
  const mark = valuesOf(parts, "-I")[0];
  if (mark === undefined || mark === "") return { words: [...rest, input] };
  // Where the input becomes part of a shell's text, nobody knows what runs.
  if (
    rest.some(({ text }) => /\s/.test(text) && text.includes(mark)) &&
    /^(?:(?:ba|da|z|k|a)?sh|eval|ssh)$/.test(rest[0]?.text ?? "")
  )
    return "unknown";
  return {
    words: rest.map((word) =>
      word.text.includes(mark)
        ? { ...word, isLiteral: false, isOpen: word.text.startsWith(mark) }
        : word,
    ),
  };
}

/** Alone it only looks; -delete and -fprint write, -exec runs something. */
export function found(words: readonly Argument[]): Inside {
  if (words.some(({ text }) => /^-(?:delete|fprint\w*|fls|ok|okdir)$/.test(text)))
    return { words: [{ text: "rm", isLiteral: true, isOpen: false }] };
  const at = words.findIndex(({ text }) => text === "-exec" || text === "-execdir");
  const isOpen = words.some(
    (word, index) =>
      word.isOpen &&
      index > 0 &&
      !/^-(?:i?name|i?path|i?regex|newer|size|mtime|mmin|user|type)$/.test(
        words[index - 1]?.text ?? "",
      ),
  );
  if (isOpen) return "unknown";
  if (at < 0) return { words: [{ text: "ls", isLiteral: true, isOpen: false }] };
  const behind = words.slice(at + 1);
  const end = behind.findIndex(({ text }) => text === ";" || text === "+");
  if (behind.slice(end + 1).some(({ text }) => text.startsWith("-exec"))) return "unknown";
  const inner = end < 0 ? [] : behind.slice(0, end);
  return inner.length === 0
    ? "unknown"
    : {
        words: inner.map((word) =>
          word.text === "{}" ? { ...word, isLiteral: false, isOpen: true } : word,
        ),
      };
}
