/** Programs without subcommands: those that only read, those that change something, and by which options they differ. */

import type { CommandClass } from "./class.ts";
import { inspectors, type Judge } from "./inspectors.ts";
import { has, parted } from "./options.ts";
import { changing, list, powerful, reading, unless } from "./program-lists.ts";
import type { Argument } from "./shell.ts";
import { awk, sed } from "./stream-editors.ts";
import { curl, wget } from "./web-clients.ts";

const readers = new Set(reading);
const changers = new Set(changing);

/** null: no such program is known here. */
export function plainProgram(program: string, words: readonly Argument[]): CommandClass | null {
  if (
    /^(?:test|\[|let|printf|read|unset)$/.test(program) &&
    words.some(({ text, isLiteral }) => isLiteral && /\$\(|`/.test(text))
  )
    return "unknown";
  if (changers.has(program) || program.startsWith("mkfs.")) {
    const isHelp = words.length === 1 && /^(?:--help|--version)$/.test(words[0]?.text ?? "");
    return program === "tee" &&
      words.every(({ text }) => /^(?:-a|\/dev\/(?:null|stderr|stdout))$/.test(text))
      ? "read-only"
      : isHelp
        ? "read-only"
        : "state-changing";
  }
  const judge = exact[program];
  const limits = unless[program];
  if (judge === undefined && limits === undefined) return readers.has(program) ? "read-only" : null;
  if (words.some(({ isOpen, isLiteral, text }) => isOpen || (!isLiteral && text.startsWith("-")))) {
    return readsOpen(program, words) ? "read-only" : "unknown";
  }
  if (limits !== undefined) {
    const [options, valued = ""] = limits;
    if (has(parted(words, { valued: list(valued) }), ...list(options))) return "state-changing";
  }
  return judge === undefined ? "read-only" : judge(words);
}

/** A file, an address or a number from a variable is usual for these, if every option is written out before it. */
function readsOpen(program: string, words: readonly Argument[]): boolean {
  if (!["journalctl", "ss", "sort", "less", "top", "strace", "jmap", "jcmd"].includes(program))
    return false;
  const fixed = words.map((word) =>
    word.isOpen ? { text: "x", isLiteral: true, isOpen: false } : word,
  );
  return (
    plainProgram(program, fixed) === "read-only" &&
    words.every(({ isLiteral, text }) => isLiteral || !text.startsWith("-"))
  );
}

/** Their further words must be fixed: a later option would change what they do. */
const exact: Readonly<Record<string, Judge>> = {
  ...inspectors,
  sed,
  awk,
  gawk: awk,
  mawk: awk,
  curl,
  wget,
  uniq: (words) =>
    parted(words, { valued: ["-f", "-s", "-w"] }).rest.length > 1 ? "state-changing" : "read-only",
  date: (words) =>
    parted(words, { valued: ["-d", "--date", "-r"] }).rest.every(({ text }) => text.startsWith("+"))
      ? "read-only"
      : "state-changing",
  hostname: (words) => (parted(words).rest.length > 0 ? "state-changing" : "read-only"),
  route: (words) => (parted(words).rest.length > 0 ? "state-changing" : "read-only"),
  sysctl: (words) =>
    has(parted(words), "-w", "-p", "--write", "--load", "--system") ||
    words.some(({ text }) => text.includes("="))
      ? "state-changing"
      : "read-only",
  mount: (words) =>
    words.length === 0 || (words.length === 2 && words[0]?.text === "-t")
      ? "read-only"
      : "state-changing",
  crontab: (words) =>
    has(parted(words, { valued: ["-u"] }), "-l") && !has(parted(words), "-r", "-e")
      ? "read-only"
      : "state-changing",
  ulimit: (words) => (parted(words).rest.length > 0 ? "state-changing" : "read-only"),
  umask: (words) => (parted(words).rest.length > 0 ? "state-changing" : "read-only"),
  nc: (words) =>
    has(parted(words, { valued: ["-w", "-p", "-s"] }), "-z") &&
    !has(parted(words), "-e", "-c", "-l")
      ? "read-only"
      : "unknown",
  xxd: (words) =>
    parted(words, { valued: ["-l", "-s", "-c", "-g"] }).rest.length > 1
      ? "state-changing"
      : "read-only",
  less: (words) =>
    words.some(({ text }) => text.startsWith("+") && /[!|]/.test(text)) ? "unknown" : "read-only",
  more: (words) =>
    words.some(({ text }) => text.startsWith("+") && /[!|]/.test(text)) ? "unknown" : "read-only",
  export: (words) =>
    words.every(({ text }) => /^(?:[A-Za-z_]\w*(?:=[\s\S]*)?|-p)$/.test(text)) &&
    !words.some(({ text }) => powerful.test(text.replace(/=[\s\S]*/, "")))
      ? "read-only"
      : "unknown",
  printf: (words) => (words[0]?.text === "-v" ? "unknown" : "read-only"),
  read: (words) => (words.some(({ text }) => powerful.test(text)) ? "unknown" : "read-only"),
};
