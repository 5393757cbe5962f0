import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { sharedFilesOn } from "../../../src/edges/slack/shared-file.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../../src/local/workspace.ts";
import { slackClient } from "../../../src/program/slack.ts";
import { json, startOddServer, type Behave } from "../odd-server.ts";
import { ana, secrets, silentLog } from "./posting.ts";

const clientAt = (apiUrl: string) => slackClient({ botToken: secrets.botToken, apiUrl }, silentLog);
const line = "ERROR pool exhausted, waited 500 ms\n";

describe("a file in the local workspace, read with the bot's token", () => {
  let slack: LocalWorkspace;
  before(async () => {
    slack = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: "http://127.0.0.1:9/",
      retryDelaysMs: [],
    });
  });
  after(() => slack.close());

  async function read(content: Uint8Array, name = "app.log") {
    await slack.shareFile({ channel: "general", user: ana, name, content });
    const id = slack.messages("general").at(-1)?.files?.[0]?.id ?? "";
    return sharedFilesOn(clientAt(slack.apiUrl))(id);
  }

  test("is its lines, whatever its name is", async () => {
    const error = { at: null, level: "error", text: "pool exhausted, waited 500 ms" };
    const info = { at: null, level: "info", text: "été ☂" };
    const whole = { kind: "log", lines: [error, error, info], leftOut: [] };
    const content = Buffer.from(`${line}${line}\n  at pool.ts:7\r\nINFO été ☂`);
    assert.deepEqual(await read(content), { ...whole, name: "app.log" });
    assert.deepEqual(await read(content, "app"), { ...whole, name: "app" });
    assert.deepEqual(await read(gzipSync(content), "app.gz"), { ...whole, name: "app.gz" });
  });

  test("is cut at 5 MB, at the end of a line, packed or not, and then at 10,000 lines", async () => {
    const long = `ERROR ${"☂".repeat(50)}\n`.repeat(100_000);
    for (const content of [Buffer.from(long), gzipSync(long)]) {
      // oxlint-disable-next-line no-await-in-loop -- 15 MB each
      const file = await read(content);
      assert.ok(file.kind === "log");
      assert.deepEqual(new Set(file.lines.map(({ text }) => text)), new Set(["☂".repeat(50)]));
      assert.equal(file.lines.length, 10_000);
      assert.deepEqual(file.leftOut, [
        "what app.log holds beyond its first 5 MB",
        "21,847 lines of app.log: the limit is 10,000",
      ]);
    }
  });

  test("is what the first 5 MB of a larger gzip hold", async () => {
    const noise = randomBytes(6_000_000)
      .toString("base64")
      .replaceAll(/.{100}/g, "ERROR $&\n");
    const file = await read(gzipSync(noise, { level: 1 }));
    assert.ok(file.kind === "log");
    assert.equal(file.leftOut[0], "what app.log holds beyond its first 5 MB");
  });

  test("is no log where too few lines begin with a time or a level", async () => {
    const unread = { kind: "unreadable", because: "no-log", name: "app.log" };
    for (const text of ["", "ERROR alone", "- call the bank\n- sleep\n- eat\nERROR one"]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      assert.deepEqual(await read(Buffer.from(text)), unread);
    }
  });

  test("is not text where its bytes are none, or its gzip is broken", async () => {
    const unreadable = { kind: "unreadable", because: "not-text", name: "app.log" };
    for (const content of [
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      Buffer.from([0x66, 0xff, 0xfe, 0x66]),
      Buffer.from(line, "utf16le"),
      Buffer.concat([gzipSync(line).subarray(0, 12), Buffer.alloc(40, 7)]),
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      assert.deepEqual(await read(content), unreadable);
    }
  });

  test("is none where it is a picture, or is not there", async () => {
    assert.deepEqual(await read(Buffer.from(line), "graph.png"), { kind: "none" });
    assert.deepEqual(await sharedFilesOn(clientAt(slack.apiUrl))("F0"), { kind: "none" });
  });
});

