/** Structured logs on standard error, with whatever looks like a token struck out. */

import { destination, pino } from "pino";
import type { Logger } from "pino";
import { errorTrace, errorWords } from "../error-words.ts";

export type Log = Logger;

/**
 * Tokens of Slack, GitHub and OpenAI, bearer headers, passwords inside URLs, addresses that are secrets themselves.
 * A line of JSON writes a line break as \n, so that the letter before a token may belong to an escape.
 */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/(?<=\b|_|\\[bfnrt])x(?:ox[a-z]|app|wfp)-[\w-]{6,}/g, "[slack token]"],
  [/(?<=\b|_|\\[bfnrt])(?:gh[pousr]_\w{16,}|github_pat_\w{16,})/g, "[github token]"],
  [/(?<=\b|_|\\[bfnrt])sk-[\w-]{16,}/g, "[model key]"],
  [/(?<=\b|_|\\[bfnrt])(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 [token]"],
  [/(\w+:\/\/[^\s:/@"]*):[^\s"]+@/g, "$1:[password]@"],
  [/(\bhooks\.slack\.com)\/[^\s"\\]+/g, "$1/[secret]"],
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    "[private key]",
  ],
];

export function scrub(text: string): string {
  return secrets.reduce((line, [pattern, instead]) => line.replace(pattern, instead), text);
}

/** On a terminal a line a person can read, else a line of JSON. */
export function openLog(level: string, isTerminal: boolean): Log {
  const out = destination({ fd: 2, sync: true });
  const write = (line: string): void => {
    out.write(scrub(isTerminal ? readable(line) : line));
  };
  const serializers = { err: (error: unknown) => written(error) };
  const timestamp = pino.stdTimeFunctions.isoTime;
  return pino({ level, base: null, timestamp, serializers }, { write });
}

/** Only what is known to hold no value: drivers and clients hang all that they were asked with on their errors. */
function written(error: unknown) {
  const code = error instanceof Error && "code" in error ? { code: error.code } : {};
  return { message: errorWords(error), stack: errorTrace(error), ...code };
}

const levels: Readonly<Record<number, string>> = { 40: "warn: ", 50: "error: ", 60: "fatal: " };

function readable(line: string): string {
  const { time, level, msg, err, ...rest }: Record<string, unknown> = JSON.parse(line);
  const clock = String(time).slice(11, 19);
  const said = `${levels[Number(level)] ?? ""}${String(msg)}`;
  const details = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const stack =
    typeof err === "object" && err !== null ? `\n${String(Reflect.get(err, "stack"))}` : "";
  return `${clock} ${said}${details.join("")}${stack}\n`;
}
