import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { openStore, type Opened } from "../postgres/opened.ts";
import { bearer, openHooking, post, secrets, type Hooking } from "./hooking.ts";

let opened: Opened;
let hooking: Hooking;
before(async () => {
  opened = await openStore();
  hooking = await openHooking(opened.url);
});
after(async () => {
  await hooking[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});
beforeEach(() => opened.sql`delete from pgboss.job`);

const alert = { status: "firing", labels: {}, startsAt: "2026-11-22T09:00:00Z" };
const payload = { version: "4", groupKey: "g", alerts: [alert] };
const json = JSON.stringify(payload);
const send = (body: string | Buffer | object, headers: Readonly<Record<string, string>> = {}) =>
  post(`${hooking.url}alertmanager`, body, { ...bearer(secrets.alertmanager), ...headers });
const jobs = async () => (await opened.sql`select 1 from pgboss.job`).length;

describe("what is posted to a hook", () => {
  test("is read though it begins with a byte order mark, and whatever its content type says", async () => {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    assert.equal((await send(`\uFEFF${json}`, type))[0], 202);
    assert.equal(await jobs(), 1);
  });

  test("may be 25 MB long, and not one byte more", async () => {
    const bare = JSON.stringify({ ...payload, padding: "" }).length;
    const padded = (bytes: number) => ({ ...payload, padding: "x".repeat(bytes - bare) });
    assert.deepEqual(await send(padded(25_000_001)), [413, "The body is larger than 25 MB."]);
    assert.equal(await jobs(), 0);
    assert.equal((await send(padded(25_000_000)))[0], 202);
    assert.equal(await jobs(), 1);
  });

  const mends: readonly (readonly [string, string | Buffer | object, RegExp])[] = [
    ["nothing", "", /^the body: is empty; post JSON$/],
    ["a form", "payload=%7B%7D", /^the body: is a form; .* content type to application\/json$/],
    ["gzip", gzipSync(json), /^the body: is compressed; send plain JSON$/],
    ["UTF-16", Buffer.from(json, "utf16le"), /^the body: is not UTF-8; send JSON in UTF-8$/],
    ["brackets without an end", "[".repeat(100_000), /^the body: is not JSON$/],
    ["brackets in brackets", "[".repeat(50_000) + "]".repeat(50_000), /^the body: /],
    ["labels that are a list", { ...payload, alerts: [{ ...alert, labels: [] }] }, /labels: /],
  ];
  for (const [what, body, said] of mends) {
    test(`is refused where it is ${what}, with what mends it`, async () => {
      const [status, answer] = await send(body);
      assert.equal(status, 400);
      assert.match(answer, said);
      assert.equal(await jobs(), 0);
    });
  }
});
