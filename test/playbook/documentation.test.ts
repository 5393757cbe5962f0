import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { placeholders } from "../../src/playbook/placeholder.ts";
import {
  contextFlags,
  deedKinds,
  mechanisms,
  metricKinds,
  symptoms,
} from "../../src/vocabulary.ts";

const text = readFileSync(new URL("../../docs/playbooks.md", import.meta.url), "utf8");

test("the documentation's example is a step without a mistake", () => {
  const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const { steps, errors } = parsePlaybook([{ path: "docs/playbooks.md", text: example }]);
  assert.deepEqual(errors, []);
  assert.equal(steps.length, 1);
});

test("the documentation lists exactly the placeholders that there are, and what they mean", () => {
  const listed = [...text.matchAll(/^\| `\{(\w+)\}` +\| (.+?) +\|$/gm)].map((row) => [
    row[1],
    row[2],
  ]);
  assert.deepEqual(
    listed,
    Object.entries(placeholders).map(([name, { means }]) => [name, means]),
  );
});

test("the documentation lists the closed vocabularies whole", () => {
  for (const words of [symptoms, metricKinds, contextFlags, mechanisms, deedKinds]) {
    assert.ok(text.includes(`\`${words.join(" ")}\``), words.join(" "));
  }
});
