/** One connection to orders-db: a statement and its arguments go out as a line of JSON, its rows come back as one. */

import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { portOf } from "./environment.ts";

export type Row = Record<string, string | number>;

export interface Connection {
  query(sql: string, ...args: readonly unknown[]): Promise<readonly Row[]>;
  close(): void;
}

export async function openConnection(): Promise<Connection> {
  const socket = await connected();
  let settle: { resolve: (rows: Row[]) => void; reject: (error: Error) => void } | null = null;
  createInterface({ input: socket })
    .on("line", (line) => settle?.resolve(JSON.parse(line)))
    .on("error", () => socket.destroy());
  socket.on("close", () => settle?.reject(new Error("orders-db hung up")));
  return {
    query: (sql, ...args) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(`${JSON.stringify({ sql, args })}\n`);
      }),
    close: () => socket.destroy(),
  };
}

function connected(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: portOf("orders-db-sql") });
    socket.setNoDelay(true);
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}
