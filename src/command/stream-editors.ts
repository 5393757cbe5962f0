/** Programs of sed and awk, read as far as it takes to see that they only print. */

import type { CommandClass } from "./class.ts";
import { has, parted, valuesOf } from "./options.ts";
import type { Argument } from "./shell.ts";

/** Scripts that only print and replace on their way through. */
const sedReading =
  /^(?:(?:\d+|\$|\/(?:\\.|[^/\\])*\/)?(?:,(?:\d+|\$|\/(?:\\.|[^/\\])*\/))?!?[pdq=]|s(?<mark>[/|#,@:])(?:\\.|(?!\k<mark>)[^\\\n])*\k<mark>(?:\\.|(?!\k<mark>)[^\\\n])*\k<mark>[gpI0-9]*)(?:;\s*(?:\d+|\$)?[pdq])?$/;

export function sed(words: readonly Argument[]): CommandClass {
  const parts = parted(words, { valued: ["-e", "--expression", "-f", "--file", "-l"] });
  if (parts.options.some(({ name }) => name === "-i" || name.startsWith("--in-place")))
    return "state-changing";
  if (has(parts, "-f", "--file", "-s")) return "unknown";
  const scripts = valuesOf(parts, "-e", "--expression");
  const all = scripts.length > 0 ? scripts : [parts.rest[0]?.text ?? ""];
  return all.every((script) => sedReading.test(script.trim())) ? "read-only" : "unknown";
}

export function awk(words: readonly Argument[]): CommandClass {
  const parts = parted(words, { valued: ["-F", "-v"] });
  if (parts.options.some(({ name }) => !["-F", "-v"].includes(name))) return "unknown";
  const program = parts.rest[0]?.text ?? "";
  const writes = /system\s*\(|\||getline|@|print[^;}\n]*>/;
  return writes.test(program.replaceAll("||", " ")) ? "unknown" : "read-only";
}
