/** A Slack-compatible workspace on this machine: newcomers use it as their Slack, and so do the tests. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { openAppLink, type AppLink } from "./app-link.ts";
import { turnAway } from "./deliver-socket.ts";
import type { Driver } from "./driver.ts";
import { openFaults, type Faults } from "./faults.ts";
import { openFeed } from "./feed.ts";
import { openFileContents } from "./files.ts";
import { newId, nextTs } from "./ids.ts";
import type { LocalWorkspaceOptions } from "./options.ts";
import { openDriver } from "./open-driver.ts";
import { openPage } from "./page.ts";
import { openServer, type PageRoutes } from "./server.ts";
import { botUserId, teamId, type State } from "./state.ts";
import { loadState, openStateWriter } from "./state-file.ts";
import { openWebApi } from "./web-api.ts";
import { freshSession, type Answer, type World } from "./world.ts";

export type { LocalWorkspaceOptions } from "./options.ts";

export interface LocalWorkspace extends Driver {
  /** Serves every path under `publicUrl`; to be mounted in an HTTP server. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes the WebSocket upgrades of Socket Mode. */
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly teamId: string;
  readonly botUserId: string;
  readonly publicUrl: string;
  /** For WebClient's `slackApiUrl`. */
  readonly apiUrl: string;
  readonly faults: Faults;
  /** Sends events elsewhere from now on; for an app whose address is known only after this workspace's. */
  readonly sendEventsTo: (url: string) => void;
  /** The first truthy answer, asked again after each change; rejects after `timeoutMs`, 5,000 by default. */
  readonly waitFor: <T>(
    look: (workspace: LocalWorkspace) => T | undefined | false | null,
    timeoutMs?: number,
  ) => Promise<T>;
  /** Sends an event again with retry headers, as Slack does when it did not hear the answer. */
  readonly redeliver: (eventId: string) => Promise<Answer>;
  /** Socket Mode: asks the app to reconnect, or hangs up. */
  readonly disconnectSockets: (how?: "refresh_requested" | "warning" | "hang-up") => void;
  readonly socketCount: () => number;
  readonly close: () => Promise<void>;
}

const waitMs = 5000;

export async function openLocalWorkspace(options: LocalWorkspaceOptions): Promise<LocalWorkspace> {
  const now = options.now ?? (() => new Date());
  const state = await loadState(options.stateFile, now());
  addApps(state, options);
  const feed = openFeed();
  const session = freshSession();
  const { changed } = feed;
  const link = openAppLink(options, { log: session.deliveries, changed, now });
  const world: World = {
    options,
    state,
    session,
    feed,
    faults: openFaults(),
    files: openFileContents(options.stateFile && `${options.stateFile}.files`),
    now,
    ts: () => nextTs(state, now()),
    emit: link.emit,
    ask: link.ask,
  };
  const writer = openStateWriter(options.stateFile, state, (error) => process.emitWarning(error));
  feed.listen(writer.soon);
  const page = openPage(world);
  const close = async () => {
    page.close();
    await link.close();
    await writer.flush();
  };
  return assembled(world, link, page.routes, close);
}

function assembled(
  world: World,
  link: AppLink,
  page: PageRoutes,
  close: () => Promise<void>,
): LocalWorkspace {
  const { publicUrl } = world.options;
  const { socket } = link;
  const webApi = openWebApi(world, socket && (() => socket.address(publicUrl)));
  const workspace: LocalWorkspace = {
    ...openDriver(world),
    handle: openServer(world, webApi, page),
    handleUpgrade: (request, duplex, head) =>
      socket === undefined
        ? turnAway(duplex, "404 Not Found")
        : socket.handleUpgrade(request, duplex, head),
    teamId,
    botUserId,
    publicUrl,
    apiUrl: `${publicUrl}/api/`,
    faults: world.faults,
    sendEventsTo: link.sendEventsTo,
    waitFor: (look, timeoutMs = waitMs) => world.feed.until(() => look(workspace), timeoutMs),
    redeliver: link.redeliver,
    disconnectSockets: (how = "refresh_requested") => socket?.disconnect(how),
    socketCount: () => socket?.connections() ?? 0,
    close,
  };
  return workspace;
}

export type ListenOptions = Omit<LocalWorkspaceOptions, "publicUrl"> & {
  /** Port on loopback; any free one by default. */
  readonly port?: number;
};

/** Opens a workspace with an HTTP server of its own on loopback; closing it closes both. */
export async function listenLocalWorkspace(options: ListenOptions): Promise<LocalWorkspace> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const publicUrl = `http://127.0.0.1:${port}/local`;
  const workspace = await openLocalWorkspace({ ...options, publicUrl }).catch((error: unknown) => {
    server.close();
    throw error;
  });
  server.on("request", workspace.handle);
  server.on("upgrade", workspace.handleUpgrade);
  return { ...workspace, close: () => closeBoth(workspace, server) };
}

async function closeBoth(workspace: LocalWorkspace, server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await workspace.close();
  await closed;
}

/** Makes every further bot a user, the same one after a restart. */
function addApps(state: State, options: LocalWorkspaceOptions): void {
  for (const { name } of options.apps ?? []) {
    const known = state.users.some((user) => user.bot !== undefined && user.realName === name);
    if (known) continue;
    const bot = { id: newId("B"), appId: newId("A") };
    const handle = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    state.users.push({ id: newId("U"), name: handle, realName: name, bot });
  }
}
