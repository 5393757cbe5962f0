import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { metricsOnPrometheus } from "../../../src/edges/prometheus/metrics.ts";
import { metricsContract } from "../../flows/metrics-contract.ts";
import { deadUrl, oddities, silent, startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { discovery, matrix, onset, window } from "./pretended.ts";

const deadline = () => AbortSignal.timeout(10_000);
const on = (url: string) => metricsOnPrometheus({ name: "Prometheus", key: "", url });
const cpuQuery = { name: "cpu", kind: "cpu" as const, query: "cpu" };
const queried = someService("checkout", { metrics: { queries: [cpuQuery] } });

describe("a Prometheus that is not well", () => {
  for (const [what, { behave, says }] of Object.entries(oddities)) {
    it(`is given up with a reason when it sends ${what}`, async () => {
      await using server = await startOddServer(behave);
      await assert.rejects(on(server.url).series([queried], window, deadline()), says);
      await assert.rejects(on(server.url).series([someService("cart")], window, deadline()), says);
      const checked = await on(server.url).check(deadline());
      assert.equal(checked.ok, false);
      assert.match(checked.said, says);
    });
  }

  it("is given up when nobody listens", async () => {
    const url = await deadUrl();
    await assert.rejects(
      on(url).series([queried], window, deadline()),
      /^Error: connection refused$/,
    );
  });

  it("says that the credentials are not accepted", async () => {
    await using server = await startOddServer((_asked, response) => {
      response.writeHead(401).end("Unauthorized");
    });
    const reading = on(server.url).series([queried], window, deadline());
    await assert.rejects(reading, /^Error: HTTP 401, the credentials are not accepted$/);
  });

  it("loses one slow query and keeps what the others gave", async () => {
    await using server = await startOddServer((asked, response) => {
      if (asked.parameters.get("query") !== "slow")
        matrix(response, [[{}, [[onset.getTime() / 1000, "1"]]]]);
    });
    const slow = { name: "slow", kind: "cpu" as const, query: "slow" };
    const service = someService("checkout", { metrics: { queries: [slow, cpuQuery] } });
    const metrics = metricsOnPrometheus({
      name: "Prometheus",
      key: "",
      url: server.url,
      questionTimeoutMs: 1_000,
    });
    const { items, leftOut } = await metrics.series([service], window, deadline());
    assert.deepEqual(
      items.map(({ name }) => name),
      ["cpu"],
    );
    assert.deepEqual(leftOut, ["slow of checkout: no answer in time"]);
  });
});

metricsContract("a server of the Prometheus API", async () => {
  const server = await startOddServer(discovery(["good_total", "other_seconds"]));
  const none = await startOddServer(silent);
  return {
    metrics: on(server.url),
    services: [someService("cart")],
    window,
    silent: on(none.url),
    stop: async () => {
      await server[Symbol.asyncDispose]();
      await none[Symbol.asyncDispose]();
    },
  };
});
