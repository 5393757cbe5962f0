/** Hands events, commands and interactions to the app over Socket Mode, and takes its acknowledgements. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { z } from "zod";
import type { Parcel, Send } from "./deliver-http.ts";
import { newId } from "./ids.ts";
import { appId } from "./state.ts";
import type { Answer } from "./world.ts";

export interface SocketMode {
  readonly send: Send;
  /** A one-time address for `apps.connections.open`. */
  readonly address: (publicUrl: string) => string;
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Asks the app to reconnect, as Slack does about hourly, or hangs up without a word. */
  readonly disconnect: (how: "refresh_requested" | "warning" | "hang-up") => void;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

const ack = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });
const ticketsMax = 100;
const pingEveryMs = 10_000;
/** How long a client may take to answer a close before it is cut off. */
const goodbyeMs = 500;

/** Who waits for the acknowledgement of an envelope, by its id. */
type Waiting = Map<string, (answer: Answer) => void>;

export function openSocketMode(answerWithinMs: number, changed: () => void): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting: Waiting = new Map();

  server.on("connection", (socket: WebSocket) => {
    open.add(socket);
    greet(socket, open.size, waiting);
    socket.on("close", () => {
      open.delete(socket);
      changed();
    });
    changed();
  });

  return {
    send: (parcel) => sendBySocket(parcel, [...open].at(-1), waiting, answerWithinMs),
    address: (publicUrl) => {
      const ticket = newId("K");
      tickets.add(ticket);
      for (const old of tickets) if (tickets.size > ticketsMax) tickets.delete(old);
      return `${publicUrl.replace(/^http/, "ws")}/socket?ticket=${ticket}`;
    },
    handleUpgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? "/", "http://local").searchParams.get("ticket") ?? "";
      if (!tickets.delete(ticket)) return turnAway(socket, "403 Forbidden");
      server.handleUpgrade(request, socket, head, (client) => server.emit("connection", client));
    },
    disconnect: (how) => {
      for (const socket of open) {
        if (how === "hang-up") socket.terminate();
        else socket.send(JSON.stringify({ type: "disconnect", reason: how, debug_info: {} }));
      }
    },
    connections: () => open.size,
    close: () => sayGoodbye(server, open),
  };
}

async function sayGoodbye(server: WebSocketServer, open: ReadonlySet<WebSocket>): Promise<void> {
  const gone = [...open].map((socket) => once(socket, "close"));
  for (const socket of open) socket.close(1001);
  const impatience = setTimeout(() => open.forEach((each) => each.terminate()), goodbyeMs);
  await Promise.all(gone);
  clearTimeout(impatience);
  server.close();
}

function greet(socket: WebSocket, connections: number, waiting: Waiting): void {
  const ping = setInterval(() => socket.ping(), pingEveryMs);
  socket.on("close", () => clearInterval(ping));
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => {
    if (Buffer.isBuffer(data)) acknowledge(data.toString(), waiting);
  });
  socket.send(JSON.stringify(hello(connections)));
}

function sendBySocket(
  parcel: Parcel,
  socket: WebSocket | undefined,
  waiting: Waiting,
  answerWithinMs: number,
): Promise<Answer> {
  if (socket === undefined) return Promise.resolve({ outcome: "connection_failed" });
  const envelopeId = randomUUID();
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      waiting.delete(envelopeId);
      socket.off("close", onClose);
      resolve(answer);
    };
    const onClose = () => settle({ outcome: "connection_failed" });
    const timer = setTimeout(() => settle({ outcome: "timeout" }), answerWithinMs);
    waiting.set(envelopeId, settle);
    socket.once("close", onClose);
    socket.send(JSON.stringify(envelope(envelopeId, parcel)));
  });
}

function envelope(envelopeId: string, { kind, payload, retry }: Parcel): Record<string, unknown> {
  return {
    envelope_id: envelopeId,
    type: kind,
    accepts_response_payload: kind !== "events_api",
    payload,
    ...(kind === "events_api" && {
      retry_attempt: retry?.num ?? 0,
      retry_reason: retry?.reason ?? "",
    }),
  };
}

/** Messages that are no acknowledgement are ignored, as Slack does. */
function acknowledge(text: string, waiting: Waiting): void {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return;
  }
  const read = ack.safeParse(json);
  if (!read.success) return;
  const { envelope_id: id, payload } = read.data;
  waiting.get(id)?.({ outcome: "answered", status: 200, body: payload });
}

function hello(connections: number): Record<string, unknown> {
  return {
    type: "hello",
    num_connections: connections,
    debug_info: { host: "local", build_number: 1, approximate_connection_time: 3600 },
    connection_info: { app_id: appId },
  };
}

/** Refuses an upgrade and lets go of the connection. */
export function turnAway(socket: Duplex, status: "403 Forbidden" | "404 Not Found"): void {
  socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}
