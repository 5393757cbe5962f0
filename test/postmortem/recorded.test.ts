import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { draftOf } from "../../src/postmortem/draft.ts";
import { recordedIds, viewOf, workedOn } from "./recorded.ts";
import { sentencesOf, unsourced } from "./sentences.ts";

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
