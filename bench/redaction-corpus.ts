/** The corpus of `bench:redaction`: secrets made from their documented forms, put into every carrier, and what only looks like one. */

import { moreKinds } from "./redaction-kinds-services.ts";
import { structureKinds } from "./redaction-kinds-structures.ts";
import { bare, kinds, type Row } from "./redaction-kinds.ts";

export interface Planted {
  readonly kind: string;
  readonly carrier: Carrier;
  readonly text: string;
  readonly secret: string;
}

export const carriers = ["plain", "JSON", "diff", "base64", "URL", "wrapped", "disguised"] as const;
export type Carrier = (typeof carriers)[number];

export type Chance = () => number;

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lower = upper.toLowerCase();
const digits = "0123456789";
const sets: Readonly<Record<string, string>> = {
  b62: `${upper}${lower}${digits}`,
  b64: `${upper}${lower}${digits}+/`,
  b64u: `${upper}${lower}${digits}-_`,
  b32: `${upper}234567`,
  hex: `${digits}abcdef`,
  HEX: `${digits}ABCDEF`,
  dig: digits,
  dig1: "123456789",
  low: lower,
  lowd: `${lower}${digits}`,
  upd: `${upper}${digits}`,
};

/** The same numbers from the same seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(all: readonly T[], chance: Chance): T => {
  const one = all[Math.floor(chance() * all.length)];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
};

export function random(set: string, length: number, chance: Chance): string {
  const characters = sets[set];
  if (characters === undefined) throw new Error(`there is no set ${set}`);
  return Array.from({ length }, () =>
    characters.charAt(Math.floor(chance() * characters.length)),
  ).join("");
}

/** As a form says it; see redaction-kinds.ts. */
export function made(form: string, chance: Chance): string {
  return form.replaceAll(
    /<(uuid|basic|\w+(?=:))(?::([^>]+))?>/g,
    (_all, set: string, size: string) => {
      if (set === "uuid") return uuid(chance);
      if (set === "pem") return pem(size, chance);
      if (set === "pw") return password(Number(size), chance);
      if (set === "basic") return btoa(`shop:${password(14, chance)}`);
      if (set === "crc62") return withCrc(random("b62", Number(size), chance));
      return random(set, Number(size), chance);
    },
  );
}

export const uuid = (chance: Chance): string =>
  [8, 4, 4, 4, 12].map((length) => random("hex", length, chance)).join("-");

/** Letters of both cases, a digit and a mark that addresses and files may hold as it is. */
function password(length: number, chance: Chance): string {
  const marks = pick(["!", "_", "-", ".", "~", "*", "+"], chance);
  return `${random("low", 3, chance)}${random("b62", length - 5, chance)}${marks}${random("dig", 1, chance)}`;
}

/** GitHub's and npm's: the CRC-32 of what goes before, in six characters of base 62. */
function withCrc(body: string): string {
  const base62 = `${digits}${upper}${lower}`;
  let sum = crc32(body);
  let written = "";
  for (let index = 0; index < 6; index += 1) {
    written = base62.charAt(sum % 62) + written;
    sum = Math.floor(sum / 62);
  }
  return body + written;
}

