import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { runs, seed } from "../property-runs.ts";

const source = new URL("../../src/local/page/mrkdwn.js", import.meta.url).href;
const { parse } = z
  .object({ parse: z.custom<(text: string) => Line[]>((value) => typeof value === "function") })
  .parse(await import(source));

interface Span {
  readonly kind: string;
  readonly text?: string;
  readonly id?: string;
  readonly url?: string;
  readonly spans?: readonly Span[];
}
interface Line {
  readonly kind: string;
  readonly text?: string;
  readonly spans?: readonly Span[];
}

const spans = (text: string) => parse(text)[0]?.spans ?? [];
const brief = (text: string) =>
  spans(text).map((each) => `${each.kind}:${each.text ?? each.id ?? brief2(each.spans ?? [])}`);
const brief2 = (inner: readonly Span[]): string => inner.map((each) => each.text ?? "").join("");

const cases: [typed: string, shown: string[]][] = [
  [
    "*p99* is _high_, ~not~ `4.1 s`",
    ["bold:p99", "text: is ", "italic:high", "text:, ", "strike:not", "text: ", "code:4.1 s"],
  ],
  ["a_b_c and 2*3*4", ["text:a_b_c and 2*3*4"]],
  ["1 &lt; 2 &amp;&amp; 3 &gt; 2", ["text:1 < 2 && 3 > 2"]],
  ["<https://example.com/a|the chart>", ["link:the chart"]],
  ["<https://example.com/a_b_c>", ["link:https://example.com/a_b_c"]],
  [
    "<@U1> in <#C1|general> <!here>",
    ["user:U1", "text: in ", "channel:general", "text: ", "broadcast:here"],
  ],
  ["<!date^1700000000^{date_num} {time}|then>", ["date:then"]],
  ["`*not bold* &lt;b&gt;`", ["code:*not bold* <b>"]],
  [":eyes: at 14:02:30", ["emoji:eyes", "text: at 14:02:30"]],
  ["unclosed *bold and `code", ["text:unclosed *bold and `code"]],
];

describe("mrkdwn as Slack reads it", () => {
  for (const [typed, shown] of cases) test(typed, () => assert.deepEqual(brief(typed), shown));

  test("quotes, bullets and code blocks are lines of their own", () => {
    const lines = parse(
      "Why:\n&gt; it is new\n• one\n• two\n```\nkubectl get pods\n  -n shop\n```\nafter",
    );
    assert.deepEqual(
      lines.map((line) => line.kind),
      ["line", "quote", "bullet", "bullet", "pre", "line"],
    );
    assert.equal(lines[4]?.text, "kubectl get pods\n  -n shop");
  });

  test("nothing that is said gets lost, whatever it is", () => {
    const words = fc.array(
      fc.constantFrom("a", "7", " ", "*", "_", "~", "`", "\n", "&lt;", "<@U1>", ":", "x"),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join("");
        const letters = (value: string) => value.replace(/[^a7x]/g, "");
        assert.equal(letters(collected(parse(text))), letters(text));
      }),
      { numRuns: runs(2000), seed },
    );
  });
});

const collected = (all: readonly (Line | Span)[]): string =>
  all.map((each) => `${each.text ?? ""}${collected(each.spans ?? [])}`).join("");
