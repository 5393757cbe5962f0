/** Reads pages from the web that may be runbooks: bounded in bytes, at one origin each, and never inside where nobody configured that. */

import {
  pageBytesMax,
  mendOf,
  type AskedPage,
  type Page,
  type PageAnswer,
} from "../../runbook/page.ts";
import { failureWords, fetchWithin, type Fetch } from "../outgoing.ts";
import { outsideFetch } from "./addresses.ts";

export interface WebPages {
  /** May be anywhere: the settings name them. */
  readonly origins: readonly string[];
  readonly fetch?: Fetch;
  /** For all other origins. */
  readonly outside?: Fetch;
}

export type ReadPage = (
  asked: AskedPage,
  etag: string | null,
  signal: AbortSignal,
) => Promise<PageAnswer>;

const freshMsUsual = 5 * 60_000;
const freshMsMax = 60 * 60_000;

/** Never rejects. */
export function webPagesRead({
  origins,
  fetch: within = globalThis.fetch,
  outside = outsideFetch(),
}: WebPages): ReadPage {
  return async (asked, etag, signal) => {
    const url = new URL(asked.link);
    url.hash = "";
    const { origin, host } = url;
    const isConfigured = origins.includes(origin);
    const bounds = { origin, bytesMax: pageBytesMax, fetch: isConfigured ? within : outside };
    const headers = {
      accept: "text/markdown, text/plain, text/html;q=0.9",
      ...(etag === null ? {} : { "if-none-match": etag }),
    };
    try {
      const response = await fetchWithin(bounds)(url, { headers, signal });
      if (response.status === 304) return { kind: "same", freshMs: freshMsOf(response) };
      if (!response.ok) {
        await response.body?.cancel();
        return refusal(response.status, host, asked);
      }
      return await pageOf(response, url, asked);
    } catch (error) {
      return { kind: "refused", said: wordsOf(error, url), isPassing: true };
    }
  };
}

function refusal(status: number, host: string, asked: AskedPage): PageAnswer {
  const at = `HTTP ${status} at ${host}`;
  const isDenied = status === 401 || status === 403;
  if (isDenied) {
    return refused(`${at}; link a page that can be read without signing in, or a file on GitHub`);
  }
  if (status >= 500 || status === 429) return { kind: "refused", said: at, isPassing: true };
  return refused(`${at}; ${mendOf(asked)}`);
}

function refused(said: string): PageAnswer {
  return { kind: "refused", said, isPassing: false };
}

async function pageOf(response: Response, url: URL, asked: AskedPage): Promise<PageAnswer> {
  const told = response.headers.get("content-type") ?? "";
  const type = told.split(";", 1)[0]?.trim() ?? "";
  const isText = type === "" || type.startsWith("text/") || /octet-stream|xhtml/.test(type);
  if (!isText) {
    await response.body?.cancel();
    return refused(`${type.slice(0, 60)} at ${url.host}; ${mendOf(asked)} to a page of text`);
  }
  const text = textOf(await response.arrayBuffer(), told);
  const format = formatOf(type, text);
  const etag = response.headers.get("etag");
  return { kind: "page", page: { text, format }, etag, freshMs: freshMsOf(response) };
}

/** By the encoding that the header names, else the page's own head; UTF-8 where neither does, or nobody knows it. */
function textOf(bytes: ArrayBuffer, type: string): string {
  const head = new TextDecoder("latin1").decode(bytes.slice(0, headBytes));
  const [, ofHead] = /<meta\b[^<>]{0,200}\bcharset\s*=\s*["']?([\w-]{1,40})/i.exec(head) ?? [];
  const [, charset = ofHead] = /charset\s*=\s*"?([\w-]{1,40})/i.exec(type) ?? [];
  return decoded(bytes, charset);
}

const headBytes = 1_024;

function decoded(bytes: ArrayBuffer, charset: string | undefined): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder().decode(bytes);
    throw error;
  }
}

function formatOf(type: string, text: string): Page["format"] {
  const isHtml = /html/.test(type) || /^\s*(?:<!doctype html|<html)/i.test(text.slice(0, 1_000));
  return isHtml ? "html" : "markdown";
}

/** As long as the server says, an hour at most; not at all where it wants to be asked each time. */
function freshMsOf({ headers }: Response): number {
  const told = headers.get("cache-control") ?? "";
  if (/no-store|no-cache/i.test(told)) return 0;
  const seconds = /max-age=(\d{1,9})/i.exec(told)?.[1];
  return seconds === undefined ? freshMsUsual : Math.min(Number(seconds) * 1_000, freshMsMax);
}

function wordsOf(error: unknown, { host, origin }: URL): string {
  const said = failureWords(error);
  if (said.endsWith("private network"))
    return `${said}; name ${origin} in RUNBOOK_ORIGINS if that is meant`;
  if (said.startsWith("sent elsewhere"))
    return `${said} from ${host}; link the page itself, readable without signing in`;
  if (said.startsWith("more than")) return `${said} at ${host}; link a smaller page`;
  return `${said} at ${host}`;
}
