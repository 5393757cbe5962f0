import assert from "node:assert/strict";
import { it } from "node:test";
import { atMost } from "../../src/edges/at-most.ts";

it("a gate lets so many run at once, in the order in which they came, and failures make place too", async () => {
  const gate = atMost(2);
  const begun: number[] = [];
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const results = ends.map(({ promise }, index) =>
    gate(async () => {
      begun.push(index);
      await promise;
      return index;
    }),
  );
  assert.deepEqual(begun, [0, 1]);
  ends[1]?.reject(new Error("failed"));
  await assert.rejects(results[1] ?? Promise.resolve(), { message: "failed" });
  await settled();
  assert.deepEqual(begun, [0, 1, 2]);
  for (const { resolve } of ends) resolve();
  assert.deepEqual(
    await Promise.all([results[0], results[2], results[3], results[4]]),
    [0, 2, 3, 4],
  );
  assert.deepEqual(begun, [0, 1, 2, 3, 4]);
});

/** All that can run without anything further happening has run. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
