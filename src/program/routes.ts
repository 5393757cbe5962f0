/** What the program answers by HTTP, from its first moment on. */

import type { Config } from "../config.ts";
import type { Metering } from "../edges/http/meter.ts";
import type { Handler, Routes } from "../edges/http/server.ts";
import type { Connection } from "../edges/postgres/connect.ts";
import { sampleWorkspace } from "./sample.ts";
import { digestById } from "../edges/postgres/digests.ts";
import { evidenceById } from "../edges/postgres/evidence.ts";
import { svgOf } from "../edges/chart/draw.ts";
import { pageAt } from "../edges/web/pages.ts";
import { hasHooks } from "./hooks.ts";
import type { Intake } from "./intake.ts";
import type { LiveCatalog } from "./live-catalog.ts";
import type { Local } from "./local.ts";
import type { Log } from "./log.ts";
import { postmortemPages } from "./postmortem-pages.ts";
import { readiness } from "./readiness.ts";
import type { Working } from "./work.ts";

/** Both halves, or one of them on a machine of its own. */
export type Role = "all" | "web" | "worker";

/** What has been opened so far. */
export interface Parts {
  said: string;
  connection: Connection | null;
  intake: Intake | null;
  hooks: Handler | null;
  local: Local | null;
  catalog: LiveCatalog | null;
  working: Working | null;
  /** All that belongs to the role has begun. */
  isWorking: boolean;
  isStopping: boolean;
}

const notYet: Handler = (_request, response) => {
  response.writeHead(503, { "content-type": "text/plain" }).end("Not ready yet.\n");
};

/** Answers from the first moment on; what is not open yet says so. */
export function routesOf(
  role: Role,
  config: Config,
  { parts, meter, log }: { readonly parts: Parts; readonly meter: Metering; readonly log: Log },
): Routes {
  return {
    slackEvents:
      config.slack.mode === "socket"
        ? null
        : (request, response) => (parts.intake?.listener ?? notYet)(request, response),
    hooks:
      role === "worker" || !hasHooks(config)
        ? null
        : (request, response) => (parts.hooks ?? notYet)(request, response),
    local:
      config.slack.mode !== "local"
        ? null
        : {
            handle: (request, response) => (parts.local?.handle ?? notYet)(request, response),
            upgrade: (request, socket, head) =>
              parts.local === null
                ? socket.destroy()
                : parts.local.workspace.handleUpgrade(request, socket, head),
          },
    postmortems: config.slack.mode === "local" ? postmortemsOf(parts) : null,
    page: (path) => pageAt(path, storedIn(parts), svgOf),
    readiness: () => readiness(parts),
    meter,
    onError: (error) => log.error({ err: error }, "a request failed"),
  };
}

function postmortemsOf(parts: Parts): Handler {
  const pages = postmortemPages();
  return (request, response) => {
    const { local, working } = parts;
    const isOpen = local !== null && working !== null;
    const handler = isOpen ? pages(local.workspace, working.world) : notYet;
    return handler(request, response);
  };
}

/** Only in the local workspace: elsewhere a page needs somebody who has signed in. */
function storedIn({ connection, local }: Parts): Parameters<typeof pageAt>[1] {
  if (connection === null || local === null) {
    return { evidence: async () => null, digest: async () => null };
  }
  const { db } = connection;
  const { teamId } = local.workspace;
  return {
    evidence: (snapshot) => evidenceById(db, teamId, snapshot),
    digest: (id) => digestById(db, [teamId, sampleWorkspace(new Date())], id),
  };
}
