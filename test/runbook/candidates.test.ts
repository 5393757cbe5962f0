import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import type { Step } from "../../src/playbook/step.ts";
import { candidatesOf, withRunbooks } from "../../src/runbook/candidates.ts";
import { runbookFrom } from "../../src/runbook/runbook.ts";
import { deedsIn } from "../../src/suggestion/done.ts";
import { builtInFiles } from "../playbook/built-in.ts";

const playbook = parsePlaybook(builtInFiles).steps;
const link = "https://wiki.example.com/ops/checkout.md";

async function candidates(text: string, alert: string | null = null, at = link) {
  const read = runbookFrom({ text, format: "markdown" }, at);
  assert.ok(read.ok, JSON.stringify(read));
  return candidatesOf(read.runbook, { playbook, service: "checkout", alert });
}

async function one(text: string) {
  const [step] = await candidates(text);
  assert.ok(step);
  return step;
}

describe("a step of a runbook", () => {
  it("is the playbook's where the command is the same, with the runbook's way of doing it", async () => {
    const page =
      "# Checkout\n1. Put the last version back\n   ```sh\n   kubectl -n shop rollout undo deploy/checkout --to-revision=41\n   ```\n   Undo: `kubectl -n shop rollout undo deploy/checkout --to-revision=42`";
    const step = await one(page);
    const known = playbook.find(({ id }) => id === "roll-back-deploy");
    assert.equal(step.id, "roll-back-deploy");
    assert.deepEqual(step.ways, [
      {
        command: "kubectl -n shop rollout undo deploy/checkout --to-revision=41",
        undo: "kubectl -n shop rollout undo deploy/checkout --to-revision=42",
      },
    ]);
    assert.deepEqual(
      [step.priors, step.title, step.risk],
      [known?.priors, known?.title, known?.risk],
    );
    assert.deepEqual(step.runbook, {
      title: "Checkout",
      link,
      quote: "Put the last version back",
      hasCommand: true,
      isClassKnown: true,
    });
  });

  const same: readonly (readonly [string, string])[] = [
    ["Roll back the deploy", "roll-back-deploy"],
    ["Revert the last release", "roll-back-deploy"],
    ["Restart the pods", "restart-service"],
    ["Restart it: `kubectl rollout restart deployment/checkout -n shop`", "restart-service"],
    ["Scale out: `kubectl scale deploy checkout --replicas=8`", "scale-out-service"],
    ["Pause it: `kubectl rollout pause deploy/checkout`", "pause-rollout"],
  ];
  for (const [words, id] of same) {
    it(`is ${id} where it says "${words}"`, async () => {
      assert.equal((await one(`- ${words}`)).id, id);
    });
  }

  const other = [
    "Restart the importer",
    "Restart it: `kubectl rollout restart deploy/importer`",
    "Flush the price cache: `redis-cli -h prices flushdb`",
    "Restart the search index importer",
    "Check the dashboard of the provider",
    "Delete the stuck job `kubectl delete job/reindex`",
  ];
  for (const words of other) {
    it(`has an id of its own where it says "${words}"`, async () => {
      assert.match((await one(`- ${words}`)).id, /^runbook:checkout-[0-9a-z]{5}\/[a-z-]+$/);
    });
  }

  it("keeps its id whatever stands around it, and has another in another runbook", async () => {
    const step = "- Flush the price cache\n";
    const [a, b, c] = await Promise.all([
      candidates(step),
      candidates(`- Check the disk\n\n${step}`),
      candidates(step, null, "https://wiki.example.com/ops/cart.md"),
    ]);
    assert.equal(a[0]?.id, b[1]?.id);
    assert.notEqual(a[0]?.id, c[0]?.id);
  });

  it("of several of one name has an id by its command, wherever it stands on the page", async () => {
    const steps = await candidates(
      "## Slow\n- Flush the price cache `redis-cli flushdb`\n## Old\n- Flush the price cache `redis-cli -n 1 flushdb`\n",
    );
    const ids = (of: readonly Step[]) =>
      new Map(of.map(({ id, ways }) => [ways[0]?.command ?? "", id]));
    assert.equal(new Set(ids(steps).values()).size, 2);
    const moved = await candidates(
      "## Old\n- Flush the price cache `redis-cli -n 1 flushdb`\n## Slow\n- Flush the price cache `redis-cli flushdb`\n- Flush the price cache `redis-cli flushdb`\n",
    );
    assert.equal(moved.length, 2);
    for (const [command, id] of ids(steps)) assert.equal(ids(moved).get(command), id);
  });

  it("of one name without commands is told apart by its headings", async () => {
    const [a, b] = await Promise.all([
      candidates("## Slow\n- Flush the price cache\n## Old\n- Flush the price cache\n"),
      candidates("## Old\n- Flush the price cache\n## Slow\n- Flush the price cache\n"),
    ]);
    assert.deepEqual(
      a.map(({ id }) => id),
      b.map(({ id }) => id).toReversed(),
    );
  });

  const bare: readonly (readonly [string, string])[] = [
    ["Run `redis-cli info`", "Run redis-cli info"],
    ["Then run: `redis-cli info`", "Run redis-cli info"],
    ["Drain: `kubectl drain n1`", "Drain: kubectl drain n1"],
    ["Check: `./tools/probe --deep`", "Check: ./tools/probe --deep"],
    ["Run the probe: `./tools/probe --deep`", "Run the probe"],
  ];
  for (const [words, title] of bare) {
    it(`is called "${title}" where it says "${words}"`, async () => {
      assert.equal((await one(`- ${words}`)).title, title);
    });
  }

  it("that is only to be run is done where its command is told", async () => {
    const steps = await candidates(
      "- Run `acmectl failover --to eu`\n- Run `acmectl failover --to us`\n- Run `kubectl -n shop get deploy/a`\n",
    );
    const told = (text: string) => deedsIn(text, steps).map(({ stepId }) => stepId);
    assert.deepEqual(told("I ran acmectl failover --to us"), [steps[1]?.id]);
    assert.deepEqual(told("I ran kubectl -n shop get deploy/a"), [steps[2]?.id]);
  });

  const kinds: readonly (readonly [string, string, string])[] = [
    ["Look: `kubectl get pods -n shop`", "check", "read-only"],
    ["Find them:\n  ```sql\n  SELECT 1;\n  ```", "check", "read-only"],
    ["Drain the queue worker: `systemctl stop worker`", "fix", "disruptive"],
    ["Check it with `./tools/probe --deep`", "check", "disruptive"],
    ["Free the disk: `rm -rf /var/cache/shop`", "fix", "irreversible"],
    ["Empty it:\n  ```sql\n  TRUNCATE jobs;\n  ```", "fix", "irreversible"],
    ["Open the provider's status page", "check", "read-only"],
    ["Shift the traffic to the other region", "fix", "disruptive"],
    ["Check it by hand: `kubectl delete namespace shop`", "fix", "irreversible"],
  ];
  for (const [words, role, risk] of kinds) {
    it(`"${words.split("\n", 1)[0]}" is a ${role}, ${risk}`, async () => {
      const step = await one(`- ${words}`);
      assert.deepEqual([step.role, step.risk], [role, risk]);
    });
  }

  it("is spoken for by what its headings name", async () => {
    const { boosts } = await one("# Checkout\n## Pool exhausted\n- Flush the price cache");
    assert.deepEqual(boosts, [
      { when: { shiftedKind: "saturation" }, odds: 2 },
      { when: { logWord: "pool exhausted" }, odds: 3 },
    ]);
  });
});

describe("the playbook with runbooks", () => {
  it("has each step once: a runbook's way before the playbook's, the first runbook's before another's", async () => {
    const first = await candidates(
      "- Restart it: `kubectl rollout restart deploy/checkout`\n- Flush the price cache",
    );
    const second = await candidates("- Restart it: `kubectl -n b rollout restart deploy/checkout`");
    const all = withRunbooks(playbook, [...first, ...second]);
    assert.equal(all.length, playbook.length + 1);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    const restart = all.find(({ id }) => id === "restart-service");
    assert.equal(restart?.ways[0]?.command, "kubectl rollout restart deploy/checkout");
  });
});
