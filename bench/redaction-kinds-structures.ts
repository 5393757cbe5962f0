/** Secrets that a structure gives away, by the forms of Kubernetes, PostgreSQL, YAML and XML: where the name stands beside the value and no sign joins them. */

import type { Row } from "./redaction-kinds.ts";

const k8s = (data: string) => `apiVersion: v1\n${data}\nkind: Secret\nmetadata:\n  name: db\n`;

export const structureKinds: readonly Row[] = [
  [
    "xml-element",
    "<pw:16>",
    '<db><user>app</user><password>«»</password></db>|<wsse:Password Type="text">«»</wsse:Password>|<Password>\n  «»\n</Password>|<apiToken><![CDATA[«»]]></apiToken>',
  ],
  [
    "xml-attribute",
    "<b62:32>",
    '<add key="ApiKey" value="«»"/>|<entry value="«»" key="client.secret" />|<param name="auth_token" value=\'«»\'/>',
  ],
  [
    "xml-named-element",
    "<pw:14>",
    '<property name="password">«»</property>|<property>\n  <name>db.password</name>\n  <value>«»</value>\n</property>|<key>ApiSecret</key>\n<string>«»</string>',
  ],
  [
    "yaml-block",
    "<pw:16>",
    [
      "db:\n  password: |\n    «»\n  user: app\n",
      "auth_token: >-\n  «»\nlevel: info\n",
      "db:\n  - password: |-\n      «»\n",
    ],
  ],
  [
    "yaml-list",
    "<pw:14>",
    'passwords:\n  - «»\n  - "«»"\nusers:\n  - ana\n|api_tokens:\n- «»\n|password:\n  «»\nuser: app\n',
  ],
  [
    "bracketed-list",
    "<b62:28>",
    'passwords = ["«»", "x"]|"tokens": ["read", "«»"]|api_keys: [«», other]',
  ],
  [
    "kubernetes-secret-data",
    "<b64:24>",
    [
      k8s("data:\n  a: «»\n  user: YXBw"),
      k8s("data:\n  a: |\n    «»\n  b: YXBw"),
      '{"apiVersion":"v1","data":{"a":"«»"},"kind":"Secret"}',
    ],
  ],
  [
    "kubernetes-secret-string",
    "<pw:14>",
    `${k8s("stringData:\n  a: «»\ntype: Opaque")}|${k8s('stringData:\n  a: "«»"\n  level: debug')}`,
  ],
  [
    "kubernetes-literal",
    "<pw:14>",
    "kubectl create secret generic db --from-literal=a=«»|kubectl create secret generic db --from-literal='a=«»' -n shop",
  ],
  ["pgpass", "<b62:16>", "db-1.shop:5432:orders:app:«»|*:*:*:root:«»|10.0.0.7:6432:orders:app:«»"],
  ["tabbed", "<pw:16>", "user\tapp\npassword\t«»\n"],
  ["column", "<pw:14>", "id\tuser\tpassword\n1\tapp\t«»\n|id,user,password\n1,app,«»\n"],
];
