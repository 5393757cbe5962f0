import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { redact } from "../../src/redaction/redact.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const secrets: Readonly<Record<string, string>> = {
  "a bot's token": ["xoxb", "123456789012-abcDEF"].join("-"),
  "a person's token": ["xoxp", "1-2-3-abcdef"].join("-"),
  "an app's token": ["xapp", "1-A02-99-abcdef"].join("-"),
  "a refresh token": ["xoxe", "1-abcdefgh"].join("-"),
  "a token of GitHub": `ghp_${"a1".repeat(18)}`,
  "a token of a GitHub app": `ghs_${"a1".repeat(18)}`,
  "a fine-grained token": `github_pat_${"A1_".repeat(12)}`,
  "a web token": ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "c2ln"].join("."),
  "a key of AWS": `AKIA${"A1".repeat(8)}`,
  "a model's key": ["sk", "proj", "abcdefghijklmnop"].join("-"),
};

describe("a secret never reaches the log", () => {
  const places: Readonly<Record<string, (secret: string) => string>> = {
    alone: (secret) => secret,
    "in a sentence": (secret) => `Slack refused ${secret}, sorry`,
    "in a nested object": (secret) => JSON.stringify({ a: [{ b: { token: secret } }] }),
    "at the start of a line of an error": (secret) =>
      JSON.stringify({ stack: `Error:\n${secret}` }),
    "after a tab": (secret) => JSON.stringify({ text: `token\t${secret}` }),
    "in an address": (secret) => `https://example.org/?token=${secret}&a=b`,
    "beside a name": (secret) => `SLACK_TOKEN_${secret} token=${secret}`,
  };
  for (const [place, put] of Object.entries(places)) {
    test(place, () => {
      for (const [name, secret] of Object.entries(secrets)) {
        assert.ok(!redact(put(secret)).includes(secret), name);
      }
    });
  }
});

describe("the log", () => {
  const lines = (isTerminal: boolean): string => {
    const token = secrets["a bot's token"];
    const script = `
      import { openLog } from ${JSON.stringify(new URL("../../src/program/log.ts", import.meta.url).href)};
      const log = openLog("info", ${isTerminal});
      const error = new Error("refused\\n${token}", { cause: new Error("by ${token}") });
      error.params = error.detail = "canary";
      error.cause.message = "Failed query: select $1\\nparams: canary\\n    at canary";
      error.request = { headers: { authorization: "Bearer ${token}" }, list: ["${token}"] };
      log.info("hello ${token}");
      log.warn({ job: "1", deep: { deeper: [{ token: "${token}" }] } }, "a job failed");
      log.error({ err: error }, "an error");
      log.debug("not shown");`;
    const done = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    assert.equal(done.status, 0, done.stderr);
    assert.equal(done.stdout, "");
    assert.ok(!done.stderr.includes(String(token)), done.stderr);
    assert.ok(!done.stderr.includes("not shown"));
    assert.ok(!done.stderr.includes("canary"), done.stderr);
    return done.stderr;
  };

  test("is a line of JSON each on standard error, secrets struck out of messages, errors and what is nested", () => {
    const written = lines(false).trim().split("\n");
    const [hello, job, failed]: Record<string, unknown>[] = written.map((line) => JSON.parse(line));
    assert.equal(hello?.["msg"], "hello [secret:slack-bot-token]");
    assert.deepEqual(job?.["deep"], { deeper: [{ token: "[secret:slack-bot-token]" }] });
    assert.match(JSON.stringify(failed?.["err"]), /refused\\n\[secret:slack-bot-token\]/);
    assert.equal(written.length, 3);
  });

  test("is for people on a terminal, with the time, the grade and the stack", () => {
    const written = lines(true);
    assert.match(written, /^\d\d:\d\d:\d\d hello \[secret:slack-bot-token\]\n/);
    assert.match(written, /\d\d warn: a job failed job="1" deep=/);
    assert.match(written, /\d\d error: an error\nError: refused\n\[secret:slack-bot-token\]/);
  });
});
