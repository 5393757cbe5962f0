/** An HTTP server on the loopback that behaves as a test tells it to: well, badly or not at all. */

import { once } from "node:events";
import { Readable } from "node:stream";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface OddServer extends AsyncDisposable {
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly asked: readonly Asked[];
  /** The most requests that were open at once. */
  readonly openMax: () => number;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Of the address and of a form in the body. */
  readonly parameters: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Behave = (asked: Asked, response: ServerResponse) => void | Promise<void>;

export async function startOddServer(behave: Behave): Promise<OddServer> {
  const asked: Asked[] = [];
  let open = 0;
  let openMax = 0;
  const server = createServer((request, response) => {
    open += 1;
    openMax = Math.max(openMax, open);
    response.on("close", () => {
      open -= 1;
    });
    void (async () => {
      const one = await read(request);
      asked.push(one);
      await behave(one, response);
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    openMax: () => openMax,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? "/", "http://odd");
  const body = Buffer.concat(chunks).toString();
  const parameters = new URLSearchParams([...url.searchParams, ...new URLSearchParams(body)]);
  const { method = "", headers } = request;
  return { method, path: url.pathname, parameters, headers, body };
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

export const silent: Behave = () => {};

/** An address where nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = await startOddServer(silent);
  await server[Symbol.asyncDispose]();
  return server.url;
}

export const oddities: Readonly<Record<string, { behave: Behave; says: RegExp }>> = {
  "an HTML page": {
    behave: (_asked, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html><body>Sign in</body></html>");
    },
    says: /not JSON/,
  },
  "HTTP 503": {
    behave: (_asked, response) => {
      response.writeHead(503, { "content-type": "text/plain" });
      response.end("overloaded");
    },
    says: /HTTP 503/,
  },
  "JSON of another kind": {
    behave: (_asked, response) => json(response, { hello: ["world", { status: 7 }] }),
    says: /not what/,
  },
  "an answer that breaks off": {
    behave: (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"status":"success","da');
      setImmediate(() => response.destroy());
    },
    says: /closed before/,
  },
  "a connection that is hung up": {
    behave: (_asked, response) => {
      response.destroy();
    },
    says: /closed before/,
  },
  "an answer that does not end": {
    behave: (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      Readable.from(spaces(100)).pipe(response);
    },
    says: /more than \d+ MB/,
  },
  "a redirect to another host": {
    behave: (_asked, response) => {
      response.writeHead(302, { location: "http://127.0.0.2:9/elsewhere" });
      response.end();
    },
    says: /sent elsewhere/,
  },
};

function* spaces(megabytes: number): Generator<Buffer> {
  for (let sent = 0; sent < megabytes; sent += 1) yield Buffer.alloc(1_000_000, " ");
}
