import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failureWords, fetchWithin, oneLine, withinSignal } from "../../src/edges/outgoing.ts";
import { json, startOddServer } from "./odd-server.ts";

describe("a request to a configured origin", () => {
  it("follows redirects within the origin, with the method and headers it had", async () => {
    await using server = await startOddServer((asked, response) => {
      if (asked.path === "/new") return json(response, { there: true });
      response.writeHead(301, { location: "/new" }).end();
    });
    const fetch = fetchWithin({ origin: server.url, bytesMax: 1_000 });
    const response = await fetch(`${server.url}/old`, { headers: { authorization: "x" } });
    assert.deepEqual(await response.json(), { there: true });
    assert.equal(server.asked[1]?.headers["authorization"], "x");
  });

  it("never leaves the origin, by its address or by a redirect, and asks nothing there", async () => {
    await using other = await startOddServer((_asked, response) => json(response, {}));
    await using server = await startOddServer((_asked, response) => {
      response.writeHead(307, { location: `${other.url}/stolen` }).end();
    });
    const fetch = fetchWithin({ origin: server.url, bytesMax: 1_000 });
    await assert.rejects(
      fetch(`${server.url}/`),
      /sent elsewhere \(127\.0\.0\.1:\d+\), not followed/,
    );
    await assert.rejects(fetch(other.url), /sent elsewhere/);
    assert.equal(other.asked.length, 0);
  });

  it("is not sent round in circles", async () => {
    await using server = await startOddServer((_asked, response) => {
      response.writeHead(302, { location: "/again" }).end();
    });
    const fetch = fetchWithin({ origin: server.url, bytesMax: 1_000 });
    await assert.rejects(fetch(server.url), /redirected more than 3 times/);
    assert.equal(server.asked.length, 4);
  });

  it("takes a body up to its limit and no byte more", async () => {
    await using server = await startOddServer(({ path }, response) => {
      response.end("x".repeat(Number(path.slice(1))));
    });
    const fetch = fetchWithin({ origin: server.url, bytesMax: 1_000 });
    assert.equal((await (await fetch(`${server.url}/1000`)).text()).length, 1_000);
    const long = await fetch(`${server.url}/1001`);
    await assert.rejects(long.text(), /more than 0.001 MB/);
  });
});

describe("a deadline", () => {
  it("ends a wait for work that does not listen to it", async () => {
    const stop = new AbortController();
    const waiting = withinSignal(stop.signal, new Promise(() => {}));
    stop.abort();
    await assert.rejects(waiting, { message: "no answer in time" });
    await assert.rejects(
      withinSignal(AbortSignal.abort(), Promise.resolve(1)),
      /no answer in time/,
    );
  });

  it("does not stand in the way of work that is done before it, or fails by itself", async () => {
    const { signal } = new AbortController();
    assert.equal(await withinSignal(signal, Promise.resolve(1)), 1);
    await assert.rejects(withinSignal(signal, Promise.reject(new Error("own"))), {
      message: "own",
    });
  });
});

it("a failure is told in words that a person knows, by its deepest known cause", () => {
  assert.equal(failureWords(coded("ECONNREFUSED")), "connection refused");
  assert.equal(failureWords(coded("ENOTFOUND")), "host not found");
  assert.equal(failureWords(coded("UND_ERR_SOCKET")), "connection closed before the answer ended");
  assert.equal(failureWords(coded("DEPTH_ZERO_SELF_SIGNED_CERT")), "certificate not accepted");
  assert.equal(failureWords(coded("HPE_INVALID_CONSTANT")), "not HTTP");
  assert.equal(failureWords(new DOMException("x", "TimeoutError")), "no answer in time");
  assert.equal(failureWords(new Error("outer", { cause: new Error("inner\n one") })), "inner one");
  assert.equal(failureWords("?"), "failed");
  assert.equal(oneLine("y".repeat(500)).length, 161);
});

function coded(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}
