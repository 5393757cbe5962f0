/** Secrets struck out of everything in a message or a form that a person reads; what only programs read stays. */

import { redact } from "./redact.ts";

const forPrograms = new Set([
  "type",
  "action_id",
  "block_id",
  "callback_id",
  "external_id",
  "private_metadata",
  "value",
]);

/** The same shape; texts of any depth, links among them. */
export function redactShown<T>(shown: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- strings become strings, and nothing else changes
  return redacted(shown, "") as T;
}

function redacted(value: unknown, name: string): unknown {
  if (typeof value === "string") return forPrograms.has(name) ? value : redact(value);
  if (Array.isArray(value)) return value.map((each) => redacted(each, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redacted(each, key)]));
}
