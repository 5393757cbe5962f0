import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { redact } from "../../src/redaction/redact.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const github = `ghp_${"a1".repeat(18)}`;
const secret = "[secret:password]";

describe("a secret that its structure gives away is struck out", () => {
  const cases: readonly (readonly [name: string, said: string, shown: string])[] = [
    [
      "an element of XML",
      '<db><user>app</user><password>hunter2</password><Password Type="text">\n  s3cr3t\n</Password></db>',
      `<db><user>app</user><password>${secret}</password><Password Type="text">\n  ${secret}\n</Password></db>`,
    ],
    [
      "character data of XML",
      "<password><![CDATA[a<b&c1]]></password>",
      `<password><![CDATA[${secret}]]></password>`,
    ],
    [
      "attributes of XML, in either order",
      '<add key="ApiKey" value="k3yk3yk3y"/> <add value="hunter2" name="db.password" />',
      `<add key="ApiKey" value="[secret:key]"/> <add value="${secret}" name="db.password" />`,
    ],
    [
      "a named element of XML, and a pair of them",
      '<property name="password">hunter2</property><property><name>db.password</name><value>hunter3</value></property>',
      `<property name="password">${secret}</property><property><name>db.password</name><value>${secret}</value></property>`,
    ],
    [
      "XML within JSON",
      JSON.stringify({ body: "<password>hunter2</password>" }),
      JSON.stringify({ body: `<password>${secret}</password>` }),
    ],
    [
      "a block of YAML",
      "db:\n  password: |\n    hunter2\n  token: >-\n    abc123def\n  user: app\n",
      `db:\n  password: |\n    ${secret}\n  token: >-\n    [secret:token]\n  user: app\n`,
    ],
    [
      "a list of YAML",
      "passwords:\n  - hunter2\n  - 'two words'\nusers:\n  - ana\n",
      `passwords:\n  - ${secret}\n  - '${secret}'\nusers:\n  - ana\n`,
    ],
    [
      "a value on the next line",
      "password:\n  hunter2\nuser: app\n",
      `password:\n  ${secret}\nuser: app\n`,
    ],
    [
      "a list on one line",
      'passwords = ["hunter2", "hunter3"]\ntokens: [abc123def, read]',
      `passwords = ["${secret}", "${secret}"]\ntokens: [[secret:token], read]`,
    ],
    [
      "a block of YAML in a diff",
      "@@ -1,2 +1,4 @@\n db:\n+  password: |\n+    hunter2\n+  user: app\n",
      `@@ -1,2 +1,4 @@\n db:\n+  password: |\n+    ${secret}\n+  user: app\n`,
    ],
    [
      "a Secret of Kubernetes, whatever its keys are called",
      "apiVersion: v1\ndata:\n  a: aHVudGVy\n  b: |\n    c2hv\n    cA==\nkind: Secret\nmetadata:\n  name: db\n",
      "apiVersion: v1\ndata:\n  a: [secret:kubernetes-secret]\n  b: |\n    [secret:kubernetes-secret]\n    [secret:kubernetes-secret]\nkind: Secret\nmetadata:\n  name: db\n",
    ],
    [
      "a Secret between others",
      "items:\n- apiVersion: v1\n  data:\n    LEVEL: debug\n  kind: ConfigMap\n- apiVersion: v1\n  kind: Secret\n  stringData:\n    a: hunter\n",
      "items:\n- apiVersion: v1\n  data:\n    LEVEL: debug\n  kind: ConfigMap\n- apiVersion: v1\n  kind: Secret\n  stringData:\n    a: [secret:kubernetes-secret]\n",
    ],
    [
      "a Secret in JSON",
      '{"items":[{"data":{"a":"aHVudGVy"},"kind":"Secret"},{"data":{"a":"debug"},"kind":"ConfigMap"}]}',
      '{"items":[{"data":{"a":"[secret:kubernetes-secret]"},"kind":"Secret"},{"data":{"a":"debug"},"kind":"ConfigMap"}]}',
    ],
    [
      "the literals of a Secret",
      "kubectl create secret generic db \\\n  --from-literal=user=app --from-literal=pw='hunter'",
      "kubectl create secret generic db \\\n  --from-literal=user=[secret:kubernetes-secret] --from-literal=pw='[secret:kubernetes-secret]'",
    ],
    [
      "a line of .pgpass",
      "db-1.shop:5432:orders:app:hunter\n*:*:*:root:hun\\:ter",
      "db-1.shop:5432:orders:app:[secret:postgresql-password]\n*:*:*:root:[secret:postgresql-password]",
    ],
    [
      "a tab between name and value",
      "user\tapp\npassword\thunter2\n",
      `user\tapp\npassword\t${secret}\n`,
    ],
    [
      "a column of a table",
      "id\tuser\tpassword\n1\tapp\thunter2\n2\tweb\thunter3\n",
      `id\tuser\tpassword\n1\tapp\t${secret}\n2\tweb\t${secret}\n`,
    ],
    [
      "a column that psql prints",
      " user | password \n------+----------\n app  | hunter2\n(1 row)\n",
      ` user | password \n------+----------\n app  | ${secret}\n(1 row)\n`,
    ],
  ];
  for (const [name, said, shown] of cases) {
    test(name, () => assert.equal(redact(said), shown));
  }
});

