/** Names of services that a server measures, for whoever has written no catalog yet. */

import { z } from "zod";
import type { Ask } from "./client.ts";

/** In the order of how surely a label names a service. */
const nameLabels = ["service", "service_name", "app", "job"] as const;

/** Those of the first label that names any, in alphabetical order; rejects where the server gives no answer. */
export async function serviceNames(ask: Ask, signal: AbortSignal): Promise<string[]> {
  const answers = await Promise.all(
    nameLabels.map((label) =>
      ask({ path: `/api/v1/label/${label}/values`, schema: z.array(z.string()) }, signal),
    ),
  );
  const named = answers.find((answer) => answer.ok && answer.value.length > 0);
  if (named?.ok) return [...new Set(named.value.map(withoutNamespace))].toSorted();
  const failed = answers.find((answer) => !answer.ok);
  if (failed !== undefined && !failed.ok) throw new Error(failed.said);
  return [];
}

/** OpenTelemetry's job is "namespace/service". */
function withoutNamespace(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
