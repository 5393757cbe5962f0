/** What no text of a model may hold, whatever it cites: mentions, links, Slack's marks, commands, unseen characters. */

import { classifyCommand } from "../command/classify.ts";
import { parsedShell } from "../command/shell.ts";

export interface Addresses {
  readonly hosts: readonly string[];
  /** That were gathered; another on a known host may lead anywhere. */
  readonly urls: ReadonlySet<string>;
}

/** null: nothing of the kind. In the words of a sentence that begins with "It". */
export async function unsafeIn(text: string, addresses: Addresses): Promise<string | null> {
  const plain = text.normalize("NFKC");
  if (/(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u.test(text))
    return "holds characters that nobody sees";
  if (/<\s*[!@#]|<[a-z][\w+.-]*:|<[^<>\n]{0,400}\|/i.test(plain)) return "holds Slack's own marks";
  if (/@\s?[\p{L}\d_]/u.test(withoutPackages(plain))) return "mentions somebody";
  if (/(?:^|\s):[a-z0-9_+-]+:/.test(plain)) return "holds Slack's own marks";
  if (/^\s*>|(?:^|\s)(?:[*_](?=\S)|~(?=[^\s\d]))|\p{Extended_Pictographic}/u.test(plain))
    return "holds Slack's own marks";
  const link = linkIn(plain, addresses);
  if (link !== null) return "links to what was not gathered";
  if (destructive.test(plain)) return "tells to destroy something";
  return (await holdsCommand(plain)) ? "holds a command that is not known to only read" : null;
}

const destructive =
  /\b(?:delet(?:e|es|ed|ing)|wip(?:e|es|ed|ing)|purg(?:e|es|ed|ing)|eras(?:e|es|ed|ing)|destroy\w*|truncat(?:e|es|ed|ing)|drop(?:s|ped|ping)?|remov(?:e|es|ed|ing)|terminat(?:e|es|ed|ing)|nuk(?:e|es|ed|ing)|format(?:s|ted|ting)?)\s+(?:(?:all|the|every|each|any|its|your|our|this|that|these|those|old|of|whole|entire|production|prod|[\w-]+)\s+){0,3}(?:data\w*|tables?|volumes?|disks?|buckets?|backups?|namespaces?|clusters?|pods?|nodes?|servers?|machines?|instances?|queues?|topics?|index(?:es)?|branch(?:es)?|repos?|repositor(?:y|ies)|accounts?|users?|keys?|logs?|records?|rows?|files?|systems?|everything|production|replicas?|deployments?|services?|secrets?)\b/i;

/** "axios@1.7.4", "@scope/name@1.2.3": the names are checked as such. */
function withoutPackages(text: string): string {
  return text
    .replaceAll(/(?<![\w])@[a-z][\w.-]*\/[\w.-]+@v?\d/gi, " ")
    .replaceAll(/(?<=\w)@v?\d/g, " ");
}

const address =
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"'`|\\)\]]+|\b(?:javascript|data|mailto|slack|tel|file|vbscript):[^\s<>"'`]+|\bwww\.[^\s<>"'`]+/gi;
/** A host without a scheme: a name of two parts or more that ends as hosts do, or with a path behind it. */
const bareHost =
  /(?<![\w./@-])(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}(?:(?=[/:?#]\S)[^\s<>"'`]*)?(?![\w-])/gi;
/** Behind a sign with which an address goes on: `//host`, `user@host`, what a shell put before it. */
const hiddenHost =
  /(?:(?<![:\w])\/\/|[@`$)}\]])\.?(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}(?![\w-])|\[\.\]/gi;
const fileEnding =
  /\.(?:ts|tsx|js|mjs|cjs|jsx|json|ya?ml|go|py|rb|rs|java|kt|scala|php|cs|c|h|cc|cpp|hpp|ex|exs|erl|clj|swift|sql|sh|md|txt|toml|ini|env|conf|cfg|properties|tf|lock|mod|xml|html|css|proto|gradle|vue|svelte|wat|wasm|log|csv|ipynb|tiff?|png|jpe?g)$/i;

/** An address that was not gathered, or on a host that is not known; null: there is none. */
export function linkIn(text: string, { hosts, urls }: Addresses): string | null {
  for (const [found] of text.matchAll(address)) {
    const url = found.replace(/[.,;:!?]+$/, "");
    if (!URL.canParse(url) || !urls.has(url) || !isKnownHost(new URL(url), hosts)) return url;
  }
  const rest = text.replaceAll(address, " ");
  const hidden = [...rest.matchAll(hiddenHost)].find(
    ([found]) => /^\/\/|^\[\.\]/.test(found) || endsAsHost.test(found),
  );
  if (hidden !== undefined) return hidden[0];
  for (const [found] of rest.matchAll(bareHost)) {
    const host = found.replace(/[/:?#].*$/, "").toLowerCase();
    const hasPath = host.length < found.length;
    // A metric, a package or a key of a setting has points too; only a host ends in what hosts end in.
    const isHost = hasPath ? !fileEnding.test(host) || /:\/\//.test(found) : endsAsHost.test(host);
    if (isHost && !hosts.includes(host)) return found;
  }
  return /\]\(/.test(text) ? "a link in Markdown" : null;
}

const endsAsHost =
  /\.(?:com|net|org|io|dev|app|cloud|co|info|biz|xyz|site|online|top|shop|store|me|us|uk|de|fr|nl|eu|ru|cn|jp|br|in|ch|at|it|es|pl|se|no|tv|cc|ly|gg|to|link|click|zip|mov|page|tech|space|live|test|example|invalid|onion|local|internal)$/i;

function isKnownHost(
  { protocol, host, hostname, username }: URL,
  hosts: readonly string[],
): boolean {
  const isWeb = protocol === "https:" || protocol === "http:";
  return isWeb && username === "" && (hosts.includes(host) || hosts.includes(hostname));
}

const statement =
  /\b(?:drop|truncate)\s+(?:table|database|schema|index|view|user|role)\b|\btruncate\s+[a-z_."]+\s*(?:;|$)|\bdelete\s+from\b|\binsert\s+into\b|\bupdate\s+[\w."]+\s+set\b|\balter\s+(?:table|system|role|user|database)\b|\b(?:flushall|flushdb)\b|\bgrant\s+\w+(?:\s+\w+)*\s+(?:on|to)\b/i;
/** Programs whose names are no words of English, or that are called by nobody but a shell. */
const programs =
  /(?<![\w./-])(?:sudo|rm|rmdir|dd|mkfs(?:\.\w+)?|kubectl|helm|docker|podman|systemctl|terraform|psql|mysql|mongosh?|redis-cli|curl|wget|ssh|scp|aws|gcloud|az|flyctl|fly|git|chmod|chown|iptables|killall|pkill|kill|shutdown|reboot|halt|bash|sh|zsh|python3?|node|perl|npm|npx|crontab|truncate|shred|nc|eval|heroku|ansible(?:-playbook)?|kafka-[\w-]+|rabbitmqctl|etcdctl|vault|consul|nomad|supervisorctl|service|pg_ctl|dropdb|swapoff|sysctl|mount|umount|fdisk|parted|userdel|passwd|xargs|tee)\s+(?=\S)/gi;
const wayMarks = /\s-{1,2}[a-z]|[|&;><]\s*\S|\$\(|\s\/|\s~\/|\*\s*$|=\S/i;

async function holdsCommand(text: string): Promise<boolean> {
  if (statement.test(text) || /:\(\)\s*\{/.test(text)) return true;
  const starts = [...text.matchAll(programs)].slice(0, 10).map(({ index }) => text.slice(index));
  const quoted = [...text.matchAll(/`([^`]{1,400})`/g)].map(([, inner = ""]) => inner);
  const candidates = [...starts, ...quoted.filter((each) => /\s/.test(each.trim()))];
  for (const candidate of candidates) {
    const line = candidate.replace(/[`"”].*$/s, "").replace(/[.!?]+$/, "");
    const found = await classifyCommand(line);
    if (found === "state-changing" && !isProse(line)) return true;
    if (found === "unknown" && wayMarks.test(line)) return true;
  }
  return false;
}

/** "kill the pods", "service checkout is slow": an article or a verb where a command has its words. */
function isProse(line: string): boolean {
  const [first] = parsedShell(line).commands;
  const words = first?.words.map(({ text }) => text) ?? [];
  return /^(?:the|a|an|is|are|was|were|has|of|and|that|which|it|them|in|on|at|for)$/i.test(
    words[1] ?? "",
  );
}
