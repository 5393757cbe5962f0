import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../src/config.ts";
import type { Environment } from "../src/config-values.ts";

const slack = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s" };

test("alerts that are answered nowhere are said so at the start", () => {
  const notices = (env: Environment) => {
    const reading = readConfig(env);
    return reading.ok ? reading.notices : [];
  };
  const hook = { HOOK_TOKEN_GRAFANA: "g" };
  assert.match(notices({ ...slack, ...hook })[0] ?? "", /^ALERT_CHANNEL is not set: /);
  assert.deepEqual(notices({ ...slack, ...hook, ALERT_CHANNEL: "#a" }), []);
  assert.deepEqual(notices(hook), [], "the local workspace has one");
  assert.deepEqual(notices(slack), []);
});
