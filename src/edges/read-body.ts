/** Reads what a request carries, up to a limit. */

import type { IncomingMessage } from "node:http";

/** null: longer than `bytesMax`, the rest is thrown away as it comes; undefined: the sender hung up. */
export function readBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<Buffer | null | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const tooLong = (): void => {
      request.removeAllListeners("data").resume();
      resolve(null);
    };
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
    if (Number(request.headers["content-length"] ?? 0) > bytesMax) return tooLong();
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) return tooLong();
      chunks.push(chunk);
    });
    request.on("end", () => {
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
  });
}
