import assert from "node:assert/strict";
import { test } from "node:test";

import { amountsIn, onlyMoves, removesCheck } from "../../src/evidence/diff-deeds.ts";
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
