/** Troubles as they happen, each with the change that did it (or none) among innocent ones that look alike and are nearer. */

import type { ChangeRecord, EvidenceInput } from "../../src/evidence/input.ts";
import { madeSeries, onset } from "./made-series.ts";
import { toldTroubles, type Told } from "./told-troubles.ts";

export interface Scenario {
  readonly name: string;
  readonly input: EvidenceInput;
  /** Id of the change that did it; null: none of them. */
  readonly truth: string | null;
}

/** Merged in the hours before, brought by nobody knows what. */
const innocent: readonly (readonly [title: string, file: string, diff: string])[] = [
  ["fix: empty slice in pagination", "pkg/page.go", "+\tif len(items) == 0 { return nil, nil }"],
  [
    "fix: off by one in chunking",
    "pkg/chunk.go",
    "-\treturn n / size\n+\treturn (n + size - 1) / size",
  ],
  ["docs: how to run locally", "README.md", "+Run `make up`."],
  ["test: cover the retry", "pkg/retry_test.go", "+\tfor i := 0; i < 3; i++ { try(t) }"],
  [
    "feat: ready probe",
    "internal/ready.go",
    "+func Readyz(w http.ResponseWriter) { w.WriteHeader(200) }",
  ],
  [
    "perf: larger buffer in the encoder",
    "pkg/json.go",
    "-\tbuf := bytes.Buffer{}\n+\tbuf := bytes.NewBuffer(make([]byte, 0, 4096))",
  ],
  [
    "fix: rounding of taxes",
    "services/tax/tax.go",
    "-\treturn math.Round(net * rate)\n+\treturn math.Round(net*rate*100) / 100",
  ],
  [
    "chore: more cpu for the compactor",
    "charts/compactor/values.yaml",
    "-  cpu: 250m\n+  cpu: 500m",
  ],
];

export const scenarios: readonly Scenario[] = Object.entries(toldTroubles).map(([name, one]) => ({
  name,
  truth: one.did === null ? null : "did",
  input: inputOf(one),
}));

function inputOf({ metric, kind, log, did, decoy }: Told): EvidenceInput {
  const lines = Array.from({ length: 40 }, (_, at) => ({
    at: onset + at * 5,
    service: "order",
    level: "error",
    text: log,
  }));
  const usual = Array.from({ length: 40 }, (_, at) => ({
    at: onset - 3_000 + at * 90,
    service: "order",
    level: "info",
    text: `handled order ${at} in ${at + 5} ms`,
  }));
  return {
    onset,
    end: onset + 900,
    alert: { service: "order", metric, kind },
    series: [
      madeSeries({ service: "order", name: metric, kind, made: { before: 0.1, after: 0.9 } }),
      madeSeries({ service: "order", name: "requests", kind: "requests", made: { salt: 3 } }),
      madeSeries({ service: "front", name: "requests", kind: "requests", made: { salt: 4 } }),
      madeSeries({ service: "ledger", made: { salt: 5 } }),
    ],
    calls: [
      ["front", "order"],
      ["order", "ledger"],
    ],
    logs: [...usual, ...lines],
    changes: [
      ...(did === null ? [] : deployed("did", did, did[3])),
      ...deployed("decoy", decoy, 1.5),
      ...innocent.map(([title, file, diff], at): ChangeRecord => ({
        id: `innocent-${at}`,
        kind: "commit",
        at: onset - 1_200 * (at + 1),
        title,
        files: [file],
        diff,
      })),
    ],
  };
}

function deployed(
  id: string,
  [title, file, diff]: readonly [string, string, string, ...unknown[]],
  minutes: number,
): ChangeRecord[] {
  const at = onset - minutes * 60;
  return [
    { id, kind: "commit", at: at - 120, title, files: [file], diff },
    {
      id: `deploy-${id}`,
      kind: "deploy",
      at,
      service: "order",
      title: `v${minutes}`,
      deploys: [id],
    },
  ];
}
