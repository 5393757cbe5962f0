import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCatalog } from "../../src/catalog/parse.ts";

const entities = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  description: Takes the money
  annotations:
    github.com/project-slug: acme/shop
    hindsight.dev/runtime: node
    hindsight.dev/environments: "[production, staging]"
    hindsight.dev/metrics: |
      selector: 'service="checkout"'
    hindsight.dev/constraints: |
      - { forbid: ["risk:disruptive"], because: carts }
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
  dependsOn: [component:default/payments-api, resource:redis]
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: payments
  annotations:
    hindsight.dev/timezone: Europe/Berlin
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: money }
spec: { type: library, lifecycle: production, owner: payments }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: shop }
spec: { owner: payments }
`;

test("Backstage's components become services and its groups teams", () => {
  const { catalog, errors } = parseCatalog([{ path: "catalog-info.yaml", text: entities }]);
  assert.deepEqual(errors, []);
  assert.deepEqual(catalog.teams, [{ name: "payments", timezone: "Europe/Berlin" }]);
  assert.deepEqual(catalog.services, [
    {
      name: "checkout",
      owner: "payments",
      repo: "acme/shop",
      environments: ["production", "staging"],
      paths: [],
      dependsOn: ["payments-api", "redis"],
      runtime: "node",
      platform: "other",
      metrics: { selector: 'service="checkout"', queries: [] },
      dashboards: [],
      runbooks: [],
      constraints: [
        { forbid: [{ kind: "risk", risk: "disruptive" }], because: "carts", zone: "Europe/Berlin" },
      ],
    },
  ]);
});

const mistakes: readonly (readonly [
  why: string,
  from: string,
  to: string,
  line: number,
  words: RegExp,
])[] = [
  [
    "an unknown annotation of ours",
    "hindsight.dev/runtime",
    "hindsight.dev/runtme",
    8,
    /did you mean "runtime"/,
  ],
  [
    "an annotation that is not YAML",
    '"[production, staging]"',
    '"[production"',
    9,
    /environments: not YAML/,
  ],
  ["an annotation of the wrong kind", '"[production, staging]"', "production", 9, /write a list/],
  [
    "an entity without a name",
    "  name: checkout\n",
    "",
    3,
    /not a Backstage entity: metadata.name/,
  ],
];

for (const [why, from, to, line, words] of mistakes) {
  test(`${why} is answered with file, line and mend`, () => {
    const text = entities.replace(from, to);
    assert.notEqual(text, entities);
    const { errors } = parseCatalog([{ path: "catalog-info.yaml", text }]);
    assert.equal(errors.length, 1, JSON.stringify(errors));
    assert.deepEqual([errors[0]?.path, errors[0]?.line], ["catalog-info.yaml", line]);
    assert.match(errors[0]?.message ?? "", words);
  });
}
