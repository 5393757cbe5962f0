import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Step } from "../../src/playbook/step.ts";
import { deedsIn } from "../../src/suggestion/done.ts";

type Told = Pick<Step, "id" | "doneWords" | "told" | "role">;

const step = (id: string, role: Step["role"], ...told: NonNullable<Step["told"]>): Told => ({
  id,
  role,
  doneWords: [],
  told,
});

const steps: readonly Told[] = [
  step("raise-pool", "fix", { verbs: ["raise", "set"], of: ["pool( size)?"] }),
  step("shorten-timeouts", "fix", { verbs: ["lower"], of: ["timeouts?"] }),
  step("scale-out", "fix", { verbs: ["add", "raise"], of: ["pods", "replicas"] }),
  step(
    "roll-back",
    "fix",
    { verbs: ["revert"], of: ["deploy", "release", String.raw`v?\d+\.\d+`] },
    { verbs: ["run"], of: ["rollout undo", "helm rollback"] },
  ),
  step("drain", "fix", { verbs: ["move"], of: [String.raw`node-\d+`] }),
  step("restart", "fix", { verbs: ["restart"], of: ["pods?", "checkout"] }),
  step(
    "read-slow-queries",
    "check",
    { verbs: ["read"], of: ["slow queries"] },
    { verbs: ["run"], of: ["explain analyze"] },
  ),
  step("read-conntrack", "check", { verbs: ["read"], of: ["conntrack"] }),
  step("read-stacks", "check", { verbs: ["read"], of: ["jstack", "threads"] }),
];

const about = { service: "checkout", services: ["checkout", "cart"] };
const idsIn = (text: string) => deedsIn(text, steps, about).map(({ stepId }) => stepId);

const deeds: readonly (readonly [string, string])[] = [
  // The verb in any of its forms, before the thing or behind it.
  ["bumped the pool to 60", "raise-pool"],
  ["we doubled the size of the connection pool", "raise-pool"],
  ["cranked the pool up", "raise-pool"],
  ["the pool has been increased", "raise-pool"],
  ["pool raised to 60", "raise-pool"],
  ["we did bump the pool", "raise-pool"],
  ["thanks for bumping the pool", "raise-pool"],
  ["beefed checkout up to 14 pods", "scale-out"],
  ["gave checkout 8 more pods", "scale-out"],
  ["yanked 2.14", "roll-back"],
  ["backed the release out", "roll-back"],
  ["emptied node-7", "drain"],
  // A noun that is said to be done.
  ["the pool bump is live", "raise-pool"],
  ["did a drain of node-7", "drain"],
  ["restart of checkout made it worse", "restart"],
  ["reverted checkout to release 8841", "roll-back"],
  // What it was, and what it is now.
  ["pool size went from 20 to 60", "raise-pool"],
  ["pool: 20 -> 60", "raise-pool"],
  ["pool is at 60 now", "raise-pool"],
  ["timeout went from 30s to 800ms", "shorten-timeouts"],
  ["16 pods now instead of 8", "scale-out"],
  // Looks, and what they found.
  ["eyeballed the slow queries", "read-slow-queries"],
  ["grepped on orders-db for slow queries", "read-slow-queries"],
  ["slow queries: one at 4 s", "read-slow-queries"],
  ["no slow queries", "read-slow-queries"],
  ["conntrack is at 98% of its max", "read-conntrack"],
  ["jstack shows 200 of them in getConnection", "read-stacks"],
  ["jstack'd it", "read-stacks"],
  ["jstack on the worker, nothing", "read-stacks"],
  // Commands that were run.
  ["ran kubectl -n shop rollout undo deploy/checkout", "roll-back"],
  ["helm rollback checkout 41 went through", "roll-back"],
  ["$ kubectl rollout undo deploy/checkout\ndeployment.apps/checkout rolled back", "roll-back"],
  ["```\nana@db:~$ EXPLAIN ANALYZE select 1\nSeq Scan on carts```", "read-slow-queries"],
  // Slips of the pen, and lists that are ticked off.
  ["resarted the pods", "restart"],
  ["restrated the pods", "restart"],
  ["revertd 2.14", "roll-back"],
  ["✅ pool raised to 60\n⬜ restarted checkout", "raise-pool"],
  ["[x] raised the pool\n[ ] restarted the pods", "raise-pool"],
];

const others: readonly string[] = [
  // Plans, orders, questions, doubts.
  "bump the pool",
  "bumping the pool now",
  "we should have bumped the pool",
  "pool can't be raised",
  "pool needs to be raised",
  "todo: raised pool",
  "next: read slow queries",
  "anyone checked the slow queries",
  "smells like slow queries",
  "no time for the slow queries",
  "couldnt read the slow queries",
  "havent drained node-7",
  "restart of checkout didnt happen",
  "my manager asks: have we restarted checkout",
  "after restarting checkout we should raise the pool",
  "restarted checkout on the wrong cluster, sorry",
  "tried draining node-7, kubectl refuses",
  "that's what we did last time: drained node-7",
  // Another verb for that thing, and that verb for another thing.
  "raised an alarm about the pool",
  "checked the deploy",
  "pool usage went from 20 to 60",
  "timeout went from 1s to 30s",
  "gave the pods more memory",
  // What nobody here did.
  "the deploy doubled the timeouts and lowered the pool",
  "pool was raised by the release",
  "cart was rolled back to 2.12",
  "inventory was reverted to 2.12",
  "Alertmanager: slow queries above 5 s",
  // No look is to be had.
  "jstack is not available in the pod",
  "no jstack in this image",
  // Shown and not run.
  "$ kubectl rollout undo deploy/checkout",
  'helm rollback gives "Error: release: not found"',
  "try this:\n$ kubectl rollout undo deploy/checkout\nand wait",
  "$ kubectl rollout undo deploy/checkout\nError from server (Forbidden): deployments.apps",
  "$ kubectl rollout undo deploy/cart\ndeployment.apps/cart rolled back",
  // Words that are nearly one of ours.
  "reserted the pods",
  "the charted pods",
  "restated the pods",
];

describe("a deed that the playbook tells by its kind", () => {
  for (const [text, id] of deeds) {
    it(`is heard in ${JSON.stringify(text)}`, () => assert.deepEqual(idsIn(text), [id]));
  }

  for (const text of others) {
    it(`is not heard in ${JSON.stringify(text)}`, () => assert.deepEqual(idsIn(text), []));
  }

  it("is not what came of a fix", () =>
    assert.deepEqual(idsIn("bumped the pool, no slow queries any more"), ["raise-pool"]));

  it("is not what a look found that somebody did, or what its output is about", () => {
    assert.deepEqual(idsIn("read the slow queries, someone raised the pool"), [
      "read-slow-queries",
    ]);
    assert.deepEqual(idsIn("slow queries: conntrack: table full"), ["read-slow-queries"]);
  });

  it("is not what a look found", () =>
    assert.deepEqual(idsIn("checked the slow queries, timeouts lowered at 14:02"), [
      "read-slow-queries",
    ]));

  it("has what came of it", () =>
    assert.deepEqual(deedsIn("drained node-7, no luck. The rollback of 2.14 fixed it.", steps), [
      { stepId: "roll-back", label: "resolved" },
      { stepId: "drain", label: "no_effect" },
    ]));

  it("is found in a long message of one word within its time", () => {
    for (const text of ["[!".repeat(2_000), "pool-".repeat(800), "gc is at ".repeat(440)])
      assert.deepEqual(deedsIn(text, steps), []);
  });
});
