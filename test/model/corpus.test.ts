import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf } from "../../src/model/sentence.ts";
import { halves, type Half } from "./corpus/halves.ts";

const found = await Promise.all(halves(1).map(measured));

async function measured({ name, truths, falsehoods }: Half) {
  const removed: string[] = [];
  const kept: string[] = [];
  for (const { text, cites, of } of truths)
    if ((await faultOf({ text, cites }, of.known)) !== null) removed.push(text);
  for (const { text, cites, of } of falsehoods)
    if ((await faultOf({ text, cites }, of.known)) === null) kept.push(text);
  return { name, truths: truths.length, falsehoods: falsehoods.length, removed, kept };
}

test("of 400 false sentences none is kept, and of a thousand true ones at most one in a hundred is removed", () => {
  for (const { name, truths, falsehoods, removed, kept } of found.slice(0, 2)) {
    assert.equal(falsehoods, 200, name);
    assert.ok(truths >= 500, name);
    assert.deepEqual(kept, [], name);
    assert.ok(removed.length <= truths * 0.01, `${name}: ${removed.join("\n")}`);
  }
});

test("of the sentences that were written one by one no false one is kept", () => {
  for (const { name, kept } of found.filter(({ name: half }) => half.startsWith("by hand")))
    assert.deepEqual(kept, [], name);
});

test("of what another author wrote, and the gate was mended on, no false one is kept and one true one in twenty removed at most", () => {
  const mended = found.filter(({ name }) => /^another author, .* half$/.test(name));
  assert.deepEqual(
    mended.map(({ name }) => name),
    ["another author, first half", "another author, second half"],
  );
  for (const { name, truths, falsehoods, kept, removed } of mended) {
    assert.ok(truths >= 70 && falsehoods >= 36, name);
    assert.deepEqual(kept, [], name);
    assert.ok(removed.length <= truths * 0.05, `${name}: ${removed.join("\n")}`);
  }
});