/** What is read where Slack answers so about the file, and so for its bytes. */
async function readFrom(info: (url: string) => object, bytes: Behave = () => undefined) {
  await using server = await startOddServer((asked, response) =>
    asked.path.startsWith("/api/") ? json(response, info(server.url)) : bytes(asked, response),
  );
  const reading = await sharedFilesOn(clientAt(`${server.url}/api/`))("F1");
  return { reading, asked: server.asked.filter(({ path }) => !path.startsWith("/api/")) };
}
const hosted = (url: string) => ({
  ok: true,
  file: {
    id: "F1",
    name: "app.log",
    mimetype: "text/plain",
    url_private_download: `${url}/app.log`,
  },
});
const notShown = { kind: "unreadable", because: "not-shown", name: "app.log" };

test("a file is fetched once, and asked for each time", async () => {
  let isThere = true;
  await using server = await startOddServer((asked, response) => {
    if (!asked.path.startsWith("/api/")) response.end(`${line}${line}`);
    else json(response, isThere ? hosted(server.url) : { ok: false, error: "file_deleted" });
  });
  const fileOf = sharedFilesOn(clientAt(`${server.url}/api/`));
  const first = await fileOf("F1");
  assert.ok(first.kind === "log" && first.lines.length === 2);
  assert.deepEqual(await fileOf("F1"), first);
  assert.equal(server.asked.filter(({ path }) => path === "/app.log").length, 1);
  isThere = false;
  assert.deepEqual(await fileOf("F1"), { kind: "none" });
});

describe("a file that Slack does not give", () => {
  test("is none where it was deleted, is a link elsewhere, or its bytes are gone", async () => {
    const deleted = await readFrom(() => ({ ok: false, error: "file_deleted" }));
    assert.deepEqual(deleted.reading, { kind: "none" });
    for (const more of [
      { mode: "tombstone" },
      { is_external: true },
      { mode: "hidden_by_limit" },
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { reading, asked } = await readFrom((url) => ({
        ok: true,
        file: { ...hosted(url).file, ...more },
      }));
      assert.deepEqual([reading, asked], [{ kind: "none" }, []]);
    }
    const gone = await readFrom(hosted, (_asked, response) => void response.writeHead(404).end());
    assert.deepEqual(gone.reading, { kind: "none" });
  });

  test("is not shown where it belongs to another organisation or a page to sign in comes", async () => {
    const denied = await readFrom(() => ({ ok: false, error: "access_denied" }));
    assert.deepEqual(denied.reading, { kind: "unreadable", because: "not-shown" });
    const page: Behave = (_asked, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end("<!DOCTYPE html><title>Sign in</title>");
    };
    const redirect: Behave = (_asked, response) =>
      void response.writeHead(302, { location: "/?redir=%2Fapp.log" }).end();
    for (const bytes of [page, redirect]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { reading, asked } = await readFrom(hosted, bytes);
      assert.deepEqual(reading, notShown);
      assert.equal(asked.length, 1, "no redirect is followed");
    }
  });

  test("tells which permission is missing", async () => {
    const { reading } = await readFrom(() => ({ ok: false, error: "missing_scope" }));
    assert.deepEqual(reading, { kind: "unreadable", because: "no-permission" });
  });

  test("is not asked for anywhere but at Slack's own host, so that the token goes nowhere else", async () => {
    await using elsewhere = await startOddServer((_asked, response) => void response.end(line));
    const { reading } = await readFrom(() => hosted(elsewhere.url));
    assert.deepEqual(reading, notShown);
    assert.deepEqual(elsewhere.asked, []);
    const without = await readFrom(() => ({ ok: true, file: { id: "F1", name: "app.log" } }));
    assert.deepEqual(without.reading, notShown);
  });

  test("is tried again where Slack is away: it rejects in words", async () => {
    const away = readFrom(hosted, (_asked, response) => void response.writeHead(503).end());
    await assert.rejects(away, /^Error: HTTP 503$/);
    const broken = readFrom(hosted, (_asked, response) => void response.destroy());
    await assert.rejects(broken, /^Error: connection closed before the answer ended$/);
    const slow = readFrom(() => ({ ok: false, error: "internal_error" }));
    await assert.rejects(slow, /^Error: internal_error$/);
  });
});
