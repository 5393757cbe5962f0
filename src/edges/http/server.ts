/** The HTTP server: Slack's events, health, metrics, and whatever is mounted beside them. */

import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Metering } from "./meter.ts";

/** Slack's senders are quick; whoever is slower than this is not Slack. */
const requestTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface Page {
  readonly type: "text/html" | "text/css";
  readonly body: string;
}

export interface Readiness {
  readonly isReady: boolean;
  /** One sentence; what is wrong and the mend where it is not ready. */
  readonly said: string;
}

export interface Routes {
  /** null: Slack is not reached by HTTP. */
  readonly slackEvents: Handler | null;
  /** Everything under /hooks/; null: no hook is served here. */
  readonly hooks: Handler | null;
  /** Everything under /local/; null: there is no local workspace. */
  readonly local: {
    readonly handle: Handler;
    readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  } | null;
  /** Everything under /postmortems/; null: none is shown here. */
  readonly postmortems: Handler | null;
  /** null: no such page. */
  readonly page: (path: string) => Promise<Page | null>;
  readonly readiness: () => Promise<Readiness>;
  readonly meter: Metering;
  readonly onError: (error: unknown) => void;
}

export interface Listening extends AsyncDisposable {
  readonly port: number;
}

/** Rejects where the port is taken, with a sentence that names the mend. */
export async function startHttp(
  { host, port }: { readonly host: string; readonly port: number },
  routes: Routes,
): Promise<Listening> {
  const server = createServer((request, response) => {
    void handle(routes, request, response).catch((error: unknown) => {
      routes.onError(error);
      if (!response.headersSent) plain(response, 500, "Something broke here; the log says what.");
      else response.destroy();
    });
  });
  server.requestTimeout = requestTimeoutMs;
  server.on("upgrade", (request, socket, head) => {
    if (routes.local !== null && pathOf(request).startsWith("/local/")) {
      routes.local.upgrade(request, socket, head);
    } else socket.destroy();
  });
  await listen(server, host, port);
  return {
    port: portOf(server),
    [Symbol.asyncDispose]: () => stop(server),
  };
}

async function handle(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  if (path === "/slack/events") {
    if (routes.slackEvents === null) {
      return plain(response, 404, "Slack is not connected by HTTP here.");
    }
    if (request.method !== "POST") return plain(response, 405, "Slack posts here.");
    return routes.slackEvents(request, response);
  }
  if (path.startsWith("/hooks/")) {
    if (routes.hooks === null) return plain(response, 404, "There is no hook here.");
    return routes.hooks(request, response);
  }
  if (routes.local !== null && (path === "/local" || path.startsWith("/local/"))) {
    return routes.local.handle(request, response);
  }
  if (routes.postmortems !== null && path.startsWith("/postmortems/")) {
    return routes.postmortems(request, response);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return plain(response, 405, "Only GET is answered here.");
  }
  return look(routes, path, response);
}

async function look(routes: Routes, path: string, response: ServerResponse): Promise<void> {
  switch (path) {
    case "/healthz":
      return plain(response, 200, "alive");
    case "/readyz": {
      const { isReady, said } = await routes.readiness();
      return plain(response, isReady ? 200 : 503, said);
    }
    case "/metrics":
      response.writeHead(200, { "content-type": routes.meter.contentType });
      response.end(await routes.meter.text());
      return;
    case "/":
      if (routes.local === null) {
        return plain(response, 200, "Hindsight is running. Mention it in an incident channel.");
      }
      response.writeHead(302, { location: "/local/" }).end();
      return;
    default:
      return show(response, await routes.page(path));
  }
}

/** Nothing but our own styles is loaded, nothing runs. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function show(response: ServerResponse, page: Page | null): void {
  if (page === null) return plain(response, 404, "There is no such page.");
  response
    .writeHead(200, {
      "content-type": `${page.type}; charset=utf-8`,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    })
    .end(page.body);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const sentence = taken
        ? `Port ${port} is taken. Set PORT to another one, or stop the program that uses it.`
        : `Cannot listen on ${host}:${port}: ${error.message}`;
      reject(new Error(sentence, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Lets running requests finish, then closes what is left. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), stopTimeoutMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
