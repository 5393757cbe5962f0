/** Asks a source about one service by one POST, bounded in time and bytes; one reading asks once, however many ports read it. */

import type { Service } from "../../catalog/catalog.ts";
import type { Window } from "../../flows/ports.ts";
import { atMost } from "../at-most.ts";
import { credentialHeaders, failureWords, fetchWithin, refusalWords } from "../outgoing.ts";
import type { Server } from "../outgoing.ts";
import { answerFrom, type Answer } from "./answer.ts";

export interface SourceSettings extends Server {
  /** For all that one reading asks; shorter than a source's deadline, so that what came is kept. */
  readonly readingTimeoutMs?: number | undefined;
}

export type Asked = Pick<Service, "name" | "environments">;
export type Ask = (service: Asked, window: Window) => Promise<Answer>;

const concurrencyMax = 6;
const readingTimeoutMsDefault = 4_000;
const answerBytesMax = 8_000_000;

/** Never rejects. A reading is known by its window, the object itself; with it goes what was answered. */
export function askerOf(settings: SourceSettings): Ask {
  const timeoutMs = settings.readingTimeoutMs ?? readingTimeoutMsDefault;
  const post = posterTo(settings);
  const readings = new WeakMap<
    Window,
    { signal: AbortSignal; answers: Map<string, Promise<Answer>> }
  >();
  return (service, window) => {
    const reading = readings.get(window) ?? {
      signal: AbortSignal.timeout(timeoutMs),
      answers: new Map<string, Promise<Answer>>(),
    };
    readings.set(window, reading);
    const answer = reading.answers.get(service.name) ?? post(service, window, reading.signal);
    reading.answers.set(service.name, answer);
    return answer;
  };
}

function posterTo(
  settings: SourceSettings,
): (service: Asked, window: Window, signal: AbortSignal) => Promise<Answer> {
  const base = new URL(settings.url);
  const headers = { ...credentialHeaders(settings), "content-type": "application/json" };
  const fetch = fetchWithin({ origin: base.origin, bytesMax: answerBytesMax });
  const address = base.origin + base.pathname + base.search;
  const gate = atMost(concurrencyMax);
  return (service, window, signal) =>
    gate(async () => {
      try {
        const body = JSON.stringify(questionOf(service, window));
        const response = await fetch(address, { method: "POST", headers, body, signal });
        const text = await response.text();
        if (!response.ok) return { ok: false, said: refusalWords(response, text) };
        return answerFrom(JSON.parse(text), service.name, window);
      } catch (error) {
        return { ok: false, said: error instanceof SyntaxError ? "not JSON" : failureWords(error) };
      }
    });
}

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);

/** Times are Unix seconds. */
function questionOf({ name, environments }: Asked, { from, to, onset }: Window) {
  return {
    service: name,
    environment: environments[0] ?? null,
    from: seconds(from),
    to: seconds(to),
    onset: seconds(onset),
  };
}
