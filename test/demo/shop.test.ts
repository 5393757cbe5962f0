import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { createRepository } from "../../demo/recorder/repository.ts";
import { edits, type EditName } from "../../demo/recorder/edits.ts";
import { portsFrom, services, startShop } from "../../demo/recorder/shop.ts";

/** Below the ports that the system hands out; another for each process that runs this file. */
const ports = portsFrom(22_000 + (process.pid % 400) * 20);

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "shop-"));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return { folder, [Symbol.asyncDispose]: remove };
}

test("the shop sells, deploys another commit under way, and counts both in its metrics", async () => {
  await using temporary = await temporaryFolder();
  const repository = await createRepository(join(temporary.folder, "repo"), new Date());
  const shop = await startShop(temporary.folder, repository, ports);
  try {
    const cart = await post("frontend", "/cart", { cart: 7 });
    assert.match(String(cart["page"]), /^\d+ lines, \d+ €$/);
    assert.ok(Number((await post("frontend", "/buy", { cart: 7 }))["paid"]) > 0);

    const before = shop.runningHash("checkout");
    await repository.commit("current-prices");
    await shop.deploy("checkout", await repository.git("rev-parse", "HEAD"));
    assert.notEqual(shop.runningHash("checkout"), before);
    assert.ok(Number((await post("checkout", "/pay", { cart: 7 }))["paid"]) > 0);

    const metrics = await (await fetch(`http://127.0.0.1:${ports.checkout}/metrics`)).text();
    const version = shop.runningHash("checkout").slice(0, 7);
    assert.match(metrics, new RegExp(`build_info{version="${version}"} 1`));
    assert.match(metrics, /http_request_duration_seconds_count{.*route="POST \/pay",status="200"/);
    assert.match(metrics, /outbound_request_duration_seconds_count{.*callee="payments"/);
    assert.match(metrics, /db_pool_size{.*} 20/);
  } finally {
    await shop.stop();
  }
});

test("every edit applies to the shop as it is, and gives files that parse", async () => {
  await using temporary = await temporaryFolder();
  const repository = await createRepository(join(temporary.folder, "repo"), new Date());
  const authors = await repository.git("log", "--format=%an");
  assert.equal(new Set(authors.split("\n")).size, 4);
  const others = Object.keys(edits).filter(isNew);
  for (const name of others) await repository.commit(name);
  for (const service of services) {
    const files = await repository.git("ls-files", `services/${service}/*.ts`);
    for (const file of files.split("\n"))
      await promisify(execFile)(process.execPath, ["--check", join(repository.folder, file)]);
  }
});

async function post(
  service: (typeof services)[number],
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${ports[service]}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  assert.equal(response.status, 200);
  const answer: unknown = await response.json();
  assert.ok(typeof answer === "object" && answer !== null);
  return { ...answer };
}

/** The first history holds the other one already. */
function isNew(name: string): name is EditName {
  return name !== "refuse-empty-reservation";
}
