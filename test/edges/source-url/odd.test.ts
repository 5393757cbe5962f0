import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sourceAt } from "../../../src/edges/source-url/source.ts";
import { changesContract } from "../../flows/changes-contract.ts";
import { logsContract } from "../../flows/logs-contract.ts";
import { metricsContract } from "../../flows/metrics-contract.ts";
import { deadUrl, json, oddities, silent, startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { answers, onset, rows, window } from "./pretended.ts";

/** Large answers take long where the machine is busy. */
const patienceMs = 60_000;
const deadline = () => AbortSignal.timeout(patienceMs);
const at = (url: string) => sourceAt({ url, readingTimeoutMs: patienceMs });
const services = [someService("checkout")];

/** Why nothing of it is read. */
async function refusalOf(body: unknown): Promise<string> {
  await using server = await startOddServer(answers(body));
  const { ok, said } = await at(server.url).check(someService("checkout"), window);
  assert.equal(ok, false, said);
  return said;
}

describe("a source that is not well", () => {
  for (const [what, { behave, says }] of Object.entries(oddities)) {
    it(`is given up with a reason when it sends ${what}`, async () => {
      await using server = await startOddServer(behave);
      const { metrics, changes, logs } = at(server.url);
      await Promise.all([
        assert.rejects(metrics.series(services, window, deadline()), says),
        assert.rejects(changes.recent(services, window, deadline()), says),
        assert.rejects(logs.lines(services, window, deadline()), says),
      ]);
    });
  }

  it("is given up when nobody listens", async () => {
    const reading = at(await deadUrl()).logs.lines(services, window, deadline());
    await assert.rejects(reading, /^Error: connection refused$/);
  });

  it("is given up when it is slow, before its deadline, so that what came is kept", async () => {
    await using server = await startOddServer(({ body }, response) => {
      if (!body.includes("slow")) json(response, rows);
    });
    const source = sourceAt({ url: server.url, readingTimeoutMs: 1_000 });
    const both = [...services, someService("slow")];
    const { items, leftOut } = await source.metrics.series(both, window, deadline());
    assert.equal(items.length, 2);
    assert.deepEqual(leftOut, ["slow, from the source: no answer in time"]);
  });

  it("says in its own plain words what it refuses", async () => {
    await using server = await startOddServer((_asked, response) => {
      response.writeHead(400, { "content-type": "text/plain" }).end("no folder for checkout\n");
    });
    const { said } = await at(server.url).check(someService("checkout"), window);
    assert.equal(said, "HTTP 400, no folder for checkout");
  });

  for (const [what, body, field] of [
    [
      "a point without a value",
      { series: [{ name: "m", points: [[onset]] }] },
      "series.0.points.0",
    ],
    ["a kind that does not exist", { series: [{ name: "m", kind: "speed" }] }, "series.0.kind"],
    ["a change without an id", { changes: [rows.changes[1], { at: onset }] }, "changes.1.id"],
    ["a change without a time", { changes: [{ id: "1" }] }, "changes.0.at"],
    ["a time in words", { logs: [{ at: "2026-11-23T14:02:00Z", text: "x" }] }, "logs.0.at"],
    ["a list in place of an object", [rows], "the answer"],
    ["an answer of null", null, "the answer"],
  ] as const) {
    it(`is told which field is wrong: ${what}`, async () => {
      const said = await refusalOf(body);
      assert.ok(said.startsWith(`not what a source answers: ${field}: `), said);
    });
  }

  it("is told so where its answer has no list at all", async () => {
    const said = await refusalOf({ data: [] });
    assert.equal(
      said,
      "not what a source answers: the answer: has none of series, changes and logs",
    );
  });
});

const subject = async () => {
  const server = await startOddServer(answers(rows));
  const dead = await startOddServer(silent);
  return {
    ...at(server.url),
    services,
    window,
    asleep: at(dead.url),
    stop: async () => {
      await server[Symbol.asyncDispose]();
      await dead[Symbol.asyncDispose]();
    },
  };
};
metricsContract("A source", async () => {
  const { asleep, ...rest } = await subject();
  return { ...rest, silent: asleep.metrics };
});
changesContract("A source", async () => {
  const { asleep, ...rest } = await subject();
  return { ...rest, silent: asleep.changes };
});
logsContract("A source", async () => {
  const { asleep, ...rest } = await subject();
  return { ...rest, silent: asleep.logs };
});
