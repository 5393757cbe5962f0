/** A small bundle, one point each ten seconds: 1 while normal, 9 while in trouble, 2 after the mend. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Bundle } from "../../../src/edges/recorded/bundle.ts";

const onset = 1_700_000_600;
const mendedAt = onset + 300;

export const sampleBundle: Bundle = {
  format: 1,
  id: "sample",
  title: "Checkout is slow",
  summary: "Payments take long.",
  symptom: "latency",
  recordedAt: "2023-11-14T22:13:20.000Z",
  onset,
  mendedAt,
  end: mendedAt + 200,
  stepSeconds: 10,
  channelName: "inc-checkout-latency",
  alert: {
    service: "checkout",
    metric: "latency_p95",
    kind: "latency",
    text: "p95 of checkout is 9 s",
    firedAt: onset + 40,
  },
  catalog: {
    teams: [{ name: "orders" }],
    services: [
      {
        name: "checkout",
        owner: "orders",
        environments: ["production"],
        paths: ["services/checkout/**", "shared/**"],
        dependsOn: ["inventory"],
        runtime: "node",
        platform: "vm",
        metrics: { queries: [{ name: "latency_p95", kind: "latency", query: "q1" }] },
      },
      {
        name: "inventory",
        environments: ["production"],
        paths: ["services/inventory/**"],
        dependsOn: [],
        runtime: "node",
        platform: "vm",
      },
    ],
  },
  series: [
    { service: "checkout", name: "latency_p95", kind: "latency", unit: "seconds", query: "q1" },
    {
      service: "checkout",
      name: "call_latency",
      kind: "latency",
      query: "q2",
      callee: "inventory",
    },
    { service: "inventory", name: "cpu", kind: "cpu", query: "q3", labels: { version: "41" } },
  ].map((series) => ({ ...series, kind: "latency" as const, points: samplePoints() })),
  changes: [
    {
      id: "mend",
      kind: "deploy",
      at: mendedAt,
      service: "checkout",
      title: "Roll back checkout",
    },
    {
      id: "culprit-deploy",
      kind: "deploy",
      at: onset,
      service: "checkout",
      title: "Deploy checkout",
      deploys: ["culprit"],
    },
    { id: "culprit", kind: "commit", at: onset - 60, service: "checkout", title: "Read products" },
    {
      id: "shared",
      kind: "commit",
      at: onset - 90,
      title: "Log less",
      files: ["shared/log.ts"],
    },
    { id: "other", kind: "commit", at: onset - 100, service: "inventory", title: "Sort" },
  ],
  logs: [],
  truth: {
    cause: "lock",
    service: "truth-service",
    changeId: "truth-change",
    mendingSteps: ["roll-back-deploy", "truth-step"],
  },
};

function samplePoints(): [number, number][] {
  const points: [number, number][] = [];
  for (let at = onset - 598; at <= mendedAt + 200; at += 10)
    points.push([at, at <= onset ? 1 : at <= mendedAt ? 9 : 2]);
  return points;
}

/** A new folder with the bundle in it. */
export function folderWith(bundle: unknown, file = "sample.json.gz"): string {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  writeFileSync(join(folder, file), gzipSync(JSON.stringify(bundle)));
  return folder;
}
