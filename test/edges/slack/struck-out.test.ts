import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import type { Chart } from "../../../src/chart/chart.ts";
import { sendRow } from "../../../src/edges/slack/send.ts";
import type { OutboxPayload } from "../../../src/flows/change.ts";
import type { Outbox } from "../../../src/flows/outbox.ts";
import { openAnswering, saying, type Answering } from "./answering.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const token = ["ghp", "C2D0sjpJlIXnVPV5aYZ4gvCE1NSaCZZgFSXx"].join("_");
const told = `401 with ${token} for bob@acme.com`;
const body = { text: told, blocks: [{ type: "section", text: { type: "mrkdwn", text: told } }] };
const chart: Chart = {
  from: 0,
  to: 60_000,
  onset: 30_000,
  panels: [],
  markers: [{ at: 30_000, name: told }],
};
/** One of each kind: a new kind does not compile without its own. */
const payloads: { readonly [K in OutboxPayload["kind"]]: Extract<OutboxPayload, { kind: K }> } = {
  join: { kind: "join" },
  invite: { kind: "invite", user: "U00000000ANA" },
  message: { kind: "message", as: "answer", place: { in: "channel" }, body },
  ephemeral: { kind: "ephemeral", to: "U00000000ANA", body },
  chart: { kind: "chart", under: "living", chart, title: told, alt: told, comment: told },
  file: { kind: "file", under: "living", filename: "log.txt", title: told, text: told },
  topic: { kind: "topic", text: told, by: "U00000000BOT" },
  pin: { kind: "pin", of: "living" },
  bookmarks: {
    kind: "bookmarks",
    links: [{ title: told, link: `https://wiki.test/x?token=${token}&to=bob@acme.com` }],
  },
};

let answering: Answering;
before(async () => {
  answering = await openAnswering();
});
after(() => answering[Symbol.asyncDispose]());

/** All that left for Slack, the drawing among it. */
async function whatLeaves(payload: OutboxPayload, living: string | null): Promise<string> {
  const left: string[] = [];
  const { client } = answering;
  answering.answer = async (response, request) => {
    left.push(decodeURIComponent((await text(request)).replaceAll("+", " ")));
    const upload_url = `${new URL(client.slackApiUrl).origin}/upload`;
    const said = { ok: true, ts: "1.1", channel: { topic: { value: "" } }, bookmarks: [] };
    saying({ ...said, upload_url, file_id: "F1" })(response, request);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a first try asks no more of it
  const outbox = {
    tsOf: () => Promise.resolve(living),
    renew: () => Promise.resolve(true),
  } as unknown as Outbox;
  const row = {
    id: "box_1",
    channel: "C1",
    key: "row",
    payload,
    triedAt: null,
    attempts: 0,
    createdAt: new Date(),
  } as const;
  const sending = { client, outbox, lease: { channel: row.channel, id: "1" }, row };
  const addresses = { emails: true, ips: true };
  const came = await sendRow({ ...sending, addresses }, payload, (drawn) => {
    left.push(JSON.stringify(drawn));
    return Promise.resolve(new Uint8Array([1]));
  });
  assert.equal(came.kind, "done", JSON.stringify(came));
  return left.join("\n");
}

describe("no secret and no address leaves for Slack", () => {
  for (const payload of Object.values(payloads)) {
    const hasWords = JSON.stringify(payload).includes(token);
    for (const living of payload.kind === "message" ? [null, "1.1"] : ["1.1"]) {
      test(`by ${payload.kind}${payload.kind === "message" && living ? ", edited" : ""}`, async () => {
        const left = await whatLeaves(payload, living);
        assert.ok(left.length > 0);
        assert.equal(left.includes("[secret:github-personal-token]"), hasWords, left);
        assert.ok(!left.includes(token), left);
        assert.ok(!left.replaceAll("&to=bob@acme.com", "").includes("bob@acme.com"), left);
      });
    }
  }

  test("and a bookmark leads where it led", async () => {
    assert.match(await whatLeaves(payloads.bookmarks, "1.1"), /&to=bob@acme\.com/);
  });
});
