/** Calls to other services, timed by callee. */

import { Agent, request } from "node:http";
import { portOf } from "./environment.ts";
import { outboundSeconds } from "./metrics.ts";
import { Refusal } from "./serve.ts";

/** A connection for each call, so that calls spread over all processes that share the callee's port. */
const agent = new Agent({ keepAlive: false, maxSockets: 200, timeout: 4000 });

export interface Call {
  readonly callee: string;
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs: number;
}

/** The parsed answer; throws Refusal 502 for an error of the callee and 504 when the time is up. */
export async function call<T>(wanted: Call): Promise<T> {
  const stop = outboundSeconds.startTimer({ callee: wanted.callee });
  try {
    const { status, text } = await exchange(wanted);
    stop({ status });
    if (status !== 200)
      throw new Refusal(502, `${wanted.callee} answered ${status}: ${JSON.parse(text).error}`);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    stop({ status: "none" });
    const isLate = error instanceof Error && error.name === "TimeoutError";
    if (isLate)
      throw new Refusal(504, `${wanted.callee} did not answer within ${wanted.timeoutMs} ms`);
    throw new Refusal(502, `${wanted.callee} cannot be reached: ${String(error)}`);
  }
}

function exchange(wanted: Call): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        host: "127.0.0.1",
        port: portOf(wanted.callee),
        method: wanted.method ?? "POST",
        path: wanted.path,
        signal: AbortSignal.timeout(wanted.timeoutMs),
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", reject);
      },
    );
    outgoing.on("error", (error) => {
      const cause: unknown = error.cause;
      reject(cause instanceof Error && cause.name === "TimeoutError" ? cause : error);
    });
    outgoing.end(wanted.body === undefined ? undefined : JSON.stringify(wanted.body));
  });
}
