/** A server that answers as the Loki HTTP API is documented to, from lines that a test gives it. */

import type { ServerResponse } from "node:http";
import type { Window } from "../../../src/flows/ports.ts";
import { json, type Asked, type Behave } from "../odd-server.ts";

export const onset = new Date("2026-11-23T14:02:00Z");
const minutes = (count: number): Date => new Date(onset.getTime() + count * 60_000);
export const window: Window = { from: minutes(-60), onset, to: minutes(5) };

export interface Written {
  /** Seconds after the onset. */
  readonly at: number;
  readonly line: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Shelf {
  /** By selector, as it is asked for. */
  readonly lines: Readonly<Record<string, readonly Written[]>>;
  /** Label → its values. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
}

export function loki({ lines, labels = {} }: Shelf): Behave {
  return (asked, response) => {
    const { path, parameters } = asked;
    const label = /^\/loki\/api\/v1\/label\/(\w+)\/values$/.exec(path)?.[1];
    if (label !== undefined) return json(response, success(labels[label]));
    if (path === "/loki/api/v1/labels") return json(response, success(Object.keys(labels)));
    // The build page has no envelope.
    if (path === "/loki/api/v1/status/buildinfo") return json(response, { version: "3.1.0" });
    const query = parameters.get("query") ?? "";
    const selector = Object.keys(lines).find((each) => query.includes(each));
    const own = selector === undefined ? [] : (lines[selector] ?? []);
    if (path === "/loki/api/v1/query") return count(own.length, response);
    return range(own, asked, response);
  };
}

/** `data` is left away where there is nothing. */
function success(data: unknown): object {
  return { status: "success", ...(data === undefined ? {} : { data }) };
}

function count(total: number, response: ServerResponse): void {
  const result = [{ metric: {}, value: [onset.getTime() / 1000, `${total}`] }];
  json(response, success({ resultType: "vector", result, stats: {} }));
}

function range(lines: readonly Written[], { parameters }: Asked, response: ServerResponse): void {
  const [start, end] = ["start", "end"].map((name) => BigInt(parameters.get(name) ?? "0"));
  const limit = Number(parameters.get("limit") ?? "100");
  if (limit > 5_000) {
    response.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
    response.end("max entries limit per query exceeded, limit > max_entries_limit_per_query\n");
    return;
  }
  const pattern = /\|~ `\(\?i\)(.*)`/.exec(parameters.get("query") ?? "")?.[1];
  const isWanted = new RegExp(pattern ?? "", "i");
  const own = lines
    .map((each) => ({ ...each, ns: BigInt(onset.getTime() + each.at * 1000) * 1_000_000n }))
    .filter(({ ns, line }) => ns >= (start ?? 0n) && ns < (end ?? 0n) && isWanted.test(line))
    .toSorted((a, b) => a.at - b.at);
  if (parameters.get("direction") !== "forward") own.reverse();
  const streams = Map.groupBy(own.slice(0, limit), ({ labels }) => JSON.stringify(labels ?? {}));
  const result = [...streams.values()].map((entries) => ({
    stream: entries[0]?.labels ?? {},
    values: entries.map(({ ns, line }) => [`${ns}`, line]),
  }));
  json(response, success({ resultType: "streams", result, stats: { summary: {} } }));
}

/** One each so many seconds over the whole window. */
export function everySeconds(seconds: number, line: string): Written[] {
  const written: Written[] = [];
  for (let at = -3_600; at < 300; at += seconds) written.push({ at, line });
  return written;
}
