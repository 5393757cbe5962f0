import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseCatalog, parseCatalogObject } from "../../src/catalog/parse.ts";

const read = (text: string) => parseCatalog([{ path: "catalog.yaml", text }]);

test("the example catalog has no errors and says what the documentation says it does", () => {
  const text = readFileSync(new URL("../../catalog.example.yaml", import.meta.url), "utf8");
  const { catalog, errors } = parseCatalog([{ path: "catalog.example.yaml", text }]);
  assert.deepEqual(errors, []);
  assert.deepEqual(
    catalog.services.map((service) => service.name),
    ["checkout", "payments-api", "storefront"],
  );
  const [checkout] = catalog.services;
  assert.equal(checkout?.logsSelector, 'app="checkout"');
  assert.deepEqual(checkout?.constraints[0]?.forbid, [
    { kind: "step", id: "restart-service" },
    { kind: "command", words: ["kubectl", "delete"] },
  ]);
});

test("a service needs nothing but a name", () => {
  const { catalog, errors } = read("services: [{ name: checkout }]");
  assert.deepEqual(errors, []);
  assert.deepEqual(catalog.services, [
    {
      name: "checkout",
      environments: [],
      paths: [],
      dependsOn: [],
      runtime: "other",
      platform: "other",
      dashboards: [],
      runbooks: [],
      constraints: [],
    },
  ]);
});

test("queries about several callees may share a name", () => {
  const query = "{ name: call_p99, kind: latency, query: x";
  const { errors } = read(
    `services: [{ name: a, metrics: { queries: [${query}, callee: b }, ${query}, callee: c }] } }]`,
  );
  assert.deepEqual(errors, []);
});

test("a service may depend on what no catalog describes", () => {
  const { catalog, errors } = read("services: [{ name: checkout, dependsOn: [stripe] }]");
  assert.deepEqual(errors, []);
  assert.deepEqual(catalog.services[0]?.dependsOn, ["stripe"]);
});

test("a rule's date is read in the zone of its windows, else of the owner's, else in none", () => {
  const { catalog } = read(`
teams: [{ name: payments, timezone: Asia/Tokyo }]
services:
  - name: checkout
    owner: payments
    constraints:
      - { forbid: [restart-service], during: ["09:00-17:00 Europe/Berlin"], because: open }
      - { forbid: [restart-service], because: carts }
  - name: cart
    constraints: [{ forbid: [restart-service], because: carts }]
`);
  assert.deepEqual(
    catalog.services.flatMap((service) => service.constraints.map((rule) => rule.zone)),
    ["Europe/Berlin", "Asia/Tokyo", undefined],
  );
});

test("each mistake is told, and what is well written is kept", () => {
  const { catalog, errors } = read(
    "services:\n  - name: a\n    tier: x\n    speed: 1\n  - name: b\n",
  );
  assert.deepEqual(
    errors.map((error) => error.line),
    [3, 4],
  );
  assert.deepEqual(
    catalog.services.map((service) => service.name),
    ["b"],
  );
});

test("several files are one catalog, and a name in two of them is an error", () => {
  const { catalog, errors } = parseCatalog([
    { path: "a.yaml", text: "services: [{ name: a }]" },
    { path: "b.yaml", text: "services: [{ name: b }, { name: a }]" },
    { path: "empty.yaml", text: "# nothing yet" },
  ]);
  assert.equal(catalog.services.length, 2);
  assert.match(errors[0]?.message ?? "", /service a is already described in a.yaml:1/);
});

test("a file that unfolds without end is refused", () => {
  const doubled = Array.from({ length: 30 }, (_, n) => `x${n + 1}: &x${n + 1} [*x${n}, *x${n}]`);
  const { errors } = read(`x0: &x0 [a]\n${doubled.join("\n")}`);
  assert.match(errors[0]?.message ?? "", /not YAML: Excessive alias count/);
});

test("an object in the form of the YAML is read as the YAML is", () => {
  const { catalog, errors } = parseCatalogObject({
    services: [{ name: "checkout", runtime: "go" }],
  });
  assert.deepEqual(errors, []);
  assert.equal(catalog.services[0]?.runtime, "go");
  assert.match(parseCatalogObject(7).errors[0]?.message ?? "", /is a number; write a mapping/);
});
