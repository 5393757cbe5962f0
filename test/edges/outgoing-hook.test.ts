import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { outgoingHook } from "../../src/edges/outgoing-hook.ts";
import type { Exported } from "../../src/flows/postmortem-ports.ts";

const given = {
  incident: "INC-42",
  version: 3,
  state: "published",
  title: "Postmortem of INC-42",
  markdown: "# ü",
} as const;
const now = () => new Date("2026-11-23T15:00:00Z");
const hook = (answer: () => Promise<Response>, sent: Request[] = []) =>
  outgoingHook({
    url: "https://wiki.test/in",
    secret: "s3cret",
    now,
    fetch: async (address, init) => {
      sent.push(new Request(address, init));
      return answer();
    },
  })(given, AbortSignal.timeout(10_000));
const said = (exported: Exported): string => (exported.ok ? exported.words : exported.said);

describe("the outgoing hook", () => {
  test("gets the postmortem, signed over the time and the very bytes, under one name a version", async () => {
    const sent: Request[] = [];
    const ok = async () => new Response(null, { status: 204 });
    assert.equal(said(await hook(ok, sent)), "wiki.test has taken it");
    await hook(ok, sent);
    const [first, second] = sent;
    const body = (await first?.text()) ?? "";
    assert.deepEqual(JSON.parse(body), { kind: "postmortem", ...given });
    const at = String(now().getTime() / 1000);
    const signature = createHmac("sha256", "s3cret").update(`v0:${at}:${body}`).digest("hex");
    assert.equal(first?.headers.get("x-hindsight-timestamp"), at);
    assert.equal(first?.headers.get("x-hindsight-signature"), `v0=${signature}`);
    assert.equal(first?.headers.get("x-hindsight-delivery"), "INC-42/3");
    assert.equal(second?.headers.get("x-hindsight-delivery"), "INC-42/3");
  });

  test("that refuses is told in a sentence with its mend", async () => {
    const answering = (status: number) => hook(async () => new Response("no", { status }));
    assert.match(
      said(await answering(401)),
      /^wiki\.test answered HTTP 401\. Check that OUTGOING_/,
    );
    assert.match(said(await answering(503)), /^wiki\.test answered HTTP 503\. Export again once/);
    const refused = Object.assign(new Error("x"), { code: "ECONNREFUSED" });
    const away = hook(() => Promise.reject(refused));
    assert.equal(said(await away), "wiki.test did not answer (connection refused). Export again.");
  });

  test("is not followed to another place", async () => {
    const headers = { location: "https://evil.test/" };
    const moved = hook(async () => new Response(null, { status: 307, headers }));
    assert.match(said(await moved), /^wiki\.test did not answer \(sent elsewhere \(evil\.test\)/);
  });
});
