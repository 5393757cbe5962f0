import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { logsOnLoki } from "../../../src/edges/loki/logs.ts";
import { logsContract } from "../../flows/logs-contract.ts";
import { deadUrl, json, oddities, silent, startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { everySeconds, loki, onset, window } from "./pretended.ts";

/** Large answers take long where the machine is busy. */
const patienceMs = 60_000;
const deadline = () => AbortSignal.timeout(patienceMs);
const on = (url: string) =>
  logsOnLoki({ name: "Loki", key: "", url, questionTimeoutMs: patienceMs });
const selected = someService("checkout", { logsSelector: 'app="checkout"' });
const nanoseconds = `${onset.getTime()}000000`;

function streams(values: unknown): object {
  const result = [{ stream: { app: "checkout" }, values }];
  return { status: "success", data: { resultType: "streams", result } };
}

describe("a Loki that is not well", () => {
  for (const [what, { behave, says }] of Object.entries(oddities)) {
    it(`is given up with a reason when it sends ${what}`, async () => {
      await using server = await startOddServer(behave);
      await assert.rejects(on(server.url).lines([selected], window, deadline()), says);
      await assert.rejects(on(server.url).lines([someService("cart")], window, deadline()), says);
      const checked = await on(server.url).check(deadline());
      assert.equal(checked.ok, false);
      assert.match(checked.said, says);
    });
  }

  it("is given up when nobody listens", async () => {
    const reading = on(await deadUrl()).lines([selected], window, deadline());
    await assert.rejects(reading, /^Error: connection refused$/);
  });

  it("says in its own plain words what it refuses", async () => {
    await using server = await startOddServer((_asked, response) => {
      response.writeHead(401, { "content-type": "text/plain; charset=utf-8" }).end("no org id\n");
    });
    const reading = on(server.url).lines([selected], window, deadline());
    await assert.rejects(reading, /^Error: HTTP 401, no org id$/);
  });

  it("is not believed where it answers with numbers instead of lines", async () => {
    await using server = await startOddServer((_asked, response) => {
      json(response, { status: "success", data: { resultType: "matrix", result: [] } });
    });
    const reading = on(server.url).lines([selected], window, deadline());
    await assert.rejects(reading, /^Error: not what the Loki API answers$/);
  });

  it("loses the lines that have no time, no text or the wrong time, and keeps the others", async () => {
    const metadata = { structuredMetadata: { trace_id: "7" } };
    const values = [
      [nanoseconds, "good"],
      [nanoseconds, "good too", metadata],
      ["yesterday", "no time"],
      [nanoseconds],
      [Number(nanoseconds), "a number"],
      null,
      ["1568234281726420425", "of another year"],
    ];
    await using server = await startOddServer((_asked, response) =>
      json(response, streams(values)),
    );
    const { items, leftOut } = await on(server.url).lines([selected], window, deadline());
    assert.deepEqual(new Set(items.map(({ text }) => text)), new Set(["good", "good too"]));
    assert.match(leftOut.join("; "), /log lines of checkout without a time or a text/);
  });

  it("may send more than was asked for, or a line of a megabyte: both are cut", async () => {
    const values = Array.from({ length: 3_200 }, () => [nanoseconds, "x".repeat(200)]);
    values.push([nanoseconds, "y".repeat(1_000_000)]);
    await using server = await startOddServer((_asked, response) =>
      json(response, streams(values)),
    );
    const { items, leftOut } = await on(server.url).lines([selected], window, deadline());
    assert.ok(items.length <= 5_000);
    assert.ok(items.every(({ text }) => text.length <= 1_000));
    assert.match(leftOut.join("; "), /log lines of checkout: the limit is 3,000/);
  });

  it("gives no half of a service: what is usual would look new", async () => {
    await using server = await startOddServer((asked, response) => {
      const isBefore = BigInt(asked.parameters.get("end") ?? "0") <= BigInt(nanoseconds);
      if (isBefore) response.writeHead(429, { "content-type": "text/plain" }).end("slow down");
      else json(response, streams([[nanoseconds, "GET / answered 200"]]));
    });
    const reading = on(server.url).lines([selected], window, deadline());
    await assert.rejects(reading, /^Error: HTTP 429, slow down$/);
  });

  it("loses one service and keeps the other", async () => {
    await using server = await startOddServer((asked, response) => {
      if (asked.parameters.get("query")?.includes("sick")) response.writeHead(500).end();
      else json(response, streams([[nanoseconds, "good"]]));
    });
    const sick = someService("sick", { logsSelector: 'app="sick"' });
    const { items, leftOut } = await on(server.url).lines([sick, selected], window, deadline());
    assert.deepEqual([...new Set(items.map(({ service }) => service))], ["checkout"]);
    assert.deepEqual(leftOut, ["logs of sick: HTTP 500"]);
  });

  it("is asked six things at once at most", async () => {
    await using server = await startOddServer(loki({ lines: {} }));
    const services = Array.from({ length: 12 }, (_, n) =>
      someService(`s${n}`, { logsSelector: `app="s${n}"` }),
    );
    const { leftOut } = await on(server.url).lines(services, window, deadline());
    assert.ok(server.openMax() <= 6, `${server.openMax()}`);
    assert.deepEqual(leftOut, ["logs of 4 of 12 services: the limit is 8"]);
  });
});

logsContract("a server of the Loki API", async () => {
  const lines = { '{app="checkout"}': everySeconds(30, "GET / answered 200") };
  const server = await startOddServer(loki({ lines }));
  const none = await startOddServer(silent);
  return {
    logs: on(server.url),
    services: [selected],
    window,
    silent: on(none.url),
    stop: async () => {
      await server[Symbol.asyncDispose]();
      await none[Symbol.asyncDispose]();
    },
  };
});
