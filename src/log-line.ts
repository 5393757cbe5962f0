/** What one raw log line says: when, how bad, what. JSON and logfmt lines are told by their message. */

import { redact } from "./redaction/redact.ts";

export interface ReadLine {
  /** Unix seconds; null where the line has no date of its own. */
  readonly at: number | null;
  /** As the line writes it, in lower case. */
  readonly level?: string;
  /** Without the time and the level at its beginning, which are the same in every line; secrets are struck out. */
  readonly text: string;
}

/** Characters; the engine reads fewer, and says so. */
const textMax = 1_000;
/** Of a longer line the rest is not looked at. */
const lineCharsMax = 100_000;
const messageKeys = ["msg", "message", "event", "body", "log"];
const levelKeys = ["level", "severity", "lvl", "loglevel", "log.level"];
const timeKeys = ["time", "ts", "timestamp", "@timestamp", "at"];
const levelWord =
  "trace|debug|info|notice|warn|warning|err|error|crit|critical|alert|emerg|fatal|panic";
const bare = new RegExp(`^[\\s[(<]*(${levelWord})[\\])>:]*(?=\\s|$)[\\s:-]*`, "i");
const assigned = new RegExp(`(?:^|[\\s,])(?:level|lvl|severity)=["']?(${levelWord})\\b`, "i");
const dated =
  /^[\s[(]*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) ?(Z|UTC|[+-]\d\d:?\d\d)?[\])]?(?=\s|$)[\s:-]*/i;

/** Never throws, whatever it is given. */
export function readLine(raw: string): ReadLine {
  const line = raw.slice(0, lineCharsMax).trim();
  const object = line.startsWith("{") ? objectOf(line) : null;
  return object === null ? plain(line) : structured(object, line);
}

function plain(line: string): ReadLine {
  const stamp = dated.exec(line);
  const afterTime = stamp === null ? line : line.slice(stamp[0].length);
  const word = bare.exec(afterTime);
  const text = word === null ? afterTime : afterTime.slice(word[0].length);
  const level = word?.[1] ?? assigned.exec(afterTime)?.[1];
  const message = assigned.test(afterTime) ? /(?:^|\s)msg="((?:[^"\\]|\\.)*)"/.exec(text)?.[1] : "";
  return toldOf(stamp === null ? null : timeOf(stamp), level, message || text || line);
}

function structured(object: Readonly<Record<string, unknown>>, line: string): ReadLine {
  const first = (keys: readonly string[]) => keys.map((key) => object[key]).find(isSimple);
  const text = first(messageKeys);
  const { error, err } = object;
  const reason = [error, err].find((each) => typeof each === "string");
  const words = [text, reason].filter((each) => each !== undefined && each !== "").join(": ");
  return toldOf(instantOf(first(timeKeys)), levelOf(first(levelKeys)), words || line);
}

/** Struck out before it is cut, so that no half of a secret is left; of what goes far beyond the limit nothing is shown. */
function shownOf(text: string): string {
  return redact(text.slice(0, 2 * textMax), { emails: true }).slice(0, textMax);
}

function toldOf(at: number | null, level: string | undefined, text: string): ReadLine {
  const told = { at, text: shownOf(text) };
  return level === undefined ? told : { ...told, level: level.toLowerCase() };
}

function isSimple(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

function objectOf(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Pino and Bunyan write levels as numbers. */
function levelOf(level: string | number | undefined): string | undefined {
  if (typeof level !== "number") return level;
  if (level >= 60) return "fatal";
  return level >= 50 ? "error" : level >= 40 ? "warn" : level >= 30 ? "info" : "debug";
}

/** Without a zone it is UTC. */
function timeOf([, date = "", time = "", zone = "Z"]: RegExpExecArray): number | null {
  const offset = /^utc$/i.test(zone) ? "Z" : zone.replace(/^([+-]\d\d):?(\d\d)$/, "$1:$2");
  return instantOf(`${date}T${time.replace(",", ".")}${offset.toUpperCase()}`);
}

/** A number is seconds, milliseconds, microseconds or nanoseconds by its size. */
function instantOf(value: string | number | undefined): number | null {
  if (value === undefined) return null;
  if (typeof value === "string") {
    const ms = Date.parse(value);
    return Number.isFinite(ms) ? ms / 1_000 : null;
  }
  for (const perSecond of [1, 1e3, 1e6, 1e9]) {
    const seconds = value / perSecond;
    if (seconds > 1e8 && seconds < 1e10) return seconds;
  }
  return null;
}
