/** Struck out of what is logged, posted or kept: what is obviously a secret, and in log lines the addresses of people. */

/** What says something of a secret, and is none: "token=expired". */
const noValue = "null|nil|none|true|false|undefined|missing|expired|invalid|empty|redacted";
const names =
  "pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:api|access|private|secret|auth)[_-]?key";

const sayable = /pass|pwd|secret|token|credential|key/i;
const unlessWords = `(?!(?:${noValue})\\b|\\[)`;
const named = `(?:${names})\\\\?["']?\\s*`;
const value = String.raw`[^\s"'\\&,;)\]}]`;

/**
 * Tokens of Slack, GitHub and OpenAI, keys of AWS, web tokens, bearer headers, passwords inside URLs, addresses that are
 * secrets themselves, and what stands behind the name of a secret; looked for only where the sign stands that it needs.
 * A line of JSON writes a line break as \n, so that the letter before a token may belong to an escape; no pattern takes a
 * quote or a backslash away.
 */
const secrets: readonly (readonly [sign: RegExp, RegExp, instead: string])[] = [
  [/xox|xapp|xwfp/, /(?<=\b|_|\\[bfnrt])x(?:ox[a-z]|app|wfp)-[\w-]{6,}/g, "[slack token]"],
  [
    /gh[pousr]_|github_pat_/,
    /(?<=\b|_|\\[bfnrt])(?:gh[pousr]_\w{16,}|github_pat_\w{16,})/g,
    "[github token]",
  ],
  [/sk-/, /(?<=\b|_|\\[bfnrt])sk-[\w-]{16,}/g, "[model key]"],
  [/AKIA|ASIA/, /(?<=\b|_|\\[bfnrt])(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, "[aws key]"],
  [/eyJ/, /(?<=\b|_|\\[bfnrt])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, "[token]"],
  [
    /bearer|basic/i,
    /(?<=\b|_|\\[bfnrt])([Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?=\S*[\d=._-]|\S+[A-Z])[\w.~+/=-]{8,}/g,
    "$1 [token]",
  ],
  [/:\/\//, /((?<!\w)\w+:\/\/[^\s:/@"]*):[^\s"]{1,256}@/g, "$1:[password]@"],
  [/hooks\.slack/, /(\bhooks\.slack\.com)\/[^\s"\\]+/g, "$1/[secret]"],
  [
    /PRIVATE KEY/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    "[private key]",
  ],
  // In quotes; after "="; after ":", where words may follow as well, only what holds a digit.
  [sayable, new RegExp(`(${named}[:=]\\s*\\\\?["'])${unlessWords}[^"'\\\\]+`, "gi"), "$1[secret]"],
  [sayable, new RegExp(`(${named}=\\s*)${unlessWords}${value}+`, "gi"), "$1[secret]"],
  [
    sayable,
    new RegExp(`(${named}:\\s*)${unlessWords}(?=${value}*\\d)${value}{6,}`, "gi"),
    "$1[secret]",
  ],
];

const address = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

export function withoutSecrets(text: string): string {
  return secrets.reduce(
    (line, [sign, pattern, instead]) => (sign.test(line) ? line.replace(pattern, instead) : line),
    text,
  );
}

/** E-mail addresses as well: a log line may tell of a customer. */
export function withoutPersonalData(text: string): string {
  const known = withoutSecrets(text);
  return known.includes("@") ? known.replace(address, "[e-mail]") : known;
}
