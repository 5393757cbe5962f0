import assert from "node:assert/strict";
import { test } from "node:test";
import { digestSettings } from "../../src/config-digest.ts";

function read(env: Readonly<Record<string, string>>) {
  const problems: string[] = [];
  const settings = digestSettings({
    value: (name) => env[name],
    problem: (variable, mend) => void problems.push(`${variable} ${mend}`),
  });
  return { settings, problems };
}

test("a cron expression and a time zone that are none are named", () => {
  assert.deepEqual(read({ DIGEST_CRON: "mondays", DIGEST_TIMEZONE: "Mars/Base" }).problems, [
    'DIGEST_CRON must be five fields such as "0 9 * * 1", Mondays at nine; it is "mondays".',
    'DIGEST_TIMEZONE must be a time zone such as Europe/Berlin; it is "Mars/Base".',
  ]);
});

test("spaces in a cron expression do not matter", () => {
  const { settings, problems } = read({ DIGEST_CRON: " 30 8  * * mon-fri " });
  assert.equal(settings.cron, "30 8 * * mon-fri");
  assert.deepEqual(problems, []);
});
