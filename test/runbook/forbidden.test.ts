import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isForbidding, isForbiddingHeading } from "../../src/runbook/forbidden.ts";
import { runbookFrom } from "../../src/runbook/runbook.ts";

function commands(text: string, format: "markdown" | "html" = "markdown") {
  const read = runbookFrom({ text, format }, "https://wiki.example.com/x");
  assert.ok(read.ok, JSON.stringify(read));
  return {
    told: read.runbook.steps.map(({ command, title }) => command ?? title),
    leftOut: read.runbook.leftOut,
  };
}
const kept = "kubectl get pods";
const keep = `- Look at them: \`${kept}\`\n`;
const leftOut = (count: number) => [
  `${count} ${count === 1 ? "step" : "steps"} that it says not to do, or calls obsolete`,
];

describe("a sentence of a runbook that forbids", () => {
  const forbidding = [
    "Do NOT restart the primary: `systemctl restart postgres`",
    "DON'T: `rm -rf /`",
    "Don’t run `kubectl drain n1`",
    "Under no circumstances run `kubectl delete pvc data-0`",
    "If you are not the DBA, do not run `psql -c 'truncate orders'`",
    "When in doubt never run `kubectl delete ns shop`",
    "Make sure nobody runs `terraform destroy`",
    "Avoid running `kubectl drain node`",
    "It is dangerous to run `redis-cli flushall`",
    "It is best to avoid `redis-cli flushall`",
    "Note that you must not run `redis-cli flushall`",
    "You cannot run `redis-cli flushall` here",
    "This command must not be run: `redis-cli flushall`",
    "Running `redis-cli flushall` is not recommended",
    "Not for production: `redis-cli flushall`",
    "Restart with `systemctl restart a` (deprecated)",
    "The script `tools/x.sh` is no longer used",
    "❌ `kubectl delete ns shop`",
    "We do not restart `postgres` by `systemctl restart postgres`",
    "No `kubectl delete` on this cluster",
    "Restart it, but never run `rm -rf /data`",
  ];
  for (const words of forbidding)
    it(`gives no step: "${words}"`, () => {
      assert.deepEqual(commands(`${keep}- ${words}`).told, [kept]);
    });

  const ordering = [
    "If payments do not answer, fail over to the second provider",
    "If payments do not answer fail over with `./shop payments second`",
    "Restart it if you cannot mend it in five minutes",
    "Roll back if errors do not drop",
    "Check that pods do not restart: `kubectl get pods`",
    "Verify that the queue does not grow",
    "The lag should not be above 5 s: `psql -c 'select 1'`",
    "To avoid losing requests, drain the node with `kubectl drain n1`",
    "Drain the node first to avoid errors",
    "Do not forget to run `kubectl uncordon n1`",
    "Remove obsolete replication slots with `psql -c 'select 1'`",
    "Check which pods never start with `kubectl get pods`",
    "Check that nobody is connected",
    "Run `kubectl annotate deploy/x note='do not touch'`",
  ];
  for (const words of ordering)
    it(`is none, and gives its step: "${words}"`, () => {
      assert.equal(isForbidding(words), false);
    });

  it("takes with it nothing that stands beside it", () => {
    assert.deepEqual(
      commands(
        "- Drain it with `kubectl drain n1`. Never run `kubectl delete node n1`. Then check `kubectl get nodes`\n" +
          "- Use `kubectl rollout undo deploy/a` instead of `kubectl delete deploy a`\n" +
          "- Never restart the primary; fail over with `patronictl failover`\n",
      ).told,
      [
        "kubectl drain n1\nkubectl get nodes",
        "kubectl rollout undo deploy/a",
        "patronictl failover",
      ],
    );
  });

  it("is counted by the commands that were left out for it", () => {
    const page = `${keep}- Never run \`redis-cli flushall\`\n- Do not panic\n`;
    assert.deepEqual(commands(page).leftOut, leftOut(1));
    assert.deepEqual(commands(keep).leftOut, []);
  });
});

