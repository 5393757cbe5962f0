/** Programs that run another: what they run, as words or as a shell's text. */

import { found, fromInput, type Inside } from "./many.ts";
import { has, parted, valuesOf } from "./options.ts";
import { harmless } from "./program-lists.ts";
import type { Argument } from "./shell.ts";

/** Options of each that take a value; what follows them is the command. */
const plain: Readonly<Record<string, string>> = {
  sudo: "-u -g -h -p -C -T -U -r -t",
  doas: "-u",
  nice: "-n --adjustment",
  ionice: "-c -n -p --class --classdata",
  nohup: "",
  setsid: "",
  stdbuf: "-i -o -e --input --output --error",
  time: "-f -o",
  command: "",
  builtin: "",
  exec: "",
  unbuffer: "",
  caffeinate: "",
  linux64: "",
};

/** null: it runs nothing else. */
export function insideOf(program: string, words: readonly Argument[]): Inside | null {
  const valued = plain[program];
  if (valued !== undefined) return wrapped(program, words, valued.split(" "));
  switch (program) {
    case "env":
      return environment(words);
    case "strace":
    case "ltrace":
      return traced(words);
    case "timeout":
      return afterFirst(words, ["-s", "--signal", "-k", "--kill-after"]);
    case "watch":
      return asText(
        parted(words, { valued: ["-n", "--interval", "-d", "-q"], stopsAtRest: true }).rest,
      );
    case "xargs":
      return fromInput(words);
    case "find":
      return found(words);
    case "sh":
    case "bash":
    case "dash":
    case "ash":
    case "zsh":
    case "ksh":
      return shell(words);
    case "eval":
      return asText(words);
    case "ssh":
      return remote(words);
    case "nsenter":
      return after(words, "-t --target -r --root -w --wd -S --setuid -G --setgid".split(" "));
    case "chroot":
      return afterFirst(words, []);
    default:
      return null;
  }
}

function wrapped(program: string, words: readonly Argument[], valued: readonly string[]): Inside {
  const parts = parted(words, { valued, stopsAtRest: true });
  const rest = parts.behind ?? parts.rest;
  const isQuestion =
    (program === "command" && has(parts, "-v", "-V")) ||
    (program === "sudo" && has(parts, "-l", "-v", "-k"));
  if (isQuestion) return { words: [{ text: "true", isLiteral: true, isOpen: false }] };
  if (program === "sudo" && has(parts, "-e", "-i", "-s", "--edit", "--login", "--shell")) {
    return rest.length === 0 || has(parts, "-e", "--edit") ? "unknown" : asText(rest);
  }
  if (rest.length === 0)
    return program === "exec"
      ? { words: [{ text: "true", isLiteral: true, isOpen: false }] }
      : "unknown";
  return withoutSettings(rest);
}

function after(words: readonly Argument[], valued: readonly string[]): Inside {
  const { rest, behind } = parted(words, { valued, stopsAtRest: true });
  const inner = behind ?? rest;
  return inner.length === 0 ? "unknown" : { words: inner };
}

function afterFirst(words: readonly Argument[], valued: readonly string[]): Inside {
  const { rest, behind } = parted(words, { valued, stopsAtRest: true });
  const inner = [...rest, ...(behind ?? [])].slice(1);
  return inner.length === 0 ? "unknown" : { words: inner };
}

/** Attached to a process it only watches; a program behind it is run. */
function traced(words: readonly Argument[]): Inside | null {
  const valued = "-e -p -s -S -u -E -P -O -a -X -o -I -b --trace --attach --output".split(" ");
  const parts = parted(words, { valued, stopsAtRest: true });
  const inner = parts.behind ?? parts.rest;
  if (inner.length === 0) return null;
  return has(parts, "-o", "--output") ? "unknown" : { words: inner };
}

/** `sudo A=b program`: settings before the program. */
function withoutSettings(words: readonly Argument[]): Inside {
  const from = words.findIndex(({ text }) => !/^\w+=/.test(text));
  const settings = from < 0 ? words : words.slice(0, from);
  if (!settings.every(({ text }) => harmless.test(text.replace(/=[\s\S]*/, "")))) return "unknown";
  return from < 0 ? "unknown" : { words: words.slice(from) };
}

function environment(words: readonly Argument[]): Inside {
  const parts = parted(words, { valued: ["-u", "--unset", "-C", "--chdir"], stopsAtRest: true });
  if (has(parts, "-S", "--split-string")) return "unknown";
  const rest = parts.behind ?? parts.rest;
  if (rest.length === 0) return { words: [{ text: "printenv", isLiteral: true, isOpen: false }] };
  return withoutSettings(rest);
}

function asText(words: readonly Argument[]): Inside {
  if (words.length === 0 || words.some(({ isLiteral }) => !isLiteral)) return "unknown";
  return { text: words.map(({ text }) => text).join(" ") };
}

function shell(words: readonly Argument[]): Inside {
  const at = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  const before = words.slice(0, Math.max(0, at));
  const text = words[at + 1];
  if (
    at < 0 ||
    text?.isLiteral !== true ||
    before.some((word) => !/^-[a-z]+$|^--(?:noprofile|norc|login|posix)$/.test(word.text))
  ) {
    const isVersion = words.length === 1 && words[0]?.text === "--version";
    return isVersion ? { words: [{ text: "true", isLiteral: true, isOpen: false }] } : "unknown";
  }
  return { text: text.text };
}

function remote(words: readonly Argument[]): Inside {
  const parts = parted(words, {
    valued: "-i -l -p -F -J -o -b -c -D -e -E -I -L -m -O -Q -R -S -w -W".split(" "),
    stopsAtRest: true,
  });
  if (
    valuesOf(parts, "-o").some((value) => /command/i.test(value)) ||
    has(parts, "-F", "-L", "-R", "-D")
  )
    return "unknown";
  const [host, ...rest] = parts.rest;
  if (host?.isLiteral !== true && host?.isOpen !== false) return "unknown";
  return asText(parts.behind ?? rest);
}
