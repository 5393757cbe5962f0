/** The Web API over HTTP: reads a call in any of Slack's encodings, lets planted faults happen, answers as Slack does. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { callerOf } from "./api/caller.ts";
import { canvases } from "./api/canvases.ts";
import { chat } from "./api/chat.ts";
import { conversationDeeds } from "./api/conversation-deeds.ts";
import { conversations } from "./api/conversations.ts";
import { files } from "./api/files.ts";
import { marks } from "./api/marks.ts";
import { modals } from "./api/modals.ts";
import { identity } from "./api/identity.ts";
import { people } from "./api/people.ts";
import { refuse, type Methods, type Reply } from "./api/method.ts";
import type { Fault } from "./faults.ts";
import { bearerOf, bodyMax, readBody, sendJson } from "./http.ts";
import { keep, type World } from "./world.ts";

export type WebApi = (
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

export function openWebApi(world: World, openSocket: (() => string) | undefined): WebApi {
  const methods: Methods = {
    ...chat,
    ...conversations,
    ...conversationDeeds,
    ...marks,
    ...modals,
    ...files,
    ...canvases,
    ...people,
    ...identity(openSocket),
  };
  return async (method, request, response) => {
    const args = await readArgs(request);
    if (args === undefined) return sendJson(response, 413, refuse("request_too_large"));
    const fault = world.faults.take(method);
    if (fault !== undefined && (await strike(world, { method, args, fault }, response))) return;
    const result = await answer(world, methods, { method, args, token: tokenOf(request, args) });
    record(world, method, args, result);
    if (fault?.kind === "answer-lost") response.destroy();
    else if (result["error"] === "ratelimited")
      sendJson(response, 429, result, { "retry-after": "1" });
    else sendJson(response, 200, result);
  };
}

/** Lets a fault happen before the call takes effect; true when the call ends with it. */
async function strike(
  world: World,
  { method, args, fault }: { method: string; args: Record<string, unknown>; fault: Fault },
  response: ServerResponse,
): Promise<boolean> {
  switch (fault.kind) {
    case "answer-lost":
      return false;
    case "slow":
      await delay(fault.ms ?? 1000);
      return false;
    case "hang-up":
      record(world, method, args, refuse("local_hang_up"));
      response.destroy();
      return true;
    case "refused":
      record(world, method, args, refuse(fault.error ?? "restricted_action"));
      sendJson(response, 200, refuse(fault.error ?? "restricted_action"));
      return true;
    case "server-error":
      record(world, method, args, refuse("internal_error"));
      sendJson(response, 500, refuse("internal_error"));
      return true;
    case "rate-limited":
      record(world, method, args, refuse("ratelimited"));
      sendJson(response, 429, refuse("ratelimited"), {
        "retry-after": String(fault.retryAfterSeconds ?? 1),
      });
      return true;
  }
}

async function answer(
  world: World,
  methods: Methods,
  call: { method: string; args: Record<string, unknown>; token: string | undefined },
): Promise<Reply> {
  if (call.method === "api.test") {
    const { error } = call.args;
    return typeof error === "string"
      ? { ...refuse(error), args: call.args }
      : { ok: true, args: call.args };
  }
  const run = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
  if (run === undefined) return refuse("unknown_method");
  const caller = callerOf(world, call.token, call.method);
  if ("error" in caller) return refuse(caller.error);
  if (call.method === "chat.postMessage" && isTooFast(world, call.args["channel"]))
    return refuse("ratelimited");
  return run(call.args, { world, caller: caller.caller });
}

function isTooFast(world: World, channel: unknown): boolean {
  const { postsPerSecond } = world.options;
  if (postsPerSecond === undefined) return false;
  const now = world.now().getTime();
  const recent = (world.session.posts.get(String(channel)) ?? []).filter((at) => now - at < 1000);
  if (recent.length >= postsPerSecond) return true;
  world.session.posts.set(String(channel), [...recent, now]);
  return false;
}

function record(world: World, method: string, args: Record<string, unknown>, result: Reply): void {
  const { token: _token, ...shown } = args;
  keep(world.session.calls, { method, args: shown, at: world.now(), result });
  world.feed.changed();
}

function tokenOf(request: IncomingMessage, args: Record<string, unknown>): string | undefined {
  return bearerOf(request) ?? (typeof args["token"] === "string" ? args["token"] : undefined);
}

/** Arguments of the query and of the body, which is a form, multipart or JSON; undefined when it is too large. */
async function readArgs(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const body = await readBody(request, bodyMax);
  if (body === undefined) return undefined;
  const query = Object.fromEntries(new URL(request.url ?? "/", "http://local").searchParams);
  const type = request.headers["content-type"] ?? "";
  if (body.length === 0) return query;
  if (type.includes("json")) return { ...query, ...parsedObject(body.toString()) };
  if (type.includes("multipart/form-data")) {
    const form = await new Response(new Uint8Array(body), {
      headers: { "content-type": type },
    }).formData();
    return { ...query, ...Object.fromEntries(form) };
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) };
}

function parsedObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
