/** Secrets, and addresses if wished, struck out of everything in a message or a form that a person reads; what only programs read stays. */

import { redact, withoutAddresses, type Addresses } from "./redact.ts";

const forPrograms = new Set([
  "type",
  "action_id",
  "block_id",
  "callback_id",
  "external_id",
  "private_metadata",
  "value",
  // By which one message of ours finds another.
  "key",
  "under",
  "of",
]);

/** The same shape; texts of any depth, links among them, which keep the addresses that they lead to. */
export function redactShown<T>(shown: T, addresses: Addresses = {}): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- strings become strings, and nothing else changes
  return redacted(shown, "", addresses) as T;
}

function redacted(value: unknown, name: string, addresses: Addresses): unknown {
  if (typeof value === "string") {
    if (forPrograms.has(name)) return value;
    return /(?:^|_)(?:url|link)$/.test(name) ? redact(value) : wordsIn(value, addresses);
  }
  if (Array.isArray(value)) return value.map((each) => redacted(each, name, addresses));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, redacted(each, key, addresses)]),
  );
}

/** Where a link leads, as Slack writes it: `<https://…|words>`. */
const leading = /<https?:\/\/[^<>|]+/g;

function wordsIn(text: string, addresses: Addresses): string {
  if (addresses.emails !== true && addresses.ips !== true) return redact(text);
  // Secrets first and in the whole, so that none is cut in two by a link.
  const safe = redact(text);
  const parts: string[] = [];
  let read = 0;
  for (const { 0: link, index } of safe.matchAll(leading)) {
    parts.push(withoutAddresses(safe.slice(read, index), addresses), link);
    read = index + link.length;
  }
  return parts.join("") + withoutAddresses(safe.slice(read), addresses);
}
