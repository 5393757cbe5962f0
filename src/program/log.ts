/** Structured logs on standard error, with whatever looks like a token struck out. */

import { destination, pino } from "pino";
import type { Logger } from "pino";
import { errorTrace, errorWords } from "../error-words.ts";
import { redact } from "../redaction/redact.ts";

export type Log = Logger;

/** On a terminal a line a person can read, else a line of JSON. */
export function openLog(level: string, isTerminal: boolean): Log {
  const out = destination({ fd: 2, sync: true });
  const write = (line: string): void => {
    out.write(redact(isTerminal ? readable(line) : line));
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
