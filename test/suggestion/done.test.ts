import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deedsIn } from "../../src/suggestion/done.ts";

const steps = [
  {
    id: "roll-back-deploy",
    doneWords: [
      "rolled (it |\\S+ )?back",
      "roll ?back (is )?(done|complete|finished|live)",
      "reverted (the )?(deploy|release)",
    ],
  },
  {
    id: "restart-service",
    doneWords: [
      "restarted (it|the|\\S+)",
      "tried (a )?restart(ing)?",
      "(kicked|bounced) (it|the|\\S+)",
    ],
  },
  {
    id: "scale-out",
    doneWords: [
      "scaled (it |\\S+ )?(out|up|to \\d+)",
      "added (\\d+ |more )?(replicas|instances|pods|machines)",
    ],
  },
  {
    id: "turn-off-flag",
    doneWords: [
      "(turned|switched|flipped) (the )?(\\S+ )?(flag )?(off|back)",
      "flag (is )?(off|back|disabled)",
    ],
  },
  { id: "fail-over-database", doneWords: ["(failed|switched) (it |\\S+ )?over( to)?"] },
  {
    id: "check-provider-status",
    doneWords: ["(checked|looked at) (the |their )?status ?page"],
  },
  {
    id: "read-pool-waits",
    doneWords: ["(checked|read) (the )?pool"],
  },
  { id: "read-diff", doneWords: ["(read|looked at|checked) (the )?diff"] },
];

const considered = "already_considered";
const vain = "no_effect";

