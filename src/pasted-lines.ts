/** The log lines in what somebody pasted or shared: several lines, some of which tell a time or a level. */

import { readLine } from "./log-line.ts";
import type { ReadLine } from "./log-line.ts";

const linesMin = 2;
/** Of one message. */
const pastedLinesMax = 500;
/** Of the lines together; the rest may be frames of a stack or wrapped ends. */
const toldShareMin = 1 / 3;

/** In their order; lines that begin with space belong to the one before and are not read. */
export function pastedLines(text: string): readonly ReadLine[] {
  const parts = text.split("```");
  const blocks = parts.filter((_part, index) => index % 2 === 1 && index < parts.length - 1);
  return blocks.flatMap(linesOf).slice(0, pastedLinesMax);
}

function linesOf(block: string): readonly ReadLine[] {
  const read = rawLines(block).map(readLine);
  return isLog(read) ? read : [];
}

export function rawLines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "" && !/^\s/.test(line));
}

/** Whether these are lines of a log, and not any text. */
export function isLog(lines: readonly ReadLine[]): boolean {
  const told = lines.filter(({ at, level }) => at !== null || level !== undefined);
  return lines.length >= linesMin && told.length >= lines.length * toldShareMin;
}
