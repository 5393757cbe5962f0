import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { classifyCommand } from "../../src/command/classify.ts";
import type { CommandClass } from "../../src/command/class.ts";
import { classifySql } from "../../src/command/sql.ts";
import { runs, seed } from "../property-runs.ts";
import { safe, unsafe } from "./labelled.ts";

async function otherThan(commands: readonly string[], is: (given: CommandClass) => boolean) {
  const classes = await Promise.all(commands.map(classifyCommand));
  return commands.filter((_command, index) => !is(classes[index] ?? "unknown"));
}

describe("the labelled commands", () => {
  test("are 400 at least, each of them once", () => {
    const all = [...safe, ...unsafe];
    assert.ok(all.length >= 400, String(all.length));
    assert.equal(new Set(all).size, all.length);
  });

  test("of those that change something, or may, 1 % at most is classed read-only", async () => {
    const missed = await otherThan(unsafe, (is) => is !== "read-only");
    assert.ok(missed.length <= unsafe.length / 100, missed.join("\n"));
  });

  test("of those that only read 90 % at least are recognised", async () => {
    const missed = await otherThan(safe, (is) => is === "read-only");
    assert.ok(missed.length <= safe.length / 10, missed.join("\n"));
  });
});

describe("a command's class", () => {
  const cases: readonly (readonly [command: string, is: CommandClass])[] = [
    ["kubectl get pods", "read-only"],
    ["kubectl delete pod x", "state-changing"],
    ["kubectl get pods; kubectl delete pod x", "state-changing"],
    ["kubectl frobnicate x", "unknown"],
    ["kubectl apply -f x --dry-run=server", "read-only"],
    ["kubectl delete pod x --dry-run=client --dry-run=none", "state-changing"],
    ["echo cm0gLXJmIC8= | base64 -d | sh", "unknown"],
    ["echo $(rm x)", "state-changing"],
    ["$(echo rm) x", "unknown"],
    ["ls > out", "state-changing"],
    ["ls 2>&1 >/dev/null", "read-only"],
    ["find . -exec grep -l x {} +", "read-only"],
    ["find . -exec rm {} +", "state-changing"],
    ["ls 'never closed", "unknown"],
    ["PATH=/tmp ls", "unknown"],
    ["", "unknown"],
  ];
  for (const [command, is] of cases) {
    test(`${JSON.stringify(command)} is ${is}`, async () =>
      assert.equal(await classifyCommand(command), is));
  }

  test("is never read-only once something that changes is added to it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...safe),
        fc.constantFrom("; ", "\n", " && ", " || "),
        fc.constantFrom("rm x", "$(echo rm) x", "kubectl delete pod x", "sh x"),
        async (command, joint, added) => {
          assert.notEqual(await classifyCommand(`${added}${joint}${command}`), "read-only");
        },
      ),
      { numRuns: runs(200), seed },
    );
  });

  test("is told for any text, however broken", async () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      "\\",
      "`",
      "$(",
      ")",
      ";",
      ">",
      "<<E",
      "\n",
      " ",
      "a",
      "ls",
      "{",
      "}",
      "é",
      "\u200b",
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: pieces }), async (text) => {
        assert.match(await classifyCommand(text), /^(?:read-only|state-changing|unknown)$/);
      }),
      { numRuns: runs(500), seed },
    );
  });
});

describe("SQL", () => {
  const cases: readonly (readonly [statement: string, is: CommandClass])[] = [
    ["select count(*) from orders", "read-only"],
    ["select 1; delete from orders", "state-changing"],
    ["with gone as (delete from orders returning *) select * from gone", "state-changing"],
    ["select pg_terminate_backend(7)", "state-changing"],
    ["select pg_catalog.now(), shop.now()", "unknown"],
    ["select somebodys_function()", "unknown"],
    ["explain update orders set a = 1", "read-only"],
    ["explain (analyze) update orders set a = 1", "state-changing"],
    ["select * into copy from orders", "state-changing"],
    ["select * from orders for update", "state-changing"],
    ["copy orders to program 'sh'", "state-changing"],
    ["copy orders to stdout", "read-only"],
    ["set statement_timeout = '5s'", "read-only"],
    ["set role postgres", "state-changing"],
    ["do $$ begin end $$", "state-changing"],
    ["selekt 1", "unknown"],
    ["", "unknown"],
  ];
  for (const [statement, is] of cases) {
    test(`${JSON.stringify(statement)} is ${is}`, async () =>
      assert.equal(await classifySql(statement), is));
  }
});
