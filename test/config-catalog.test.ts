import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogOnGitHub } from "../src/config-catalog.ts";
import { readConfig } from "../src/config.ts";
import type { Environment } from "../src/config-values.ts";

function problems(env: Environment): string[] {
  const reading = readConfig(env);
  return reading.ok ? [] : reading.problems.map(({ variable, mend }) => `${variable} ${mend}`);
}

type Files = Parameters<typeof readConfig>[1];
const catalogOf = (env: Environment, files: Files) => {
  const reading = readConfig(env, files);
  return reading.ok ? reading.config.catalog : null;
};

test("a catalog on GitHub has a repository, and somebody who reads there", () => {
  const GITHUB_TOKEN = "ghp_1";
  for (const [CATALOG, folder] of [
    ["github:acme/ops", { repo: "acme/ops", path: "", ref: null }],
    ["github:acme/ops/catalog@v2/next", { repo: "acme/ops", path: "catalog", ref: "v2/next" }],
    ["github:acme/ops/a/b.yaml", { repo: "acme/ops", path: "a/b.yaml", ref: null }],
  ] as const) {
    assert.deepEqual(catalogOnGitHub(CATALOG), folder);
    assert.deepEqual(problems({ CATALOG, GITHUB_TOKEN }), []);
  }
  assert.deepEqual(problems({ CATALOG: "github:acme", GITHUB_TOKEN }), [
    'CATALOG must be a path, or github:owner/name with /path and @ref where they are needed; it is "github:acme".',
  ]);
  assert.deepEqual(problems({ CATALOG: "github:acme/ops" }), [
    "CATALOG is on GitHub, but nothing says who reads it. Set GITHUB_TOKEN, or GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY.",
  ]);
});

test("a catalog.yaml beside the program is taken", () => {
  const files = { read: () => "", has: (path: string) => path === "catalog.yaml" };
  assert.equal(catalogOf({}, files), "catalog.yaml");
  assert.equal(catalogOf({ CATALOG: "mine" }, files), "mine");
});
