import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { draftOf } from "../../src/postmortem/draft.ts";
import { fillTemplate, usualTemplate } from "../../src/postmortem/template.ts";
import { recordedIds, viewOf, workedOn } from "./recorded.ts";
import { sentencesOf, unsourced } from "./sentences.ts";

/** HINDSIGHT_EXAMPLES=write writes them anew. */
const isWriting = process.env["HINDSIGHT_EXAMPLES"] === "write";

describe("the examples of the manual", () => {
  for (const id of ["n-plus-one", "provider-down"]) {
    test(`(${id}) are what is drafted, unedited`, async () => {
      const drafted = fillTemplate(usualTemplate, draftOf(await viewOf(await workedOn(id))));
      const path = `${import.meta.dirname}/../../docs/examples/${id}.md`;
      if (isWriting) writeFileSync(path, drafted);
      const isSame = readFileSync(path, "utf8") === drafted;
      assert.ok(isSame, "it is drafted otherwise now: write it anew with HINDSIGHT_EXAMPLES=write");
    });
  }
});

describe("the draft of a recorded incident", () => {
  for (const id of recordedIds) {
    test(`(${id}) says of every sentence where it is from, and what a reviewer asks first`, async () => {
      const document = draftOf(await viewOf(await workedOn(id)));
      assert.deepEqual(unsourced(document), []);
      const texts = sentencesOf(document).map(({ text }) => text);
      const told = [
        /went up to [\d.]+ ?\S* at 14:\d\d, from /,
        /^It lasted \d+ min, from 14:05 to 14:1\d, when the numbers were back to normal\.$/,
        /of the requests to \w+ failed, about [\d,]+ of [\d,]+ requests/,
        / live \d\d:\d\d:\d\d, /,
        /^Kind of cause: \w+, according to Ana Lima\.$/,
        /^From the onset to the recovery: \d+ min/,
      ];
      for (const pattern of told)
        assert.ok(
          texts.some((text) => pattern.test(text)),
          String(pattern),
        );
      for (const text of texts) assert.doesNotMatch(text, /not read|as far as it was read/);
    });
  }
});
