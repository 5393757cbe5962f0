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
    ["KUBECTL_EXTERNAL_DIFF=rm kubectl diff -f x", "unknown"],
    ["export KUBECTL_EXTERNAL_DIFF=rm; kubectl diff -f x", "unknown"],
    ["env KUBECTL_EXTERNAL_DIFF=rm kubectl diff -f x", "unknown"],
    ["SOME_HOOK=/tmp/x kubectl get pods", "unknown"],
    ["PGPASSWORD=x TZ=UTC psql -c 'select 1'", "read-only"],
    ["/*! drop table a */ select 1", "state-changing"],
    ["/*M! drop table a */", "state-changing"],
    ["select 1 /*!50000 into outfile '/x' */", "state-changing"],
    ["mysql -e 'select 1 /*M!100100 into outfile \"/x\" */'", "state-changing"],
    ["openssl s_client -connect a:443 -keylogfile /x", "state-changing"],
    ["openssl s_client -connect a:443 -sess_out /x", "state-changing"],
    ["openssl x509 -in a.crt -noout -dates", "read-only"],
    ["select count(*) from orders", "read-only"],
    ["-- how many?\nSELECT count(*)\nFROM orders;", "read-only"],
    ["show full processlist", "read-only"],
    ["delete from orders", "state-changing"],
    ["set global max_connections = 500", "state-changing"],
    ["kill query 42", "state-changing"],
    ["set -e", "read-only"],
    ["curl http://checkout:8080/health", "read-only"],
    ["curl http://checkout:8080/admin/reset?x=1", "unknown"],
    ["wget -qO- http://checkout:8080/admin/reset", "unknown"],
    ["kubectl get --raw /readyz", "read-only"],
    ["kubectl get --raw /api/v1/namespaces/shop/pods/a/proxy/drain", "unknown"],
    ["helm upgrade checkout ./chart --dry-run", "read-only"],
    ["helm upgrade checkout ./chart --dry-run --post-renderer x", "state-changing"],
    ["aws ec2 stop-instances --instance-ids i-1 --dry-run", "read-only"],
    ["aws rds stop-db-instance --dry-run", "state-changing"],
    ["gcloud compute ssh db-1 --command 'df -h'", "read-only"],
    ["gcloud compute ssh db-1 --command 'df -h; rm x'", "state-changing"],
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

  test("is not read-only for SQL that a shell or another database would take for something else", async () => {
    for (const text of [
      "SELECT 1 | reboot",
      "SELECT 1,\nreboot",
      'SELECT "$(reboot)"',
      "SELECT a >/etc/passwd",
      "select 1 --1; drop table orders",
      "select 1 /* into outfile '/tmp/x' */",
      "SELECT 1 delete from orders",
    ]) {
      assert.equal(await classifySql(text), "read-only", `PostgreSQL: ${text}`);
      assert.equal(await classifyCommand(text), "unknown", text);
    }
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
    ["set statement_timeout = '5s'", "unknown"],
    ["set statement_timeout = '5s'; select 1", "read-only"],
    ["set search_path = evil; select 1", "state-changing"],
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
