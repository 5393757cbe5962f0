/** The addresses of people and of machines on the internet, for whoever wants them struck out. */

import type { Found } from "./find.ts";

const email = /(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}/g;
const ipv4 = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g;
const ipv6 = /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:])/gi;
/** Private, local and documentation networks, which tell of no person and which an incident is about. */
const ownNetwork =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|192\.0\.2|198\.51\.100|203\.0\.113)\./;
const versionBefore = /(?:\bv|version|release|build|agent|\/)[ =:v]{0,3}$/i;

export function peopleIn(
  text: string,
  which: { readonly emails?: boolean; readonly ips?: boolean },
): readonly Found[] {
  const found: Found[] = [];
  if (which.emails === true && text.includes("@")) {
    for (const { 0: secret, index } of text.matchAll(email))
      found.push(of("e-mail", secret, index));
  }
  if (which.ips !== true) return found;
  for (const { 0: secret, index } of text.matchAll(ipv4)) {
    const isAddress = secret.split(".").every((part) => Number(part) <= 255);
    const isVersion = versionBefore.test(text.slice(Math.max(0, index - 12), index));
    if (isAddress && !isVersion && !ownNetwork.test(secret)) found.push(of("ip", secret, index));
  }
  for (const { 0: secret, index } of text.matchAll(ipv6)) {
    const isGlobal = /^[23][0-9a-f]{3}:/i.test(secret) && !/^2001:db8:/i.test(secret);
    if (isGlobal) found.push(of("ip", secret, index));
  }
  return found;
}

function of(kind: string, secret: string, from: number): Found {
  return { from, to: from + secret.length, kind, rank: 2, secret };
}
