/**
 * Strikes out what must not be shown: the one place where secrets, and the addresses of people and machines if wished,
 * are taken out of our log, of log lines, of what Slack is sent and of what a model would be shown (DESIGN §10, §14).
 */

import { cloudTokens } from "./cloud-tokens.ts";
import { codeTokens } from "./code-tokens.ts";
import { encodedIn } from "./encoded.ts";
import { finderOf, type Found } from "./find.ts";
import { commandOptions } from "./command-options.ts";
import { keyBlocks, webTokens } from "./key-blocks.ts";
import { namedSecrets } from "./named-secrets.ts";
import { pairedIn } from "./pairs.ts";
import { peopleIn } from "./people.ts";
import { placedSecrets } from "./placed-secrets.ts";
import { readingsOf, type Reading } from "./reading.ts";
import { goesOn } from "./wrapped.ts";
import { serviceTokens } from "./service-tokens.ts";

export interface Addresses {
  /** E-mail addresses as well: a log line may tell of a customer. */
  readonly emails?: boolean;
  /** IP addresses of the internet as well; those of private networks stay. */
  readonly ips?: boolean;
}

export interface Redaction extends Addresses {
  /** Numbers the secrets of one incident; without it a placeholder names the kind alone. */
  readonly placeholders?: Placeholders;
}

/** The number of a secret of this kind: the same secret has the same, whatever it was written in. */
export type Placeholders = (kind: string, secret: string) => number;

/** For one incident; it holds the secrets and must be written nowhere. */
export function startPlaceholders(): Placeholders {
  const kinds = new Map<string, Map<string, number>>();
  return (kind, secret) => {
    const numbers = kinds.get(kind) ?? new Map<string, number>();
    kinds.set(kind, numbers);
    const number = numbers.get(secret) ?? numbers.size + 1;
    numbers.set(secret, number);
    return number;
  };
}

/** Base64 of base64 is read; what lies deeper is not. */
const encodedDepthMax = 2;
/** No secret is shorter than its name. */
const charsMin = 8;

const secretsIn = finderOf([
  ...cloudTokens,
  ...codeTokens,
  ...serviceTokens,
  ...keyBlocks,
  ...webTokens,
  ...placedSecrets,
  ...commandOptions,
  ...namedSecrets,
]);

/** Everything but secrets stays as it is; what is struck out already is left alone. */
export function redact(text: string, redaction: Redaction = {}): string {
  if (text.length < charsMin) return text;
  const found = [...everywhereIn(text, redaction, 0)];
  return found.length === 0 ? text : without(text, joined(found), redaction);
}

/** Addresses alone, for what has lost its secrets already. */
export function withoutAddresses(text: string, addresses: Addresses): string {
  const found = peopleIn(text, addresses);
  return found.length === 0 ? text : without(text, joined(found), {});
}

function everywhereIn(text: string, redaction: Redaction, depth: number): Found[] {
  const { lines, unwrapped } = readingsOf(text);
  const found = lines.flatMap((reading) => [
    ...placedBack(secretsIn(reading.text), reading),
    ...placedBack(pairedIn(reading.text, secretsIn), reading),
    ...placedBack(peopleIn(reading.text, redaction), reading),
  ]);
  const begun = new Set(found.map(({ from }) => from));
  for (const reading of unwrapped) {
    const all = [...secretsIn(reading.text), ...pairedIn(reading.text, secretsIn)];
    const long = all.filter((one) => goesOn(one, reading, begun));
    found.push(...placedBack(long, reading));
  }
  if (depth >= encodedDepthMax) return found;
  for (const reading of [...lines, ...unwrapped]) {
    found.push(...decodedIn(reading, redaction, depth));
  }
  return found;
}

/** Where base64 holds a secret the whole of it goes. */
function decodedIn(reading: Reading, redaction: Redaction, depth: number): Found[] {
  const found: Found[] = [];
  for (const { from, to, text } of encodedIn(reading.text)) {
    const [first] = everywhereIn(text, redaction, depth + 1).toSorted((a, b) => a.rank - b.rank);
    if (first !== undefined) found.push({ ...first, from, to });
  }
  return placedBack(found, reading);
}

function placedBack(found: readonly Found[], { at }: Reading): Found[] {
  if (at === null) return [...found];
  return found.map((one) => ({ ...one, from: at[one.from] ?? 0, to: at[one.to] ?? 0 }));
}

/** In order; those that overlap are one, named by the most exact rule. */
function joined(found: readonly Found[]): readonly Found[] {
  const ordered = found.toSorted((a, b) => a.from - b.from || a.rank - b.rank);
  const apart: Found[] = [];
  for (const one of ordered) {
    const last = apart.at(-1);
    if (last === undefined || one.from >= last.to) apart.push(one);
    else
      apart[apart.length - 1] = {
        ...(one.rank < last.rank ? one : last),
        from: last.from,
        to: Math.max(one.to, last.to),
      };
  }
  return apart;
}

function without(text: string, found: readonly Found[], { placeholders }: Redaction): string {
  const parts: string[] = [];
  let read = 0;
  for (const { from, to, kind, secret } of found) {
    const name = kind === "e-mail" || kind === "ip" ? kind : `secret:${kind}`;
    const number = placeholders === undefined ? "" : `:${placeholders(kind, secret)}`;
    parts.push(text.slice(read, from), `[${name}${number}]`);
    read = to;
  }
  return parts.join("") + text.slice(read);
}
