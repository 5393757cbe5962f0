import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { serviceNamedIn } from "../../src/catalog/find-service.ts";
import { parseCatalogObject } from "../../src/catalog/parse.ts";
import { runs, seed } from "../property-runs.ts";

const catalogOf = (...names: string[]) =>
  parseCatalogObject({ services: names.map((name) => ({ name })) }).catalog;

const catalog = catalogOf("checkout", "checkout-api", "cart", "order_history", "Gift Cards");

const cases: readonly (readonly [text: string, service: string | null])[] = [
  ["inc-42-checkout-latency", "checkout"],
  ["inc-43-checkout-api-down", "checkout-api"],
  ["checkout is slow, checkout-api is not", "checkout-api"],
  ["Checkout is down", "checkout"],
  ["p99 of `cart` is up", "cart"],
  ["inc-44-order-history", "order_history"],
  ["inc-45-gift-cards-missing", "Gift Cards"],
  ["the cartoon page and the checkouts", null],
  ["incident-7", null],
  ["", null],
];

for (const [text, service] of cases) {
  test(`"${text}" speaks of ${service ?? "no service"}`, () => {
    assert.equal(serviceNamedIn(text, catalog)?.name ?? null, service);
  });
}

test("of two equally long names the one that stands first counts", () => {
  const both = catalogOf("alpha", "gamma");
  assert.equal(serviceNamedIn("gamma calls alpha", both)?.name, "gamma");
});

test("a service that stands between other words is found, and inside a word it is not", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(word, fc.array(word), fc.array(word), (name, before, after) => {
      const one = catalogOf(name);
      const text = [...before, name, ...after].join("-");
      assert.equal(serviceNamedIn(text, one)?.name, name);
      assert.equal(serviceNamedIn(`x${name} ${name}y`, one), null);
    }),
    { numRuns: runs(1000), seed },
  );
});
