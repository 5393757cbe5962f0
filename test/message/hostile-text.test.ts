import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { runs, seed } from "../property-runs.ts";
import { everyMessage } from "./every-message.ts";
import { assertSlackTakes, mentionsIn, textsOf } from "./slack.ts";

/** What an attacker may write into a log line, a title, a name, a label, a rule or a note. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom(
        "<!channel>",
        "<!here|here>",
        "<!everyone>",
        "<!subteam^S123|@team>",
        "<@U123>",
        "<#C123|general>",
        "<https://evil.example|click here>",
        "https://evil.example/login",
        "@channel @here",
        "&lt;!channel&gt;",
        "&amp;",
        "`",
        "```",
        "*",
        "|",
        "\n\n",
        "word ".repeat(500),
        "x".repeat(4_000),
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(""));

/** People who clicked and a channel whose incident was merged: the only mentions that may be there. */
const people = ["<@UANA>", "<@UBO>", "<#C7>"];

describe("whatever comes from outside", () => {
  it("yields no mention, no foreign link and nothing over Slack's limits, in any message", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const [kind, body] of Object.entries(everyMessage(text))) {
          assertSlackTakes(body);
          for (const shown of textsOf(body)) {
            assert.deepEqual(mentionsIn(shown, people), [], `${kind}: ${shown}`);
            for (const [link] of shown.matchAll(/<http[^>]*>/g))
              assert.match(link, /^<https:\/\/(?:hindsight|prometheus)\.example\//, kind);
          }
        }
      }),
      { numRuns: Math.max(200, runs(2000)), seed },
    );
  });

  it("is not linked by Slack on its own", () => {
    const all = Object.values(everyMessage("https://evil.example")).flatMap((each) => each.blocks);
    const texts = markdownIn(all);
    assert.ok(texts.length > 10);
    for (const text of texts) assert.ok("verbatim" in text && text.verbatim === true);
  });
});

function markdownIn(value: unknown): readonly object[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap((each) => markdownIn(each));
  return "type" in value && value.type === "mrkdwn" ? [value, ...inside] : inside;
}
