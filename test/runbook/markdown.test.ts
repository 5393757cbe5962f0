import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { blocksOfHtml } from "../../src/runbook/html.ts";
import { blocksOfMarkdown } from "../../src/runbook/markdown.ts";
import { runbookFrom } from "../../src/runbook/runbook.ts";
import type { RunbookStep } from "../../src/runbook/split.ts";

const link = "https://wiki.example.com/ops/checkout-rollback.md";

function read(text: string, format: "markdown" | "html" = "markdown", at = link) {
  const found = runbookFrom({ text, format }, at);
  assert.ok(found.ok, JSON.stringify(found));
  return found.runbook;
}

function refused(text: string, format: "markdown" | "html" = "markdown"): string {
  const found = runbookFrom({ text, format }, link);
  return found.ok
    ? `steps: ${found.runbook.steps.map(({ title }) => title).join(", ")}`
    : found.said;
}

const told = (steps: readonly RunbookStep[]) =>
  steps.map(({ title, command, undo }) => [title, command, undo]);

const rollback = `---
owner: payments
---
# Runbook: checkout rollback

This page is **for everyone**. The service calls payments.

## When checkout is slow

1. Check the pool: \`kubectl -n shop exec deploy/checkout -- pool-stats\`
2. **Roll back checkout.** It takes about 4 minutes.
   \`\`\`sh
   kubectl -n shop rollout undo deploy/checkout --to-revision=41
   \`\`\`
   Undo: \`kubectl -n shop rollout undo deploy/checkout --to-revision=42\`
   - Expect: p99 below 0.5 s within 3 minutes
3. Restart [the cart](https://wiki.example.com/cart)

<!-- 4. Delete the database: \`kubectl delete ns shop\` -->

## Contacts
- Call the payments team: \`call +1 555\`
`;

describe("a runbook in Markdown", () => {
  it("has for an undo whatever stands as code behind the word, and words as a sentence", () => {
    const { steps } = read(
      "# x\n1. Turn off the flag: `./shop flags off f`\n   Undo: `shopctl flags on f`\n2. Restart it\n   Undo: tell `shopctl` about it",
    );
    assert.deepEqual(
      told(steps).map(([, , undo]) => undo),
      ["shopctl flags on f", "Tell shopctl about it."],
    );
  });

  it("becomes its orders and commands, verbatim, each with what undoes it", () => {
    const { title, steps, leftOut } = read(rollback);
    assert.equal(title, "checkout rollback");
    assert.deepEqual(told(steps), [
      ["Check the pool", "kubectl -n shop exec deploy/checkout -- pool-stats", null],
      [
        "Roll back checkout",
        "kubectl -n shop rollout undo deploy/checkout --to-revision=41",
        "kubectl -n shop rollout undo deploy/checkout --to-revision=42",
      ],
      ["Restart the cart", null, null],
    ]);
    const [, second] = steps;
    assert.equal(second?.minutes, 4);
    assert.equal(second?.expect, "p99 below 0.5 s within 3 minutes.");
    assert.deepEqual(second?.section, ["Runbook: checkout rollback", "When checkout is slow"]);
    assert.deepEqual(leftOut, []);
  });

  it("has steps without lists: a heading that is an order, a paragraph before its code", () => {
    const page = `# Cache

## Flush the price cache

\`\`\`
$ redis-cli -h prices dbsize
(integer) 42
$ redis-cli -h prices flushdb async
OK
\`\`\`

### Undo

Nothing to undo, the cache fills by itself.

## Old prices

Look at the importer first.

\`\`\`console
journalctl -u importer -n 100
\`\`\`

\`\`\`json
{"status": "stale"}
\`\`\`
`;
    assert.deepEqual(told(read(page).steps), [
      [
        "Flush the price cache",
        "redis-cli -h prices dbsize\nredis-cli -h prices flushdb async",
        "Nothing to undo, the cache fills by itself.",
      ],
      ["Look at the importer first", "journalctl -u importer -n 100", null],
    ]);
  });

  it("keeps the commands of nested items with their order, and SQL as SQL", () => {
    const page = `- If the pool is exhausted, raise its size:
  - \`kubectl set env deploy/checkout POOL=40\`
  - \`kubectl rollout status deploy/checkout\`
- Find who waits
  \`\`\`sql
  SELECT pid FROM pg_stat_activity;
  \`\`\`
- To undo, run \`kubectl set env deploy/checkout POOL=20\`
- This service is old.
`;
    const { steps, title } = read(page);
    assert.equal(title, "checkout rollback", "from its address");
    assert.deepEqual(told(steps), [
      [
        "If the pool is exhausted, raise its size",
        "kubectl set env deploy/checkout POOL=40\nkubectl rollout status deploy/checkout",
        null,
      ],
      [
        "Find who waits",
        "SELECT pid FROM pg_stat_activity;",
        "kubectl set env deploy/checkout POOL=20",
      ],
    ]);
    assert.equal(steps[1]?.language, "sql");
  });

  it("takes headings, comments and second sentences for orders, and no section that says when or to whom", () => {
    const page = `# Rollback Runbook

## When to roll back
- Check that errors are above 5 %

## Rollback steps

### 1. Assess it (2 min)
\`\`\`bash
# Check the pods
kubectl get pods -n production
\`\`\`

### 2. Go back

#### Option A: quick
\`\`\`bash
# Rollback to the version before
kubectl rollout undo deployment/app -n production
\`\`\`

#### Option B: by hand
When the store grows it can be packed. Run this on each member:

\`\`\`console
$ SPACE=shop
$ storectl pack --space $SPACE
\`\`\`

The ratio is told by a query.

\`\`\`console
(store_size_bytes / store_quota_bytes) * 100
\`\`\`

#### Option C

\`\`\`sh
SPACE=shop
storectl reset --space $SPACE
\`\`\`

### 3. Take the replica out of rotation

Somebody with access to the console clicks on it.

- See Debugging Replicas
- See whether the lag shrinks

## 4. Communicate
- Update the status page
`;
    assert.deepEqual(told(read(page).steps), [
      ["Check the pods", "# Check the pods\nkubectl get pods -n production", null],
      [
        "Rollback to the version before",
        "# Rollback to the version before\nkubectl rollout undo deployment/app -n production",
        null,
      ],
      ["Run this on each member", "SPACE=shop\nstorectl pack --space $SPACE", null],
      ["Run storectl reset --space $SPACE", "SPACE=shop\nstorectl reset --space $SPACE", null],
      ["See whether the lag shrinks", null, null],
    ]);
  });

  it("means the section that its link names", () => {
    const page =
      "# All\n## High latency\n1. Restart a\n### More\n1. Restart b\n## Errors\n1. Restart c";
    const { steps } = read(page, "markdown", `${link}#high-latency`);
    assert.deepEqual(
      steps.map(({ title }) => title),
      ["Restart a", "Restart b"],
    );
    assert.equal(read(page, "markdown", `${link}#gone`).steps.length, 3);
  });

  it("strikes out secrets, and leaves out commands that could not be shown whole", () => {
    const token = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
    const long = `1. Run this:\n\`\`\`sh\nkubectl ${"x".repeat(1_300)}\n\`\`\`\n`;
    const { steps, leftOut } = read(`${long}2. Check \`curl -H 'x: ${token}' https://a\`\n`);
    assert.doesNotMatch(JSON.stringify(steps), /ghp_/);
    assert.equal(steps.length, 1);
    assert.deepEqual(leftOut, ["1 step, with commands of more than 1000 characters"]);
  });
});

