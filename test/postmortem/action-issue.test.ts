import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  bodyOfItem,
  mirrored,
  titleOfItem,
  type Agreed,
  type IssueReading,
} from "../../src/postmortem/action-issue.ts";
import type { ActionItem } from "../../src/postmortem/action-record.ts";
import { runs, seed } from "../property-runs.ts";

const item: ActionItem = {
  id: "act_1",
  incidentId: "inc_1",
  revision: 1,
  text: "Alert on p99",
  owner: "UBO",
  due: "2026-12-01",
  priority: "P1",
  state: "open",
  link: null,
  by: "UANA",
  at: new Date(0),
};
const of = (rest: Partial<ActionItem> = {}, url: string | null = null) => ({
  item: { ...item, ...rest },
  incident: "INC-1",
  owner: "Bo Okafor",
  url,
});
const agreed: Agreed = { title: "Alert on p99", own: "Alert on p99", state: "open" };
const issue = (rest: Partial<IssueReading> = {}): IssueReading => ({
  title: "Alert on p99",
  body: bodyOfItem(null, of()),
  state: "open",
  ...rest,
});

describe("an action item as an issue", () => {
  test("tells its owner, its due date and what it is kept as", () => {
    assert.equal(titleOfItem(item), "Alert on p99");
    assert.equal(
      bodyOfItem(null, of()),
      "<!-- kept by Hindsight -->\n\nOwner: Bo Okafor. Due: 2026-12-01. Priority: P1.\n\nAction item of INC-1. Kept by Hindsight as act_1; closing it closes it there too.\n\n<!-- write below this line -->\n",
    );
  });

  test("tells a long text below a title of its beginning, and mentions nobody", () => {
    const text = `Ask @ana why ${"x".repeat(300)}\nand how`;
    const named = of({ text });
    assert.ok(titleOfItem(named.item).length <= 256);
    assert.match(titleOfItem(named.item), /^Ask @ana why x+…$/);
    assert.match(bodyOfItem(null, named), /Ask @\u200Bana why x+\nand how\n/);
  });

  test("leaves what people wrote beside it, also where they took its own lines away", () => {
    const before = `${issue().body}\nWe began.`;
    const after = bodyOfItem(before, of({ due: "2027-01-01" }));
    assert.match(after, /Due: 2027-01-01\.[^]*<!-- write below this line -->\n\nWe began\.$/);
    assert.equal(after.match(/Due:/g)?.length, 1);
    assert.match(bodyOfItem("Only ours.", of()), /<!-- write below this line -->\n\nOnly ours\.$/);
  });
});

describe("what was changed on one side", () => {
  test("is nothing where both are the same", () => {
    assert.deepEqual(mirrored(of(), issue(), agreed).change, null);
    assert.equal(mirrored(of(), issue(), agreed).told.state, "open");
  });

  for (const [state, becomes] of [
    ["completed", "done"],
    ["not_planned", "dropped"],
  ] as const)
    test(`closes the item as ${becomes} where the issue was closed as ${state}, with its owner and date`, () => {
      const { told, change } = mirrored(of(), issue({ state }), agreed);
      assert.deepEqual([told.state, told.owner, told.due], [becomes, "UBO", "2026-12-01"]);
      assert.equal(change, null);
    });

  test("opens the item again where the issue was", () => {
    const done: Agreed = { ...agreed, state: "done" };
    assert.equal(mirrored(of({ state: "done" }), issue(), done).told.state, "open");
  });

  test("closes, opens and words the issue anew where the item was", () => {
    assert.deepEqual(mirrored(of({ state: "dropped" }), issue(), agreed).change, {
      state: "not_planned",
    });
    const done: Agreed = { ...agreed, state: "done" };
    assert.deepEqual(mirrored(of(), issue({ state: "completed" }), done).change, { state: "open" });
    const { change } = mirrored(of({ text: "Alert on p95" }), issue(), agreed);
    assert.equal(change?.title, "Alert on p95");
  });

  test("is a title that becomes the item's text, unless that is longer than a title", () => {
    assert.equal(
      mirrored(of(), issue({ title: "Alert on p95" }), agreed).told.text,
      "Alert on p95",
    );
    const text = "x".repeat(300);
    const own = titleOfItem({ text });
    const cut = { ...agreed, title: own, own };
    const long = mirrored(of({ text }), issue({ title: "Short" }), cut);
    assert.equal(long.told.text, text);
    assert.equal(long.change?.title, undefined, "theirs stays");
    const after = mirrored(of({ text }), issue({ title: "Short" }), long.agreed);
    assert.equal(after.change?.title, undefined, "and is not put back later");
    const other = mirrored(of({ text: "Alert on p90" }), issue({ title: "Short" }), long.agreed);
    assert.equal(other.change?.title, "Alert on p90");
  });

  test("comes to the other and then to rest, whatever was changed on either side", () => {
    const states = fc.constantFrom("open", "done", "dropped");
    const titles = fc.oneof(
      fc.constantFrom("Alert on p99", "Alert on p95", " odd\ttitle ", "", "@ana #7"),
      fc.string({ maxLength: 250 }),
    );
    const issues = fc.constantFrom("open", "completed", "not_planned");
    fc.assert(
      fc.property(titles, titles, fc.tuple(states, issues, states), (text, title, all) => {
        const [state, there, before] = all;
        const first = issue({ title, state: there });
        const start = of({ text: text.trim() === "" ? "x" : text, state });
        const own = titleOfItem(start.item);
        const one = mirrored(start, first, { title: own, own, state: before });
        const named = { ...start, item: { ...start.item, ...one.told } };
        const two = mirrored(named, { ...first, ...one.change }, one.agreed);
        assert.deepEqual(two.told, one.told);
        assert.equal(two.change, null);
        assert.equal(
          { open: "open", completed: "done", not_planned: "dropped" }[
            { ...first, ...one.change }.state
          ],
          one.told.state,
        );
      }),
      { numRuns: runs(2_000), seed },
    );
  });
});
