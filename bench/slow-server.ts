/** An HTTP server on the loopback that answers JSON after a set time. */

import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** `asked`: the parameters of the address and of a form in the body. */
export type Answering = (
  path: string,
  asked: URLSearchParams,
) => { readonly status: number; readonly body: unknown };

export interface SlowServer extends AsyncDisposable {
  readonly url: string;
}

export async function startSlowServer(answer: Answering, delayMs: number): Promise<SlowServer> {
  const server = createServer((request, response) => {
    void (async () => {
      const [{ path, asked }] = await Promise.all([
        read(request),
        pause(delayMs, undefined, { ref: false }),
      ]);
      const { status, body } = answer(path, asked);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<{ path: string; asked: URLSearchParams }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? "/", "http://slow");
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  return {
    path: decodeURIComponent(url.pathname),
    asked: new URLSearchParams([...url.searchParams, ...form]),
  };
}
