import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { runsCommand } from "../../src/catalog/commands.ts";
import { runs, seed } from "../property-runs.ts";

const hiding: readonly string[] = [
  "kubectl delete pod x",
  "kubectl -n shop delete pod x",
  "kubectl --namespace shop --context=a delete pod x",
  "/usr/local/bin/kubectl delete pod x",
  "kubectl -n <namespace> delete pod <pod>",
  "KUBECTL DELETE pod x",
  "sudo kubectl delete pod x",
  "KUBECONFIG=/x kubectl delete pod x",
  "kubectl get pods && kubectl delete pod x",
  "kubectl get pods -o name | xargs kubectl delete",
  "kubectl get pods\nkubectl delete pod x",
  "kubectl \\\n  delete pod x",
  "sh -c 'kubectl delete pod x'",
  "ssh bastion \"sudo sh -c 'kubectl delete pod x'\"",
  'echo "$(kubectl delete pod x)"',
  "echo `kubectl delete pod x`",
  "(kubectl delete pod x)",
  "kubectl -l 'a;b|c' delete pod x",
  "kubectl>/tmp/out delete pod x",
  "kubectl $(cat flags) delete pod x",
  "'kubectl' \"delete\" pod x",
  "kube\"ctl\" del'ete' pod x",
  "# it's the last resort\nkubectl delete pod x",
  'kubectl -n shop debug x -- sh -c "kubectl delete pod x"',
];

for (const command of hiding) {
  test(`"kubectl delete" is seen in ${JSON.stringify(command)}`, () =>
    assert.equal(runsCommand(command, ["kubectl", "delete"]), true));
}

const harmless: readonly string[] = [
  "kubectl get pods",
  "kubectl get pods; rm delete",
  "kubectl get pods | grep delete",
  "kubectl-delete pod x",
  "kubectl undelete pod x",
  "delete kubectl",
];

for (const command of harmless) {
  test(`"kubectl delete" is not seen in ${JSON.stringify(command)}`, () =>
    assert.equal(runsCommand(command, ["kubectl", "delete"]), false));
}

test("no text, however broken, makes the search fail or find what is not there", () => {
  const pieces = fc.constantFrom("'", '"', "\\", "`", "$(", ")", ";", ">", " ", "a", "\n");
  fc.assert(
    fc.property(fc.string({ unit: pieces }), (text) => {
      assert.equal(runsCommand(text, ["kubectl"]), false);
    }),
    { numRuns: runs(2000), seed },
  );
});

test("a very long text of nothing but quotes is searched within two seconds", () => {
  const text = `${`'"\\\``.repeat(5000)} kubectl delete`;
  const started = performance.now();
  assert.equal(runsCommand(text, ["kubectl", "delete"]), true);
  assert.ok(performance.now() - started < 2000);
});
