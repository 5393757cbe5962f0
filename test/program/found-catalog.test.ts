import assert from "node:assert/strict";
import { test } from "node:test";
import { logsOnLoki } from "../../src/edges/loki/logs.ts";
import { metricsOnPrometheus } from "../../src/edges/prometheus/metrics.ts";
import { foundCatalog } from "../../src/program/found-catalog.ts";
import { startOddServer } from "../edges/odd-server.ts";

const answer = (data: unknown): string => JSON.stringify({ status: "success", data });
const metricsAt = (url: string) => metricsOnPrometheus({ name: "Prometheus", key: "", url });
const measuredAt = (url: string) => ({ metrics: [metricsAt(url)], logs: [] });

test("services are those of the first label that names any, asked once in five minutes", async () => {
  await using server = await startOddServer(({ path }, response) => {
    response.end(answer(path.includes("/label/app/") ? ["checkout", "cart"] : []));
  });
  let now = 0;
  const catalog = foundCatalog(measuredAt(server.url), () => now);
  const names = async () => (await catalog()).catalog.services.map(({ name }) => name);
  assert.deepEqual(await names(), ["cart", "checkout"]);
  const askedOnce = server.asked.length;
  now = 299_000;
  await names();
  assert.equal(server.asked.length, askedOnce);
  now = 301_000;
  await names();
  assert.equal(server.asked.length, 2 * askedOnce);
});

test("a server that gives no answer gives no services but its reason, and is asked again", async () => {
  let isWell = false;
  await using server = await startOddServer((_asked, response) => {
    if (isWell) response.end(answer(["checkout"]));
    else response.writeHead(503).end("away");
  });
  const catalog = foundCatalog(measuredAt(server.url), () => 0);
  const { catalog: empty, found } = await catalog();
  assert.deepEqual(empty.services, []);
  assert.deepEqual(found.gaps, [{ source: "Prometheus", reason: "HTTP 503" }]);
  isWell = true;
  assert.deepEqual(
    (await catalog()).catalog.services.map(({ name }) => name),
    ["checkout"],
  );
});

test("where no metric names a service, the logs do", async () => {
  await using server = await startOddServer(({ path }, response) => {
    const isLogs = path.startsWith("/loki/") && path.includes("/service_name/");
    response.end(answer(isLogs ? ["unknown_service", "checkout"] : []));
  });
  const logs = [logsOnLoki({ name: "Loki", key: "", url: server.url })];
  const catalog = foundCatalog({ metrics: [metricsAt(server.url)], logs }, () => 0);
  assert.deepEqual(
    (await catalog()).catalog.services.map(({ name }) => name),
    ["checkout"],
  );
});

test("where one of two servers gives no answer the other's services are there, and the reason is", async () => {
  let asked = 0;
  const eu = {
    ...metricsAt("http://127.0.0.1:1"),
    name: "Prometheus (eu)",
    key: "eu",
    serviceNames: async () => {
      asked += 1;
      throw new Error("HTTP 502");
    },
  };
  const us = { ...eu, name: "Prometheus", key: "", serviceNames: async () => ["checkout"] };
  const found = foundCatalog({ metrics: [eu, us], logs: [] }, () => 0);
  const names = (await found()).catalog.services.map(({ name }) => name);
  assert.deepEqual(names, ["checkout"]);
  const { gaps } = (await found()).found;
  assert.deepEqual(gaps, [{ source: "Prometheus (eu)", reason: "HTTP 502" }]);
  assert.equal(asked, 2, "it is asked again");
});

test("names beyond the limit are counted as left out", async () => {
  const names = Array.from({ length: 250 }, (_, n) => `service-${n}`);
  const server = { ...metricsAt("http://127.0.0.1:1"), serviceNames: async () => names };
  const { catalog, found } = await foundCatalog({ metrics: [server], logs: [] }, () => 0)();
  assert.equal(catalog.services.length, 200);
  assert.deepEqual(found.leftOut, ["50 of 250 services on Prometheus: the limit is 200"]);
});

test("without any server there are none", async () => {
  assert.deepEqual((await foundCatalog({ metrics: [], logs: [] }, () => 0)()).catalog.services, []);
});
