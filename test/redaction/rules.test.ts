import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { carriers, chanceOf, isExposed, kindCount, planted } from "../../bench/redaction-corpus.ts";
import { heldBack, heldBackAlike } from "../../bench/redaction-held-back.ts";
import { lookAlikes } from "../../bench/redaction-look-alikes.ts";
import { cloudTokens } from "../../src/redaction/cloud-tokens.ts";
import { codeTokens } from "../../src/redaction/code-tokens.ts";
import { commandOptions } from "../../src/redaction/command-options.ts";
import { finderOf } from "../../src/redaction/find.ts";
import { keyBlocks, webTokens } from "../../src/redaction/key-blocks.ts";
import { namedSecrets } from "../../src/redaction/named-secrets.ts";
import { placedSecrets } from "../../src/redaction/placed-secrets.ts";
import { redact } from "../../src/redaction/redact.ts";
import { serviceTokens } from "../../src/redaction/service-tokens.ts";

const rules = [
  ...cloudTokens,
  ...codeTokens,
  ...serviceTokens,
  ...keyBlocks,
  ...webTokens,
  ...placedSecrets,
  ...commandOptions,
  ...namedSecrets,
];
const charsMax = 20_000;
const smallMax = 10;

/** Why a pattern might read further than a fixed number of characters, or the same ones again and again. */
function unboundedIn(source: string): string | null {
  const groups: { max: number; inner: number }[] = [{ max: 1, inner: 1 }];
  const tokens =
    /\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?[:=!]|\?<[=!])?|\)|\{(\d+)(?:,(\d*))?\}|[*+?]|[^\\]/gs;
  let closed: number | null = null;
  for (const [piece, least, most] of source.matchAll(tokens)) {
    if (piece === "*" || piece === "+") return `repeats without end at ${piece}`;
    if (most === "") return `repeats without end at ${piece}`;
    if (least !== undefined) {
      const times = Number(most ?? least);
      if (times > charsMax) return `repeats ${times} times`;
      // A repeated group that itself repeats: as many ways to read the same text as the product of both.
      if (closed !== null && closed > 1 && times > smallMax * 3)
        return `repeats a repetition at ${piece}`;
      const group = groups.at(-1);
      if (group !== undefined) group.inner = Math.max(group.inner, times);
      closed = null;
    } else if (piece.startsWith("(")) {
      groups.push({ max: 1, inner: 1 });
      closed = null;
    } else if (piece === ")") {
      closed = groups.pop()?.inner ?? 1;
      const outer = groups.at(-1);
      if (outer !== undefined) outer.inner = Math.max(outer.inner, closed);
    } else if (piece !== "?") closed = null;
  }
  return null;
}

describe("every rule", () => {
  test("is bounded: no repetition without end, and no long repetition of a repetition", () => {
    for (const { kind, pattern, before } of rules) {
      assert.equal(unboundedIn(pattern.source), null, `${kind}: ${pattern.source}`);
      if (before !== undefined) assert.equal(unboundedIn(before.source), null, kind);
    }
    assert.match(unboundedIn("a(b+)") ?? "", /without end/);
    assert.match(unboundedIn("a{2,}") ?? "", /without end/);
    assert.match(unboundedIn("(?:a{1,9}b?){1,99}") ?? "", /repeats a repetition/);
  });

  test("starts at its sign, which is long enough to be looked up", () => {
    for (const { kind, signs, pattern } of rules) {
      assert.ok(pattern.sticky && !pattern.global, kind);
      for (const sign of signs) assert.ok(sign.length >= 3, `${kind}: ${sign}`);
    }
  });
});

test("a name within a long secret is looked at only where its own secret may reach further", () => {
  let tries = 0;
  const told = () => {
    tries += 1;
    return "password";
  };
  const pattern = /(pass=)[^ ]{1,512}/y;
  const find = finderOf([{ kind: "x", signs: ["pass="], pattern, rank: 2, isInside: true, told }]);
  const text = `${"pass=".repeat(10_000)} pass=one`;
  const found = find(text);
  assert.ok(tries <= text.length / 50, `${tries}`);
  const reached = found.reduce((to, each) => (each.from - 5 <= to ? each.to : to), 0);
  assert.equal(reached, 50_000, "what is found leaves no gap");
  assert.equal(found.at(-1)?.secret, "one");
});

describe("secrets made from their documented forms", () => {
  const chance = chanceOf(7);
  const all = planted(2, chance);

  test("are of 150 kinds at least", () => assert.ok(kindCount >= 150, String(kindCount)));

  for (const carrier of carriers) {
    test(`are masked in ${carrier}`, () => {
      const here = all.filter((each) => each.carrier === carrier);
      const missed = here.filter(({ text, secret }) => isExposed(redact(text), secret));
      const words = missed.map(({ kind, text }) => `${kind}: ${text}`).join("\n");
      assert.ok(missed.length <= here.length / 100, words);
    });
  }

  test("and what only looks like one is not touched", () => {
    const alike = lookAlikes(2_000, chance);
    const touched = alike.filter((text) => redact(text) !== text);
    assert.ok(touched.length <= alike.length / 100, touched.slice(0, 20).join("\n"));
  });
});

describe("in carriers that were written last", () => {
  test("secrets are masked, but for those that nothing names, and verifiers", () => {
    const missed = heldBack.filter(({ text, secret }) => isExposed(redact(text), secret));
    assert.ok(missed.length <= 4, missed.map(({ text }) => text).join("\n"));
  });

  test("what only looks like them is not touched", () => {
    assert.deepEqual(
      heldBackAlike.filter((text) => redact(text) !== text),
      [],
    );
  });
});
