/** Words of code, titles, metrics and logs on one footing, with the general concepts that they stand for. */

/** Words that every program and every log has; they tell nothing. */
const common = new Set(
  (
    "the and for with from this that not are was were has have had been will can all any our its into out per via new now " +
    "func function return const let var else then import package class public private static void int string bool true false " +
    "nil null none self err ctx req res resp args type struct interface impl use def end async await try catch throw throws " +
    "svc service services server client app main src lib pkg internal cmd api http https www com org net github golang " +
    "handler handle handled request requests response total count seconds second minute minutes bytes percent ratio rate value avg max min sum num " +
    "error errors warn warning info debug fail failed failure failing level message msg trace span time after before above below over under " +
    "update updated add added adds remove removed change changed fix chore feat bump merge pull branch get set put post log logs test tests"
  ).split(" "),
);

/** Words that carry the same trouble; each group becomes one extra word. */
const concepts: readonly (readonly [name: string, words: string])[] = [
  [
    "timeout",
    "timeout deadline exceeded timedout expir cancel canceled cancelled withtimeout budget slow millisecond",
  ],
  [
    "pool",
    "pool connection conn exhaust acquire maxopen maxidle setmaxopenconn hikari checkout lease idle",
  ],
  [
    "database",
    "sql query select insert join table relation column index migration postgre mysql row scan lock deadlock schema",
  ],
  ["cache", "cache ttl evict hit miss redis memcache stampede expir warm"],
  ["certificate", "cert certificate tls ssl x509 handshake notafter expiry mtls"],
  ["memory", "memory heap oom alloc allocation leak buffer gc rss evict retain"],
  ["cpu", "cpu loop regex regexp backtrack spin throttl hash compress serialize"],
  ["retry", "retry retries backoff attempt budget jitter"],
  [
    "crash",
    "panic nil null dereference deref pointer segfault undefined exception npe crashloop startup init",
  ],
  ["dns", "dns resolve resolver lookup nxdomain nameserver"],
  ["queue", "queue consumer producer lag partition batch backlog offset topic worker broker"],
  [
    "dependency",
    "proto protobuf grpc module version incompatible conflict registration dependency runtime import linker",
  ],
  ["limit", "limit quota throttl ratelimit concurrency semaphore capacity max"],
  ["auth", "auth token permission forbidden unauthorized credential secret login jwt"],
  ["disk", "disk volume inode space fsync iops writable storage"],
  ["replica", "replica replication primary leader election failover quorum raft"],
];

/** What points outside of what the team changes. */
export const outsideConcepts: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    "an expired certificate",
    /\bcertificate (?:has |is )?expired|\bexpired certificate|\b(?:x509|tls|ssl)\b.*\bexpired\b|\bnot yet valid\b/i,
  ],
  [
    "a provider",
    /\b(?:third[- ]party|provider|vendor|external (?:api|service)|cloud|region|availability zone)\b/i,
  ],
  // A public host name beside a failure, not one of a cluster's own.
  [
    "an outside host",
    /\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|cloud|co)\b(?=.*\b(?:50[0234]|429|unavailable|time(?:d )?out|timeout|refused|reset|deadline|unreachable|no such host|SERVFAIL|slow ?down)\b)/i,
  ],
  [
    "a node or the platform",
    /\b(?:node not ?ready|evicted|spot interruption|preempt\w+|kernel|noisy neighbou?r|hardware|live migration)\b/i,
  ],
  [
    "a disk",
    /\b(?:no space left on device|disk (?:is )?(?:full|failure|quota exceeded)|read-only file ?system|input\/output error)\b/i,
  ],
  ["the network", /\b(?:no route to host|network is unreachable|packet loss|SERVFAIL)\b/i],
];

const conceptsOfWord: ReadonlyMap<string, readonly string[]> = conceptIndex();

/** Different words of a text, cut at case, underscores and signs, stemmed; concepts are added as "~name". */
export function wordsOf(text: string): Set<string> {
  return new Set([...rawWordsOf(text)].flatMap(meaningsOf));
}

/** As they stand in the text, each once. */
export function rawWordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[A-Z]{2,}(?![a-z])\d*|[A-Z]?[a-z]+\d*/g));
}

/** The stem and the concepts of one raw word; none where it tells nothing. */
export function meaningsOf(raw: string): readonly string[] {
  if (raw.length < 3 || raw.length > 40) return [];
  const word = raw.toLowerCase();
  if (common.has(word)) return [];
  const stemmed = stem(word);
  return [stemmed, ...(conceptsOfWord.get(stemmed) ?? []).map((concept) => `~${concept}`)];
}

/** A light stem: plural, -ed, -ing; "queries" → "query", "expired" → "expir". */
function stem(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  const singular =
    word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
  if (singular.length > 5 && singular.endsWith("ing")) return singular.slice(0, -3);
  if (singular.length > 4 && singular.endsWith("ed")) return singular.slice(0, -2);
  if (singular.length > 5 && singular.endsWith("e")) return singular.slice(0, -1);
  return singular;
}

function conceptIndex(): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [name, words] of concepts) {
    for (const word of words.split(" ")) {
      const key = stem(word);
      index.set(key, [...(index.get(key) ?? []), name]);
    }
  }
  return index;
}
