/** The runbooks of the shop that the recorded incidents are of, under /local/runbooks/: read by people and, over HTTP as any other, by the bot. */

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Handler } from "../edges/http/server.ts";

const folder = fileURLToPath(new URL("../../demo/shop/runbooks/", import.meta.url));
const below = "/local/runbooks/";

export interface DemoRunbooks {
  /** By the service's name, which is the file's. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  /** Answers what is asked of a runbook; all else goes on to `handle`. */
  readonly before: (handle: Handler) => Handler;
}

/** `url`: where this program is reached from this machine. */
export function openRunbooks(url: string): DemoRunbooks {
  const files = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  return {
    links: new Map([...files.keys()].map((name) => [name.slice(0, -3), [`${url}${below}${name}`]])),
    before: (handle) => (request, response) => {
      const { pathname } = new URL(request.url ?? "/", url);
      const text = pathname.startsWith(below) ? files.get(pathname.slice(below.length)) : undefined;
      if (text === undefined) return handle(request, response);
      // Browsers show plain text, and save what is called Markdown.
      response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end(text);
    },
  };
}
