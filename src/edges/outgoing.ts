/** What every edge that asks others holds to: its own origin, bounded answers, the caller's deadline, failures in words. */

export type Fetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/** Where a server is and how it is asked. */
export interface Server {
  /** Base of the API, with a path where the server stands behind one: https://mimir.example/prometheus */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly bearerToken?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

const redirectsMax = 3;
const wordsMax = 160;

/**
 * Fetches from one origin alone, redirects included, and never more than `bytesMax` of a body.
 * What it refuses it throws as an Error whose message is a sentence fragment.
 */
export function fetchWithin(bounds: { origin: string; bytesMax: number; fetch?: Fetch }): Fetch {
  const fetch = bounds.fetch ?? globalThis.fetch;
  return async (address, init) => {
    let url = new URL(address);
    for (let hop = 0; hop <= redirectsMax; hop += 1) {
      if (url.origin !== bounds.origin)
        throw new Error(`sent elsewhere (${url.host}), not followed`);
      // oxlint-disable-next-line no-await-in-loop -- each hop is named by the answer before it
      const response = await fetch(url, { ...init, redirect: "manual" });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null) {
        return bounded(response, bounds.bytesMax);
      }
      // oxlint-disable-next-line no-await-in-loop -- the connection is given back before the next hop
      await response.body?.cancel();
      url = new URL(location, url);
    }
    throw new Error(`redirected more than ${redirectsMax} times`);
  };
}

/** What a request to the server carries: its own headers, and a bearer token or else a name and a password. */
export function credentialHeaders(server: Server): Record<string, string> {
  const base = new URL(server.url);
  const username = server.username ?? decodeURIComponent(base.username);
  const password = server.password ?? decodeURIComponent(base.password);
  const headers: Record<string, string> = { accept: "application/json", ...server.headers };
  if (server.bearerToken !== undefined) headers["authorization"] = `Bearer ${server.bearerToken}`;
  else if (username !== "") {
    headers["authorization"] = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  }
  return headers;
}

function bounded(response: Response, bytesMax: number): Response {
  if (response.body === null) return response;
  let bytes = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > bytesMax) controller.error(new Error(`more than ${bytesMax / 1e6} MB`));
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, response);
}

/** The work's result, or an Error "no answer in time" as soon as the signal ends, even if the work does not listen to it. */
export async function withinSignal<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = () => reject(new Error("no answer in time", { cause: signal.reason }));
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([ended, work]);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** What a server refuses it may say in plain text ("parse error at line 1", "no org id"); pages for browsers are not told. */
export function refusalWords({ status, headers }: Response, text: string): string {
  const isPlain = headers.get("content-type")?.startsWith("text/plain") === true;
  if (isPlain && status < 500 && text.trim() !== "") return oneLine(`HTTP ${status}, ${text}`);
  const isDenied = status === 401 || status === 403;
  return `HTTP ${status}${isDenied ? ", the credentials are not accepted" : ""}`;
}

const failures: readonly (readonly [RegExp, string])[] = [
  [/^UND_ERR_CONNECT_TIMEOUT$/, "not reached in time"],
  [/^(AbortError|TimeoutError)$|ETIMEDOUT|UND_ERR_\w*TIMEOUT/, "no answer in time"],
  [/ECONNREFUSED/, "connection refused"],
  [/ENOTFOUND|EAI_AGAIN/, "host not found"],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET/, "connection closed before the answer ended"],
  [/^HPE_/, "not HTTP"],
  [/CERT|SSL|TLS/, "certificate not accepted"],
];

/** A failed request as a sentence fragment ("connection refused"), from its own words or those of what caused it. */
export function failureWords(error: unknown): string {
  let words = "failed";
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    const known = failures.find(([pattern]) => pattern.test(code) || pattern.test(cause.name));
    if (known) return known[1];
    words = cause.message;
  }
  return oneLine(words);
}

/** Foreign text made fit for a sentence: one line, at most 160 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > wordsMax ? `${line.slice(0, wordsMax)}…` : line;
}
