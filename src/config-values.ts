/** How one setting is read and checked; what makes no sense becomes a problem with its mend. */

export interface Problem {
  readonly variable: string;
  /** The shape that is wanted and the mend. */
  readonly mend: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Asking {
  /** Reads a value, or the file that `<NAME>_FILE` names; undefined: neither is set. */
  readonly value: (name: string) => string | undefined;
  readonly problem: (variable: string, mend: string) => void;
}

function valueOf(
  env: Environment,
  name: string,
  read: (path: string) => string,
  problems: Problem[],
): string | undefined {
  const direct = env[name]?.trim();
  const path = env[`${name}_FILE`]?.trim();
  if (direct && path) {
    problems.push({ variable: name, mend: `is set and so is ${name}_FILE. Keep one of them.` });
  }
  if (direct) return direct;
  if (!path) return undefined;
  try {
    return read(path).trim() || undefined;
  } catch {
    problems.push({ variable: `${name}_FILE`, mend: `names ${path}, which cannot be read.` });
    return undefined;
  }
}

/** What is wrong is added to `problems`; `read` reads a file, and throws where it cannot. */
export function askingOf(
  env: Environment,
  read: (path: string) => string,
  problems: Problem[],
): Asking {
  return {
    value: (name) => valueOf(env, name, read, problems),
    problem: (variable, mend) => void problems.push({ variable, mend }),
  };
}

export function portOf({ value, problem }: Asking): number {
  const text = value("PORT") ?? "3000";
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  problem("PORT", `must be a number from 0 to 65535; it is "${text}".`);
  return 3000;
}

/** Also for the names of servers: a URL of one of the protocols, without a trailing slash unless it has a path. */
export function urlOf(
  { value, problem }: Asking,
  name: string,
  protocols: readonly string[],
): string | null {
  const text = value(name);
  if (text === undefined) return null;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  problem(name, `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(" or ")}.`);
  return null;
}

export function patternOf({ value, problem }: Asking): RegExp {
  const text = value("INCIDENT_CHANNELS") ?? "^inc(ident)?-";
  try {
    return new RegExp(text, "u");
  } catch {
    problem("INCIDENT_CHANNELS", `must be a regular expression such as ^inc-; it is "${text}".`);
    return /^$/;
  }
}

const unitMs: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
]);
const dayMs = 24 * 3_600_000;

/** Milliseconds; written as Prometheus writes a duration of one unit: 90s, 30m, 2h. From a second to a day. */
export function durationMsOf({ value, problem }: Asking, name: string, usual: string): number {
  const text = value(name) ?? usual;
  const [, count = "", unit = ""] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs.get(unit) ?? 0);
  if (ms >= 1_000 && ms <= dayMs) return ms;
  problem(name, `must be a time from 1s to 24h such as 90s, 30m or 2h; it is "${text}".`);
  return dayMs;
}

const daysMax = 3_650;

/** Whole days, from one to ten years. */
export function daysOf({ value, problem }: Asking, name: string, usual: string): number {
  const text = value(name) ?? usual;
  const days = Number(text);
  if (/^\d{1,4}$/.test(text) && days >= 1 && days <= daysMax) return days;
  problem(name, `must be a number of days from 1 to ${daysMax}; it is "${text}".`);
  return daysMax;
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

export type LogLevel = (typeof logLevels)[number];

export function logLevelOf({ value, problem }: Asking): LogLevel {
  const text = value("LOG_LEVEL") ?? "info";
  const level = logLevels.find((known) => known === text);
  if (level === undefined) problem("LOG_LEVEL", `must be one of ${logLevels.join(", ")}.`);
  return level ?? "info";
}

export function isLoopback(host: string): boolean {
  return (
    host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host)
  );
}
