/** Passwords behind the options of programs, in files of logins and in statements. */

import { isRandom, placed, unfilled, type Rule } from "./rule.ts";

/** A password behind a short option, of programs that are known to take one there. */
const optionOf = (kind: string, program: string, option: string, then = ""): Rule => ({
  ...placed(
    kind,
    [program],
    String.raw`${program}\w{0,12}\b(?:(?! ${option})[^\n|;]){0,300} ${option}${then}["']?`,
    String.raw`[^\s"'|;]{3,128}`,
  ),
  told: ({ secret }) => (unfilled.test(secret) ? null : kind),
});

type Place = readonly [kind: string, signs: readonly string[], before: string];

/** What stands there is one, unless it is filled in elsewhere. */
const told = (...places: readonly Place[]): readonly Rule[] =>
  places.map(([kind, signs, before]) => ({
    ...placed(kind, signs, before, String.raw`[^\s"'@|;]{3,128}`),
    told: ({ secret }) => (unfilled.test(secret) ? null : kind),
  }));

function decoded(text: string): string {
  return text.replace(/=+$/, "").length % 4 === 1 ? "" : atob(text);
}

export const commandOptions: readonly Rule[] = [
  optionOf("mysql-password", "mysql", "-p(?=[^ ])"),
  optionOf("curl-password", "curl", "(?:-u|--user)", String.raw`[ =]?["']?[^\s:"']{1,64}:`),
  optionOf("redis-password", "redis-cli", "(?:-a|--pass) "),
  optionOf("ssh-password", "sshpass", "-p ?"),
  optionOf("docker-password", "docker login", "-p "),
  optionOf("ldap-password", "ldap", "-w "),
  optionOf("mongodb-password", "mongo", "-p "),
  optionOf(
    "htpasswd-password",
    "htpasswd",
    "-(?:b|nb|bn|cb|bc|bB|Bb|nbB)",
    String.raw` [^\s]{1,100} [^\s]{1,64} `,
  ),
  {
    ...placed(
      "netrc-password",
      ["machine "],
      String.raw`machine [^\s]{1,200}\s{1,8}login [^\s]{1,100}\s{1,8}password `,
      String.raw`[^\s"']{1,128}`,
    ),
  },
  placed(
    "openssl-password",
    ["-pass"],
    String.raw`-pass(?:in|out)? pass:`,
    String.raw`[^\s"']{1,128}`,
  ),
  placed(
    "sql-password",
    ["dentified by", "DENTIFIED BY"],
    String.raw`dentified by (?:password )?\\?'`,
    String.raw`[^'\\\n]{1,256}`,
  ),
  placed(
    "sql-password",
    ["password '", "PASSWORD '"],
    String.raw`password \\?'`,
    String.raw`[^'\\\n]{1,256}`,
  ),
  ...told(
    [
      "sql-password",
      ["assword for", "ASSWORD FOR"],
      String.raw`assword for [\w'"@%.\x60-]{1,100} ?= ?(?:password\()?'`,
    ],
    [
      "redis-password",
      ["requirepass", "masterauth"],
      String.raw`(?:requirepass|masterauth)[ \t]{1,8}["']?`,
    ],
    ["masked-value", ["::add-mask::"], "::add-mask::"],
    ["secure-string", ["ecureString"], String.raw`ecureString[ \t]{1,4}(?:-String[ \t]{1,4})?["']`],
    [
      "oracle-password",
      ["sqlplus"],
      String.raw`sqlplus(?:[ \t]{1,4}-\w{1,10}){0,4}[ \t]{1,4}["']?[\w$#]{1,30}\/`,
    ],
  ),
  {
    ...placed(
      "login-password",
      ["LOGIN ", "AUTH "],
      String.raw`(?:LOGIN|AUTH)(?:[ \t]"?[\w.@-]{1,64}"?)?[ \t]"?`,
      String.raw`[^\s"'\\]{6,128}`,
    ),
    told: ({ secret }) => (isRandom(secret) ? "login-password" : null),
  },
  {
    ...placed(
      "registry-auth",
      ['"auth"'],
      String.raw`"auth"[ \t]{0,4}:[ \t]{0,4}"`,
      "[A-Za-z0-9+/]{8,2048}={0,2}",
    ),
    told: ({ secret }) =>
      /^[\x21-\x7e]{1,200}:[\x21-\x7e]/.test(decoded(secret)) ? "registry-auth" : null,
  },
  placed(
    "url-signature",
    ["sig=", "Signature="],
    String.raw`(?<=[?&;]|-)(?:sig|signature)=`,
    "[A-Za-z0-9%+/=_-]{16,512}",
  ),
];
