import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { questionTools, wantedBy } from "../../src/model/tools.ts";

const call = (name: string, given: unknown) =>
  wantedBy({ name, arguments: typeof given === "string" ? given : JSON.stringify(given) });
const problem = (name: string, given: unknown) => {
  const wanted = call(name, given);
  return "problem" in wanted ? wanted.problem : "none";
};

const secretPaths = [
  ".env",
  "apps/shop/.env.production",
  ".envrc",
  "deploy/prod.env",
  "config/master.key",
  "certs/server.PEM",
  "certs/server.pem.bak",
  "release.jks",
  "id.p12",
  "secrets/db-password.txt",
  "k8s/db-secret.yaml",
  "config/secrets.yml.enc",
  "config/credentials/production.yml.enc",
  ".aws/config",
  "infra/prod.tfvars",
  "infra/prod.auto.tfvars.json",
  "infra/terraform.tfstate.backup",
  "id_rsa_b64",
  "ops/id_deploy",
  ".npmrc",
  "home/.pgpass",
  "_netrc",
  "kubeconfig",
  "ops/prod-kubeconfig.yaml",
  "gcp/service-account-prod.json",
  "private_key.txt",
  ".ssh/config",
];

describe("what a model may have read", () => {
  test("is offered with the bounds of its arguments, and without a way to hand in a query", () => {
    const told = JSON.stringify(questionTools);
    assert.deepEqual(
      questionTools.map(({ name }) => name),
      ["read_metric", "read_logs", "list_changes", "read_file", "read_runbook", "past_incidents"],
    );
    assert.match(told, /"minutes":\{[^}]*"minimum":5,"maximum":360/);
    assert.doesNotMatch(told, /query|promql|\$schema/i);
    assert.ok(told.length < 2_400, `${told.length}`);
  });

  test("is taken within its bounds, with numbers as text, and with what is usual where nothing is said", () => {
    assert.deepEqual(call("read_metric", { service: " payments ", metric: "p99", minutes: "90" }), {
      name: "read_metric",
      of: { service: "payments", metric: "p99", minutes: 90 },
    });
    assert.deepEqual(call("read_logs", { service: "payments", more: 1 }), {
      name: "read_logs",
      of: { service: "payments", words: "", minutes: 60 },
    });
  });

  test("is refused in words that the model can mend it by, whatever it wrote", () => {
    assert.match(
      problem("run_shell", { command: "ls" }),
      /^there is no tool run_shell; there are read_/,
    );
    assert.match(problem("constructor", {}), /there is no tool constructor/);
    assert.match(problem("read_metric", "{not json"), /its arguments are not what was asked for/);
    assert.match(problem("read_metric", ""), /^read_metric: service: /);
    assert.match(problem("read_metric", { service: "a", metric: "p99", minutes: 1e9 }), /minutes/);
    assert.match(problem("read_metric", { service: "a".repeat(100_000), metric: "p" }), /service/);
    assert.match(problem("past_incidents", []), /past_incidents: /);
  });

  test("is no file outside of a repository, none that may hold secrets, and none at what is no commit", () => {
    const at = { service: "payments", commit: "3f2a91c" };
    for (const path of ["/etc/passwd", "../a", "a/../../b", "a//b", "a\\b", "C:/a", "a\nb", "./a"])
      assert.match(problem("read_file", { ...at, path }), /no path within the repository/, path);
    for (const path of secretPaths)
      assert.match(problem("read_file", { ...at, path }), /a file that may hold secrets/, path);
    for (const path of [
      "src/env/load.ts",
      "src/tokens/parse.ts",
      "config/app.yaml",
      "src/keyboard.ts",
      "docs/id_card.md",
      "src/secretary.ts",
    ])
      assert.equal(problem("read_file", { ...at, path }), "none", path);
    assert.match(problem("read_file", { ...at, commit: "HEAD", path: "a" }), /commit/);
    assert.equal(problem("read_file", { ...at, path: "src/a b/pool.ts" }), "none");
  });
});
