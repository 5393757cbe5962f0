import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { candidatesOf } from "../../src/runbook/candidates.ts";
import { runbookFrom } from "../../src/runbook/runbook.ts";

const link = "https://wiki.example.com/x";

function told(text: string): readonly (readonly [string | null, string | null])[] {
  const read = runbookFrom({ text, format: "markdown" }, link);
  assert.ok(read.ok, JSON.stringify(read));
  return read.runbook.steps.map(({ command, undo }) => [command, undo]);
}

describe("what undoes a step", () => {
  const drain = ["kubectl drain n1", "kubectl uncordon n1"] as const;
  for (const words of [
    "Drain it: `kubectl drain n1`. Undo with `kubectl uncordon n1`.",
    "Drain it with `kubectl drain n1` (undo: `kubectl uncordon n1`)",
    "Drain it with `kubectl drain n1`, undo by `kubectl uncordon n1`",
    "Drain it with `kubectl drain n1`; to revert, run `kubectl uncordon n1`",
    "Drain it with `kubectl drain n1`. It can be undone with `kubectl uncordon n1`.",
  ])
    it(`is no part of its command, though it stands in the same line: "${words}"`, () => {
      assert.deepEqual(told(`- ${words}`), [drain]);
    });

  it("may be a program that nobody knows", () => {
    assert.deepEqual(told("- Run `ldcli flag off x`. Undo with `ldcli flag on x`"), [
      ["ldcli flag off x", "ldcli flag on x"],
    ]);
  });

  it("is not what may be the step itself", () => {
    assert.deepEqual(told("- Check the errors. Roll back with `kubectl rollout undo deploy/a`"), [
      ["kubectl rollout undo deploy/a", null],
    ]);
  });

  it("takes no code that follows from its step", () => {
    assert.deepEqual(
      told("Drain it. Undo with `kubectl uncordon n1`.\n\n```sh\nkubectl drain n1\n```\n"),
      [drain],
    );
  });

  it("stays in words where neither has a command, and the rules see it where it is one", async () => {
    const page =
      "- Turn off the promo banner\n  Undo: turn it on again in the panel\n- Turn off the other banner\n  Undo: `kubectl delete pod banner`\n";
    const read = runbookFrom({ text: page, format: "markdown" }, link);
    assert.ok(read.ok);
    const about = { playbook: [], service: null, alert: null };
    const steps = await candidatesOf(read.runbook, about);
    const command = "As the runbook has it, without a command.";
    assert.deepEqual(
      steps.map(({ ways }) => ways),
      [
        [{ command, undo: "Turn it on again in the panel." }],
        [{ command, undo: "kubectl delete pod banner" }],
      ],
    );
    assert.ok(steps.every(({ runbook }) => runbook?.hasCommand === false));
  });
});

describe("a command", () => {
  it("is any code with arguments that a sentence says to run, whatever its program", () => {
    assert.deepEqual(
      told(
        "- Run `acmectl failover eu`\n- Then execute `ldcli flags toggle-off checkout-v2`\n- Look for `pool exhausted` in the log",
      ),
      [
        ["acmectl failover eu", null],
        ["ldcli flags toggle-off checkout-v2", null],
        [null, null],
      ],
    );
  });
});
