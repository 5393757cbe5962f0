import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../src/config.ts";
import type { Environment } from "../src/config-values.ts";

function problems(env: Environment): string[] {
  const reading = readConfig(env);
  return reading.ok ? [] : reading.problems.map(({ variable, mend }) => `${variable} ${mend}`);
}

test("a log level that is none is named with those that there are", () => {
  assert.match(problems({ LOG_LEVEL: "loud" }).join(), /^LOG_LEVEL must be one of fatal, error/);
});

test("days are whole, from one to ten years", () => {
  for (const days of ["1", "30", "3650"]) {
    assert.deepEqual(problems({ RETENTION_DAYS_MESSAGES: days }), []);
  }
  for (const days of ["0", "3651", "-1", "7d", "1.5", "for ever"]) {
    assert.deepEqual(problems({ RETENTION_DAYS_MESSAGES: days }), [
      `RETENTION_DAYS_MESSAGES must be a number of days from 1 to 3650; it is "${days}".`,
    ]);
  }
});
