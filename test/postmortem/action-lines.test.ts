import assert from "node:assert/strict";
import { test } from "node:test";
import { proposalsIn, withRecords } from "../../src/postmortem/action-lines.ts";
import type { ActionItem } from "../../src/postmortem/action-record.ts";

const item: ActionItem = {
  id: "act_1",
  incidentId: "inc_1",
  revision: 1,
  text: "Alert on [p99](https://evil.example) <!channel>",
  owner: "UBO",
  due: "2026-12-01",
  priority: "P1",
  state: "open",
  link: "https://github.com/acme/shop/issues/7",
  by: "UANA",
  at: new Date("2026-11-23T14:00:00Z"),
};
const naming = {
  people: new Map([["UBO", "Bo Okafor"]]),
  hosts: ["github.com"],
  isTaken: (text: string) => text === "Alert on p99 of checkout: none reached it.",
};
const draft = `# INC-1

## Action items

- [ ] Alert on p99 of checkout: none reached it. Owner: nobody yet. Due: not set. (timeline 1 to 9)
- [ ] Write a runbook for \\*checkout\\*. Owner: nobody yet. Due: not set. ([series](https://prometheus.example/q), timeline 3)

We meet on Friday.

## Lessons

- [ ] not an action item
`;

test("what is proposed is read without its blanks and without where it is from", () => {
  assert.deepEqual(proposalsIn(draft), [
    "Alert on p99 of checkout: none reached it.",
    "Write a runbook for *checkout*.",
  ]);
  assert.deepEqual(proposalsIn("# INC-1\n"), []);
});

test("items stand below what people wrote, in place of the proposals that became one", () => {
  const told = withRecords(draft, { ...naming, items: [item] });
  assert.match(told, /## Action items\n\n- \[ \] Write a runbook[^]*We meet on Friday\.\n\n<!-- /);
  assert.ok(
    told.includes(
      "- [ ] Alert on \\[p99\\](https\\://evil.example) &lt;!channel&gt;. P1. Owner: Bo Okafor. Due: 2026-12-01. " +
        "[https\\://github.com/acme/shop/issues/7](https://github.com/acme/shop/issues/7) " +
        "(recorded by somebody who is not known any more, 23 November 2026)",
    ),
    told,
  );
  assert.ok(!told.includes("none reached it"));
  assert.match(told, /## Lessons\n\n- \[ \] not an action item\n$/);
});

test("the next state of an item takes the place of the one before, the rest stays", () => {
  const once = withRecords(draft, { ...naming, items: [item] });
  const again = withRecords(once, { ...naming, items: [item] });
  assert.equal(again, once);
  const done = withRecords(once, { ...naming, items: [{ ...item, state: "done" }] });
  assert.equal(done, once.replace("- [ ] Alert", "- [x] Alert"));
  const dropped = withRecords(once, { ...naming, items: [{ ...item, state: "dropped" }] });
  assert.match(dropped, /- \[x\] Dropped: Alert/);
  assert.deepEqual(proposalsIn(once), ["Write a runbook for *checkout*."]);
});

test("a template without the heading gets it at the end, and none where there is no item", () => {
  const told = withRecords("# Ours\n\nText.\n", { ...naming, items: [item] });
  assert.match(told, /^# Ours\n\nText\.\n\n## Action items\n\n<!-- action items on record -->\n- /);
  assert.equal(withRecords("# Ours\n", { ...naming, items: [] }), "# Ours\n");
});
