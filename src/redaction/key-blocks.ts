/** Private keys in their blocks, and web tokens: as long as a file, so that only their end bounds them. */

import { placed, token, type Rule } from "./rule.ts";

/** All up to the end of the block, or of what is there of it. */
const block = (kind: string, name: string): Rule => ({
  kind,
  signs: [`-----BEGIN ${name}`],
  pattern: new RegExp(
    String.raw`-----BEGIN ${name}-----(?:(?!-----END)[^"]){0,16384}(?:-----END [A-Z0-9 a-z]{1,60}-----)?`,
    "y",
  ),
  rank: 0,
  isInside: true,
});

export const keyBlocks: readonly Rule[] = [
  block("private-key", "PRIVATE KEY"),
  block("encrypted-private-key", "ENCRYPTED PRIVATE KEY"),
  block("rsa-private-key", "RSA PRIVATE KEY"),
  block("ec-private-key", "EC PRIVATE KEY"),
  block("dsa-private-key", "DSA PRIVATE KEY"),
  block("ssh-private-key", "OPENSSH PRIVATE KEY"),
  block("ssh-private-key", "SSH2 ENCRYPTED PRIVATE KEY"),
  block("pgp-private-key", "PGP PRIVATE KEY BLOCK"),
  block("openvpn-key", "OpenVPN Static key V1"),
  {
    // Where its first line was broken; whole ones are found above, and what ends a block is followed by none.
    kind: "private-key",
    signs: ["PRIVATE KEY-----"],
    pattern:
      /PRIVATE KEY-----(?:\\n|\s){1,6}(?=[A-Za-z0-9+/]{40})(?:(?!-----END)[^"]){0,16384}(?:-----END [A-Z0-9 a-z]{1,60}-----)?/y,
    rank: 0,
    isInside: true,
  },
  {
    ...placed(
      "putty-private-key",
      ["PuTTY-User-Key-File"],
      String.raw`PuTTY-User-Key-File-\d: `,
      String.raw`(?:(?!Private-MAC)[^"]){0,16384}(?:Private-MAC: [0-9a-f]{40,64})?`,
    ),
    rank: 0,
  },
];

export const webTokens: readonly Rule[] = [
  token(
    "web-token",
    "eyJ",
    String.raw`[\w-]{8,8192}\.[\w-]{8,8192}(?:\.[\w-]{0,8192})?(?:\.[\w-]{1,8192}\.[\w-]{1,512})?`,
  ),
];
