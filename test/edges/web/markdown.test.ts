import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { htmlOf } from "../../../src/edges/web/markdown.ts";
import { codeBlock, literal } from "../../../src/postmortem/markdown.ts";
import { runs, seed } from "../../property-runs.ts";

const hosts = ["github.com"];

describe("the Markdown of a postmortem", () => {
  for (const [markdown, html] of [
    ["one\ntwo\n\nthree", "<p>one\ntwo</p>\n\n<p>three</p>"],
    [
      "- one\n- [ ] two\n  goes on\n- [x] three",
      '<ul><li>one</li><li class="task">☐ two goes on</li><li class="task">☑ three</li></ul>',
    ],
    ["1. one\n2) two", "<ol><li>one</li><li>two</li></ol>"],
    ["### Three\ntext", "<h3>Three</h3>\n<p>text</p>"],
    ["> said\n> so", "<blockquote>said so</blockquote>"],
    ["```sql\nselect <1>\n```\nafter", "<pre>select &lt;1&gt;</pre>\n<p>after</p>"],
    ["~~~\nopen still", "<pre>open still</pre>"],
    [
      "**a** _b_ `c_d` snake_case_name",
      "<p><strong>a</strong> <em>b</em> <code>c_d</code> snake_case_name</p>",
    ],
    ["<!-- for people -->\ntext", "<p>text</p>"],
    [String.raw`\*a\* &lt;b&gt; &amp; <i>`, "<p>*a* &lt;b&gt; &amp; &lt;i&gt;</p>"],
    [
      "[PR](https://github.com/a/b)",
      '<p><a href="https://github.com/a/b" rel="noopener noreferrer">PR</a></p>',
    ],
    ["[x](https://evil.example/a) [y](javascript:alert(1))", "<p>x [y](javascript:alert(1))</p>"],
  ] as const)
    test(`${JSON.stringify(markdown)} is shown`, () => assert.equal(htmlOf(markdown, hosts), html));

  test("takes no longer where there are brackets, ticks and empty lines alone", () => {
    for (const odd of ["[", "`", "*", "_", "\n", "- ", "&lt", "\\", "```\n"])
      assert.ok(htmlOf(odd.repeat(100_000), hosts).length > 0 || odd === "\n", odd);
  });

  test("shows what came from outside as it came, and lets none of it be markup", () => {
    const odd = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "<script>x</script>",
        '"onload=x',
        '[a](https://github.com/"x)',
        "`<b>`",
        "```\n<b>",
        "&lt;",
      ),
    );
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 6 }), (texts) => {
        const page = htmlOf(
          texts.flatMap((text) => [`- ${literal(text)}`, "", codeBlock(text), "", text]).join("\n"),
          hosts,
        );
        const tags = page.match(/<[^>]*>/g) ?? [];
        const known =
          /^<\/?(p|ul|ol|li|h3|pre|code|strong|em|blockquote)>$|^<\/a>$|^<a href="https:\/\/github\.com[^"<>]*" rel="noopener noreferrer">$/;
        for (const tag of tags) assert.match(tag, known);
        assert.doesNotMatch(page.replaceAll(/<[^>]*>/g, ""), /[<>]/);
      }),
      { numRuns: runs(2_000), seed },
    );
  });
});
