import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceOfAlert } from "../../src/alert/service-of.ts";
import { gravest, severityOf } from "../../src/alert/severity.ts";
import { emptyCatalog, type Catalog } from "../../src/catalog/catalog.ts";
import { someService } from "../edges/some-service.ts";
import { someAlert } from "./some-alert.ts";

const catalog: Catalog = {
  teams: [],
  services: [
    someService("checkout"),
    someService("cart", { metrics: { selector: 'namespace="shop", pod="cart"', queries: [] } }),
    someService("shop", { metrics: { selector: 'namespace="shop"', queries: [] } }),
  ],
};

const cases: readonly (readonly [string, Parameters<typeof someAlert>[0], string | null])[] = [
  ["what it tells itself", { service: "Checkout", labels: { app: "cart" } }, "checkout"],
  ["a label that names one", { labels: { app: "checkout", job: "node" } }, "checkout"],
  ["a job behind its namespace", { labels: { job: "shop/checkout" } }, "checkout"],
  [
    "the selector that its labels meet best",
    { labels: { namespace: "shop", pod: "cart" } },
    "cart",
  ],
  ["a wider selector", { labels: { namespace: "shop", pod: "x" } }, "shop"],
  ["its words", { title: "p99 of checkout is high" }, "checkout"],
  ["a label that the catalog does not know", { labels: { service: "billing" } }, "billing"],
  ["nothing", { labels: { instance: "10.0.0.1" } }, null],
];
for (const [what, alert, service] of cases) {
  test(`an alert belongs to the service of ${what}`, () => {
    assert.equal(serviceOfAlert(someAlert(alert), catalog), service);
  });
}

test("without a catalog it belongs to the service that it names", () => {
  const alert = someAlert({ labels: { deployment: "cart", job: "kube-state" } });
  assert.equal(serviceOfAlert(alert, emptyCatalog), "cart");
});

test("severities are told in many words; SEV1 is said by those alone who say so", () => {
  assert.deepEqual(
    ["critical", "Warning", "info", "sev1", "SEV-2", "P3", "p5", "odd", "", null].map(severityOf),
    [2, 3, 4, 1, 2, 3, 4, null, null, null],
  );
  assert.equal(gravest([3, null, 2]), 2);
  assert.equal(gravest([null]), null);
});
