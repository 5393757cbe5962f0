/** Secrets that stand behind the name of one, in whatever language assigns it: PASSWORD=…, "apiKey": "…", --token …. */

import { kindByMaker } from "./makers.ts";
import { isRandom, unfilled, type Rule, type Told } from "./rule.ts";

/** What says something of a secret, and is none: "token=expired". */
const noValue =
  /^(?:null|nil|none|true|false|undefined|missing|expired|invalid|empty|redacted|required|revoked|unset|changed|rotated|reset|not|is|was|has|must|the|an?|your|strings?|str|int|bool|boolean|object|bytes|optional|ok|yes|no|denied|rejected|unknown|wrong|incorrect|mismatch|failed|failure|error|bearer|basic|hidden|masked|filtered|secret|password|passwd|token|key|value|default|env|file|vault|name|type|\(?hidden\)?|in|from|for|and|or|to|of|as|we|it|await|new|get|self|this|falsch|fehlt|ungültig|abgelaufen|erforderlich|geändert|invalide|incorrect[ae]|incorrecto|inv[aá]lid[ao]|requerid[ao]|requise?)(?:[\s.,;:!?]|$)/i;
/** `request.headers.token`, `getToken()`, `secrets.DB_PASSWORD`: code that has it from elsewhere. */
const isCode =
  /^(?:[A-Za-z_$]{1,20}(?:\??\.[A-Za-z_$]{1,20}){1,6}(?:[([].{0,80})?|[A-Za-z_$][\w$]{0,40}[([].{0,80}|(?:process|os|ENV|System|Deno|import)\b[.[].{0,80})$/;
const keyOf =
  /(?:api|access|private|secret|auth|encrypt(?:ion)?|decrypt(?:ion)?|sign(?:ing)?|master|licen[cs]e|account|shared|storage|service|admin|client|app|application|deploy|integration|ingest(?:ion)?|write|read|routing|webhook|security|session|user|rest|consumer|server|gateway|subscription|wireguard|hmac|jwt|cookie|token|aws|fastly)[_.\- ]{0,2}$/i;
/** Of the name before its last word. */
const nearChars = 20;
const otherPasses = /(?:by|com|sur|tres|over|under)$/i;
const otherTokens =
  /(?<![A-Za-z])(?:next|page|paging|continuation|cancell?ation|sync|max|min|total|prompt|completion|input|output|num|per|stop|eos|bos|pad|unk|resume|cursor|fencing|of|mask|image|public|cached?)[_.\- ]{0,2}$/i;

/** "Password" in other languages, where it does not begin as in English. */
const elsewhere = [
  ..."kennwort contraseña contrasena senha parola wachtwoord hasło haslo heslo lösenord losenord adgangskode salasana".split(
    " ",
  ),
  ..."jelszó jelszo şifre sifre пароль κωδικός パスワード 비밀번호".split(" "),
];
/** Two characters are too few to be looked up. */
const short = ["pw", "密码", "密碼"];
const signs = [
  ...elsewhere,
  ...short.flatMap((word) => [
    `${word}=`,
    `${word}:`,
    `${word} =`,
    `${word} for`,
    `${word} is`,
    `${word}"`,
    `${word}'`,
  ]),
  "pass",
  "pwd",
  "psk",
  "secret",
  "token",
  "credential",
  "key",
  "_auth",
  "cert_pw",
];
const anyCase = signs.flatMap((sign) => [
  sign,
  sign.toUpperCase(),
  sign.charAt(0).toUpperCase() + sign.slice(1),
]);

const foreign = `(?:${[...elsewhere, ...short].join("|")})`;
const lastWord = `(?:pass(?:word|wd|phrase|code|wort|ord|e)?|pwd|${foreign}|psk|secrets?|tokens?|credentials?|key|_auth|cert_pw)`;
const more =
  "(?:[_.-]?(?:access|key|token|secret|value|string|base64|b64|base|enc|prod|production|staging|stage|dev|live|test|old|new|current|primary|secondary|main|text|plain|admin|root|user|api|v?[0-9]{1,3}))";
const shut = String.raw`(?:\\{0,3}["'\`])?[\])]?[*_]{0,2}`;
/** An assignment, the value of a list of pairs (Kubernetes' `name: X` and `value: y`), or what follows an option. */
const assigned = String.raw`[ \t]{0,8}(?:=>|:=|={1,3}|::(?=[ \t])|:(?!:))[*_]{0,2}[ \t]{0,8}`;
/** Words of a sentence, a list of two, a cell of a table: only what can be nothing but a value is one behind these. */
const whose = String.raw`[ \t]{1,4}(?:for|of|on)(?:[ \t]{1,4}[\w.@-]{1,40}){1,4}`;
const spoken = String.raw`(?:${whose})?(?:[ \t]{1,4}(?:is|was|now|to|set|changed)){1,3}[ \t]{1,4}|${whose}[ \t]{0,4}[:=][ \t]{0,4}|[ \t]{0,20}\|[ \t]{1,20}|,?[ \t]{1,2}(?=["'])`;
const paired = String.raw`[ \t]{0,8},?(?:\\n|[\s+-]){0,60}\\{0,3}["']?value\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}`;
const declared = String.raw`: {0,2}(?:string|str|String|&str)(?: \| null)? {0,2}= {0,2}`;
/** One of two values, by a condition; the first may be empty. */
const chosen = String.raw`(?:[\w.]{1,60}(?:[ \t]{0,2}[!=<>]{1,2}[ \t]{0,2}[\w."'-]{1,40})?[ \t]{1,4}\?[ \t]{1,4}(?:(?:""|'')[ \t]{1,4}:[ \t]{1,4})?(?=["']))?`;
const named = `${lastWord}${more}{0,3}${shut}(?:${declared}|${assigned}${chosen}|${paired}|${spoken}|[ \\t]{1,4})`;
export const namedSecrets: readonly Rule[] = [
  {
    kind: "secret",
    signs: [...new Set(anyCase)],
    pattern: new RegExp(`(${named}(?:(?:@|b|r|f)?\\\\{0,3}["'\`])?)(?:${body()})`, "iy"),
    rank: 2,
    isInside: true,
    told: kindOf,
  },
];

function behind(mark: string, inner: string): string {
  return `(?<=[^\\\\]${mark})${inner}{1,512}`;
}

/** After a quote all up to the next one, words and all; without one a single word. */
function body(): string {
  return [
    behind('"', String.raw`(?:\\[^\r\n]|[^"\\\r\n])`),
    behind("'", String.raw`(?:\\[^\r\n]|[^'\\\r\n])`),
    String.raw`(?<=\\["'])[^"'\\\r\n]{1,512}`,
    String.raw`[^\s"'\`\\&,;)\]}<>]{1,512}`,
  ].join("|");
}

function kindOf({ before, lead: told, secret, after }: Told): string | null {
  const isStruck = /\[(?:secret:[a-z0-9-]{0,60})?$/.test(before) && /^\w{1,20}[\]:]/.test(told);
  if (isStruck && !/^\w{1,20}\] =>/.test(told)) return null;
  // "token: password=[secret:password]": what stands there was struck out already.
  if (/^[^\s"'`[\]]{1,100}[:=]\[secret:[a-z0-9-]{1,60}/.test(secret)) return null;
  const near = before.slice(-nearChars);
  if (!isNamed(near, told) || !isValue(told, secret, { after, before: near })) return null;
  const name = `${/(?:^|[^\w.-])([\w.-]{0,60})$/.exec(before)?.[1] ?? ""}${/^[\w.-]{1,60}/.exec(told)?.[0] ?? ""}`;
  const lower = name.replaceAll(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  const own = kindByMaker(lower);
  if (own !== null) return own;
  if (/pass|pwd|cert_pw/.test(lower) || isForeign.test(told)) return "password";
  return /key/.test(lower) ? "key" : /token/.test(lower) ? "token" : "secret";
}

const isForeign = new RegExp(`^${foreign}`, "i");
const isPasswordName = new RegExp(`^(?:pass|pwd|psk|${foreign})`, "i");

function isNamed(before: string, lead: string): boolean {
  // "INPUT_TOKEN" is what a workflow was given; "input_tokens" are counted.
  if (otherTokens.test(before) && !before.endsWith("INPUT_")) return false;
  if (/^psk/i.test(lead) || isForeign.test(lead)) return !/\p{L}$/u.test(before);
  if (/^pass/i.test(lead) && otherPasses.test(before)) return false;
  // The names of things, with colons between their parts: "arn:aws:secretsmanager:…:secret:shop/db".
  if (/^\w{1,20}:\S/.test(`${lead}x`) && /[:/]$/.test(before)) return false;
  if (/^key/i.test(lead)) return keyOf.test(before);
  if (/^pass[^a-z]/i.test(lead))
    return !/[a-z]$/.test(before) || /[a-z]$/.test(before) === lead.startsWith("P");
  return true;
}

/** In quotes whatever is no word about it; without them what is likelier a value than a word of a sentence. */
function isValue(
  lead: string,
  secret: string,
  { after, before }: { readonly after: string; readonly before: string },
): boolean {
  if (noValue.test(secret) || unfilled.test(secret) || isCode.test(secret)) return false;
  const isQuoted = /["'`]$/.test(lead);
  // A type's or a function's name, in code.
  if (!isQuoted && /^[<(]/.test(after)) return false;
  const isPassword = isPasswordName.test(lead);
  if (isSpoken.test(lead)) return isPassword && isSpokenValue(lead, secret, { before, after });
  if (lead.endsWith("\t") && !/[:=]/.test(lead)) return isCell(secret, after);
  if (!/[:=]/.test(lead))
    return isOption(before)
      ? !secret.startsWith("-") && secret.length >= 4
      : isPassword && isRandom(secret);
  if (/^(?:[0-9]{1,7}|[0-9.]{1,7}(?:ms|s|m|h|kb|mb|%)?)$/i.test(secret))
    return isPassword && /^\d{4,}$/.test(secret);
  if (/^secret\W/i.test(lead) && /^[a-z]{1,20}(?:[-/][a-z]{1,20}){0,4}$/.test(secret)) return false;
  if (isQuoted) return secret.length >= 3 && !(/\s/.test(secret) && /^(?:token|key)/i.test(lead));
  if (/^pass[^a-z]/i.test(lead) && !/[\d\W_]/.test(secret)) return !/\s$/.test(lead);
  if (/=[ \t]*$/.test(lead)) return secret.length >= 3 || isPassword;
  if (/\d/.test(secret) && secret.length >= 6) return true;
  return (
    isPassword &&
    secret.length >= 4 &&
    /^\s*(?:#.*)?(?:[\r\n]|$)/.test(after) &&
    !/[.!?]$/.test(secret)
  );
}

const isSpoken = new RegExp(`^${lastWord}${more}{0,3}${shut}(?:${spoken})(?:["'\`])?$`, "i");

function isSpokenValue(
  lead: string,
  secret: string,
  { before, after }: { readonly before: string; readonly after: string },
): boolean {
  if (lead.includes("|")) return isCell(secret, after.replace(/^[ \t]{0,20}(?:\||$)/, "\n"));
  // `{password, "…"}`, `:password "…"`
  if (/["']$/.test(lead) && !/[a-z] (?:is|was|to|set)/i.test(lead))
    return (
      (/[{(:]["']?[\w.-]{0,20}$/.test(before) || isOption(before)) &&
      /\d/.test(secret) &&
      !/\s/.test(secret)
    );
  return isRandom(secret) || (/[:=]/.test(lead) && /\d/.test(secret) && secret.length >= 6);
}

/** Behind a tab and before the next or the line's end; words there are heads of columns. */
function isCell(secret: string, after: string): boolean {
  return (
    secret.length >= 6 && /\d/.test(secret) && /\D/.test(secret) && /^(?:[\t\r\n]|$)/.test(after)
  );
}

/** `--password hunter2`, `setx DB_PASSWORD hunter2`, `ENV DB_PASSWORD hunter2` */
function isOption(before: string): boolean {
  return /(?:^|\s)(?:--?(?:[\w-]{0,40}-)?|(?:ENV|setx|config(?:ure)? set|secrets? set)\s{1,4}[\w.-]{0,40})$/.test(
    before,
  );
}
