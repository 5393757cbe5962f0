import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig, type Config } from "../src/config.ts";
import type { Environment } from "../src/config-values.ts";

function accepted(env: Environment): Config {
  const reading = readConfig(env);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.config;
}

describe("several Prometheis", () => {
  test("have a key each, their credentials and their headers", () => {
    const { prometheis } = accepted({
      PROMETHEUS_URL: "http://one:9090",
      PROMETHEUS_URL_EU: "https://eu.test/prom",
      PROMETHEUS_URL_EU_BEARER_TOKEN: "t",
      PROMETHEUS_URL_EU_HEADERS: "X-Scope-OrgID: shop, X-Other: a:b",
      PROMETHEUS_URL_US: "http://us",
      PROMETHEUS_URL_US_USERNAME: "u",
      PROMETHEUS_URL_US_PASSWORD: "p",
    });
    assert.deepEqual(prometheis, [
      { key: "", url: "http://one:9090", headers: {} },
      {
        key: "eu",
        url: "https://eu.test/prom",
        bearerToken: "t",
        headers: { "X-Scope-OrgID": "shop", "X-Other": "a:b" },
      },
      { key: "us", url: "http://us", headers: {}, username: "u", password: "p" },
    ]);
  });
});

test("Lokis are named and reached as Prometheis are, and neither is taken for the other", () => {
  const { lokis, prometheis } = accepted({
    LOKI_URL: "http://loki:3100",
    LOKI_URL_EU: "https://logs.eu.test/loki",
    LOKI_URL_EU_HEADERS: "X-Scope-OrgID: shop",
    PROMETHEUS_URL: "http://prom:9090",
  });
  assert.deepEqual(lokis, [
    { key: "", url: "http://loki:3100", headers: {} },
    { key: "eu", url: "https://logs.eu.test/loki", headers: { "X-Scope-OrgID": "shop" } },
  ]);
  assert.deepEqual(
    prometheis.map(({ url }) => url),
    ["http://prom:9090"],
  );
});
