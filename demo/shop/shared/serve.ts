/** An HTTP server with JSON routes, access log, metrics and a graceful end. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { metricsPort, portOf, serviceName } from "./environment.ts";
import { log } from "./log.ts";
import { register, requestSeconds } from "./metrics.ts";

/** Answers a request's body with a body; throws Refusal for anything but 200. */
export type Route = (body: Record<string, unknown>) => unknown;

export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Callers are told to connect anew, to the process that takes over. */
let isEnding = false;

/** Routes by "METHOD /path"; the metrics are on a port of the process's own. */
export function serve(routes: Record<string, Route>): void {
  const server = createServer((request, response) => {
    void handle(routes, request, response);
  });
  server.keepAliveTimeout = 5000;
  const reusePort = process.platform === "linux";
  server.listen({ host: "127.0.0.1", port: portOf(serviceName), reusePort }, () => {
    log("info", `${serviceName} is ready`);
  });
  const metrics = createServer((_request, response) => void tellMetrics(response));
  metrics.listen({ host: "127.0.0.1", port: metricsPort });
  process.on("SIGTERM", () => {
    isEnding = true;
    metrics.close();
    metrics.closeAllConnections();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}

async function tellMetrics(response: ServerResponse): Promise<void> {
  response.setHeader("content-type", register.contentType);
  response.end(await register.metrics());
}

async function handle(
  routes: Record<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isEnding) response.setHeader("connection", "close");
  const name = `${request.method} ${request.url}`;
  const route = routes[name];
  const began = performance.now();
  const { status, body } =
    route === undefined ? { status: 404, body: {} } : await answer(route, request);
  const seconds = (performance.now() - began) / 1000;
  const label = route === undefined ? "unknown" : name;
  requestSeconds.observe({ route: label, status }, seconds);
  const level = status >= 500 ? "warn" : "info";
  log(level, `${label} answered ${status} in ${Math.round(seconds * 1000)} ms`);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

async function answer(
  route: Route,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  try {
    let text = "";
    for await (const chunk of request) text += chunk;
    return { status: 200, body: await route(text === "" ? {} : JSON.parse(text)) };
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    const reason = error instanceof Error ? error.message : String(error);
    log("error", reason);
    return { status, body: { error: reason } };
  }
}
