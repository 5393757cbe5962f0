/** Hands events, commands and interactions to the app as signed HTTP requests. */
import { signedHeaders } from "./signature.ts";
import type { Answer } from "./world.ts";

export type Parcel = {
  readonly kind: "events_api" | "interactive" | "slash_commands";
  readonly payload: Readonly<Record<string, unknown>>;
  readonly retry?: { readonly num: number; readonly reason: string };
};

/** Sends one parcel to the app and says what came back; never rejects. */
export type Send = (parcel: Parcel) => Promise<Answer>;

export interface HttpTarget {
  readonly url: () => string;
  readonly signingSecret: string;
  readonly answerWithinMs: number;
  readonly now: () => Date;
}

export function sendByHttp(target: HttpTarget): Send {
  return async (parcel) => {
    const { contentType, body } = encode(parcel);
    const retry = parcel.retry && {
      "x-slack-retry-num": String(parcel.retry.num),
      "x-slack-retry-reason": parcel.retry.reason,
    };
    try {
      const response = await fetch(target.url(), {
        method: "POST",
        headers: {
          "content-type": contentType,
          "user-agent": "Slackbot 1.0 (local workspace)",
          ...signedHeaders(target.signingSecret, body, target.now()),
          ...retry,
        },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(target.answerWithinMs),
      });
      return {
        outcome: "answered",
        status: response.status,
        body: parsed(await response.text()),
        noRetry: response.headers.get("x-slack-no-retry") === "1",
      };
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === "TimeoutError";
      return { outcome: isTimeout ? "timeout" : "connection_failed" };
    }
  };
}

function encode({ kind, payload }: Parcel): { contentType: string; body: string } {
  const form = "application/x-www-form-urlencoded";
  switch (kind) {
    case "events_api":
      return { contentType: "application/json", body: JSON.stringify(payload) };
    case "interactive":
      return {
        contentType: form,
        body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      };
    case "slash_commands":
      return {
        contentType: form,
        body: new URLSearchParams(
          Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)])),
        ).toString(),
      };
  }
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
