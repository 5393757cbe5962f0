import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../src/config.ts";
import type { Environment } from "../src/config-values.ts";

/** The problems as "VARIABLE mend". */
function problems(env: Environment, text: string | null): string[] {
  const read = (): string => {
    if (text === null) throw new Error("no such file");
    return text;
  };
  const reading = readConfig(env, { read, has: () => false });
  assert.ok(!reading.ok, "it was accepted");
  return reading.problems.map(({ variable, mend }) => `${variable} ${mend}`);
}

describe("what postmortems need", () => {
  test("a template with a placeholder that is none stops the start, with its line", () => {
    assert.deepEqual(problems({ POSTMORTEM_TEMPLATE: "pm.md" }, "# {{title}}\n{{sumary}}"), [
      "POSTMORTEM_TEMPLATE names pm.md; in its line 2 {{sumary}} is no placeholder. The nearest is {{summary}}.",
    ]);
    assert.deepEqual(problems({ POSTMORTEM_TEMPLATE: "pm.md" }, null), [
      "POSTMORTEM_TEMPLATE names pm.md, which cannot be read.",
    ]);
  });

  test("a repository without a name, a folder outside of it, and half a hook are named", () => {
    const env = { POSTMORTEM_REPO: "acme", POSTMORTEM_PATH: "../x", OUTGOING_HOOK_SECRET: "s" };
    assert.deepEqual(problems(env, null), [
      'POSTMORTEM_REPO must be owner/name on GitHub; it is "acme".',
      'POSTMORTEM_PATH must be a folder of the repository; it is "../x".',
      "OUTGOING_HOOK_URL is not set, but OUTGOING_HOOK_SECRET is. Set both.",
    ]);
    assert.deepEqual(problems({ OUTGOING_HOOK_URL: "https://wiki.test" }, null), [
      "OUTGOING_HOOK_SECRET is not set, but OUTGOING_HOOK_URL is. Set it to a long random text that the other side knows too.",
    ]);
  });
});
