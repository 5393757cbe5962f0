/** Reading requests and writing answers, with the limits and the checks that every path shares. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Largest request body of a Web API call or a page request, in bytes. */
export const bodyMax = 2_000_000;
/** Largest file that may be uploaded, in bytes. */
export const fileMax = 25_000_000;

/** The whole body, or undefined when it is larger than `max` bytes; rejects when the caller hangs up. */
export function readBody(request: IncomingMessage, max: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= max) chunks.push(chunk);
    });
    request.on("end", () => resolve(size > max ? undefined : Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

/**
 * Why a request is refused, or undefined. A foreign name in `Host` is DNS rebinding; a foreign `Origin`
 * or `Sec-Fetch-Site` is another site's page using this browser.
 */
export function foreignness(request: IncomingMessage): string | undefined {
  const host = request.headers.host ?? "";
  if (!isLoopback(host)) return "The local workspace answers only at a loopback address.";
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`)
    return "Another site may not use the local workspace.";
  const site = request.headers["sec-fetch-site"];
  const isNavigation = request.headers["sec-fetch-mode"] === "navigate" && request.method === "GET";
  if (site === undefined || site === "same-origin" || site === "none" || isNavigation)
    return undefined;
  return "Another site may not use the local workspace.";
}

function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, "");
  return name === "localhost" || name === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(name);
}
