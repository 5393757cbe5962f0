/** One small incident, as it was gathered: what tests of the gate are about. */

import type { Diagnosis } from "../../src/evidence/diagnosis.ts";
import type { Gathered } from "../../src/model/known.ts";

/** 14:02 UTC. */
const onset = Date.UTC(2026, 10, 22, 14, 2) / 1_000;

export const sha = "3f2a91c0d5e84b7a9c6d1e2f30415263748596aa";

const diagnosis: Diagnosis = {
  onset,
  services: [{ service: "checkout", score: 9 }],
  metrics: [
    {
      service: "checkout",
      name: "latency_p99",
      callee: null,
      kind: "latency",
      unit: "seconds",
      labels: null,
      score: 40,
      direction: "up",
      at: onset,
      before: 0.4,
      after: 4.12,
      latest: [onset + 300, 4.2],
    },
    {
      service: "checkout",
      name: "call_error_ratio",
      callee: "payments",
      kind: "errors",
      unit: "ratio",
      labels: null,
      score: 20,
      direction: "up",
      at: onset + 60,
      before: 0.004,
      after: 0.12,
      latest: [onset + 300, 0.11],
    },
  ],
  scope: { everywhere: false, labels: { route: "POST /pay" }, share: 0.97 },
  changes: [
    { id: sha, p: 0.3, because: ["live 20 s before onset"] },
    { id: "merged", p: 0.05, because: [] },
  ],
  noChange: 0.4,
  logs: [
    {
      service: "checkout",
      template: "no connection within <n> ms",
      before: 0,
      after: 214,
      example: "no connection within 250 ms",
      since: onset + 5,
    },
  ],
  confidence: "clear",
  findings: [],
  examined: ["ledger"],
};

export const gathered: Gathered = {
  diagnosis,
  input: {
    onset,
    end: onset + 300,
    changes: [
      {
        id: sha,
        kind: "commit",
        at: onset - 240,
        title: "Batch the order query (#311)",
        author: "Ana Lima",
        files: ["src/orders/query.ts"],
        service: "checkout",
        diff: "--- a/src/orders/query.ts\n+++ b/src/orders/query.ts\n-  pool.size = 20\n+  pool.size = 2\n",
      },
      {
        id: "dep-1",
        kind: "deploy",
        at: onset - 20,
        title: "Deploy checkout",
        deploys: [sha],
        service: "checkout",
      },
      {
        id: "merged",
        kind: "commit",
        at: onset - 900,
        title: "Say more (#300)",
        service: "ledger",
        live: "unknown",
      },
    ],
  },
  services: ["checkout", "payments", "ledger"],
  texts: [],
  hosts: ["github.com"],
  urls: ["https://github.com/acme/shop/pull/311"],
};
