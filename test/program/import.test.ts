import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startProduct } from "../../bench/product.ts";
import { openStore, type Opened } from "../edges/postgres/opened.ts";

describe("import", () => {
  let opened: Opened;
  let folder: string;
  before(async () => {
    opened = await openStore();
    folder = await mkdtemp(join(tmpdir(), "hindsight-import-"));
  });
  after(async () => {
    await opened[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (...args: readonly string[]) => {
    await using product = await startProduct({ DATABASE_URL: opened.url }, args);
    const status = await product.ended();
    return { status, output: product.output(), said: product.log() };
  };
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const incident = {
    id: "OPS-7",
    title: "checkout slow",
    service: "checkout",
    symptom: "latency",
    startedAt: "2026-09-01T10:00:00.000Z",
    resolvedAt: "2026-09-01T10:40:00.000Z",
    severity: 2,
    cause: "deploy",
    flags: { deploy: true },
    steps: [{ step: "rolled back", label: "resolved", minutes: 6, at: "2026-09-01T10:20:00Z" }],
  };

  test("adds what was not there, nothing by a second reading, and the ledger tells it again", async () => {
    const lines = [incident, { ...incident, id: "OPS-8", resolvedAt: null }];
    const path = await file("past.jsonl", lines.map((one) => JSON.stringify(one)).join("\n"));
    const first = await run("import", path);
    assert.deepEqual([first.status, first.said], [0, ""]);
    assert.match(first.output, /^1 incident added, 0 were there already, 1 left out /);
    assert.match((await run("import", path)).output, /^0 incidents added, 1 was there already, /);
    const { output } = await run("export", "--json");
    const { id: _id, number: _number, ...told } = JSON.parse(output.trim());
    const { id: _old, steps: _steps, ...known } = incident;
    const { steps, acknowledgedAt, mergedInto, mitigatedAt, ...rest } = told;
    assert.deepEqual(rest, known);
    assert.deepEqual([acknowledgedAt, mergedInto, mitigatedAt], [null, null, incident.resolvedAt]);
    const [{ step, label, minutes, at, list }] = steps;
    assert.deepEqual(
      [step, label, minutes, at, list],
      ["roll-back-deploy", "resolved", 6, "2026-09-01T10:20:00.000Z", 0],
    );
  });

  test("takes nothing over where a line is wrong, and names each with its mend: status 1", async () => {
    const good = { ...incident, id: "OPS-10" };
    const path = await file(
      "wrong.jsonl",
      [good, { ...incident, severity: 5 }].map((one) => JSON.stringify(one)).join("\n"),
    );
    const { status, said } = await run("import", path);
    assert.equal(status, 1);
    assert.match(said, /nothing was imported\. Mend these lines/);
    assert.match(said, /line 2: severity: /);
    assert.ok(!(await run("export", "--json")).output.includes("OPS-10"));
    const missing = await run("import", join(folder, "none.csv"));
    assert.deepEqual([missing.status, /is no file/.test(missing.said)], [1, true]);
  });
});
