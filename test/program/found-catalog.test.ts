import assert from "node:assert/strict";
import { test } from "node:test";
import { metricsOnPrometheus } from "../../src/edges/prometheus/metrics.ts";
import { foundCatalog } from "../../src/program/found-catalog.ts";
import { startOddServer } from "../edges/odd-server.ts";

const answer = (data: unknown): string => JSON.stringify({ status: "success", data });
const serverAt = (url: string) => metricsOnPrometheus({ name: "Prometheus", key: "", url });

test("services are those of the first label that names any, asked once in five minutes", async () => {
  await using server = await startOddServer(({ path }, response) => {
    response.end(answer(path.includes("/label/app/") ? ["checkout", "cart"] : []));
  });
  let now = 0;
  const catalog = foundCatalog([serverAt(server.url)], () => now);
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
  const catalog = foundCatalog([serverAt(server.url)], () => 0);
  assert.deepEqual((await catalog()).services, []);
  isWell = true;
  assert.deepEqual(
    (await catalog()).services.map(({ name }) => name),
    ["checkout"],
  );
});

test("without any server there are none", async () => {
  assert.deepEqual((await foundCatalog([], () => 0)()).services, []);
});
