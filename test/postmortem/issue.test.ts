import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { issueBody, issueMark, quiet } from "../../src/postmortem/issue.ts";

const foot = { about: "Version 1, draft.", mark: issueMark("inc_1") };

describe("a postmortem as an issue", () => {
  test("bears below its text what it is kept as, for people to see and to be found by", () => {
    assert.equal(
      issueBody("# INC-1\n\nIt was slow.\n", foot),
      "# INC-1\n\nIt was slow.\n\n---\n\nVersion 1, draft. Kept by Hindsight as inc_1.\n",
    );
  });

  test("that is too long is cut at a line, and says where all of it is", () => {
    const body = issueBody("A line of it.\n".repeat(6_000), foot);
    assert.ok(body.length <= 65_536 && body.length > 65_000);
    assert.match(
      body,
      /A line of it\.\n\nThe rest was cut: .* export file gives all of it\.\n\n---/,
    );
    assert.ok(body.includes("Kept by Hindsight as inc_1."));
  });

  for (const [written, told] of [
    ["cc @ana and @acme/shop", "cc @\u200Bana and @\u200Bacme/shop"],
    ["see #42, (#43)", "see #\u200B42, (#\u200B43)"],
    ["# 1st heading", "# 1st heading"],
    ["ana@example.com, https://x.example/@ana#4", "ana@example.com, https://x.example/@ana#4"],
    ["[series](https://x.example/a#metric%3A0)", "[series](https://x.example/a#metric%3A0)"],
  ] as const)
    test(`"${written}" mentions nobody and no other issue`, () => {
      assert.equal(quiet(written), told);
      assert.equal(quiet(told), told);
    });
});
