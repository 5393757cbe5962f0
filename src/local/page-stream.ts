/** Tells the open pages that something changed, by server-sent events. */
import type { ServerResponse } from "node:http";
import type { World } from "./world.ts";

/** Changes within this time go into one message to the page. */
const calmMs = 40;
const heartbeatMs = 15_000;

/** Events that say only "something changed"; the page then looks again. */
export function stream(world: World, streams: Set<ServerResponse>, response: ServerResponse): void {
  streams.add(response);
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.write("retry: 1000\ndata: changed\n\n");
  let due: NodeJS.Timeout | undefined;
  const forget = world.feed.listen(() => {
    due ??= setTimeout(() => {
      due = undefined;
      response.write("data: changed\n\n");
    }, calmMs);
  });
  const heartbeat = setInterval(() => response.write(": still here\n\n"), heartbeatMs);
  response.on("close", () => {
    streams.delete(response);
    forget();
    clearTimeout(due);
    clearInterval(heartbeat);
  });
}
