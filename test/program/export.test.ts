import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startProduct } from "../../bench/product.ts";
import {
  beginning,
  channelRow,
  openStore,
  outcomeOf,
  suggestionOf,
  type Opened,
} from "../edges/postgres/opened.ts";
import { at } from "../incident/timeline.ts";

describe("export", () => {
  let opened: Opened;
  before(async () => {
    opened = await openStore();
    const step = suggestionOf("inc_1", { title: 'Roll back "checkout", now' });
    const other = suggestionOf("inc_1", { stepId: "restart", title: "=Restart", position: 2 });
    const change = beginning("inc_1", "C1", { closedAt: at("14:40") });
    await opened.store.commit({
      ...change,
      suggestions: [step, other],
      outcomes: [outcomeOf(step)],
    });
    await opened.store.commit(beginning("inc_2", "C2"));
    const hidden = channelRow("C3", { kind: "private" });
    await opened.store.commit({ ...beginning("inc_3", "C3"), channel: hidden });
  });
  after(() => opened[Symbol.asyncDispose]());

  const run = async (...args: readonly string[]) => {
    await using product = await startProduct({ DATABASE_URL: opened.url }, ["export", ...args]);
    const status = await product.ended();
    return { status, output: product.output(), said: product.log() };
  };

  test("writes a line a step as CSV, of public channels alone, with no formula and no name", async () => {
    const { status, output, said } = await run();
    assert.deepEqual([status, said], [0, ""]);
    const [head, ...lines] = output.trimEnd().split("\r\n");
    assert.equal(
      head,
      "id,number,title,service,symptom,startedAt,acknowledgedAt,mitigatedAt,resolvedAt,severity,cause,mergedInto,flags,step,label,minutes,at,confidence,list,position,p,role,stepTitle",
    );
    assert.equal(lines.length, 3);
    const day = at("00:00").toISOString().slice(0, 10);
    const times = `${day}T14:05:00.000Z,${day}T14:05:00.000Z,${day}T14:40:00.000Z,${day}T14:40:00.000Z`;
    const start = `inc_1,1,checkout is slow,checkout,latency,${times},2,,,deploy`;
    assert.ok(lines[0]?.startsWith(`${start},roll-back-deploy,resolved,`), lines[0]);
    assert.ok(lines[0]?.endsWith(',1,1,1,0.3,fix,"Roll back ""checkout"", now"'), lines[0]);
    assert.equal(lines[1], `${start},restart,,,,,1,2,0.3,fix,'=Restart`);
    assert.match(lines[2] ?? "", /^inc_2,2,.*,{9}$/);
    assert.ok(!/inc_3|U1/.test(output));
  });

  test("writes the same as JSON lines, an incident a line", async () => {
    const { status, output } = await run("--json");
    assert.equal(status, 0);
    const [first, second, ...rest] = output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(rest, []);
    assert.deepEqual([first.id, first.flags, first.steps.length], ["inc_1", { deploy: true }, 2]);
    assert.deepEqual([first.steps[0].label, first.steps[1].label], ["resolved", null]);
    assert.deepEqual([second.resolvedAt, second.steps], [null, []]);
  });

  test("of what happened in private is refused with the reason: status 2", async () => {
    const { status, said, output } = await run("--all");
    assert.deepEqual([status, output], [2, ""]);
    assert.match(said, /^"export" writes incidents of public channels alone: .*Leave out --all\./);
  });
});
