/** `npm test`: every test file in a process of its own, those first that wait longest, so that none is alone at the end. */

import { globSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";

/** They wait more than they work, so more of them at once than there are cores. */
const atOnce = 4;
const inOrder = [
  "test/in-one-process.test.ts",
  "test/program/*.test.ts",
  "test/*.test.ts",
  "test/{demo,local,edges}/**/*.test.ts",
];

const files = new Set(inOrder.flatMap((pattern) => globSync(pattern).toSorted()));
run({ files: [...files], concurrency: atOnce })
  .on("test:fail", () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
