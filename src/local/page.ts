/** The chat page: its shell, its script and style, and the routes that feed it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { z } from "zod";
import { findUser } from "./channels.ts";
import { addFile } from "./files.ts";
import { bodyMax, fileMax, readBody, sendJson, sendText } from "./http.ts";
import { newId } from "./ids.ts";
import { post } from "./messages.ts";
import { act, actSchema } from "./page-acts.ts";
import { look } from "./page-look.ts";
import type { Plays } from "./options.ts";
import { stream } from "./page-stream.ts";
import type { PageRoutes } from "./server.ts";
import type { World } from "./world.ts";

const folder = new URL("./page/", import.meta.url);
const types: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Later ones overrule earlier ones. */
const styles = [
  "base",
  "frame",
  "channels",
  "messages",
  "text",
  "blocks",
  "composer",
  "overlays",
  "narrow",
];

export interface ChatPage {
  readonly routes: PageRoutes;
  /** Ends the streams of the pages that are open. */
  readonly close: () => void;
}

export function openPage(world: World): ChatPage {
  const streams = new Set<ServerResponse>();
  return {
    routes: pageRoutes(world, streams),
    close: () => streams.forEach((each) => each.end()),
  };
}

function pageRoutes(world: World, streams: Set<ServerResponse>): PageRoutes {
  return async (path, request, response) => {
    const query = new URL(request.url ?? "/", "http://local").searchParams;
    const asked = (name: string) => query.get(name) ?? "";
    const route = `${request.method} ${path.split("/")[0]}`;
    switch (route) {
      case "GET ":
      case "GET archives":
        sendShell(world, response);
        return true;
      case "GET page":
        return sendAsset(path.slice("page/".length), response);
      case "GET look": {
        const gaze = { as: asked("as"), channel: asked("channel"), thread: asked("thread") };
        sendJson(response, 200, look(world, gaze));
        return true;
      }
      case "GET stream":
        stream(world, streams, response);
        return true;
      case "POST act":
        await takeAct(world, request, response);
        return true;
      case "POST attach":
        await attach(world, asked, request, response);
        return true;
      case "GET plays":
      case "POST plays":
        return world.options.plays !== undefined && plays(world.options.plays, request, response);
      default:
        return false;
    }
  };
}

function sendShell(world: World, response: ServerResponse): void {
  const base = `${new URL(world.options.publicUrl).pathname.replace(/\/$/, "")}/`;
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(`<!doctype html>
<html lang="en" data-base="${base}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Hindsight · local workspace</title>
<link rel="icon" href="${base}page/icon.svg">
${styles.map((name) => `<link rel="stylesheet" href="${base}page/${name}.css">`).join("\n")}
<script type="module" src="${base}page/main.js"></script>
</head>
<body><noscript>The local workspace needs JavaScript.</noscript></body>
</html>
`);
}

async function sendAsset(name: string, response: ServerResponse): Promise<boolean> {
  const known = await readdir(folder);
  if (!known.includes(name)) return false;
  const content = await readFile(new URL(name, folder));
  response.writeHead(200, {
    "content-type": types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
  });
  response.end(content);
  return true;
}

async function takeAct(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const read = actSchema.safeParse(await readJson(request));
  if (!read.success)
    return sendJson(response, 400, { ok: false, what: "That was not understood." });
  sendJson(response, 200, await act(world, read.data));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, bodyMax);
  try {
    return JSON.parse(body?.toString() ?? "");
  } catch {
    return undefined;
  }
}

async function attach(
  world: World,
  asked: (name: string) => string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const by = findUser(world, asked("as"));
  const channel = world.state.channels.find((each) => each.id === asked("channel"));
  if (by === undefined || channel?.members.includes(by.id) !== true || channel.isArchived)
    return sendJson(response, 200, { ok: false, what: "Join the channel to share files here." });
  const content = await readBody(request, fileMax);
  if (content === undefined)
    return sendJson(response, 200, { ok: false, what: "A file may have at most 25 MB." });
  const id = newId("F");
  await world.files.write(id, content);
  const name = asked("name").slice(0, 200) || "file";
  const file = addFile(world, { id, name, by, size: content.length });
  const threadTs = asked("thread");
  post(world, channel, { by, text: "", files: [file], ...(threadTs !== "" && { threadTs }) });
  sendJson(response, 200, { ok: true });
}

const start = z.object({ id: z.string(), speed: z.union([z.literal(1), z.literal(10)]) });

async function plays(
  program: Plays,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.method === "GET") sendJson(response, 200, await program.list());
  else {
    const read = start.safeParse(await readJson(request));
    if (!read.success) sendText(response, 400, "An id and a speed of 1 or 10 are needed.");
    else sendJson(response, 200, await program.start(read.data.id, read.data.speed));
  }
  return true;
}
