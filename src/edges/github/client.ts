/** Asks GitHub's REST API through octokit, as a token or as an app; only at the configured origin, bounded in time and bytes. */

import { createAppAuth } from "@octokit/auth-app";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { z } from "zod";
import { fetchWithin, type Fetch } from "../outgoing.ts";
import { refusalOf, type Refusal } from "./refusal.ts";

export type GitHubSettings = {
  /** Base of the REST API; for GitHub Enterprise https://host/api/v3 */
  readonly apiUrl?: string | undefined;
  readonly fetch?: Fetch | undefined;
} & (
  | { readonly token: string }
  | { readonly app: { readonly id: string; readonly privateKey: string } }
);

export type Answer<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly hasMore: boolean;
      /** Names this answer, so that it can be asked whether it is another by now. */
      readonly etag?: string | undefined;
    }
  | ({ readonly ok: false } & Refusal);

interface Question<T> {
  /** "owner/name"; null for what is asked about no repository. */
  readonly repo: string | null;
  /** Below the repository where there is one: "/commits". */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly schema: z.ZodType<T>;
  /** Beside GitHub's usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type Ask = <T>(question: Question<T>, signal: AbortSignal) => Promise<Answer<T>>;

const answerBytesMax = 8_000_000;
/** For one question with its repetition; shorter than a source's deadline, so that a slow one does not cost the others. */
const questionTimeoutMs = 4_000;
const retriesMax = 1;
const retryAfterMs = 200;
/** A limit that ends later than this is said, not waited for; in seconds. */
const limitWaitMaxS = 1;

const Client = Octokit.plugin(throttling, retry);
type Client = InstanceType<typeof Client>;

export function clientOf(settings: GitHubSettings): Ask {
  const clientFor = clientsOf(settings);
  return async ({ repo, path, parameters, schema, headers = {} }, signal) => {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(questionTimeoutMs)]);
    try {
      const client = await clientFor(repo, bounded);
      const below = repo === null ? path : `/repos/${repo}${path}`;
      const response = await client.request(`GET ${below}`, {
        ...parameters,
        headers: { ...headers },
        request: { signal: bounded },
      });
      const parsed = schema.safeParse(response.data);
      const hasMore = /rel="next"/.test(response.headers.link ?? "");
      const { etag } = response.headers;
      if (parsed.success) return { ok: true, value: parsed.data, hasMore, etag };
      const said = typeof response.data === "object" ? "not what GitHub answers" : "not JSON";
      return { ok: false, said, status: null };
    } catch (error) {
      return { ok: false, ...refusalOf(error, repo) };
    }
  };
}

export type ClientFor = (repo: string | null, signal: AbortSignal) => Promise<Client>;

/** For whoever does more than read. */
export function clientsOf(settings: GitHubSettings): ClientFor {
  return "token" in settings ? withToken(settings) : withApp(settings);
}

function withToken(settings: GitHubSettings & { readonly token: string }): ClientFor {
  const client = new Client({ ...optionsOf(settings), auth: settings.token });
  return async () => client;
}

/** The app's installation is looked up once for each repository and process. */
function withApp(
  settings: GitHubSettings & { readonly app: { readonly id: string; readonly privateKey: string } },
): ClientFor {
  const auth = {
    appId: settings.app.id,
    // Keys that came through an environment variable often carry their line ends written out.
    privateKey: settings.app.privateKey.replaceAll(String.raw`\n`, "\n"),
  };
  const common = { ...optionsOf(settings), authStrategy: createAppAuth };
  const app = new Client({ ...common, auth });
  const installed = new Map<string, Promise<Client>>();
  const installation = async (repo: string, signal: AbortSignal): Promise<Client> => {
    const { data } = await app.request(`GET /repos/${repo}/installation`, { request: { signal } });
    return new Client({ ...common, auth: { ...auth, installationId: data.id } });
  };
  return (repo, signal) => {
    if (repo === null) return Promise.resolve(app);
    const known = installed.get(repo) ?? installation(repo, signal);
    installed.set(repo, known);
    known.catch(() => installed.delete(repo));
    return known;
  };
}

function optionsOf(settings: GitHubSettings) {
  const baseUrl = (settings.apiUrl ?? "https://api.github.com").replace(/\/+$/, "");
  return {
    baseUrl,
    userAgent: "hindsight",
    request: { fetch: wholeFetch(baseUrl, settings.fetch) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: {
      retries: retriesMax,
      retryAfterBaseValue: retryAfterMs,
      doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
    },
    throttle: {
      onRateLimit: () => false,
      onSecondaryRateLimit: (
        retryAfterS: number,
        _options: object,
        _client: object,
        count: number,
      ) => retryAfterS <= limitWaitMaxS && count < retriesMax,
    },
  };
}

/** What goes wrong is said in the answer; standard output and error belong to others. */
function silent(): void {}

/** Octokit takes a body that breaks off for an empty one; read before it, the failure is told. */
function wholeFetch(baseUrl: string, given: Fetch | undefined): Fetch {
  const bounds = { origin: new URL(baseUrl).origin, bytesMax: answerBytesMax };
  const fetch = fetchWithin({ ...bounds, ...(given ? { fetch: given } : {}) });
  return async (address, init) => {
    const response = await fetch(address, init);
    return response.body === null ? response : new Response(await response.arrayBuffer(), response);
  };
}
