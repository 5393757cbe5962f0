/** The servers among the settings: PROMETHEUS_URL, PROMETHEUS_URL_<NAME>, LOKI_URL and the like, SOURCE_URLS, where runbooks are, and how to reach them. */

import { urlOf } from "./config-values.ts";
import type { Asking } from "./config-values.ts";

interface NamedServer {
  /** "" for the unnamed one; `main` for PROMETHEUS_URL_MAIN. */
  readonly key: string;
  readonly url: string;
  readonly bearerToken?: string;
  readonly username?: string;
  readonly password?: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ServerSettings {
  readonly prometheis: readonly NamedServer[];
  readonly lokis: readonly NamedServer[];
  /** Adapters to any other vendor. */
  readonly sourceUrls: readonly string[];
  /** Where runbooks may be read beside what the catalog links; these also within a private network. */
  readonly runbookOrigins: readonly string[];
}

/** `names`: of all variables that are set. */
export function serverSettings(names: readonly string[], asking: Asking): ServerSettings {
  return {
    prometheis: namedServers("PROMETHEUS_URL", names, asking),
    lokis: namedServers("LOKI_URL", names, asking),
    sourceUrls: sourceUrls(asking),
    runbookOrigins: runbookOrigins(asking),
  };
}

const suffix = /_(BEARER_TOKEN|USERNAME|PASSWORD|HEADERS)(_FILE)?$/;

/** `variable`: PROMETHEUS_URL or LOKI_URL. */
function namedServers(
  variable: "PROMETHEUS_URL" | "LOKI_URL",
  names: readonly string[],
  asking: Asking,
): NamedServer[] {
  const urls = new Set(
    names
      .filter((name) => name === variable || name.startsWith(`${variable}_`))
      .filter((name) => !suffix.test(name))
      .map((name) => name.replace(/_FILE$/, "")),
  );
  for (const name of names.filter((each) => each.startsWith(`${variable}_`) && suffix.test(each))) {
    const [url, lone] = [name.replace(suffix, ""), name.replace(/_FILE$/, "")];
    if (!urls.has(url) && asking.value(lone) !== undefined) {
      asking.problem(lone, `is set, but ${url} is not. Set both or neither.`);
    }
  }
  return [...urls].toSorted().flatMap((name) => {
    const url = urlOf(asking, name, ["http:", "https:"]);
    if (url === null) return [];
    const bearerToken = asking.value(`${name}_BEARER_TOKEN`);
    const username = asking.value(`${name}_USERNAME`);
    const password = asking.value(`${name}_PASSWORD`);
    return [
      {
        key: name.slice(variable.length + 1).toLowerCase(),
        url,
        headers: headersOf(asking, `${name}_HEADERS`),
        ...(bearerToken === undefined ? {} : { bearerToken }),
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      },
    ];
  });
}

/** The adapters that SOURCE_URLS lists, each once. */
function sourceUrls({ value, problem }: Asking): readonly string[] {
  const listed = (value("SOURCE_URLS") ?? "").split(",").map((each) => each.trim());
  const urls = [...new Set(listed.filter((each) => each !== ""))];
  if (urls.every(isUrl)) return urls;
  problem(
    "SOURCE_URLS",
    'must look like "http://adapter:9100/, https://other.example.com/source".',
  );
  return [];
}

/** Each once, as URLs write them: in lower case, without the usual port. */
function runbookOrigins({ value, problem }: Asking): readonly string[] {
  const listed = (value("RUNBOOK_ORIGINS") ?? "").split(",").map((each) => each.trim());
  const named = listed.filter((each) => each !== "");
  if (named.every(isOrigin)) return [...new Set(named.map((each) => new URL(each).origin))];
  problem(
    "RUNBOOK_ORIGINS",
    'must look like "https://wiki.example.com, http://10.0.0.5:8080": scheme, host and port alone.',
  );
  return [];
}

function isOrigin(text: string): boolean {
  if (!isUrl(text)) return false;
  const { pathname, search, hash, username } = new URL(text);
  return `${pathname}${search}${hash}${username}` === "/";
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

/** "X-Scope-OrgID: shop, X-Other: 1" */
function headersOf({ value, problem }: Asking, name: string): Record<string, string> {
  const text = value(name);
  if (text === undefined) return {};
  const pairs = text.split(",").map((pair) => {
    const colon = pair.indexOf(":");
    return [pair.slice(0, Math.max(colon, 0)).trim(), pair.slice(colon + 1).trim()] as const;
  });
  if (pairs.some(([key, content]) => !/^[\w-]+$/.test(key) || content === "")) {
    problem(name, 'must look like "X-Scope-OrgID: shop, X-Other: 1".');
    return {};
  }
  return Object.fromEntries(pairs);
}
