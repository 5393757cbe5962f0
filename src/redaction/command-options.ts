/** Passwords behind the options of programs, in files of logins and in statements. */

import { placed, unfilled, type Rule } from "./rule.ts";

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
  placed(
    "url-signature",
    ["sig=", "Signature="],
    String.raw`(?<=[?&;]|-)(?:sig|signature)=`,
    "[A-Za-z0-9%+/=_-]{16,512}",
  ),
];
