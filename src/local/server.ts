/** The workspace's paths: Web API, uploads and files, response addresses, and the page. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { callerOf } from "./api/caller.ts";
import { canvasType, findFile } from "./files.ts";
import { bearerOf, bodyMax, fileMax, foreignness, readBody, sendJson, sendText } from "./http.ts";
import { respond } from "./responses.ts";
import type { WebApi } from "./web-api.ts";
import type { World } from "./world.ts";

/** Answers a page path, without its leading slash; false when there is no such page. */
export type PageRoutes = (
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<boolean>;

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

export function openServer(world: World, webApi: WebApi, page: PageRoutes): Handle {
  const base = new URL(world.options.publicUrl).pathname.replace(/\/$/, "");
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = foreignness(request);
    if (refusal !== undefined) return sendText(response, 403, refusal);
    const { pathname } = new URL(request.url ?? "/", "http://local");
    if (pathname === base) return redirect(response, `${base}/`);
    if (!pathname.startsWith(`${base}/`)) return sendText(response, 404, "Not found");
    const path = pathname.slice(base.length + 1);
    const [head, id] = path.split("/");
    if (head === "api") return webApi(path.slice(4), request, response);
    if (head === "upload") return upload(world, id ?? "", request, response);
    if (head === "response") return answerThere(world, id ?? "", request, response);
    if (head === "files") return sendFile(world, id ?? "", response);
    if (head === "files-pri") return sendPrivately(world, id ?? "", request, response);
    if (!(await page(path, request, response))) sendText(response, 404, "Not found");
  };
  return (request, response) => {
    route(request, response).catch((error: unknown) => {
      const what = error instanceof Error ? error.message : "unknown";
      sendJson(response, 500, { ok: false, error: "internal_error", what });
    });
  };
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(308, { location: to });
  response.end();
}

async function answerThere(
  world: World,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, bodyMax);
  const fault = world.faults.take("response_url");
  if (fault?.kind === "hang-up") return void response.destroy();
  if (fault?.kind === "server-error") return sendText(response, 500, "internal_error");
  if (fault?.kind === "rate-limited") return sendText(response, 429, "rate_limited");
  if (fault?.kind === "slow") await delay(fault.ms ?? 1000);
  let json: unknown;
  try {
    json = JSON.parse(body?.toString() ?? "");
  } catch {
    return sendText(response, 400, "invalid_payload");
  }
  const { status, text } = respond(world, id, json);
  if (fault?.kind === "answer-lost") return void response.destroy();
  sendText(response, status, text);
}

/** Takes a file's bytes, raw or as the one part of a multipart form, as Slack's upload address does. */
async function upload(
  world: World,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!world.session.uploads.has(id)) return sendText(response, 404, "Not found");
  const body = await readBody(request, fileMax);
  if (body === undefined) return sendText(response, 413, "Too large");
  const content = await onlyFile(body, request.headers["content-type"] ?? "");
  await world.files.write(id, content);
  sendText(response, 200, `OK - ${content.length}`);
}

async function onlyFile(body: Buffer, type: string): Promise<Uint8Array> {
  if (!type.includes("multipart/form-data")) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": type },
  }).formData();
  const file = [...form.values()].find((value) => typeof value !== "string");
  return file === undefined ? body : new Uint8Array(await file.arrayBuffer());
}

/** For programs: whoever has no token that may see the file is sent to sign in, as by Slack. */
async function sendPrivately(
  world: World,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = callerOf(world, bearerOf(request), "files.info");
  if ("error" in caller) {
    const where = encodeURIComponent(request.url ?? "");
    response.writeHead(302, { location: `${world.options.publicUrl}/?redir=${where}` });
    return void response.end();
  }
  return sendFile(world, id, response);
}

/** Pictures are shown, and canvases as their Markdown; anything else is handed out as a download, so that no upload becomes a page. */
async function sendFile(world: World, id: string, response: ServerResponse): Promise<void> {
  const file = findFile(world, id);
  const content = file && (await world.files.read(id));
  if (file === undefined || content === undefined) return sendText(response, 404, "Not found");
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype);
  const isCanvas = file.mimetype === canvasType;
  const text = isCanvas ? "text/plain; charset=utf-8" : "application/octet-stream";
  response.writeHead(200, {
    "content-type": isPicture ? file.mimetype : text,
    "content-disposition":
      isPicture || isCanvas
        ? "inline"
        : `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    "content-length": content.length,
    "cache-control": isCanvas ? "no-store" : "private, max-age=86400",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
  response.end(content);
}