describe("a runbook in HTML", () => {
  const page = `<!doctype html><html><head><title>Cart &amp; co</title><script>1. Delete all</script></head>
<body><nav><ul><li>Delete your account</li></ul></nav><h2>Slow cart</h2>
<ol><li><p>Check the queue with <code>kubectl get pods -l app=cart</code>.</p></li>
<li>Restart the cart
<pre><code class="language-sh">kubectl rollout restart deploy/cart &amp;&amp; echo &lt;done&gt;</code></pre>
<ul><li>Undo: nothing to undo</li></ul></li>
<li hidden>Delete the namespace <code>kubectl delete ns shop</code></li></ol></body></html>`;

  it("is read the same way; what its reader does not see is no part of it", () => {
    const { title, steps } = read(page, "html");
    assert.equal(title, "Cart & co");
    assert.deepEqual(told(steps), [
      ["Check the queue", "kubectl get pods -l app=cart", null],
      [
        "Restart the cart",
        "kubectl rollout restart deploy/cart && echo <done>",
        "Nothing to undo.",
      ],
    ]);
  });
});

describe("what is no runbook", () => {
  it("is named, with the mend", () => {
    assert.match(refused("\u0000\u0001PNG"), /^it is not text; link a page/);
    assert.match(refused("%PDF\uFFFD\uFFFD\uFFFD\uFFFD"), /^it is not text/);
    assert.match(
      refused('<form><input name=p type="password"></form>', "html"),
      /^a page to sign in came instead; link/,
    );
    assert.match(
      refused("<title>Log in - Wiki</title><p>Restart it", "html"),
      /^a page to sign in/,
    );
    assert.match(
      refused(
        "<title>Acme - Sign In</title><ol><li>Check your phone for the code</li></ol>",
        "html",
      ),
      /^a page to sign in/,
    );
    assert.match(
      refused("<title>Wiki</title><p>Enable JavaScript to view this page</p>", "html"),
      /^it is shown by JavaScript alone, which is not run; link a page of text/,
    );
    for (const page of [
      "<title>Runbook: login is slow</title><p>Restart it",
      "<title>Login - errors</title><p>Restart it with <code>systemctl restart login</code>",
    ])
      assert.equal(refused(page, "html"), "steps: Restart it");
    assert.match(
      refused("# Checkout\n\nIt sells things."),
      /^no step was found in it; write orders/,
    );
    assert.match(refused(""), /^no step was found/);
  });

  it("however large, deep or broken, ends and stays within its limits", () => {
    const deep = `${"<div><ul><li>".repeat(60_000)}Restart it`;
    const marks = "- [![*`".repeat(150_000);
    const nested = Array.from({ length: 30_000 }, (_, n) => `${" ".repeat(n % 400)}- Restart it`);
    const open = `${"<".repeat(500_000)}${"<!--".repeat(100_000)}`;
    // What backtracks on any of these takes longer than the file may.
    assert.ok(blocksOfHtml(deep).length <= 5_000);
    assert.ok(blocksOfMarkdown(marks).length <= 5_000);
    assert.ok(read(nested.join("\n")).steps.length <= 40);
    assert.deepEqual(read("- Restart it\n".repeat(50)).leftOut, [
      "10 of 50 steps: the limit is 40",
    ]);
    blocksOfHtml(open);
    blocksOfMarkdown(open);
    refused("a".repeat(1_000_000));
    refused(`${"do not if never avoid `".repeat(80)}\n\n`.repeat(500));
    refused("<div hidden ".repeat(80_000));
    refused("```\n".repeat(200_000));
    refused("to avoid you ~~ when `a\n".repeat(40_000));
    refused("1. `".repeat(300_000));
    refused("<input ".repeat(150_000), "html");
  });
});
