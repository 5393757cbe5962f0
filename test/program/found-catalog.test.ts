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
  const names = async () => (await catalog()).services.map(({ name }) => name);
  assert.deepEqual(await names(), ["cart", "checkout"]);
  const askedOnce = server.asked.length;
  now = 299_000;
  await names();
  assert.equal(server.asked.length, askedOnce);
  now = 301_000;
  await names();
  assert.equal(server.asked.length, 2 * askedOnce);
});

test("a server that gives no answer gives no services, and is asked again", async () => {
  let isWell = false;
  await using server = await startOddServer((_asked, response) => {
    if (isWell) response.end(answer(["checkout"]));
    else response.writeHead(503).end("away");
  });
  const catalog = foundCatalog(measuredAt(server.url), () => 0);
  assert.deepEqual((await catalog()).services, []);
  isWell = true;
  assert.deepEqual(
    (await catalog()).services.map(({ name }) => name),
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
    (await catalog()).services.map(({ name }) => name),
    ["checkout"],
  );
});

test("without any server there are none", async () => {
  assert.deepEqual((await foundCatalog({ metrics: [], logs: [] }, () => 0)()).services, []);
});
