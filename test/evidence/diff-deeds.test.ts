import assert from "node:assert/strict";
import { test } from "node:test";

import {
  addedWork,
  amountsIn,
  flippedSetting,
  onlyAddsCheck,
  onlyMoves,
  removesCheck,
} from "../../src/evidence/diff-deeds.ts";
import { linesOf } from "../../src/evidence/inertness.ts";

test("a check, a limit or a pause that is gone is told; one that only moved is not", () => {
  assert.ok(removesCheck(linesOf("-if user == nil {\n-  return\n-}\n+return user.name")));
  assert.ok(removesCheck(linesOf("-ORDER BY at LIMIT 20\n+ORDER BY at")));
  assert.ok(removesCheck(linesOf("-  time.sleep(delay)")));
  assert.ok(!removesCheck(linesOf("-if user == nil {\n+if nil == user {")));
  assert.ok(!removesCheck(linesOf("-if err != nil { return err }\n+return save(user)")));
});

test("the same calls in another place are a move; a new call or a new loop is not", () => {
  const moved = "-rows = db.query(sql)\n+return this.read()\n+def read():\n+  rows = db.query(sql)";
  assert.ok(onlyMoves(linesOf(moved)));
  assert.ok(!onlyMoves(linesOf(`${moved}\n+  db.lock(rows)`)));
  assert.ok(!onlyMoves(linesOf("-db.query(ids)\n+for (const id of ids) db.query(id)")));
  assert.ok(!onlyMoves(linesOf("-db.query(5)\n+db.query(500)")));
});

test("amounts are compared in one unit", () => {
  assert.deepEqual(amountsIn("wait: 5 * time.Minute"), [300]);
  assert.deepEqual(amountsIn("ttl: 15s"), [15]);
  assert.deepEqual(amountsIn("timeout = 300 * time.Millisecond"), [0.3]);
  assert.deepEqual(amountsIn("max = 1_000"), [1_000]);
});

test("a few lines that only look before they leap are told from more work", () => {
  const guard = "+if len(items) == 0 {\n+  return nil\n+}";
  assert.ok(onlyAddsCheck(linesOf(guard)));
  assert.ok(onlyAddsCheck(linesOf(`-end := i + size\n+end := i + size\n${guard}`)));
  assert.ok(!onlyAddsCheck(linesOf(`${guard}\n+rows = db.query(sql)`)));
  assert.ok(!onlyAddsCheck(linesOf(`-total := sum(items)\n${guard}`)));
});

test("work that was not there before is named; what was there already is not", () => {
  const works: readonly (readonly [string, string | null])[] = [
    [
      "+for (const id of ids) {\n+  rows.push(await db.query(id));\n+}",
      "adds a call inside a loop",
    ],
    ["+for (const id of ids) {\n+  total += id;\n+}", null],
    ["+DROP INDEX idx_orders;", "changes the schema"],
    ["+CREATE INDEX CONCURRENTLY idx_orders ON orders (at);", null],
    ["+  s.mu.Lock()", "adds a lock"],
    ["-  s.mu.Lock()\n+  s.mu.Lock() // held", null],
    ["+const text = fs.readFileSync(path);", "adds a call that blocks"],
    ["+const name = /^(\\w+\\s?)+$/;", "adds a pattern that may backtrack"],
    ["+const seen = new Map();\n+  seen.set(order.id, order);", "keeps what it was given"],
    ["+const seen = new Map();\n+  seen.set(order.id, order);\n+  seen.delete(oldest);", null],
  ];
  for (const [diff, expected] of works) assert.equal(addedWork(linesOf(diff)), expected, diff);
});

test("a switch that is thrown is told, and in a configuration file any other word", () => {
  const switched = linesOf("-  verify: false\n+  verify: true");
  assert.equal(flippedSetting(switched, ["src/client.ts"]), "verify: false → true");
  const host = linesOf("-host: db.internal\n+host: db-replica.internal");
  assert.match(flippedSetting(host, ["config/db.yaml"]) ?? "", /^host: /);
  assert.equal(flippedSetting(host, ["src/db.ts"]), null);
});
