/** The three incidents: what is done when, what breaks, and what mends it. */

import type { Bundle } from "../../src/edges/recorded/bundle.ts";
import type { EditName } from "./edits.ts";
import type { ServiceName } from "./shop.ts";

export type Deed =
  | { readonly kind: "commit"; readonly edit: EditName }
  | { readonly kind: "deploy"; readonly service: ServiceName }
  /** A commit to config/<service>.json, live at once by SIGHUP. */
  | { readonly kind: "configure"; readonly service: ServiceName; readonly edit: EditName }
  | { readonly kind: "make-provider-ill" }
  | { readonly kind: "roll-back"; readonly service: ServiceName }
  | { readonly kind: "revert"; readonly service: ServiceName; readonly edit: EditName };

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly symptom: Bundle["symptom"];
  readonly channelName: string;
  readonly alert: Pick<Bundle["alert"], "service" | "metric" | "kind"> & { readonly rule: string };
  /** Before the fault, at a share of the normal part in [0, 1). */
  readonly normal: readonly { readonly at: number; readonly deed: Deed }[];
  readonly fault: Deed;
  readonly mend: Deed;
  readonly truth: Omit<Bundle["truth"], "changeId"> & { readonly edit: EditName | null };
}

const latency = {
  service: "checkout",
  metric: "latency_p95",
  kind: "latency",
  rule: "CheckoutLatencyHigh",
} as const;
const errors = {
  service: "checkout",
  metric: "error_ratio",
  kind: "errors",
  rule: "CheckoutErrorsHigh",
} as const;

export const scenarios: readonly Scenario[] = [
  {
    id: "n-plus-one",
    title: "Checkout is slow",
    summary:
      "Carts and payments take several times as long as usual. Three services were deployed within half an hour.",
    symptom: "latency",
    channelName: "inc-checkout-latency",
    alert: latency,
    normal: [
      { at: 0.05, deed: commit("explain-load") },
      { at: 0.15, deed: commit("show-cents") },
      { at: 0.2, deed: deploy("frontend") },
      { at: 0.4, deed: commit("sort-products") },
      { at: 0.45, deed: deploy("inventory") },
      { at: 0.6, deed: commit("round-total") },
      { at: 0.75, deed: commit("current-prices") },
      { at: 0.82, deed: commit("log-cart-size") },
      { at: 0.86, deed: commit("empty-cart") },
      { at: 0.9, deed: deploy("frontend") },
    ],
    fault: deploy("checkout"),
    mend: { kind: "roll-back", service: "checkout" },
    truth: {
      cause: "deploy",
      service: "checkout",
      edit: "current-prices",
      mendingSteps: ["roll-back-deploy"],
    },
  },
  {
    id: "small-pool",
    title: "Checkout fails for many customers",
    summary:
      "A good part of the payments end in an error. Code and settings of several services changed lately.",
    symptom: "errors",
    channelName: "inc-checkout-errors",
    alert: errors,
    normal: [
      { at: 0.05, deed: commit("explain-load") },
      { at: 0.12, deed: commit("round-total") },
      { at: 0.18, deed: deploy("checkout") },
      { at: 0.35, deed: configure("frontend", "cache-products-longer") },
      { at: 0.5, deed: commit("sort-products") },
      { at: 0.56, deed: deploy("inventory") },
      { at: 0.72, deed: configure("checkout", "wait-longer-for-payment") },
      { at: 0.8, deed: commit("show-cents") },
      { at: 0.88, deed: deploy("frontend") },
    ],
    fault: configure("inventory", "fewer-connections"),
    mend: { kind: "revert", service: "inventory", edit: "fewer-connections" },
    truth: {
      cause: "configuration",
      service: "inventory",
      edit: "fewer-connections",
      mendingSteps: ["revert-configuration", "raise-pool-size"],
    },
  },
  {
    id: "provider-down",
    title: "Payments fail",
    summary: "Most payments fail or take seconds. Nothing was changed in the minutes before.",
    symptom: "errors",
    channelName: "inc-payments-failing",
    alert: errors,
    normal: [
      { at: 0.08, deed: commit("round-total") },
      { at: 0.14, deed: deploy("checkout") },
      { at: 0.3, deed: commit("show-cents") },
      { at: 0.36, deed: deploy("frontend") },
      { at: 0.5, deed: configure("frontend", "cache-products-longer") },
      { at: 0.65, deed: commit("explain-load") },
    ],
    fault: { kind: "make-provider-ill" },
    mend: configure("checkout", "second-provider"),
    truth: {
      cause: "dependency",
      service: "payments",
      edit: null,
      mendingSteps: ["fail-over-dependency", "bypass-dependency"],
    },
  },
];

function commit(edit: EditName): Deed {
  return { kind: "commit", edit };
}

function deploy(service: ServiceName): Deed {
  return { kind: "deploy", service };
}

function configure(service: ServiceName, edit: EditName): Deed {
  return { kind: "configure", service, edit };
}
