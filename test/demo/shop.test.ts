import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { createRepository, type Repository } from "../../demo/recorder/repository.ts";
import { edits, type EditName } from "../../demo/recorder/edits.ts";
import { until } from "../until.ts";
import {
  portsEach,
  portsFrom,
  services,
  startShop,
  targetsFile,
  type Shop,
} from "../../demo/recorder/shop.ts";

/** Below the ports that the system hands out; another for each process that runs this file. */
const ports = portsFrom(22_000 + (process.pid % 200) * portsEach);

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "shop-"));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return { folder, [Symbol.asyncDispose]: remove };
}

describe("the shop", () => {
  const opened = new AsyncDisposableStack();
  let folder: string;
  let repository: Repository;
  let shop: Shop;
  before(async () => {
    ({ folder } = opened.use(await temporaryFolder()));
    repository = await createRepository(join(folder, "repo"), new Date());
    shop = await startShop(folder, repository, ports);
    opened.defer(() => shop.stop());
  });
  after(() => opened.disposeAsync());

  test("sells, deploys another commit under way, and counts both in its metrics", async () => {
    const cart = await post("frontend", "/cart", { cart: 7 });
    assert.match(String(cart["page"]), /^\d+ lines, \d+ €$/);
    assert.ok(Number((await post("frontend", "/buy", { cart: 7 }))["paid"]) > 0);

    const before = shop.runningHash("checkout");
    await repository.commit("current-prices");
    await shop.deploy("checkout", await repository.git("rev-parse", "HEAD"));
    assert.notEqual(shop.runningHash("checkout"), before);
    assert.ok(Number((await post("checkout", "/pay", { cart: 7 }))["paid"]) > 0);

    const [metrics = ""] = await metricsOf("checkout", folder);
    const version = shop.runningHash("checkout").slice(0, 7);
    assert.match(metrics, new RegExp(`build_info{version="${version}"} 1`));
    assert.match(metrics, /http_request_duration_seconds_count{.*route="POST \/pay",status="200"/);
    assert.match(metrics, /outbound_request_duration_seconds_count{.*callee="payments"/);
    assert.match(metrics, /db_pool_size{.*} 20/);
  });

  test("shares the calls among two versions, and a flag that is turned on reaches the newer one alone", async () => {
    const older = shop.runningHash("checkout");
    await repository.commit("sign-receipts");
    await shop.add("checkout", await repository.git("rev-parse", "HEAD"));
    const versions = (await metricsOf("checkout", folder)).map(
      (metrics) => /build_info{version="(\w+)"} 1/.exec(metrics)?.[1],
    );
    const both = [older, shop.runningHash("checkout")].map((hash) => hash.slice(0, 7));
    assert.deepEqual(versions, both);

    // Through the frontend, which makes a connection for each call.
    const paid = () => post("frontend", "/buy", { cart: 7 });
    const isSigned = (receipt: Record<string, unknown>) => "signature" in receipt;
    for (let turn = 0; turn < 10; turn += 1) assert.ok(!isSigned(await paid()));
    await shop.setFlag("signed-receipts", true);
    await until("a signed receipt", async () => isSigned(await paid()));
    await until("a receipt from the older version", async () => !isSigned(await paid()));
  });
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

/** What each process of the service tells Prometheus, the oldest first. */
async function metricsOf(service: string, folder: string): Promise<string[]> {
  const all: { targets: string[]; labels: { service: string } }[] = JSON.parse(
    await readFile(targetsFile(folder), "utf8"),
  );
  const targets = all.find(({ labels }) => labels.service === service)?.targets ?? [];
  return Promise.all(targets.map(async (at) => (await fetch(`http://${at}/metrics`)).text()));
}

/** Of a shop that is busy: where a callee is late, its caller answers 502, and is asked again. */
async function post(
  service: (typeof services)[number],
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const answer = await until(`${service} answers ${path}`, async () => {
    const response = await fetch(`http://127.0.0.1:${ports[service]}${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    });
    const text = await response.text();
    return response.status === 502 ? null : { status: response.status, text };
  });
  assert.equal(answer.status, 200);
  const told: unknown = JSON.parse(answer.text);
  assert.ok(typeof told === "object" && told !== null);
  return { ...told };
}

/** The first history holds the other one already. */
function isNew(name: string): name is EditName {
  return name !== "refuse-empty-reservation";
}
