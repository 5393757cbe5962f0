import assert from "node:assert/strict";
import { test } from "node:test";
import { codeLines, importFaults, impurities, opensWithSentence } from "./tidy-rules.ts";

test("the import rule sees what it is there to see", () => {
  const planted: readonly (readonly [path: string, text: string])[] = [
    ["src/evidence/x.ts", `import { readFileSync } from "node:fs";`],
    ["src/evidence/x.ts", `import fs from "fs";`],
    ["src/evidence/x.ts", `import { App } from "@slack/bolt";`],
    ["src/evidence/x.ts", `import type { World } from "../flows/ports.ts";`],
    ["src/evidence/x.ts", `import {\n  a,\n  type B,\n} from "../edges/slack/send.ts";`],
    ["src/evidence/x.ts", `export * from "../edges/at-most.ts";`],
    ["src/evidence/x.ts", `export { a } from "../config.ts";`],
    ["src/evidence/x.ts", `import "./../../src/local/ids.ts";`],
    ["src/evidence/x.ts", `import "../../demo/recorder/shop.ts";`],
    ["src/evidence/x.ts", `import "/etc/passwd";`],
    ["src/evidence/x.ts", `import "data:text/javascript,0";`],
    ["src/a-new-folder/x.ts", `import "node:os";`],
    ["src/a-new-file.ts", `import "./main.ts";`],
    ["src/vocabulary.ts", `const a = await import("node:fs");`],
    ["src/vocabulary.ts", "const a = await import(`./${name}.ts`);"],
    ["src/vocabulary.ts", `let a: import("./flows/ports.ts").World;`],
    ["src/flows/x.ts", `import { z } from "zod";`],
    ["src/flows/x.ts", `import { join } from "node:path";`],
    ["src/flows/x.ts", `import { a } from "../evidence/../edges/git/list.ts";`],
    ["src/flows/x.ts", `import { a } from "../program/wait.ts";`],
    ["src/edges/slack/x.ts", `import { a } from "../postgres/read.ts";`],
    ["src/edges/slack/deep/x.ts", `import { a } from "../../git/list.ts";`],
    ["src/edges/slack/x.ts", `import { a } from "../../local/ids.ts";`],
    ["src/edges/slack/x.ts", `import { a } from "../../config-values.ts";`],
    ["src/edges/at-most.ts", `import { a } from "./slack/send.ts";`],
    ["src/local/x.ts", `import { commands } from "../message/commands.ts";`],
    ["src/local/api/x.ts", `import { a } from "../../vocabulary.ts";`],
    ["src/config-values.ts", `import { a } from "./edges/outgoing.ts";`],
    ["src/program/x.ts", `import { a } from "../../test/repository.ts";`],
  ];
  for (const [path, text] of planted) {
    assert.equal(importFaults(path, text).length, 1, `${path}: ${text}`);
  }
});

test("the import rule leaves alone what is allowed, and words that only look like imports", () => {
  const allowed: readonly (readonly [path: string, text: string])[] = [
    ["src/evidence/x.ts", `import { z } from "zod";\nimport { a } from "../catalog/parse.ts";`],
    ["src/evidence/x.ts", `// import "node:fs"\n/** import "node:fs"; */\nconst from = "node:fs";`],
    ["src/flows/x.ts", `import { a } from "./ports.ts";\nimport { b } from "../vocabulary.ts";`],
    ["src/edges/git/x.ts", `import "node:fs";\nimport "yaml";\nimport "./list.ts";`],
    ["src/edges/git/x.ts", `import "../at-most.ts";\nimport "../../flows/ports.ts";`],
    ["src/local/api/x.ts", `import "../state.ts";\nimport "ws";\nimport "node:http";`],
    ["src/main.ts", `import "./program/run.ts";\nimport "./edges/git/list.ts";`],
  ];
  for (const [path, text] of allowed) assert.deepEqual(importFaults(path, text), [], text);
});

test("what takes time, chance or the machine's settings is seen in nouns and flows alone", () => {
  const planted = [
    "const now = new Date();",
    "const now = new Date;",
    "const now = Date();",
    "const now = Date . now();",
    "const make = Date['now'];",
    "const chance = Math.random();",
    "const world = globalThis.fetch;",
    "const { HOME } = process.env;",
    "setTimeout(() => 0, 1);",
    "const hour = at.getHours();",
    "const words = at.toLocaleString();",
  ];
  for (const text of planted) {
    assert.equal(impurities("src/flows/x.ts", text).length, 1, text);
    assert.equal(impurities("src/evidence/x.ts", text).length, 1, text);
    assert.deepEqual(impurities("src/edges/git/x.ts", text), []);
  }
  assert.deepEqual(impurities("src/flows/x.ts", "new Date(0); // new Date()\nat.getTime();"), []);
});

test("a file opens with a sentence only where its very first words are one", () => {
  assert.equal(opensWithSentence("/** What it is, in a sentence. */\n"), true);
  assert.equal(opensWithSentence("/**\n * What it is,\n * in a sentence.\n */\n"), true);
  assert.equal(opensWithSentence(`import "a";\n/** What it is, in a sentence. */`), false);
  assert.equal(opensWithSentence("/** No sentence at all */"), false);
  assert.equal(opensWithSentence("// What it is, in a sentence."), false);
});

test("lines without code are not counted", () => {
  assert.equal(codeLines("/** a\n * b\n */\n\nconst a = 1; // c\n  // d\n"), 1);
});
