import assert from "node:assert/strict";
import { test } from "node:test";
import { variables } from "../src/config.ts";
import { commands, usage } from "../src/message/commands.ts";
import { helpMessage } from "../src/message/help.ts";
import { entriesOf, exists, filesUnder, read, trackedFiles } from "./repository.ts";
import { codeLines, importFaults, impurities, opensWithSentence } from "./tidy-rules.ts";

const sources = [".ts", ".js"]
  .flatMap((extension) => filesUnder("src", extension))
  .map((path) => ({ path, text: read(path) }));
const tests = filesUnder("test", ".ts").map((path) => ({ path, text: read(path) }));
const linesMax = 200;

test("the tests run on Node 24 or newer", () => {
  assert.ok(Number(process.versions.node.split(".")[0]) >= 24, process.version);
});

test("every import obeys the rule: nouns are pure, flows see no edge, edges not one another", () => {
  assert.ok(sources.length > 100, "src/ was not read");
  assert.deepEqual(
    sources.flatMap(({ path, text }) => importFaults(path, text)),
    [],
  );
});

test("no noun and no flow takes time, chance or the machine's settings by itself", () => {
  assert.deepEqual(
    sources.flatMap(({ path, text }) => impurities(path, text)),
    [],
  );
});

test("every file in src opens with a sentence that says what it is", () => {
  assert.deepEqual(
    sources.filter(({ text }) => !opensWithSentence(text)).map(({ path }) => path),
    [],
  );
});

test("no file in src has more than 200 lines of code", () => {
  assert.deepEqual(
    sources.filter(({ text }) => codeLines(text) > linesMax).map(({ path }) => path),
    [],
  );
});

test("npm test runs the tests of every folder, each once", () => {
  const foldersIn = (pattern: RegExp, text: string) =>
    [...text.matchAll(pattern)].flatMap(([, names = ""]) => names.split(","));
  const together = foldersIn(/"\{([\w,]+)\}"/g, read("test/in-one-process.test.ts"));
  const folders = new Set(
    tests.flatMap(({ path }) =>
      path.endsWith(".test.ts") ? (/^test\/(\w+)\//.exec(path)?.[1] ?? []) : [],
    ),
  );
  const alone = foldersIn(/"test\/\{?([\w,]+)\}?\//g, read("test/all.ts"));
  assert.deepEqual([...alone, ...together].toSorted(), [...folders].toSorted());
});

test("no test is left out or runs alone, unless it says why", () => {
  const silent = [
    /\.only\(/,
    /\bonly: true\b/,
    /\b(?:test|it|describe|suite)\.(?:skip|todo)\(/,
    /\b(?:skip|todo): true\b/,
    /\bt\.(?:skip|todo)\(\s*\)/,
  ];
  const faults = tests
    .filter(({ path }) => path !== "test/tidy.test.ts")
    .flatMap(({ path, text }) =>
      silent.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern.source}`),
    );
  assert.deepEqual(faults, []);
});

test("ARCHITECTURE.md names exactly the folders and files of src that exist", () => {
  const named = [...read("ARCHITECTURE.md").matchAll(/^- `src\/([^`]+)`: \S/gm)].map(
    ([, name = ""]) => name,
  );
  const edges = entriesOf("src/edges").map((name) => `edges/${name}`);
  assert.deepEqual(named.toSorted(), [...entriesOf("src"), ...edges].toSorted());
});

test("every path that the documents name exists", () => {
  const documents = [
    ...filesUnder("docs", ".md"),
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
  ];
  const missing = documents.flatMap((document) => {
    const folder = document.slice(0, document.lastIndexOf("/") + 1);
    const text = read(document);
    const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, to = ""]) =>
      new URL(to, `file:///${folder}`).pathname.slice(1),
    );
    const paths = [
      ...text.matchAll(/`((?:src|test|docs|demo|bench|playbook|drizzle)\/[\w./-]*)`/g),
    ];
    return [...links, ...paths.map(([, path = ""]) => path)]
      .filter((path) => !exists(path))
      .map((path) => `${document}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

test("the settings' names are those that are read, in the README's table and in .env.example", () => {
  const settings = [
    "src/config.ts",
    "src/config-values.ts",
    "src/config-servers.ts",
    "src/config-hooks.ts",
  ].map(read);
  const readNames = settings
    .flatMap((text) => [...text.matchAll(/(?:value|urlOf)\((?:asking, )?"([A-Z][A-Z_]+)"/g)])
    .map(([, name = ""]) => name);
  assert.ok(readNames.includes("PORT"), "src/config.ts was not understood");
  assert.deepEqual(
    [...new Set(readNames)].filter((name) => !isVariable(name)),
    [],
  );
  const [, section = ""] = /^## Settings$([\s\S]*?)^## /m.exec(read("README.md")) ?? [];
  const rows = [...section.matchAll(/^\| ([^|]+) \|/gm)];
  const inTable = rows.flatMap(([, cell = ""]) => namesIn(cell));
  assert.deepEqual(inTable.toSorted(), variables.toSorted());
  const inExample = [...read(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)];
  assert.deepEqual(inExample.map(([, name = ""]) => name).toSorted(), variables.toSorted());
});

function isVariable(name: string): boolean {
  return variables.some((variable) => variable === name);
}

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = ""]) => name);
}

test("every command is in the help with its words", () => {
  const help = JSON.stringify(helpMessage());
  for (const command of commands) {
    assert.ok(help.includes(usage(command)), usage(command));
    assert.ok(help.includes(command.help), command.help);
  }
});

test("docs/operations.md explains each metric that is served", () => {
  const names = (...paths: string[]) =>
    new Set(
      paths
        .map(read)
        .join("\n")
        .match(/\bhindsight_[a-z_]+(?=["{`])/g),
    );
  const served = names("src/edges/http/meter.ts", "src/edges/http/meter-model.ts");
  assert.ok(served.size > 5, "no metric was found");
  assert.deepEqual([...names("docs/operations.md")].toSorted(), [...served].toSorted());
});

const isClone = trackedFiles() !== null;
/** Written with a gap, so that this file does not hold them itself. */
const foreign = [
  "/wo~rk/",
  "/ro~ot/",
  "\\bTO~DO\\b",
  "\\bFIX~ME\\b",
  "\\b[Ii]ssue~s? #?\\d",
  "\\b(?:helper|coding|agent)~ session",
].map((text) => new RegExp(text.replace("~", "")));

test(
  "the project speaks of itself alone, and leaves nothing for later",
  { skip: isClone ? false : "this is no clone that git reads" },
  () => {
    const faults = (trackedFiles() ?? [])
      .filter((path) => /\.(ts|md|ya?ml|json|sql|toml|js|css|html)$|^[^.]+$|^\.\w+/.test(path))
      .filter((path) => !/^(node_modules\/|package-lock\.json$|LICENSE$)/.test(path))
      .filter((path) => exists(path))
      .flatMap((path) => {
        const text = read(path);
        return foreign
          .map((pattern) => pattern.exec(text)?.[0])
          .flatMap((found) => (found === undefined ? [] : [`${path}: ${found}`]));
      });
    assert.deepEqual(faults, []);
  },
);

test(
  "git keeps nothing that .gitignore names",
  { skip: isClone ? false : "this is no clone that git reads" },
  () => {
    const kept = trackedFiles("--cached", "--ignored", "--exclude-standard") ?? [];
    assert.deepEqual(kept.slice(0, 5), [], `${kept.length} files`);
  },
);
