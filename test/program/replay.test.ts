import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startProduct } from "../../bench/product.ts";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { openStore, team, type Opened } from "../edges/postgres/opened.ts";
import { plant } from "../edges/postgres/planted.ts";
import { builtInFiles } from "../playbook/built-in.ts";
import { kept } from "../suggestion/kept.ts";
import { lived } from "../suggestion/lived.ts";

const offered = [
  "restart-service",
  "scale-out-service",
  "roll-back-deploy",
  "revert-configuration",
  "turn-off-flag",
  "end-blocking-session",
  "read-slow-queries",
  "read-gc-pauses",
];
const steps = parsePlaybook(builtInFiles).steps.filter(({ id }) => offered.includes(id));
const behind = [
  { symptom: "latency", service: "checkout", fix: "end-blocking-session" },
  { symptom: "latency", service: "search", fix: "scale-out-service" },
  { symptom: "errors", service: "payments", fix: "revert-configuration" },
] as const;

describe("replay", () => {
  let opened: Opened;
  before(async () => {
    opened = await openStore();
    await plant(opened.db, team, lived(steps, behind, 24));
    await plant(opened.db, team, { incidents: [kept(90)], rows: [] }, "private");
  });
  after(() => opened[Symbol.asyncDispose]());

  const run = async (...args: readonly string[]) => {
    await using product = await startProduct({ DATABASE_URL: opened.url }, ["replay", ...args]);
    const status = await product.ended();
    return { status, output: product.output(), said: product.log() };
  };

  test("says in words how the order did, and that it is biased", async () => {
    const { status, output, said } = await run();
    assert.deepEqual([status, said], [0, ""]);
    assert.match(output, /^Replay of 24 incidents that ended, each ranked from what was known/);
    assert.match(output, /\nfirst of the fixes( +\d+ % \(\d+–\d+\)){3}\n/);
    assert.match(output, /\nCounted: \d+ of 24\. Not counted: .*, 1 in a private channel\.\n/);
    assert.match(
      output,
      /\nChances of \d+ tried steps, each just before it was tried; calibration error 0\.\d\d:\n/,
    );
    assert.match(output, /\nThird place, had chance never filled it: too little data/);
    assert.match(output, /biased toward what was shown/);
  });

  test("says the same as one line of JSON, and learns: what resolved it stands higher than in the playbook", async () => {
    const { status, output } = await run("--json");
    assert.equal(status, 0);
    assert.match(output, /^[^\n]+\n$/);
    const told = JSON.parse(output);
    assert.equal(told.workspace, team);
    assert.equal(told.counted + told.notCounted.nothingAttested, 24);
    assert.ok(told.orders.replayed.firstFix.hits > told.orders.playbook.firstFix.hits);
    assert.ok(told.orders.replayed.minutes < told.orders.playbook.minutes);
  });

  test("takes no other word: status 2 and the usage", async () => {
    const { status, said, output } = await run("--jsn");
    assert.deepEqual([status, output], [2, ""]);
    assert.match(said, /"replay" does not take "--jsn"\.\n\nhindsight \[verb\]/);
  });
});
