import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { code, cut, escape, knownUrl, link, person, plain } from "../../src/message/escape.ts";
import { runs, seed } from "../property-runs.ts";
import { mentionsIn } from "./slack.ts";

describe("text from outside", () => {
  it("is escaped", () => {
    assert.equal(escape("a < b && c > d"), "a &lt; b &amp;&amp; c &gt; d");
    assert.equal(escape("&lt;!channel&gt;"), "&amp;lt;!channel&amp;gt;");
  });

  it("turns no text round, and rings no bell", () => {
    const odd = "a\u0000b\u0007c\u202Egnp.exe\u202C\u2066d\u009F, one\r\ntwo\tthree";
    assert.equal(escape(odd), "abcgnp.exed, one\ntwo\tthree");
    assert.equal(plain(odd), "abcgnp.exed, one two three");
    assert.deepEqual(mentionsIn(escape("@\u202Echannel <!\u0007here>")), []);
    assert.equal(escape("@\u202Echannel"), "@\u200Bchannel");
  });

  it("mentions nobody and no channel", () => {
    const hostile = fc.array(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom(
          "<!channel>",
          "<!here|here>",
          "<@U123>",
          "<#C123|general>",
          "<!subteam^S1>",
          "@channel",
          "@EVERYONE",
          "&lt;!channel&gt;",
          "<https://evil.example|click>",
          "`",
          "|",
          "\n",
        ),
      ),
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join("");
        for (const shown of [escape(text), plain(text), code(text), cut(escape(text), 40)]) {
          assert.deepEqual(mentionsIn(shown), []);
          assert.ok(!/[<>]/.test(shown), shown);
        }
      }),
      { numRuns: runs(4000), seed },
    );
  });

  it("stays one code span, whatever backticks it holds", () => {
    assert.equal(code("kubectl get pods"), "`kubectl get pods`");
    assert.equal(code("echo `id`"), "`echo 'id'`");
    assert.equal(code("a\nb"), "```a\nb```");
    assert.equal(code("a\n```\nb"), "```a\n'''\nb```");
  });
});

describe("a link", () => {
  const hosts = ["github.com", "127.0.0.1:3000"];
  it("leads to known hosts only", () => {
    assert.equal(link("https://github.com/a/b", "PR #1", hosts), "<https://github.com/a/b|PR #1>");
    assert.equal(
      link("http://127.0.0.1:3000/i/1", "INC-1", hosts),
      "<http://127.0.0.1:3000/i/1|INC-1>",
    );
    for (const url of [
      "https://evil.example/",
      "https://github.com.evil.example/",
      "https://github.com@evil.example/",
      "https://user:secret@github.com/",
      "javascript:alert(1)",
      "//github.com/a",
      "not a url",
      "",
      null,
      undefined,
    ])
      assert.equal(link(url, "PR #1", hosts), "PR #1", String(url));
  });

  it("cannot be broken out of", () => {
    const url = knownUrl("https://github.com/a|b><!channel>", hosts);
    assert.equal(url, "https://github.com/a%7Cb%3E%3C!channel%3E");
  });
});

describe("a person", () => {
  it("is a mention of a user id and of nothing else", () => {
    assert.equal(person("U024BE7LH"), "<@U024BE7LH>");
    assert.equal(person("bot"), "Hindsight");
    for (const odd of ["!channel", "U1|x", "u1", "", "U1> <!here"])
      assert.equal(person(odd), "someone");
  });
});

describe("a long text", () => {
  it("is cut at a word", () => {
    assert.equal(cut("Roll back checkout to 9c1d2e0", 20), "Roll back checkout…");
    assert.equal(cut("short", 5), "short");
    assert.equal(cut("abcdefghij", 5), "abcd…");
  });

  it("keeps entities, links and characters whole", () => {
    assert.equal(cut("abcdef &amp; ghi", 10), "abcdef…");
    assert.equal(cut("abcdefg&amp;hi", 10), "abcdefg…");
    assert.equal(cut("see <https://a.example/b|the page>", 20), "see…");
    assert.equal(cut("aaaaaaaa😀bb", 10), "aaaaaaaa…");
  });

  it("is never over the limit, however it is made", () => {
    const piece = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("<a|b>", "&amp;", " "));
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 60 }), (parts, max) => {
        const text = parts.join("");
        const short = cut(text, max);
        assert.ok(short.length <= max, `${short.length} > ${max}`);
        if (text.length <= max) assert.equal(short, text);
        else assert.ok(short.endsWith("…"));
      }),
      { numRuns: runs(4000), seed },
    );
  });
});
