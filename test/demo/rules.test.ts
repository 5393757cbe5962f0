import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scenarios } from "../../demo/recorder/scenarios.ts";

const rules = join(import.meta.dirname, "../../demo/shop/prometheus/rules.yml");
const checked = spawnSync("promtool", ["check", "rules", rules], { encoding: "utf8" });

test(
  "the alert rules are ones that Prometheus takes",
  { skip: checked.error === undefined ? false : "promtool is not installed" },
  () => {
    assert.equal(checked.status, 0, checked.stderr);
  },
);

test("each scenario waits for an alert that there is a rule for", () => {
  const text = readFileSync(rules, "utf8");
  for (const { alert } of scenarios) assert.ok(text.includes(`alert: ${alert.rule}\n`), alert.rule);
});
