import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCatalogObject } from "../../src/catalog/parse.ts";
import { labelOf } from "../../src/catalog/selector-label.ts";

const cases: readonly (readonly [metrics: string, logs: string, namespace: string | undefined])[] =
  [
    ['namespace="shop"', 'app="x"', "shop"],
    ['service="checkout", namespace = "shop"', 'app="x"', "shop"],
    ['service="checkout"', 'namespace="logs"', "logs"],
    ['namespace=~"shop|cart"', 'app="x"', undefined],
    ['namespace!="shop"', 'app="x"', undefined],
    ['exported_namespace="shop"', 'app="x"', undefined],
    ['service="namespace=\\"a\\""', 'app="x"', undefined],
    ['namespace=""', 'app="x"', undefined],
  ];

for (const [selector, logs, namespace] of cases) {
  test(`metrics ${selector} and logs ${logs} tell ${namespace ?? "no"} namespace`, () => {
    const { catalog } = parseCatalogObject({
      services: [{ name: "checkout", metrics: { selector }, logs: { selector: logs } }],
    });
    const [service] = catalog.services;
    assert.ok(service);
    assert.equal(labelOf(service, "namespace"), namespace);
  });
}
