/** Gives a postmortem to a system of the team's own: one signed POST, with the same id each time it is the same version. */

import { createHmac } from "node:crypto";
import type { Exported, GivenOut } from "../flows/postmortem-ports.ts";
import { failureWords, fetchWithin, type Fetch } from "./outgoing.ts";

const answerBytesMax = 100_000;

export interface HookSettings {
  readonly url: string;
  readonly secret: string;
  readonly fetch?: Fetch;
  readonly now: () => Date;
}

/** Over version, timestamp and the body's bytes, as Slack signs. */
function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

export function outgoingHook(
  settings: HookSettings,
): (given: GivenOut, signal: AbortSignal) => Promise<Exported> {
  const { url, secret, now } = settings;
  const fetch = fetchWithin({
    origin: new URL(url).origin,
    bytesMax: answerBytesMax,
    ...(settings.fetch ? { fetch: settings.fetch } : {}),
  });
  return async (given, signal) => {
    const body = JSON.stringify({ kind: "postmortem", ...given });
    const timestamp = String(Math.floor(now().getTime() / 1000));
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-hindsight-delivery": `${given.incident}/${given.version}`,
          "x-hindsight-timestamp": timestamp,
          "x-hindsight-signature": signatureOf(secret, timestamp, body),
        },
        body,
        signal,
      });
      await response.body?.cancel();
      if (response.ok) return { ok: true, words: `${new URL(url).host} has taken it`, url: null };
      return { ok: false, said: refusalWords(new URL(url).host, response.status) };
    } catch (error) {
      const said = `${new URL(url).host} did not answer (${failureWords(error)}). Export again.`;
      return { ok: false, said };
    }
  };
}

function refusalWords(host: string, status: number): string {
  const mend =
    status === 401 || status === 403
      ? "Check that OUTGOING_HOOK_SECRET is the same on both sides."
      : status === 404
        ? "Check OUTGOING_HOOK_URL."
        : "Export again once it is well.";
  return `${host} answered HTTP ${status}. ${mend}`;
}
