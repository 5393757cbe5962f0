import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  platformOf,
  selectorNaming,
  withinEnvironment,
} from "../../../src/edges/prometheus/places.ts";

/** Whether the selector's matcher of this label lets the value pass. */
function isLetThrough(selector: string, label: string, value: string): boolean {
  const [, sign, quoted = '""'] =
    new RegExp(`(?:^|,)${label}(=~|!~|=)("(?:[^"\\\\]|\\\\.)*")`).exec(selector) ?? [];
  const isMatch = new RegExp(`^(?:${String(JSON.parse(quoted))})$`).test(value);
  return sign === "!~" ? !isMatch : isMatch;
}

describe("where a service's metrics are", () => {
  it("is in the pods that Kubernetes names after it, not in those of a longer name", () => {
    const selector = platformOf("cart", false, []).selectorOf("kube_pod_status_ready");
    const isOwn = (pod: string) => isLetThrough(selector, "pod", pod);
    for (const pod of ["cart-6d4cf56db6-x7k2p", "cart-x7k2p", "cart-0", "cart-12"])
      assert.ok(isOwn(pod), pod);
    for (const pod of [
      "cart",
      "cart-worker-6d4cf56db6-x7k2p",
      "cart-worker-x7k2p",
      "cart-db-0",
      "mini-cart-x7k2p",
      "carts-x7k2p",
    ])
      assert.ok(!isOwn(pod), pod);
  });

  it("is under every namespace of OpenTelemetry's job, and under the plain name before that", () => {
    assert.equal(selectorNaming("job", "cart", ["a/cart", "cart"]), 'job="cart"');
    const both = selectorNaming("job", "cart", ["a/cart", "b/cart", "b/mini-cart"]);
    assert.equal(both, 'job=~"a/cart|b/cart"');
    assert.equal(selectorNaming("app", "cart", ["a/cart"]), undefined);
  });

  it("is not in its other environments, whose names are words of a label's", () => {
    const isIn = (namespace: string, ...environments: string[]) =>
      isLetThrough(withinEnvironment('app="x"', environments), "namespace", namespace);
    for (const namespace of ["staging", "shop-staging", "staging_eu", "a-staging-b"])
      assert.ok(!isIn(namespace, "production", "staging", "dev"), namespace);
    for (const namespace of ["shop", "", "production", "upstaging", "devices"])
      assert.ok(isIn(namespace, "production", "staging", "dev"), namespace);
    assert.ok(isIn("shop-prod-eu", "prod-eu", "prod", "staging"), "its own holds the other's name");
    assert.ok(!isIn("shop-prod-eu", "prod", "prod-eu"));
    assert.equal(withinEnvironment('app="x"', ["production"]), 'app="x"');
  });
});
