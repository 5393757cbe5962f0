import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCatalog } from "../../src/catalog/parse.ts";

const rule = (yaml: string) => `services:
  - name: checkout
    constraints:
      - ${yaml}`;

const mistakes: readonly (readonly [why: string, text: string, line: number, words: RegExp])[] = [
  [
    "a misspelt key",
    "services:\n  - name: a\n    runtme: node",
    3,
    /"runtme"; did you mean "runtime"/,
  ],
  ["a misspelt word", "services:\n  - name: a\n    runtime: nod", 3, /"nod"; did you mean "node"/],
  [
    "a far-off word",
    "services:\n  - name: a\n    platform: mainframe",
    3,
    /one of kubernetes, fly/,
  ],
  ["a misspelt top", "service:\n  - name: a", 1, /did you mean "services"/],
  ["no name", "services:\n  - owner: payments", 2, /name: is missing; add it/],
  [
    "text for a list",
    "services:\n  - name: a\n    dependsOn: b",
    3,
    /dependsOn: is text; write a list/,
  ],
  [
    "a link that is none",
    "services:\n  - name: a\n    runbooks: [wiki]",
    3,
    /not a link; write https/,
  ],
  [
    "a repository that is none",
    "services:\n  - name: a\n    repo: shop",
    3,
    /owner\/name or file:/,
  ],
  [
    "a tier of zero",
    "services:\n  - name: a\n    tier: 0",
    3,
    /tier: is too small.*the least is 1/,
  ],
  [
    "two queries of one name",
    "services:\n  - name: a\n    metrics:\n      queries: [&q { name: p99, kind: latency, query: x }, *q]",
    4,
    /holds two queries of one name/,
  ],
  [
    "braces in a selector",
    "services:\n  - name: a\n    metrics:\n      selector: '{a=\"b\"}'",
    4,
    /without|between/,
  ],
  [
    "two services of one name",
    "services:\n  - name: a\n  - name: a",
    3,
    /already described in catalog.yaml:2; keep one/,
  ],
  [
    "a zone that is none",
    "teams:\n  - name: a\n    timezone: Berlin",
    3,
    /not a time zone; write one such as/,
  ],
  ["not YAML", "services:\n  - name: a: b\n", 2, /not YAML/],
  ["a key twice", "services:\n  - name: a\n    name: b", 3, /not YAML: Map keys must be unique/],
  ["a list at the top", "- name: a", 1, /is a list; write a mapping of keys/],
  [
    "an unknown risk",
    rule('{ forbid: ["risk:mild"], because: x }'),
    4,
    /unknown risk "mild"; write one of read-only/,
  ],
  [
    "an unknown mechanism",
    rule('{ forbid: ["mechanism:dat"], because: x }'),
    4,
    /did you mean "data"/,
  ],
  [
    "an unknown prefix",
    rule('{ forbid: ["comand:rm"], because: x }'),
    4,
    /unknown prefix "comand"; did you mean "command"/,
  ],
  ["an empty command", rule('{ forbid: ["command:"], because: x }'), 4, /names no command/],
  ["a step that is no id", rule("{ forbid: [Restart Service], because: x }"), 4, /not a step's id/],
  ["nothing forbidden", rule("{ forbid: [], because: x }"), 4, /forbid: is empty/],
  ["no reason", rule("{ forbid: [restart-service] }"), 4, /because: is missing/],
  [
    "a severity of 5",
    rule("{ forbid: [restart-service], because: x, severity: [5] }"),
    4,
    /numbers from 1 to 4/,
  ],
  [
    "a day that is none",
    rule('{ forbid: [a-b], because: x, during: ["Mo-Fr 09:00-17:00"] }'),
    4,
    /are not days; write Mon-Fri/,
  ],
  [
    "an hour that is none",
    rule('{ forbid: [a-b], because: x, during: ["Mon 25:00-26:00"] }'),
    4,
    /no clock shows/,
  ],
  [
    "a zone of a window",
    rule('{ forbid: [a-b], because: x, during: ["09:00-17:00 Berlin"] }'),
    4,
    /"Berlin" is not a time zone/,
  ],
  [
    "no window at all",
    rule("{ forbid: [a-b], because: x, during: [] }"),
    4,
    /leave it out where the rule always holds/,
  ],
  [
    "a day that no month has",
    rule("{ forbid: [a-b], because: x, until: 2027-02-30 }"),
    4,
    /not a date; write YYYY-MM-DD/,
  ],
];

for (const [why, text, line, words] of mistakes) {
  test(`a catalog with ${why} is answered with file, line and mend`, () => {
    const { errors } = parseCatalog([{ path: "catalog.yaml", text }]);
    assert.equal(errors.length, 1, JSON.stringify(errors));
    assert.equal(errors[0]?.path, "catalog.yaml");
    assert.equal(errors[0]?.line, line);
    assert.match(errors[0]?.message ?? "", words);
  });
}

const known = ["restart-service", "roll-back-deploy"];
const forbidding = (...ids: string[]) => `services:
  - name: checkout
    constraints:
      - forbid: ["risk:irreversible"]
        because: x
      - forbid:
${ids.map((id) => `          - ${id}`).join("\n")}
        because: x`;

test("a rule that forbids a step which nobody knows is named with its line and the nearest id that is known", () => {
  const text = forbidding("roll-back-deploy", "restart-servise");
  const { errors } = parseCatalog([{ path: "catalog.yaml", text }], known);
  const message =
    'service checkout, constraints[1].forbid[1]: no step has the id "restart-servise"; did you mean "restart-service"?';
  assert.deepEqual(errors, [{ path: "catalog.yaml", line: 8, message }]);
});

test("where no id is near, it says where the ids stand", () => {
  const { errors } = parseCatalog(
    [{ path: "catalog.yaml", text: forbidding("feed-the-cat") }],
    known,
  );
  assert.match(errors[0]?.message ?? "", /"feed-the-cat"; the ids stand in the files of playbook/);
});

test("a rule that forbids known steps is no mistake, nor one that forbids a runbook's own", () => {
  const text = forbidding(...known, '"runbook:checkout-1a2b3/flush-the-cache"');
  const { catalog, errors } = parseCatalog([{ path: "catalog.yaml", text }], known);
  const { constraints = [] } = catalog.services[0] ?? {};
  const id = "runbook:checkout-1a2b3/flush-the-cache";
  assert.ok(
    constraints.some(({ forbid }) => forbid.some((each) => each.kind === "step" && each.id === id)),
  );
  assert.deepEqual(errors, []);
});

test("an unknown step that a Backstage component forbids is named where its annotation stands", () => {
  const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  annotations:
    hindsight.dev/constraints: |
      - { forbid: ["restart-servise"], because: carts }
spec: { type: service }
`;
  const { errors } = parseCatalog([{ path: "catalog-info.yaml", text }], known);
  assert.deepEqual(
    errors.map(({ line }) => line),
    [6],
  );
  assert.match(errors[0]?.message ?? "", /did you mean "restart-service"/);
});
