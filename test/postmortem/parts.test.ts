import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  joined,
  merged,
  partsOf,
  refreshed,
  titleOf,
  unwritten,
  withBody,
} from "../../src/postmortem/parts.ts";
import { runs, seed } from "../property-runs.ts";

const text = "# T\n\nhead\n\n## A\n\none\n\n## B\n\ntwo\n";
const edit = (index: number, body: string, of = text): string => withBody(of, index, body);

const markdown = fc
  .array(
    fc.oneof(
      fc.constantFrom("# T", "## A", "## B", "## A", "", "```", "text", "### c", "~~~~", "##x"),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 20 },
  )
  .map((lines) => lines.join("\n"));

describe("a postmortem by its headings", () => {
  test("is the same text again, whatever it is", () => {
    fc.assert(
      fc.property(markdown, (any) => assert.equal(joined(partsOf(any)), any)),
      { numRuns: runs(4_000), seed },
    );
  });

  test("has a part for each heading of the first two levels, none of them in a block of code", () => {
    const parts = partsOf("x\n# T\n```\n## no\n```\n### c\n## A");
    assert.deepEqual(parts.map(titleOf), ["Above the first heading", "T", "A"]);
  });

  test("names the headings under which nobody has written yet", () => {
    assert.deepEqual(unwritten(edit(2, "<!-- for people to write -->\n_What?_")), ["B"]);
    assert.deepEqual(unwritten(text), []);
  });
});

describe("two edits of one text", () => {
  test("of different headings come together", () => {
    const both = merged(text, edit(1, "theirs"), edit(2, "mine"));
    assert.deepEqual(both, { ok: true, markdown: edit(2, "mine", edit(1, "theirs")) });
  });

  test("of the same heading are a conflict that names it, unless they are alike", () => {
    const both = merged(text, edit(1, "theirs"), edit(1, "mine"));
    assert.deepEqual(both, { ok: false, headings: ["A"] });
    assert.deepEqual(merged(text, edit(1, "same"), edit(1, "same")), {
      ok: true,
      markdown: edit(1, "same"),
    });
  });

  test("are a conflict where one of them changed the headings", () => {
    const both = merged(text, `${text}\n## C\n`, edit(1, "mine"));
    assert.deepEqual(both.ok ? [] : both.headings.toSorted(), ["A", "C"]);
  });

  test("lose nothing: each change is in what comes of it, or it is a conflict", () => {
    const change = fc.record({ index: fc.integer({ min: 0, max: 2 }), body: fc.string() });
    fc.assert(
      fc.property(change, change, (a, b) => {
        const [theirs, mine] = [edit(a.index, a.body), edit(b.index, b.body)];
        const both = merged(text, theirs, mine);
        if (!both.ok) return;
        const found = partsOf(both.markdown).map(({ body }) => body);
        if (theirs !== text) assert.ok(found.includes(partsOf(theirs)[a.index]?.body ?? "?"));
        if (mine !== text) assert.ok(found.includes(partsOf(mine)[b.index]?.body ?? "?"));
      }),
      { numRuns: runs(2_000), seed },
    );
  });
});

describe("a fresh draft of what people have edited", () => {
  test("renews what nobody touched and keeps what people wrote", () => {
    const fresh = "# T\n\nnew head\n\n## A\n\nnew one\n\n## B\n\nnew two\n";
    assert.equal(refreshed(text, edit(1, "written"), fresh), edit(1, "written", fresh));
  });

  test("keeps a part that it does not have any more", () => {
    const fresh = "# T\n\nnew head\n\n## B\n\nnew two\n";
    assert.match(refreshed(text, edit(1, "written"), fresh), /## A\n\nwritten\n$/);
  });

  test("changes nothing where people changed the headings", () => {
    const theirs = `${text}\n## C\n\nown\n`;
    assert.equal(refreshed(text, theirs, "# T\n"), theirs);
  });
});
