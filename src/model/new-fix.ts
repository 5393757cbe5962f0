/** What a model may propose to change that no canonical step does: few verbs, each with what it may be done to. */

/** Stands for any name of the catalog. */
const service = "SERVICE";
const ones = String.raw`(?:instances?|pods?|workers?|process(?:es)?|containers?|consumers?|prox(?:y|ies)|sidecars?|gateways?)`;
const room = String.raw`(?:pools?|limits?|memory|cpu|timeouts?|replicas?|heap|capacity|concurrency|connections?|quotas?|${ones})`;
const release = String.raw`(?:deploys?|deployments?|releases?|rollouts?|commits?|changes?|versions?|configurations?|config|settings?|flags?)`;
const work = String.raw`(?:jobs?|cron|batch(?:es)?|backfills?|reports?|exports?|imports?|retries|rollouts?|flags?|features?|experiments?|prefetch(?:ing)?)`;
const flow = String.raw`(?:traffic|requests?|reads?|load|calls?|callers?|clients?|retries)`;

interface Mend {
  readonly verb: string;
  readonly of: string;
  /** It does no harm to a service as a whole. */
  readonly isOfService?: true;
}

const mends: readonly Mend[] = [
  { verb: "restart|reload|recycle", of: ones, isOfService: true },
  { verb: "roll back|revert|undo|take back", of: release, isOfService: true },
  { verb: "raise|increase|lengthen|extend", of: room },
  { verb: "shorten", of: "timeouts?" },
  { verb: "lower|reduce", of: `(?:concurrency|batch(?: size)?|retries|timeouts?|load)` },
  { verb: "scale out|scale up|add", of: `(?:capacity|replicas?|${ones})`, isOfService: true },
  { verb: "pause|delay|postpone|turn off|switch off|disable", of: work },
  {
    verb: "turn on|switch on|enable",
    of: `(?:caches?|caching|fallbacks?|breakers?|flags?|features?)`,
  },
  { verb: "move|shift|route|divert|shed|limit|throttle", of: flow },
  { verb: "warm|warm up|prime", of: `(?:caches?|pools?|connections?|${ones})`, isOfService: true },
  { verb: "renew", of: `(?:certificates?|leases?)` },
  { verb: "pin", of: `(?:versions?|dependenc(?:y|ies))` },
];

/** Whatever it is done to: what stops the whole at once, and what a database, a guard or a clock holds. */
const never =
  /\b(?:zero|none|nothing|nowhere|minimum|maximum|least|unlimited|infinite|all|every\w*|each|both|whole|entire\w*|down|offline|simultaneously|at once|same time|together|permanently|forever|data|databases?|db|tables?|rows?|records?|backups?|snapshots?|schemas?|migrations?|volumes?|disks?|buckets?|history|primar(?:y|ies)|yesterday|last week|seconds?|minutes?|hours?|days?|and|then|or|also|alerts?|monitor\w*|auth\w*|encryption|verif\w*|validat\w*|firewalls?|tls|audit\w*)\b|[,;&+/]|(?<![\w.-])\d+(?![\w-])/i;

const joining =
  "of|on|for|from|to|at|by|with|between|behind|out|up|off|back|away|until|via|the|its|their|that|this|an|a|another|last|latest|newest|previous|current|earlier|other|more|slow|slowest|failing|stuck|affected|cold|routes?|regions?|zones?|nodes?|caches?";
const tail = new RegExp(
  `^(?: (?:${joining}|${service}|${ones}|${room}|${release}|${work}|${flow}))*$`,
  "i",
);
/** "turn the flag off" is to turn off the flag. */
const parted = /^(turn|switch|roll|take|scale|warm) (.+?) (off|on|back|out|up)\b/i;
/** Moved away from it, nothing reaches a service any more. */
const emptied = new RegExp(`\\bfrom (?:the )?${service}\\b`);

/** null: it may be offered, if its words may. `services`: longest names first. */
export function newFixFault(title: string, services: readonly string[]): string | null {
  const told = title.trim().replace(/\.$/, "").replaceAll(/\s+/g, " ");
  const words = services.reduce((text, name) => withoutName(text, name), told);
  const plain = words.replace(parted, "$1 $3 $2");
  const isMending = mends.some((mend) => isDone(mend, plain));
  const isKept = isMending && !never.test(words) && !emptied.test(words);
  return isKept ? null : "is new, and no change that a model may propose";
}

/** A service may be called "orders-db", and restarted like another. */
function withoutName(text: string, name: string): string {
  const whole = new RegExp(`(?<![\\w-])${name.replaceAll(/[^\w-]/g, "\\$&")}(?![\\w-])`, "gi");
  return text.replaceAll(whole, service);
}

function isDone({ verb, of, isOfService }: Mend, title: string): boolean {
  const object = isOfService === true ? `(?:${of}|${service})` : of;
  // The first that it can be done to, with a few words before it that tell which.
  const shape = new RegExp(`^(?:${verb}) (?:[\\w-]+ ){0,3}?${object}(?![\\w-])(.*)$`, "i");
  const [, rest] = shape.exec(title) ?? [];
  return rest !== undefined && tail.test(rest);
}
