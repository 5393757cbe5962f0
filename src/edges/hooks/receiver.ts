/** POST /hooks/<source>: the secret is checked, the payload read, its changes committed, and then it is answered. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { hookSources, type ChangeEvent, type HookSource } from "../../evidence/change-event.ts";
import { readBody } from "../read-body.ts";
import { parseFlagsmith } from "./flagsmith.ts";
import { parseGeneric } from "./generic.ts";
import { parseLaunchDarkly } from "./launchdarkly.ts";
import type { Parsed } from "./parsed.ts";
import { bearsToken, isSigned } from "./proof.ts";
import { parseUnleash } from "./unleash.ts";

/** Above what the largest sender posts at once. */
const bodyBytesMax = 25_000_000;

type HookOutcome = "accepted" | "unauthorized" | "too-large" | "malformed" | "unavailable";

export interface HookOptions {
  readonly secrets: HookSecrets;
  /** Resolves once they are on disk; rejects within a second when that cannot be. */
  readonly keep: (events: readonly ChangeEvent[]) => Promise<void>;
  readonly onEvent: (source: HookSource, outcome: HookOutcome) => void;
}

export type HookSecrets = Readonly<Partial<Record<HookSource, string>>>;

interface Answer {
  readonly outcome: HookOutcome;
  readonly status: number;
  readonly said: string | object;
}

const wrongSecret: Answer = {
  outcome: "unauthorized",
  status: 401,
  said: "The secret is not the one that is set here.",
};
const tooLarge: Answer = {
  outcome: "too-large",
  status: 413,
  said: "The body is larger than 25 MB.",
};
const away: Answer = {
  outcome: "unavailable",
  status: 503,
  said: "The database is away; please send it again.",
};

/** Where its secret is unset a hook is not there. */
export function hookListener(
  options: HookOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const name = (request.url ?? "").split("?", 1)[0]?.slice("/hooks/".length);
    const source = hookSources.find((known) => known === name);
    const secret = source === undefined ? undefined : options.secrets[source];
    if (source === undefined || secret === undefined) {
      return end(response, 404, "There is no such hook, or its secret is not set.");
    }
    if (request.method !== "POST") return end(response, 405, "Hooks are posted to.");
    const answer = await answerTo(request, { source, secret, keep: options.keep });
    if (answer === null) return;
    options.onEvent(source, answer.outcome);
    end(response, answer.status, answer.said);
  };
}

/** null: the sender hung up, and nothing was taken. */
async function answerTo(
  request: IncomingMessage,
  hook: {
    readonly source: HookSource;
    readonly secret: string;
    readonly keep: HookOptions["keep"];
  },
): Promise<Answer | null> {
  const { source, secret } = hook;
  const header = (name: string): string | undefined => [request.headers[name]].flat()[0];
  const signature = signatureHeader(source);
  if (signature === null && !bearsToken(secret, header("authorization"))) {
    request.resume();
    return wrongSecret;
  }
  const body = await readBody(request, bodyBytesMax);
  if (body === undefined) return null;
  if (body === null) return tooLarge;
  if (signature !== null && !isSigned(secret, header(signature), body)) return wrongSecret;
  const parsed = parse(source, body);
  if (!parsed.ok) return { outcome: "malformed", status: 400, said: parsed.said };
  try {
    await hook.keep(parsed.events);
  } catch {
    return away;
  }
  return { outcome: "accepted", status: 202, said: { accepted: parsed.events.length } };
}

/** null: the sender shows a token instead. */
function signatureHeader(source: HookSource): string | null {
  switch (source) {
    case "launchdarkly":
      return "x-ld-signature";
    case "flagsmith":
      return "x-flagsmith-signature";
    case "generic":
    case "unleash":
      return null;
  }
}

function parse(source: HookSource, body: Buffer): Parsed {
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString("utf8"));
  } catch {
    return { ok: false, said: "the body: is not JSON" };
  }
  switch (source) {
    case "generic":
      return parseGeneric(payload);
    case "launchdarkly":
      return parseLaunchDarkly(payload);
    case "unleash":
      return parseUnleash(payload);
    case "flagsmith":
      return parseFlagsmith(payload);
  }
}

function end(response: ServerResponse, status: number, said: string | object): void {
  const isText = typeof said === "string";
  response
    .writeHead(status, {
      "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
    })
    .end(isText ? `${said}\n` : JSON.stringify(said));
}
