/** POST /hooks/<source>: the secret is checked, the payload read, what it holds committed, and then it is answered. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Delivery } from "../../alert/alert.ts";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import type { IncidentNews } from "../../incident/news.ts";
import { readBody } from "../read-body.ts";
import type { IssueNews, Parsed } from "./parsed.ts";
import { bearsToken, isSigned } from "./proof.ts";
import { parse, senderNamed, signatureOf, type HookSource } from "./senders.ts";

/** Above what the largest sender posts at once. */
const bodyBytesMax = 25_000_000;

type HookOutcome =
  | "accepted"
  | "unauthorized"
  | "too-large"
  | "malformed"
  | "unplaced"
  | "unavailable";

export interface HookOptions {
  readonly secrets: HookSecrets;
  /** Resolve once they are on disk; reject within a second when that cannot be. */
  readonly keep: (events: readonly ChangeEvent[]) => Promise<void>;
  readonly enqueue: (deliveries: readonly Delivery[]) => Promise<void>;
  readonly tell: (news: readonly IncidentNews[]) => Promise<void>;
  /** News that would be lost here, each with a sentence and its mend; never rejects. */
  readonly unplaced: (news: readonly IncidentNews[]) => Promise<ReadonlyMap<IncidentNews, string>>;
  /** Of any repository that posts here; kept only where it may be one of ours. */
  readonly issue: (news: IssueNews) => Promise<void>;
  /** The catalog's only service of a repository; null: it has several, or none. */
  readonly serviceOf: (repository: string) => string | null;
  /** Commits were pushed to this repository. */
  readonly pushed?: (repository: string) => void;
  readonly onEvent: (source: HookSource, outcome: HookOutcome) => void;
  /** What was taken and is odd all the same, in a sentence with the mend. */
  readonly onNote: (sentence: string) => void;
}

/** Several where one takes the place of another. */
export type HookSecrets = Readonly<Partial<Record<HookSource, string | readonly string[]>>>;

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
    const source = senderNamed(name);
    const secret = source === null ? undefined : options.secrets[source];
    if (source === null || secret === undefined) {
      return end(response, 404, "There is no such hook, or its secret is not set.");
    }
    if (request.method !== "POST") return end(response, 405, "Hooks are posted to.");
    const hook = { source, secrets: [secret].flat(), options };
    const answer = await answerTo(request, hook);
    if (answer === null) return;
    options.onEvent(source, answer.outcome);
    end(response, answer.status, answer.said);
  };
}

interface Hook {
  readonly source: HookSource;
  readonly secrets: readonly string[];
  readonly options: HookOptions;
}

/** null: the sender hung up, and nothing was taken. */
async function answerTo(request: IncomingMessage, hook: Hook): Promise<Answer | null> {
  const { source, secrets, options } = hook;
  const header = (name: string): string | undefined => [request.headers[name]].flat()[0];
  const signature = signatureOf(source);
  if (
    signature === null &&
    !secrets.some((secret) => bearsToken(secret, header("authorization")))
  ) {
    request.resume();
    return wrongSecret;
  }
  const body = await readBody(request, bodyBytesMax);
  if (body === undefined) return null;
  if (body === null) return tooLarge;
  if (signature !== null) {
    const { prefix } = signature;
    const given = header(signature.header);
    if (!secrets.some((secret) => isSigned({ secret, prefix, body }, given))) return wrongSecret;
  }
  const { serviceOf } = options;
  const parsed = parse(source, body, { event: header("x-github-event") ?? "", serviceOf });
  if (!parsed.ok) return { outcome: "malformed", status: 400, said: parsed.said };
  return answerOnce(parsed, hook);
}

/** What is lost here is told before 202 is: the rest is taken all the same. */
async function answerOnce(parsed: Taken, { source, options }: Hook): Promise<Answer> {
  const { events = [], deliveries = [], news = [], pushed, issue, note } = parsed;
  if (pushed !== undefined) options.pushed?.(pushed);
  const unplaced = news.length === 0 ? new Map() : await options.unplaced(news);
  try {
    await options.keep(events);
    await options.enqueue(deliveries);
    await options.tell(news.filter((each) => !unplaced.has(each)));
    if (issue !== undefined) await options.issue(issue);
  } catch {
    return away;
  }
  if (note !== undefined) options.onNote(`A payload at /hooks/${source}: ${note}.`);
  if (unplaced.size === 0) return { outcome: "accepted", status: 202, said: answerOf(parsed) };
  const others = unplaced.size < countOf(parsed) ? ["All other events were taken."] : [];
  const said = [...unplaced.values(), ...others].join("\n");
  return { outcome: "unplaced", status: 422, said };
}

type Taken = Extract<Parsed, { ok: true }>;

/** What was cut off is said, where something was, and what is odd. */
function answerOf(taken: Taken): object {
  const { deliveries = [], accepted, note } = taken;
  const leftOut = deliveries.reduce((sum, delivery) => sum + delivery.leftOut, 0);
  return {
    accepted: accepted ?? countOf(taken),
    ...(leftOut === 0 ? {} : { leftOut }),
    ...(note === undefined ? {} : { note }),
  };
}

function countOf({ events = [], deliveries = [], news = [], issue }: Taken): number {
  const alerts = deliveries.flatMap((delivery) => delivery.alerts);
  return events.length + alerts.length + news.length + (issue === undefined ? 0 : 1);
}

function end(response: ServerResponse, status: number, said: string | object): void {
  const isText = typeof said === "string";
  response
    .writeHead(status, {
      "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
    })
    .end(isText ? `${said}\n` : JSON.stringify(said));
}
