import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig, type Config } from "../../src/config.ts";
import { logsSources, metricsSources, versionSources } from "../../src/program/sources.ts";
import { loki } from "../edges/loki/pretended.ts";
import { startOddServer, type Asked } from "../edges/odd-server.ts";
import { discovery, window } from "../edges/prometheus/pretended.ts";
import { someService } from "../edges/some-service.ts";

const deadline = () => AbortSignal.timeout(20_000);
const long = `sum(up{x="${"y".repeat(3_000)}"})`;

/** The servers of these settings, reached at `url`: one unnamed, two named. */
function configured(variable: "PROMETHEUS_URL" | "LOKI_URL", url: string): Config {
  const files: Readonly<Record<string, string>> = { "/run/secrets/us": "s3cret\n" };
  const settings = {
    [variable]: `${url.replace("//", "//ana:pass@")}/plain`,
    [`${variable}_EU`]: `${url}/eu`,
    [`${variable}_EU_HEADERS`]: "X-Scope-OrgID: shop|shop-eu, X-Other: a:b",
    [`${variable}_EU_BEARER_TOKEN`]: "t0ken",
    [`${variable}_US`]: `${url}/us/`,
    [`${variable}_US_USERNAME`]: "bo",
    [`${variable}_US_PASSWORD_FILE`]: "/run/secrets/us",
  };
  const read = (path: string) => files[path] ?? assert.fail(path);
  const reading = readConfig(settings, { read, has: (path) => path in files });
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.config;
}

/** Every request to each of the three carried what its settings say, and nothing of the others'. */
function assertCarried(asked: readonly Asked[], requestsMin: number): void {
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
  const wanted = [
    { path: "/plain/", authorization: basic("ana:pass"), tenant: undefined, other: undefined },
    { path: "/eu/", authorization: "Bearer t0ken", tenant: "shop|shop-eu", other: "a:b" },
    { path: "/us/", authorization: basic("bo:s3cret"), tenant: undefined, other: undefined },
  ];
  for (const { path, authorization, tenant, other } of wanted) {
    const own = asked.filter((one) => one.path.startsWith(path));
    assert.ok(own.length >= requestsMin, `${path}: ${own.length} requests`);
    for (const { headers } of own) {
      assert.equal(headers["authorization"], authorization, path);
      assert.equal(headers["x-scope-orgid"], tenant, path);
      assert.equal(headers["x-other"], other, path);
    }
  }
  assert.ok(asked.every((one) => wanted.some(({ path }) => one.path.startsWith(path))));
}

describe("the settings of named servers arrive with every request", () => {
  test("to Prometheis: for names, types, readings by address and by form, versions and the check", async () => {
    const others = discovery(["good_total"]);
    await using server = await startOddServer((asked, response) => {
      const path = asked.path.replace(/^\/(plain|eu|us)/, "");
      return others({ ...asked, path }, response);
    });
    const config = configured("PROMETHEUS_URL", server.url);
    const named = { name: "up", kind: "other" as const, query: long };
    for (const metrics of metricsSources(config)) {
      const queried = someService("b", { metrics: { source: metrics.key, queries: [named] } });
      // oxlint-disable-next-line no-await-in-loop -- in turn, so that the order tells which failed
      const read = await metrics.series([someService("cart"), queried], window, deadline());
      assert.deepEqual(read.items.map(({ name }) => name).toSorted(), ["good_total", "up"]);
      // oxlint-disable-next-line no-await-in-loop -- as above
      assert.equal((await metrics.check(deadline())).ok, true);
    }
    for (const versions of versionSources(config)) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await versions.recent([someService("cart")], window, deadline());
    }
    assert.ok(server.asked.some(({ method }) => method === "POST"));
    assertCarried(server.asked, 15);
  });

  test("to Lokis: for labels, lines and the check", async () => {
    const others = loki({ lines: {}, labels: { app: ["cart"] } });
    await using server = await startOddServer((asked, response) => {
      const path = asked.path.replace(/^\/(plain|eu|us)/, "");
      return others({ ...asked, path }, response);
    });
    for (const logs of logsSources(configured("LOKI_URL", server.url))) {
      // oxlint-disable-next-line no-await-in-loop -- in turn, so that the order tells which failed
      await logs.lines([someService("cart")], window, deadline());
      // oxlint-disable-next-line no-await-in-loop -- as above
      assert.equal((await logs.check(deadline())).ok, true);
    }
    assertCarried(server.asked, 8);
  });

  test("and a service is asked for on the server that its catalog entry names, whatever the case", async () => {
    await using server = await startOddServer((asked, response) => {
      const path = asked.path.replace(/^\/(plain|eu|us)/, "");
      return discovery(["good_total"])({ ...asked, path }, response);
    });
    const services = [someService("cart", { metrics: { source: "EU", queries: [] } })];
    for (const metrics of metricsSources(configured("PROMETHEUS_URL", server.url))) {
      // oxlint-disable-next-line no-await-in-loop -- in turn, so that the order tells which failed
      const { items } = await metrics.series(services, window, deadline());
      assert.equal(items.length, metrics.key === "eu" ? 1 : 0, metrics.key);
    }
    assert.ok(server.asked.every(({ path }) => path.startsWith("/eu/")));
  });
});
