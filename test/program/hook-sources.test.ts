import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../src/config.ts";
import { connect } from "../../src/edges/postgres/connect.ts";
import { hookSources } from "../../src/program/hooks.ts";

test("hooks are a source of changes where one that tells of changes is set, and for no alert's sake", async () => {
  await using connection = connect("postgres://nobody@127.0.0.1:9/none");
  const names = (env: Readonly<Record<string, string>>) => {
    const reading = readConfig(env);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return hookSources(reading.config, connection, "T1").map(({ name }) => name);
  };
  assert.deepEqual(names({ HOOK_TOKEN_ALERTMANAGER: "a", PAGERDUTY_WEBHOOK_SECRETS: "p" }), []);
  assert.deepEqual(names({ HOOK_TOKEN_ALERTMANAGER: "a", HOOK_TOKEN_UNLEASH: "u" }), ["Hooks"]);
  assert.deepEqual(names({ GITHUB_WEBHOOK_SECRET: "g" }), ["Hooks"]);
});
