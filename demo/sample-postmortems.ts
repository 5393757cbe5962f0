/** What the made-up people of the sample history wrote in their postmortems, and what they set themselves to do. */

const dayMs = 86_400_000;
const people = ["ana", "bo", "chen", "dara"] as const;

interface Lesson {
  readonly wentWell: readonly string[];
  readonly lessons: readonly string[];
  readonly actions: readonly string[];
}

/** By what had caused it. */
const written: Readonly<Record<string, Lesson>> = {
  deploy: {
    wentWell: [
      "The deploy stood first among the changes, so nobody looked at the database first.",
      "The version before was still warm; going back to it took two minutes.",
    ],
    lessons: [
      "A query for each line of a cart passes every test with one line. Tests of checkout take carts of twenty lines from now on.",
      "We waited for the graph to prove what the diff said already. Going back first costs nothing here.",
    ],
    actions: [
      "Alert on the number of queries a request of checkout",
      "Hold the second half of a deploy of checkout back for ten minutes",
      "Add a cart of twenty lines to the load test",
    ],
  },
  dependency: {
    wentWell: [
      "Whoever was on call knew the provider's status page and that it is late by minutes.",
    ],
    lessons: [
      "Our timeout of 30 s made a slow provider into a full pool. A payment that takes more than 3 s is lost anyway.",
      "Nobody was sure who may fail over to the second provider. It is whoever leads the incident.",
    ],
    actions: [
      "Bring the timeout of payments down to 3 s",
      "Write down who fails over to the second provider, and how",
      "Try the second provider once a month",
    ],
  },
  configuration: {
    wentWell: ["The setting was a commit, so the diff of five minutes told all of it."],
    lessons: ["Settings went live without anybody but their author having read them."],
    actions: [
      "Ask for a review of every change of settings",
      "Refuse a start with fewer than five connections",
    ],
  },
  capacity: {
    wentWell: ["Pool waits were the first thing that was read, and they told it."],
    lessons: [
      "The pool had its size from a time with a third of the traffic. Its use belongs on the dashboard beside the CPU.",
    ],
    actions: [
      "Show waits for a connection on the dashboard of inventory",
      "Alert at 80 % of the pool",
    ],
  },
  flag: {
    wentWell: ["Turning the flag off took less time than finding out what it did."],
    lessons: ["A flag for everybody is a deploy without a way back that people think of."],
    actions: ["Turn new flags on for 5 % first", "Show flags among the changes of frontend"],
  },
  memory: {
    wentWell: ["The restart was staggered; customers did not notice it."],
    lessons: [
      "A restart mends it for eight hours and hides it for as long. The heap has to be read before.",
    ],
    actions: ["Take a heap snapshot at 80 % of the limit", "Bound the cache of product pages"],
  },
  queue: {
    wentWell: ["Customers were told that receipts are late before they asked."],
    lessons: ["Nobody watches the age of the oldest receipt, only how many wait."],
    actions: ["Alert on the age of the oldest receipt", "Let consumers scale with the lag"],
  },
  certificate: {
    wentWell: ["The certificate was renewed within four minutes of being suspected."],
    lessons: ["The reminder went to the address of somebody who had left."],
    actions: [
      "Renew the certificate of the shop by itself",
      "Alert 14 days before a certificate ends",
    ],
  },
};

/** `chance` is asked in the same order every time. Times count back from `end`; null: it is none that is written up. */
export function postmortemOf(
  { severity, cause, resolvedAt }: { severity: number; cause: string; resolvedAt: number },
  { chance, end }: { readonly chance: () => number; readonly end: number },
) {
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(chance() * all.length)];
  const [isWritten, author, after] = [chance() < 0.85, pick(people) ?? "ana", 1 + chance() * 2];
  const told = written[cause];
  if (severity > 2 || !isWritten || told === undefined) return null;
  const draftedAt = resolvedAt + 0.5 * 3_600_000;
  const publishedAt = resolvedAt + after * dayMs;
  const [first, ...others] = told.actions;
  const texts = [first, pick(others)].filter((text) => text !== undefined);
  return {
    author,
    wentWell: pick(told.wentWell) ?? "",
    lessons: pick(told.lessons) ?? "",
    draftedAt: iso(Math.min(draftedAt, end)),
    publishedAt: publishedAt < end ? iso(publishedAt) : null,
    actions: texts.map((text, index) => {
      const due = publishedAt + (index === 0 ? 14 : 28) * dayMs;
      const closed = publishedAt + (4 + chance() * 30) * dayMs;
      const isClosed = chance() < 0.88 && closed < end;
      return {
        text,
        owner: pick(people) ?? "bo",
        due: iso(due).slice(0, 10),
        priority: index === 0 ? "P1" : "P2",
        closed: isClosed ? { at: iso(closed), state: chance() < 0.12 ? "dropped" : "done" } : null,
      };
    }),
  };
}

function iso(ms: number): string {
  return new Date(Math.round(ms / 1000) * 1000).toISOString();
}
