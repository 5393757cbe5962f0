/** What people call the parts of a system that are no service of the catalog: "the db", "DNS", "the deploy". */

import type { MetricKind } from "../vocabulary.ts";

/** Words for what metrics tell of, by what it is called; a metric's kind may be the same word. */
export const measuredThings = {
  database: /\b(db|database|postgres|postgresql|mysql|mariadb|mongo|mongodb|sql|pool)\b/,
  cache: /\b(cache|redis|memcached?|valkey)\b/,
  queue: /\b(queues?|kafka|rabbit|rabbitmq|sqs|nats|backlog)\b/,
  dns: /\b(dns|resolver|nameserver)\b/,
  disk: /\b(disks?|iops|filesystem|volume)\b/,
  memory: /\b(memory|ram|heap|oom)\b/,
  cpu: /\bcpu\b/,
  network: /\b(network|packets?)\b/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** Words for what else is suspected: what changed, what came in, what others run. */
const otherThings = {
  deploy: /\b(deploys?|deployment|release|rollout)\b/,
  configuration: /\b(config|configuration|settings?)\b/,
  flag: /\b((?:feature )?flags?)\b/,
  traffic: /\b(traffic|load)\b/,
  certificate: /\b(certs?|certificates?|tls|ssl)\b/,
  host: /\b(nodes?|hosts?|machines?)\b/,
  provider: /\b(provider|vendor|third party)\b/,
} as const satisfies Readonly<Record<string, RegExp>>;

export const things = { ...measuredThings, ...otherThings };
export type Thing = keyof typeof things;

export function isThing(word: string): word is Thing {
  return Object.hasOwn(things, word);
}

interface Measure {
  readonly service: string;
  readonly name: string;
  readonly callee?: string | null;
  readonly kind?: MetricKind;
}

/** Whether a metric tells of it: by its kind, else by a word of its names. */
export function tellsOf(thing: Thing, { service, name, callee, kind }: Measure): boolean {
  if (kind === thing || (thing === "traffic" && kind === "requests")) return true;
  return things[thing].test(asWords(`${service} ${name} ${callee ?? ""}`));
}

/** Lower-case words with one space around each. */
export function asWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}