function crc32(text: string): number {
  let crc = ~0;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function pem(name: string, chance: Chance): string {
  const lines = Array.from({ length: 5 }, () => random("b64", 64, chance));
  return [
    `-----BEGIN ${name}-----`,
    ...lines,
    `${random("b64", 30, chance)}==`,
    `-----END ${name}-----`,
  ].join("\n");
}

/** Every kind `times` times in every carrier. */
export function planted(times: number, chance: Chance): readonly Planted[] {
  return allKinds.flatMap((row) =>
    carriers
      // A list or a table with another break in it is no such list.
      .filter((carrier) => carrier !== "wrapped" || !structureKinds.includes(row))
      .flatMap((carrier) => Array.from({ length: times }, () => plant(row, carrier, chance))),
  );
}

const allKinds = [...kinds, ...moreKinds, ...structureKinds];
export const kindCount = new Set(allKinds.map(([kind]) => kind)).size;

function plant([kind, form, around]: Row, carrier: Carrier, chance: Chance): Planted {
  const secret = made(form, chance);
  const text = pick(
    around === undefined ? bare : typeof around === "string" ? around.split("|") : around,
    chance,
  ).replaceAll("«»", () => secret);
  return { kind, carrier, secret, text: carried(text, secret, carrier, chance) };
}

const before = [
  "2026-11-27T14:01:22Z ERROR checkout could not reach payments: ",
  "level=warn service=cart msg=retry attempt=3 ",
  "",
];

function carried(text: string, secret: string, carrier: Carrier, chance: Chance): string {
  switch (carrier) {
    case "plain":
      return pick(before, chance) + text;
    case "JSON": {
      const line = JSON.stringify({
        level: "error",
        msg: text,
        trace_id: random("hex", 32, chance),
      });
      return chance() < 0.5 ? line : JSON.stringify({ log: line, stream: "stderr" });
    }
    case "diff": {
      const mark = pick(["+", "+  "], chance);
      return [
        "diff --git a/config.yaml b/config.yaml",
        `index ${random("hex", 7, chance)}..${random("hex", 7, chance)} 100644`,
        "@@ -1,4 +1,5 @@",
        " service: checkout",
        ...text.split("\n").map((line) => `${mark}${line}`),
        " replicas: 3",
      ].join("\n");
    }
    case "base64":
      return `data: ${Buffer.from(`${text}\n`).toString(chance() < 0.7 ? "base64" : "base64url")}`;
    case "URL":
      return `GET /callback?state=7&body=${encodeURIComponent(text)} 500`;
    case "wrapped":
      return wrapped(text, secret, chance);
    case "disguised":
      return text.replaceAll(secret, () => disguised(secret, chance));
  }
}

/** Broken within the secret, as mail, terminals, shells, programs and diffs break lines. */
function wrapped(text: string, secret: string, chance: Chance): string {
  const start = text.indexOf(secret);
  const inside = start + 3 + Math.floor(chance() * (secret.length - 6));
  const filled = "refused by the gateway at its third attempt, "
    .repeat(2)
    .slice(0, Math.max(0, 64 - inside));
  const [head, tail] = [text.slice(0, inside), text.slice(inside)];
  switch (Math.floor(chance() * 5)) {
    case 4:
      return `${head}\n${tail}`;
    case 0:
      return `${filled}${head}\n${tail}`;
    case 1:
      return `${head}\\\n    ${tail}`;
    case 2:
      return `+${filled}${head}\n+${tail}`;
    default:
      return `note = "${head}" +\n       "${tail}"`;
  }
}

/** With entities, characters that nobody sees or wide ones in it, one in six. */
function disguised(secret: string, chance: Chance): string {
  const way = Math.floor(chance() * 4);
  return secret.replaceAll(/[!-~]/g, (character) => {
    if (chance() > 1 / 6) return character;
    const code = character.charCodeAt(0);
    if (way === 0) return `&#${code};`;
    if (way === 1) return `&#x${code.toString(16)};`;
    if (way === 2)
      return `${character}${pick(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"], chance)}`;
    return String.fromCharCode(code + 0xfee0);
  });
}

/** Whether a piece of the secret can still be read, in any of the ways in which it was written. */
export function isExposed(output: string, secret: string): boolean {
  const shown = output.replaceAll(/\[secret:[a-z0-9-]+\]/g, "[]");
  const pieceMin = 8;
  const flat = (text: string) => text.replaceAll(/["']?\s*\+?\s*\\?\n[+-]?\s*["']?/g, "");
  const unescaped = (text: string) =>
    text.replaceAll(/\\(?:n|r|t)/g, "\n").replaceAll(/\\(.)/g, "$1");
  const decodedAll = [...shown.matchAll(/[\w+/-]{16,}/g)].map(([run]) =>
    Buffer.from(run, "base64").toString("latin1"),
  );
  const undisguised = shown
    .replaceAll(/&#(x[0-9a-f]+|\d+);/g, (_all, code: string) =>
      String.fromCharCode(Number(code.replace("x", "0x"))),
    )
    .replaceAll(/\u200b|\u200d|\u2060|\ufeff|\u00ad/g, "")
    .normalize("NFKC");
  const unquoted = shown.replaceAll(/%([0-9A-F]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const seen = [
    shown,
    flat(shown),
    unescaped(shown),
    unescaped(unescaped(shown)),
    unquoted,
    undisguised,
    ...decodedAll,
  ];
  const pieces = secret
    .split("\n")
    .filter((line) => !line.startsWith("-----"))
    .flatMap((line) =>
      Array.from({ length: Math.max(1, line.length - pieceMin + 1) }, (_, at) =>
        line.slice(at, at + pieceMin),
      ),
    );
  return pieces.some((piece) => seen.some((text) => text.includes(piece)));
}
