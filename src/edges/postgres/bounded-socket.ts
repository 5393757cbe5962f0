/** Sockets to the database that end themselves when nothing is heard on them: neither a stopped server nor a network that drops everything says a word. */

import { Socket } from "node:net";

/** Not connected yet. Whoever waits on it hears of an error after so many milliseconds without a byte; 0: never. */
export function boundedSocket(silenceMaxMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceMaxMs);
  socket.on("timeout", () => {
    const heard = socket.bytesRead;
    // After a stall of this process, what has arrived meanwhile is read before anything is given up.
    setImmediate(() => {
      if (socket.bytesRead > heard) return;
      socket.destroy(new Error(`the database said nothing for ${silenceMaxMs} ms`));
    });
  });
  return socket;
}
