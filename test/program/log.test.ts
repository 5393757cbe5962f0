import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { withoutSecrets } from "../../src/secrets.ts";

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
        assert.ok(!withoutSecrets(put(secret)).includes(secret), name);
      }
    });
  }

  test("nor does what is secret by its place", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["authorization: Bearer abc.def-123", "authorization: Bearer [token]"],
      ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic [token]"}'],
      ["postgres://u:p@ss@db:5432/h", "postgres://u:[password]@db:5432/h"],
      ["login failed password=hunter user=bo", "login failed password=[secret] user=bo"],
      ['{"password":"correct horse"}', '{"password":"[secret]"}'],
      ["https://x.test/?access_token=abc&b=1", "https://x.test/?access_token=[secret]&b=1"],
      ["api-key: abc123", "api-key: [secret]"],
      [
        String.raw`{"msg":"secret=\"two words\" rest"}`,
        String.raw`{"msg":"secret=\"[secret]\" rest"}`,
      ],
      [
        "https://hooks.slack.com/commands/T1/2/abc failed",
        "https://hooks.slack.com/[secret] failed",
      ],
    ];
    for (const [said, expected] of cases) assert.equal(withoutSecrets(said), expected);
    const key = `-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----`;
    assert.equal(withoutSecrets(JSON.stringify({ key })), '{"key":"[private key]"}');
    assert.equal(withoutSecrets(JSON.stringify({ key: key.slice(0, 40) })).includes("MIIE"), false);
  });

  test("and what is no secret stays readable", () => {
    for (const plain of [
      "Ready. Open http://127.0.0.1:3000/local/ : a practice workspace",
      "the task-force-of-many-words and disk-pressure-monitoring are fine",
      "basic checks of the bearer",
      "postgres://db:5432/h does not answer",
      "invalid token: expired",
      "token=expired",
      "basic authentication failed",
      "the password must have 8 characters",
      "pass 3 of 4, token_count=7",
    ])
      assert.equal(withoutSecrets(plain), plain);
  });
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
    assert.equal(hello?.["msg"], "hello [slack token]");
    assert.deepEqual(job?.["deep"], { deeper: [{ token: "[slack token]" }] });
    assert.match(JSON.stringify(failed?.["err"]), /refused\\n\[slack token\]/);
    assert.equal(written.length, 3);
  });

  test("is for people on a terminal, with the time, the grade and the stack", () => {
    const written = lines(true);
    assert.match(written, /^\d\d:\d\d:\d\d hello \[slack token\]\n/);
    assert.match(written, /\d\d warn: a job failed job="1" deep=/);
    assert.match(written, /\d\d error: an error\nError: refused\n\[slack token\]/);
  });
});