describe("a secret is seen through what stands in it", () => {
  for (const [name, written] of [
    ["entities", `ghp&#95;${github.slice(4)}`],
    ["entities in hexadecimal", `&#x67;hp_${github.slice(4)}`],
    ["entities by name", `ghp&lowbar;${github.slice(4)}`],
    [
      "unseen characters",
      `${github.slice(0, 12)}\u200b${github.slice(12, 20)}\u2060\u00ad${github.slice(20)}`,
    ],
    ["full-width characters", github.replace("ghp", "ｇｈｐ").replace("_", "＿")],
  ] as const) {
    test(name, () =>
      assert.equal(
        redact(`refused ${written} again`),
        "refused [secret:github-personal-token] again",
      ),
    );
  }

  test("and in its name", () => {
    for (const name of ["pass\u200bword", "ｐａｓｓｗｏｒｄ", "pass&#119;ord"])
      assert.equal(redact(`${name}=hunter2`), `${name}=${secret}`);
    assert.equal(redact("ｐａｓｓｗｏｒｄ＝ｈｕｎｔｅｒ２"), `ｐａｓｓｗｏｒｄ＝${secret}`);
  });

  test("a wrap soon after the line's begin", () => {
    assert.equal(
      redact(`token ${github.slice(0, 10)}\n${github.slice(10)}\nand so on`),
      "token [secret:github-personal-token]\nand so on",
    );
    assert.equal(
      redact("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI\nK7MDENGbPxRfiCYzEXAMPLEKEY\nnext"),
      "AWS_SECRET_ACCESS_KEY=[secret:aws-secret-key]\nnext",
    );
  });
});

describe("what has the structure of one and is none stays as it is", () => {
  for (const plain of [
    "<status>ok</status><token>expired</token><key>checkout</key><secret>db-creds</secret>",
    '<string name="password">Passwort</string><string name="forgot_password">Forgot your password?</string>',
    '<label for="password">Password</label> <input type="password" name="password" value="">',
    '<add key="Timeout" value="30s1x2y3z"/>',
    "12:30:15:foo:bar",
    "2026-11-27 12:30:15:checkout:ready",
    "checkout:8080:GET:orders:timeout1",
    "a:b:c:d:e",
    "users:\n  - ana\n  - bo1234567\n",
    "secrets:\n  - db-creds-7f9x2\n  - API_KEY_2\n",
    "imagePullSecrets:\n- name: regcred-2\n",
    "password:\n  secretKeyRef:\n    name: db\n    key: password\n",
    "password: |\n  It must have 8 characters.\n",
    "kind: ConfigMap\ndata:\n  LEVEL: debug\n  url: aHR0cDovL2NoZWNrb3V0OjgwODAv\n",
    "kind: SealedSecret\nspec:\n  encryptedData:\n    a: AgBy3i4OJSWK\n",
    '{"kind":"ConfigMap","data":{"a":"aHVudGVy"}}',
    "kubectl create configmap app --from-literal=level=debug",
    "token\tcount\trate\nread\t12345678\t0.3\n",
    "name,password,role\nana,required,admin\n",
    '"tokens": ["read", "write"]',
    "token: ok\n9c1d2e0f4b6a8c7d5e3f1a2b4c6d8e0f1a2b3c4d\n",
    "password=[secret:password]\n0191e4a2-7c11-7e0a-8a31-5c2f4ddc7a10\n",
    "the disk-\npressure1 of node-\n3",
    "注文は完了しました。ｉｄ＝１２３４５６７８",
  ])
    test(JSON.stringify(plain), () => assert.equal(redact(plain), plain));
});

test("time grows with the length alone, whatever is opened and never closed", () => {
  const length = 250_000;
  for (const piece of [
    "<password>",
    '<add key="password" ',
    "<a><![CDATA[",
    "password:\n",
    "password: |\n",
    "password: |\n ",
    "- - - password:\n",
    "passwords = [",
    '{"data":{"a":"',
    '"\\"',
    '"kind":"Secret",{"data":{',
    "kind: Secret\ndata:\n",
    "kind: Secret\n data:\n  a: |\n",
    "create secret --from-literal=",
    "create secret \\\n",
    "a:5432:",
    "*:",
    "password\t",
    "password,",
    "a|password\n",
    "&#",
    "&#x0000",
    "\u200b",
    "ｐ",
    `password ${"A".repeat(60)}!a1 `,
    `passwords = [${" ".repeat(900)}${"a".repeat(900)}"] `,
    `insert into t (password) values (${" ".repeat(900)}'a' b) `,
    "insert into t (password) values ('a'), ",
    "password for a for ",
    `a\n${"1".repeat(500)}\n`,
    "password = <<E\n",
    "ghp_\n",
    "a1\n",
    "token=a1\n",
  ])
    assert.equal(typeof redact(piece.repeat(length / piece.length)), "string");
});