/** [message, what it tells of] */
const told: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  // Deeds.
  ["rolled back already", { "roll-back-deploy": considered }],
  ["already rolled back", { "roll-back-deploy": considered }],
  ["I rolled checkout back at 14:18", { "roll-back-deploy": considered }],
  ["We've rolled it back", { "roll-back-deploy": considered }],
  ["We’ve *rolled back* to 9c1d2e0", { "roll-back-deploy": considered }],
  ["rollback done", { "roll-back-deploy": considered }],
  ["the rollback is complete", { "roll-back-deploy": considered }],
  ["did a rollback 5 min ago", { "roll-back-deploy": considered }],
  ["reverted the deploy, p99 is back", { "roll-back-deploy": considered }],
  ["fyi: restarted checkout", { "restart-service": considered }],
  ["<@U123> restarted it", { "restart-service": considered }],
  ["just bounced it", { "restart-service": considered }],
  ["tried restarting", { "restart-service": considered }],
  ["scaled out to 8 replicas", { "scale-out": considered }],
  ["added 4 pods", { "scale-out": considered }],
  ["turned the new-retry flag off", { "turn-off-flag": considered }],
  ["flag is off", { "turn-off-flag": considered }],
  ["switched over to the standby", { "fail-over-database": considered }],
  ["looked at the status page, all green", { "check-provider-status": considered }],
  ["I checked the pool: 20 of 20 busy", { "read-pool-waits": considered }],
  ["I read the diff", { "read-diff": considered }],
  ["rolled back already, anything else?", { "roll-back-deploy": considered }],
  [
    "restarted checkout and rolled back",
    { "restart-service": considered, "roll-back-deploy": considered },
  ],
  ["scaled up. Then rolled back.", { "scale-out": considered, "roll-back-deploy": considered }],
  ["rolled back and it's better now", { "roll-back-deploy": considered }],
  ["we did restart it", { "restart-service": considered }],
  // Deeds without effect.
  ["tried restarting, no luck", { "restart-service": vain }],
  ["restarted cart, no effect", { "restart-service": vain }],
  ["restarted, didn't help", { "restart-service": vain }],
  ["Restarted it. Still slow.", { "restart-service": vain }],
  ["tried a restart - no change", { "restart-service": vain }],
  ["after restarting checkout nothing changed", { "restart-service": vain }],
  ["the restart did not help", { "restart-service": vain }],
  ["no effect after we rolled back", { "roll-back-deploy": vain }],
  ["tried rolling back, no luck", { "roll-back-deploy": vain }],
  ["The rollback made no difference", { "roll-back-deploy": vain }],
  ["rolled back but still seeing 5xx", { "roll-back-deploy": vain }],
  ["rolled back to 9c1d2e0. Same errors.", { "roll-back-deploy": vain }],
  ["scaled out, to no avail", { "scale-out": vain }],
  ["flipped the flag back, latency is still high", { "turn-off-flag": vain }],
  ["restart done, same", { "restart-service": vain }],
  ["Restarted checkout; p99 unchanged", { "restart-service": vain }],
  ["tried scaling up, nothing", { "scale-out": vain }],
  ["scaling up didn't help", { "scale-out": vain }],
  ["turning the flag off did nothing", { "turn-off-flag": vain }],
  // What fixed it, in so many words, and what helped.
  ["rolled back, that fixed it", { "roll-back-deploy": "resolved" }],
  ["Rolled back. That fixed it.", { "roll-back-deploy": "resolved" }],
  ["the rollback is done and it fixed it", { "roll-back-deploy": "resolved" }],
  ["turned the flag off, that did the trick", { "turn-off-flag": "resolved" }],
  ["scaled out to 8, which solved the problem", { "scale-out": "resolved" }],
  ["restarted checkout, it helped a bit", { "restart-service": "helped" }],
  ["scaled out, that helped", { "scale-out": "helped" }],
  ["checked the pool, ruled out", { "read-pool-waits": "ruled_out" }],
  [
    "restart didn't help, rolled back, that fixed it",
    { "restart-service": vain, "roll-back-deploy": "resolved" },
  ],
  [
    "restarted it, no luck, then rolled back",
    { "restart-service": vain, "roll-back-deploy": considered },
  ],
  [
    "restarted checkout and rolled back, no luck",
    { "restart-service": vain, "roll-back-deploy": vain },
  ],
  [
    "restarted checkout and rolled back, that fixed it",
    { "restart-service": "helped", "roll-back-deploy": "helped" },
  ],
  // Hopes and questions about it are no word on it.
  ["rolled back, hope that fixed it", { "roll-back-deploy": considered }],
  ["rolled back, not sure that fixed it", { "roll-back-deploy": considered }],
  ["rolled back, did that fix it?", { "roll-back-deploy": considered }],
  ["rolled back, I think it helped", { "roll-back-deploy": considered }],
  ["Rolled back. Has that fixed it?", { "roll-back-deploy": considered }],
  ["rolled back, that should have fixed it", { "roll-back-deploy": considered }],
  ["rolled back, that hasn't fixed it", { "roll-back-deploy": vain }],
  ["that fixed it", {}],
  // Questions.
  ["who restarted checkout", {}],
  ["did we restart it", {}],
  ["should we roll back?", {}],
  ["have we rolled back?", {}],
  ["did anyone restart cart?", {}],
  ["has someone restarted it?", {}],
  ["rolled back?", {}],
  ["we rolled back, right?", {}],
  ["who rolled back?", {}],
  ["not sure if anybody restarted it?", {}],
  ["wait, was the flag turned off?", {}],
  // Intentions, orders, conditions.
  ["let's roll back", {}],
  ["I'll restart it", {}],
  ["going to roll back now", {}],
  ["about to restart checkout", {}],
  ["rolling back", {}],
  ["restarting checkout now", {}],
  ["this should be rolled back", {}],
  ["checkout needs to be rolled back", {}],
  ["if we rolled back we would lose the migration", {}],
  ["once it is rolled back we look again", {}],
  ["please get it rolled back", {}],
  ["wait until it's rolled back", {}],
  ["maybe we could have restarted it", {}],
  ["plan: rollback, then restart", {}],
  ["I suggest to have it rolled back", {}],
  // Negations.
  ["don't restart", {}],
  ["do not roll back", {}],
  ["not rolled back yet", {}],
  ["we haven't rolled back", {}],
  ["nobody restarted it", {}],
  ["it was never rolled back", {}],
  ["I don't think anyone restarted it", {}],
  ["the rollback failed", {}],
  ["tried to roll back but it failed", {}],
  ["we can't roll back, there's a migration", {}],
  ["without having scaled out", {}],
  // Claims and talk.
  ["it's not the db", {}],
  ["pretty sure it's the pool", {}],
  ["the db is fine", {}],
  ["looks like a deploy problem", {}],
  ["p99 is back", {}],
  ["the rollback is ready", {}],
  ["the restart policy is Always", {}],
  ["pods restarted 14 times", {}],
  ["checkout keeps being restarted by the kubelet", {}],
  ["it restarted by itself", {}],
  // Elsewhere, and other people's words.
  ["rolled back in staging", {}],
  ["last time we rolled back and it helped", {}],
  ["in INC-31 we restarted it", {}],
  ["> rolled back already\nwho said that", {}],
  ["&gt; rolled back already", {}],
  ["```\nrolled back to revision 41\n```", {}],
];

describe("deeds in a thread", () => {
  for (const [text, expected] of told) {
    it(`${JSON.stringify(text)} tells of ${Object.keys(expected).join(" and ") || "no deed"}`, () => {
      const deeds = Object.fromEntries(
        deedsIn(text, steps).map((deed) => [deed.stepId, deed.label]),
      );
      assert.deepEqual(deeds, expected);
    });
  }

  it("leaves deeds on another service alone", () => {
    const about = { service: "checkout", services: ["checkout", "cart", "cart-db"] };
    assert.deepEqual(deedsIn("restarted cart, no effect", steps, about), []);
    assert.deepEqual(deedsIn("restarted checkout, no effect", steps, about), [
      { stepId: "restart-service", label: "no_effect" },
    ]);
    assert.deepEqual(deedsIn("restarted it, cart is fine", steps, about), [
      { stepId: "restart-service", label: "already_considered" },
    ]);
  });

  it("reads a very long message within its limit", () => {
    assert.deepEqual(deedsIn(`${"x ".repeat(50_000)} rolled back`, steps), []);
    assert.deepEqual(deedsIn(`rolled back already. ${"x ".repeat(50_000)}`, steps), [
      { stepId: "roll-back-deploy", label: "already_considered" },
    ]);
  });
});
