/** Calls that change a repository: what is answered is checked, and what is refused is thrown, to be told by who knows what was wanted. */

import type { z } from "zod";
import type { ClientFor } from "./client.ts";

/** `route`: "PATCH /issues/4", below the repository; "GET //search/issues" is below the API itself. */
export type Call = <T>(
  route: string,
  schema: z.ZodType<T>,
  parameters?: Readonly<Record<string, unknown>>,
) => Promise<T>;

export function callsTo(clients: ClientFor, repo: string, signal: AbortSignal): Call {
  return async (route, schema, parameters = {}) => {
    const client = await clients(repo, signal);
    const [method = "GET", path = ""] = route.split(" ");
    const below = path.startsWith("//") ? path.slice(1) : `/repos/${repo}${path}`;
    // What was made by a request whose answer was lost would be made twice.
    const again = method === "POST" ? { retries: 0 } : {};
    const { data } = await client.request(`${method} ${below}`, {
      ...parameters,
      request: { signal, ...again },
    });
    return schema.parse(data);
  };
}

/** Of an answer; octokit gives a request that got none a status of its own. */
export function statusOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !Reflect.get(error, "response")) return null;
  const status: unknown = Reflect.get(error, "status");
  return typeof status === "number" && status > 0 ? status : null;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
