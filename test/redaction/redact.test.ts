import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { redact, startPlaceholders } from "../../src/redaction/redact.ts";
import { redactShown } from "../../src/redaction/shown.ts";
import { runs, seed } from "../property-runs.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const github = `ghp_${"a1".repeat(18)}`;
const slack = ["xoxb", "123456789012-abcDEF"].join("-");
const posthog = `phx_${"aB3".repeat(14)}`;
const aws = `AKIA${"A2".repeat(8)}`;

describe("what is secret is struck out", () => {
  const cases: readonly (readonly [said: string, shown: string])[] = [
    [`Slack refused ${slack}, sorry`, "Slack refused [secret:slack-bot-token], sorry"],
    [
      `SLACK_TOKEN_${slack} token=${slack}`,
      "SLACK_TOKEN_[secret:slack-bot-token] token=[secret:slack-bot-token]",
    ],
    ["authorization: Bearer abc.def-123", "authorization: Bearer [secret:bearer-token]"],
    ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic [secret:basic-auth]"}'],
    ["postgres://u:p@ss@db:5432/h", "postgres://u:[secret:postgresql-url]@db:5432/h"],
    ["login failed password=hunter user=bo", "login failed password=[secret:password] user=bo"],
    ['{"password":"correct horse"}', '{"password":"[secret:password]"}'],
    ["https://x.test/?access_token=abc&b=1", "https://x.test/?access_token=[secret:token]&b=1"],
    ["api-key: abc123", "api-key: [secret:key]"],
    [
      String.raw`{"msg":"secret=\"two words\" rest"}`,
      String.raw`{"msg":"secret=\"[secret:secret]\" rest"}`,
    ],
    [
      "https://hooks.slack.com/commands/T1/2/abc failed",
      "https://hooks.slack.com/[secret:slack-webhook] failed",
    ],
    [
      "- name: DB_PASSWORD\n  value: hunter2\n",
      "- name: DB_PASSWORD\n  value: [secret:password]\n",
    ],
    ["app --db-password hunter22 --verbose", "app --db-password [secret:password] --verbose"],
    ["ENV API_TOKEN S3cretPw99xyz1", "ENV API_TOKEN [secret:token]"],
    [`key ${posthog}`, "key [secret:posthog-personal-key]"],
    ["pw=S3cretPw99xyz", "pw=[secret:password]"],
    ["pw for admin: S3cretPw99xyz", "pw for admin: [secret:password]"],
    ["the pw is S3cretPw99xyz", "the pw is [secret:password]"],
    ["DB_PW: 's3cret pw'", "DB_PW: '[secret:password]'"],
    ["Passwort: S3cretPw99xyz", "Passwort: [secret:password]"],
    ["db_kennwort=S3cretPw99", "db_kennwort=[secret:password]"],
    ["mot de passe : S3cretPw99", "mot de passe : [secret:password]"],
    ["contraseña: S3cretPw99", "contraseña: [secret:password]"],
    ["senha=S3cretPw99", "senha=[secret:password]"],
    ["wachtwoord: S3cretPw99", "wachtwoord: [secret:password]"],
    ["hasło: S3cretPw99", "hasło: [secret:password]"],
    ["Пароль: S3cretPw99", "Пароль: [secret:password]"],
    ["パスワード: S3cretPw99", "パスワード: [secret:password]"],
    ["密码：S3cretPw99", "密码：[secret:password]"],
    [
      'db_password = var.prod ? "S3cretPw99" : ""',
      'db_password = var.prod ? "[secret:password]" : ""',
    ],
    [
      'db_password = var.env == "prod" ? "" : "S3cretPw99"',
      'db_password = var.env == "prod" ? "" : "[secret:password]"',
    ],
    ["DD_API_KEY=0123456789abcdef0123456789abcdef", "DD_API_KEY=[secret:datadog-secret]"],
  ];
  for (const [said, shown] of cases) {
    test(JSON.stringify(shown), () => assert.equal(redact(said), shown));
  }

  test("a private key up to its end, or to the end of what is there of it", () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----`;
    assert.equal(redact(JSON.stringify({ key })), '{"key":"[secret:rsa-private-key]"}');
    assert.equal(redact(JSON.stringify({ key: key.slice(0, 40) })).includes("MIIE"), false);
  });

  test("within JSON within JSON, in an address, in base64, over a line's end", () => {
    const line = JSON.stringify({ log: JSON.stringify({ msg: `refused\n${github}` }) });
    assert.equal(redact(line), line.replace(github, "[secret:github-personal-token]"));
    const query = encodeURIComponent("db_password=hunter2&x=1");
    assert.equal(redact(query), "db_password%3D[secret:password]%26x%3D1");
    assert.equal(
      redact(`data: ${btoa(`token ${github}`)}`),
      "data: [secret:github-personal-token]",
    );
    const wrapped = `${"refused by the gateway at its third try, ".repeat(2)}${github.slice(0, 20)}\n${github.slice(20)} again`;
    assert.match(redact(wrapped), /third try, \[secret:github-personal-token\] again$/);
  });
});

describe("what is no secret stays as it is", () => {
  for (const plain of [
    "Ready. Open http://127.0.0.1:3000/local/ : a practice workspace",
    "the task-force-of-many-words and disk-pressure-monitoring are fine",
    "basic checks of the bearer",
    "postgres://db:5432/h does not answer",
    "invalid token: expired",
    "token=expired",
    "password: required",
    "Passwort: fehlt",
    "npw=12 and dpw: 3 of 4",
    "the ENV API_TOKEN expired",
    "basic authentication failed",
    "the password must have 8 characters",
    "pass 3 of 4, token_count=7, max_tokens=4096",
    "rolled back to 9c1d2e0f4b6a8c7d5e3f1a2b4c6d8e0f1a2b3c4d",
    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "image registry.example/checkout@sha256:4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736",
    "request 0191e4a2-7c11-7e0a-8a31-5c2f4ddc7a10 of checkout-7d9fbc6d4-x2x8q",
    "at com.shop.auth.TokenFilter.doFilter(TokenFilter.java:112)",
    "password: ${DB_PASSWORD}",
    "token = request.headers.token",
    "const secret = text.slice(from, to);",
    "type Secrets = Readonly<Partial<Record<string, string>>>;",
    "SLACK_BOT_TOKEN=xoxb-… goes into .env",
    'args: ["--auth=scram-sha-256"]',
  ])
    test(JSON.stringify(plain), () => assert.equal(redact(plain), plain));
});

describe("placeholders", () => {
  test("the same secret has the same number in one incident, whatever it is written in", () => {
    const placeholders = startPlaceholders();
    const other = `AKIA${"B3".repeat(8)}`;
    assert.equal(
      redact(`${aws} ${other} ${encodeURIComponent(`=${aws}`)}`, { placeholders }),
      "[secret:aws-access-key:1] [secret:aws-access-key:2] %3D[secret:aws-access-key:1]",
    );
    assert.equal(redact(btoa(`x ${other} y`), { placeholders }), "[secret:aws-access-key:2]");
    assert.equal(redact(github, { placeholders }), "[secret:github-personal-token:1]");
  });

  test("what is struck out already is left alone", () => {
    for (const told of ["token: password=[secret:password:1]", "key=token=[secret:token]"])
      assert.equal(redact(told), told);
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "password=",
            "token: ",
            github,
            aws,
            '"',
            "\\",
            "\n",
            "%3D",
            "hunter22",
            " ",
            "://a:",
            "b@c",
          ),
        ),
        (parts) => {
          for (const redaction of [{}, { placeholders: startPlaceholders() }]) {
            const once = redact(parts.join(""), redaction);
            assert.equal(redact(once, redaction), once);
          }
        },
      ),
      { numRuns: runs(500), seed },
    );
  });
});

describe("the addresses of people and machines", () => {
  test("are struck out where that is wished, and only there", () => {
    const line =
      "ana@shop.example from 8.8.4.4 and 10.0.1.7 on v1.2.3.4 and 2a00:1450:4001:82a::200e";
    assert.equal(redact(line), line);
    assert.equal(
      redact(line, { emails: true, ips: true }),
      "[e-mail] from [ip] and 10.0.1.7 on v1.2.3.4 and [ip]",
    );
  });
});

test("in a message all that people read is looked at, and no id that programs need", () => {
  const button = {
    type: "button",
    action_id: "try",
    value: `sug_${slack}`,
    text: { type: "plain_text", text: slack },
  };
  const body = { text: `token ${github}`, blocks: [{ type: "actions", elements: [button] }] };
  assert.deepEqual(redactShown(body), {
    text: "token [secret:github-personal-token]",
    blocks: [
      {
        type: "actions",
        elements: [{ ...button, text: { type: "plain_text", text: "[secret:slack-bot-token]" } }],
      },
    ],
  });
});

test("in a message addresses go where that is wished, and links lead where they led", () => {
  const link = "https://203.0.114.9/d/1?to=ana@shop.test";
  const button = { type: "button", url: link, text: { type: "plain_text", text: "ana@shop.test" } };
  const body = {
    text: `<${link}|p99 of 203.0.114.9> ask ana@shop.test, key ${github}, 10.0.0.5`,
    blocks: [button],
  };
  const secret = "[secret:github-personal-token]";
  assert.equal(
    redactShown(body).text,
    `<${link}|p99 of 203.0.114.9> ask ana@shop.test, key ${secret}, 10.0.0.5`,
  );
  const shown = redactShown(body, { emails: true, ips: true });
  assert.equal(shown.text, `<${link}|p99 of [ip]> ask [e-mail], key ${secret}, 10.0.0.5`);
  assert.deepEqual(shown.blocks, [{ ...button, text: { type: "plain_text", text: "[e-mail]" } }]);
  assert.match(redactShown(body, { ips: true }).text, /\[ip\]> ask ana@shop\.test/);
});

test("whatever the text, nothing fails and without secrets nothing changes", () => {
  const pieces = fc.constantFrom(
    "\\",
    "\\u00",
    "%",
    "%2",
    "\n",
    '"',
    "=",
    "a",
    "Z9+/",
    "-----",
    "://",
    ":",
    "@",
    "&lt;",
    "é",
    "𝄞",
  );
  fc.assert(
    fc.property(fc.string({ unit: pieces }), (text) => {
      assert.equal(typeof redact(text, { emails: true, ips: true }), "string");
    }),
    { numRuns: runs(1000), seed },
  );
});
