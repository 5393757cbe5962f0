import assert from "node:assert/strict";
import { test } from "node:test";

import { diagnose } from "../../src/evidence/diagnose.ts";
import { scenarios } from "./made-scenarios.ts";

/** Id of the likeliest change, or null for none of them. */
function firstOf({ changes, noChange }: ReturnType<typeof diagnose>): string | null {
  const [first] = changes;
  return first === undefined || first.p <= noChange ? null : first.id;
}

test("of troubles as they happen at least nine in ten are told by the change that did it, or by none", () => {
  const missed = scenarios.filter(({ input, truth }) => firstOf(diagnose(input)) !== truth);
  const names = missed.map(({ name }) => name).join(", ");
  assert.ok(missed.length <= scenarios.length / 10, names);
});

test("the change that did it is among the first three, and no innocent one that is nearer leads", () => {
  for (const { name, input, truth } of scenarios) {
    const diagnosis = diagnose(input);
    assert.notEqual(firstOf(diagnosis), "decoy", name);
    const first3 = diagnosis.changes.slice(0, 3).map(({ id }) => id);
    if (truth !== null) assert.ok(first3.includes(truth), name);
  }
});
