import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { metricsOnPrometheus } from "../../../src/edges/prometheus/metrics.ts";
import { json, startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { discovery, matrix, onset, window } from "./pretended.ts";

const deadline = () => AbortSignal.timeout(10_000);
const on = (url: string) => metricsOnPrometheus({ name: "Prometheus", key: "", url });
const cpuQuery = { name: "cpu", kind: "cpu" as const, query: "cpu" };
const queried = someService("checkout", { metrics: { queries: [cpuQuery] } });

describe("asking Prometheus", () => {
  it("understands NaN and the infinities, which JSON cannot write as numbers", async () => {
    const values = ["NaN", "+Inf", "-Inf", "1e3"];
    await using server = await startOddServer((_asked, response) =>
      matrix(response, [[{}, values.map((value, index): [number, string] => [index, value])]]),
    );
    const { items } = await on(server.url).series([queried], window, deadline());
    assert.deepEqual(
      items[0]?.points.map(([, value]) => value),
      [Number.NaN, Infinity, -Infinity, 1000],
    );
  });

  it("keeps a base path, sends headers and credentials, and posts what is too long for an address", async () => {
    await using server = await startOddServer((_asked, response) => matrix(response, []));
    const metrics = metricsOnPrometheus({
      name: "Prometheus",
      key: "",
      url: `${server.url}/mimir/`,
      headers: { "X-Scope-OrgID": "shop" },
      username: "ana",
      password: "s3cret",
    });
    const long = { ...cpuQuery, query: `sum({x="${"y".repeat(3_000)}"})` };
    const service = someService("checkout", { metrics: { queries: [cpuQuery, long] } });
    await metrics.series([service], window, deadline());
    const [short, posted] = server.asked.toSorted((a, b) => a.method.localeCompare(b.method));
    assert.deepEqual([short?.method, posted?.method], ["GET", "POST"]);
    assert.equal(posted?.parameters.get("query"), long.query);
    for (const asked of [short, posted]) {
      assert.equal(asked?.path, "/mimir/api/v1/query_range");
      assert.equal(asked.headers["x-scope-orgid"], "shop");
      assert.equal(asked.headers["authorization"], `Basic ${btoa("ana:s3cret")}`);
    }
  });

  it("takes credentials out of the address before anything is asked or cited", async () => {
    await using server = await startOddServer((_asked, response) => matrix(response, [[{}, []]]));
    const metrics = on(server.url.replace("//", "//ana:s3cret@"));
    const { items } = await metrics.series([queried], window, deadline());
    assert.equal(server.asked[0]?.headers["authorization"], `Basic ${btoa("ana:s3cret")}`);
    assert.match(items[0]?.source.url ?? "", /^http:\/\/127/);
  });

  it("stays far below 11,000 points, with a grid that has the onset on it", async () => {
    await using server = await startOddServer((_asked, response) => matrix(response, []));
    for (const days of [0.01, 1, 30, 400, 4_000]) {
      const from = new Date(onset.getTime() - days * 86_400_000 - 7_777);
      await on(server.url).series([queried], { ...window, from }, deadline());
      const { parameters } = server.asked.at(-1) ?? assert.fail("nothing was asked");
      const [start, end, step] = ["start", "end", "step"].map((name) =>
        Number(parameters.get(name)),
      );
      assert.ok(start !== undefined && end !== undefined && step !== undefined);
      assert.ok((end - start) / step < 1_000 && start >= from.getTime() / 1000);
      assert.equal((onset.getTime() / 1000 - start) % step, 0);
    }
  });

  it("finds 150 metrics of three services in few questions, never more than eight at once", async () => {
    const metrics = Array.from({ length: 50 }, (_, index) => `thing_${index}_total`);
    await using server = await startOddServer(discovery(metrics));
    const services = ["a", "b", "c"].map((name) =>
      someService(name, { metrics: { selector: `service="${name}"`, queries: [] } }),
    );
    const { items } = await on(server.url).series(services, window, deadline());
    assert.equal(items.length, 150);
    assert.ok(server.asked.length <= 15, `${server.asked.length} questions`);
    assert.ok(server.openMax() <= 8, `${server.openMax()} at once`);
  });

  it("asks once for the same reading of twenty services, and gives each its own", async () => {
    await using server = await startOddServer(discovery(["one_total", "two_total"]));
    const services = Array.from({ length: 20 }, (_, index) => {
      const selector = `service="s${index}", zone="a"`;
      return someService(`s${index}`, { metrics: { selector, queries: [] } });
    });
    const { items } = await on(server.url).series(services, window, deadline());
    const asked = server.asked.filter(({ path }) => path === "/api/v1/query_range");
    assert.equal(asked.length, 2);
    assert.deepEqual(
      items.map(({ name, service }) => `${service} ${name}`).toSorted(),
      services.flatMap(({ name }) => [`${name} one_total`, `${name} two_total`]).toSorted(),
    );
    const ofS7 = items.find(({ service }) => service === "s7")?.source.query ?? "";
    assert.match(ofS7, /\{service="s7", zone="a"\}/);
  });

  it("asks for each reading alone when the joint question is refused, and names the one that is", async () => {
    const well = discovery(["good_total", "bad_total"]);
    await using server = await startOddServer((asked, response) => {
      const isBad = asked.parameters.get("query")?.includes("bad_total") ?? false;
      if (isBad)
        json(response, { status: "error", errorType: "execution", error: "too many samples" }, 422);
      else return well(asked, response);
    });
    const { items, leftOut } = await on(server.url).series(
      [someService("cart")],
      window,
      deadline(),
    );
    assert.deepEqual(
      items.map(({ name }) => name),
      ["good_total"],
    );
    assert.deepEqual(leftOut, ["bad_total of cart: too many samples"]);
  });

  it("reads at most 200 metrics of a service and says how many it left", async () => {
    const metrics = Array.from({ length: 512 }, (_, index) => `thing_${index}_total`);
    await using server = await startOddServer(discovery([...metrics, "request_latency_total"]));
    const { items, leftOut } = await on(server.url).series(
      [someService("cart")],
      window,
      deadline(),
    );
    assert.equal(items.length, 200);
    assert.equal(items[0]?.name, "request_latency_total");
    assert.deepEqual(leftOut, ["313 of 513 metrics of cart: the limit is 200"]);
  });

  it("passes the server's warnings on, and says which of the catalog's queries finds nothing", async () => {
    await using server = await startOddServer((_asked, response) => {
      const data = { resultType: "matrix", result: [] };
      json(response, { status: "success", data, warnings: ["one store\n did not answer"] });
    });
    const { leftOut } = await on(server.url).series([queried], window, deadline());
    assert.deepEqual(leftOut, [
      "cpu of checkout: no data in the window",
      "the server warns: one store did not answer",
    ]);
  });

  it("names services by their jobs, without the namespace that OpenTelemetry puts before them", async () => {
    await using server = await startOddServer((asked, response) => {
      const jobs = ["shop/orders", "node", "shop-eu/orders"];
      json(response, { status: "success", data: asked.path.includes("/job/") ? jobs : [] });
    });
    assert.deepEqual(await on(server.url).serviceNames(deadline()), ["node", "orders"]);
  });

  it("calls a server that speaks only the queries well", async () => {
    await using server = await startOddServer((asked, response) => {
      if (asked.path !== "/api/v1/query") response.writeHead(404).end();
      else json(response, { status: "success", data: { resultType: "scalar", result: [1, "1"] } });
    });
    assert.deepEqual(await on(server.url).check(deadline()), { ok: true, said: "answers queries" });
  });
});
