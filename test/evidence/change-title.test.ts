import assert from "node:assert/strict";
import { it } from "node:test";
import { changeTitle } from "../../src/evidence/change-title.ts";

it("a change is titled by its pull request where its message tells one, else by its first line", () => {
  const titles = {
    "Load items one by one (#311)\n\nBecause.": "Load items one by one (#311)",
    "Merge pull request #7 from ana/topic\n\nShrink the pool\n\nMore": "Shrink the pool (#7)",
    "Merge pull request #8 from ana/topic": "Merge pull request #8 from ana/topic (#8)",
    "\n  Fix it  \nreally": "Fix it",
    "": "",
  };
  for (const [message, title] of Object.entries(titles)) assert.equal(changeTitle(message), title);
  assert.equal(changeTitle("x".repeat(500)).length, 200);
});
