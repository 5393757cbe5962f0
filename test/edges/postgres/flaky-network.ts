/** A network between the program and its database that a test can cut, or let go silent. */

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface FlakyNetwork extends AsyncDisposable {
  /** The database's URL through this network. */
  readonly url: string;
  /** Nothing is carried any more, nothing is closed: connections go dead without a word. */
  goSilent(): void;
  /** New connections are refused and those there are reset. */
  cut(): Promise<void>;
  /** New connections work again; those that went silent stay so. */
  mend(): Promise<void>;
}

type Way = "open" | "silent" | "cut";

export async function flakyNetwork(databaseUrl: string): Promise<FlakyNetwork> {
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<Socket>();
  let way: Way = "open";
  const server = createServer((near) => {
    sockets.add(near);
    near.on("error", () => near.destroy());
    near.on("close", () => sockets.delete(near));
    if (way === "silent") return;
    const far = connect(target);
    sockets.add(far);
    far.on("error", () => near.destroy());
    far.on("close", () => sockets.delete(far));
    near.pipe(far);
    far.pipe(near);
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  };
  const close = async (): Promise<void> => {
    const closed = server.listening ? once(server, "close") : Promise.resolve();
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const port = await listen(0);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    goSilent: () => {
      way = "silent";
      for (const socket of sockets) socket.unpipe().pause();
    },
    cut: async () => {
      way = "cut";
      await close();
    },
    mend: async () => {
      const wasCut = way === "cut";
      way = "open";
      if (wasCut) await listen(port);
    },
    [Symbol.asyncDispose]: close,
  };
}
