/** What curl and wget do: fetched and shown is read; sent, or written to a file, is not. */

import type { CommandClass } from "./class.ts";
import { actsByAddress } from "./acting-address.ts";
import { has, parted, valuesOf, type Manner } from "./options.ts";
import { list } from "./program-lists.ts";
import type { Argument } from "./shell.ts";

const curlManner: Manner = {
  valued: list(
    "-X -H -u -A -e -m -o -d -F -T -K -w -b -c -x -r -C -D -E -Q -P -U -y -Y -z -t --request --header --user --user-agent " +
      "--referer --max-time --output --data --data-raw --data-binary --data-urlencode --data-ascii --json --form --form-string " +
      "--upload-file --config --write-out --cookie --cookie-jar --proxy --range --continue-at --dump-header --cert --key --cacert " +
      "--connect-timeout --retry --retry-delay --retry-max-time --resolve --connect-to --interface --quote --url --oauth2-bearer " +
      "--unix-socket --output-dir --stderr --trace --trace-ascii --limit-rate --max-redirs --ciphers --proxy-user",
  ),
};

const sending = list("-F --form --form-string -T --upload-file --json -Q --quote");
const data = list("-d --data --data-raw --data-binary --data-urlencode --data-ascii");
const writing = list("-o --output -D --dump-header -c --cookie-jar --trace --trace-ascii --stderr");
const nowhere = new Set(["-", "/dev/null", "/dev/stderr"]);
/** Without a scheme it is HTTP. */
const isWeb = (url: string) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(url) || /^https?:\/\//i.test(url);

export function curl(words: readonly Argument[]): CommandClass {
  const parts = parted(words, curlManner);
  const method = valuesOf(parts, "-X", "--request").at(-1)?.toUpperCase();
  if (method !== undefined && !["GET", "HEAD", "OPTIONS"].includes(method)) return "state-changing";
  const sends = has(parts, ...data) && !has(parts, "-G", "--get");
  const keeps = has(parts, "-O", "--remote-name", "--remote-name-all", "-J", "--output-dir");
  const writes = valuesOf(parts, ...writing).some((file) => !nowhere.has(file));
  if (sends || keeps || writes || has(parts, ...sending)) return "state-changing";
  if (has(parts, "-K", "--config", "-q", "--next")) return "unknown";
  const urls = [...parts.rest.map(({ text }) => text), ...valuesOf(parts, "--url")];
  const asked = valuesOf(parts, ...data, "--url-query").map((pair) => `/?${pair}`);
  const onlyReads = urls.every(isWeb) && ![...urls, ...asked].some(actsByAddress);
  return urls.length > 0 && onlyReads ? "read-only" : "unknown";
}

export function wget(words: readonly Argument[]): CommandClass {
  const parts = parted(words, {
    valued: ["-O", "-o", "-T", "-t", "--timeout", "--tries", "--header", "--output-document"],
  });
  if (
    parts.options.some(({ name }) =>
      /^--(?:post|body|method|execute|use-askpass|delete-after)|^-e$/.test(name),
    )
  )
    return "state-changing";
  if (!parts.rest.every(({ text }) => isWeb(text) && !actsByAddress(text))) return "unknown";
  if (has(parts, "--spider") && !has(parts, "-o", "-O")) return "read-only";
  const targets = valuesOf(parts, "-O", "--output-document");
  return targets.length > 0 && targets.every((file) => file === "-" || file === "/dev/null")
    ? "read-only"
    : "state-changing";
}