describe("what a runbook leads in to by forbidding it", () => {
  const block = "\n```bash\nredis-cli flushall\n```\n";
  for (const words of [
    "Never run this on production:",
    "Old procedure (obsolete, do not use):",
    "Do not run this. It deletes every price.",
    "Flush the cache. Do not run it on production.",
    "- Never do this:",
    "- Never\ndo this:",
  ])
    it(`is no command: "${words.replace("\n", " ")}"`, () => {
      const { told, leftOut: left } = commands(`${keep}\n${words}\n${block}`);
      assert.doesNotMatch(told.join(), /flushall/);
      assert.deepEqual(left, leftOut(1));
    });

  it("ends where the page goes on", () => {
    const list =
      "Do none of these, they are forbidden:\n\n- Restart all\n- `kubectl delete ns a`\n";
    const order =
      "\nThen restart it:\n\n```sh\nkubectl rollout restart deploy/a\n```\n\n1. Look\n\n   Never do this:\n   - Delete it\n2. Check it";
    assert.deepEqual(commands(list + order), {
      told: ["kubectl rollout restart deploy/a", "Look", "Check it"],
      leftOut: leftOut(3),
    });
  });

  it("leaves the code to an order that stands beside another prohibition", () => {
    const page = `Flush the cache. Do not flush the database.\n${block}`;
    assert.deepEqual(commands(page).told, ["redis-cli flushall"]);
  });

  it("may be told by the comment with which the code begins", () => {
    const page = `${keep}\n\`\`\`sh\n# Never do this in production\nredis-cli flushall\n\`\`\`\n`;
    assert.deepEqual(commands(page), { told: [kept], leftOut: leftOut(1) });
  });
});

describe("a section of a runbook that forbids", () => {
  for (const title of [
    "What not to do",
    "Anti-patterns",
    "Don'ts",
    "Common mistakes",
    "Restart (deprecated)",
    "Obsolete procedure",
    "Deprecated failover",
    "Legacy steps",
    "What won't help",
    "Never do these",
  ])
    it(`holds no step until the next heading of its level: "${title}"`, () => {
      const page = `# A\n## ${title}\n- \`kubectl delete ns a\`\n### Pods\n- Restart all pods\n## Good\n${keep}`;
      assert.deepEqual(commands(page), { told: [kept], leftOut: leftOut(2) });
    });

  for (const title of ["Checkout does not respond", "Pods do not start", "Never-ending jobs"])
    it(`is none where its heading names what is wrong: "${title}"`, () => {
      assert.equal(isForbiddingHeading(title), false);
    });

  it("may be told so by its own first words", () => {
    const page = `# A\n## Old\nThis section is obsolete.\n\n- \`kubectl delete ns a\`\n## New\n${keep}`;
    assert.deepEqual(commands(page), { told: [kept], leftOut: leftOut(1) });
  });

  it("makes a page that holds nothing else none, and says so", () => {
    const read = runbookFrom(
      { text: "# A (obsolete)\n- `kubectl delete ns a`", format: "markdown" },
      "https://wiki.example.com/x",
    );
    assert.match(read.ok ? "" : read.said, /^what it tells is not to be done, or obsolete; link/);
  });
});

describe("what a page has struck through", () => {
  it("is no part of it", () => {
    assert.deepEqual(
      commands(
        `${keep}- ~~Run \`rm -rf /a\`~~\n- ~Run \`rm -rf /b\`~\n- Read \`git diff HEAD~~ x~~\`\n`,
      ).told,
      [kept, "git diff HEAD~~ x~~"],
    );
    assert.deepEqual(
      commands(
        `<ul><li>Look: <code>${kept}</code></li><li><del>Run <code>rm -rf /a</code></del></li><li><s>Run <code>rm -rf /b</code></s></li><li>Don&rsquo;t run <code>rm -rf /c</code></li></ul>`,
        "html",
      ).told,
      [kept],
    );
  });
});
