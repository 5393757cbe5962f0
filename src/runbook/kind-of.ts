/** What kind of step the words and the command of a runbook make: what it acts on, what it may break, what would speak for it. */

import type { CommandClass } from "../command/class.ts";
import type { Step } from "../playbook/step.ts";
import type { Mechanism, MetricKind, Risk } from "../vocabulary.ts";
import type { RunbookStep } from "./split.ts";

/** The first that fits: what takes a change back before what is merely named. */
const mechanisms: readonly (readonly [RegExp, Mechanism])[] = [
  [/\b(?:feature )?(?:flag|toggle|kill ?switch)s?\b/i, "flag"],
  [
    /\broll(?:ed|ing)?[ -]?back\b|\brollout\b|\bdeploy(?:ment|s|ed)?\b(?!\/)|\brelease\b|\bhelm rollback\b|\bgit revert\b/i,
    "deploy",
  ],
  [/\bcert(?:ificate)?s?\b|\btls\b/i, "certificate"],
  [/\bconfig(?:uration|map)?\b|\bsettings?\b|\bset env\b/i, "configuration"],
  [/\bqueues?\b|\bconsumers?\b|\bbacklog\b|\bkafka\b|\brabbit/i, "queue"],
  [/\block(?:s|ed)?\b|\bdeadlock/i, "lock"],
  [/\bmemory\b|\bheap\b|\boom\b/i, "memory"],
  [/\bscal(?:e|ing)\b|\breplicas?\b|\bpool\b|\bcapacity\b|\blimits?\b/i, "capacity"],
  [/\bdns\b|\bnetwork\b|\bpackets?\b|\bfirewall\b/i, "network"],
  [/\bcache\b|\bdatabase\b|\btables?\b|\bindex\b|\bpsql\b|\breplica lag\b/i, "data"],
  [/\btraffic\b|\brate.?limit|\bbots?\b/i, "traffic"],
  [/\bprovider\b|\bvendor\b|\bthird.party\b|\bstatus page\b/i, "external"],
  [/\bnodes?\b|\bcordon\b|\bdrain\b/i, "platform"],
  [/\brestart\b|\breboot\b|\bbounce\b|\brecycle\b/i, "runtime"],
];

export function mechanismOf({ title, command }: RunbookStep): Mechanism {
  const text = `${title}\n${command ?? ""}`;
  return mechanisms.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}

/** What it takes away cannot be had back by a command. */
const destroying =
  /\brm\s|\bdd\s|\bmkfs|\bshred\b|\bdrop\s+(?:table|database|schema|index|column|user|role)|\btruncate\b|\bdelete\s+from\b|\bflush(?:all|db)\b|\bpurge|\bdestroy\b|\bwipe|\breset-offsets\b|\bterminate-instances\b|\b(?:kubectl|oc)\b[^\n]*\bdelete\s+(?!pods?\b|po\b)|\bgit\s+push\b[^\n]*(?:--force|-f)\b/i;

/** What is not known to only read may disturb; whether it can be undone the runbook says or does not. */
export function riskOf(command: string | null, of: CommandClass | null, isLook: boolean): Risk {
  if (command !== null && of !== "read-only" && destroying.test(command)) return "irreversible";
  if (of === "read-only" || (of === null && isLook)) return "read-only";
  return "disruptive";
}

const shifted: readonly (readonly [RegExp, MetricKind])[] = [
  [/latency|\bslow\b|\bp9[059]\b|time ?outs?\b|timed out/i, "latency"],
  [/\berrors?\b|\b5xx\b|\b50\d\b|exceptions?\b|failing/i, "errors"],
  [/\bdown\b|unavailab|unreachable|availability|outage/i, "availability"],
  [/memory|\boom\b|\bheap\b/i, "memory"],
  [/\bqueues?\b|backlog|consumer lag/i, "queue"],
  [/\bpool\b|saturat|exhaust/i, "saturation"],
  [/\bcpu\b/i, "cpu"],
  [/\bdisk\b/i, "disk"],
  [/restarts?\b.*\b(?:pods?|loop)|crash/i, "restarts"],
];
const odds = 2;
const logOdds = 3;
const phraseMin = 8;
const phraseMax = 60;

/** The headings above a step, and its own condition, name what it is good against. */
export function boostsOf(title: string, section: readonly string[]): Step["boosts"] {
  const about = [...section, ...(/^(?:if|when|for|on|in)\b/i.test(title) ? [title] : [])];
  const kinds = shifted.filter(([pattern]) => about.some((text) => pattern.test(text)));
  const phrases = [...section.slice(-1), ...quotedIn(about)].map((text) =>
    text.trim().toLowerCase(),
  );
  return [
    ...kinds.map(([, shiftedKind]) => ({ when: { shiftedKind }, odds })),
    ...[...new Set(phrases)]
      .filter((text) => text.length >= phraseMin && text.length <= phraseMax && text.includes(" "))
      .map((logWord) => ({ when: { logWord }, odds: logOdds })),
  ];
}

function quotedIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/["“]([^"“”]{1,60})["”]/g)].map(([, quoted = ""]) => quoted),
  );
}
