import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Local } from "../../src/program/local.ts";
import { ana, patienceMs, startRunning, type Running } from "./running.ts";

describe("a log file that is uploaded into a running incident", () => {
  let running: Running;
  let local: Local;
  let channel = "";
  before(async () => {
    running = await startRunning();
    const opened = running.serving.local();
    if (opened === null) throw new Error("the local workspace did not open");
    local = opened;
    channel = await local.play("n-plus-one", 10);
  });
  after(() => running[Symbol.asyncDispose]());

  const living = () =>
    local.workspace.messages(channel).find(({ text }) => /INC-\d+, since/.test(text));
  const see = <T>(look: () => T | undefined | false | null): Promise<T> =>
    local.workspace.waitFor(look, patienceMs);

  test("in its thread, packed, becomes a finding of the living message", async () => {
    const { ts } = await see(() => living()?.text.includes("What is known") && living());
    const lines = Array.from({ length: 40 }, (_, n) => `ERROR ledger sealed, refused ${n} entries`);
    const content = gzipSync(lines.join("\n"));
    const file = { name: "checkout.log.gz", content, threadTs: ts };
    await local.workspace.shareFile({ channel, user: ana, ...file });
    const told = await see(() => living()?.text.includes("ledger sealed") && living());
    assert.match(
      told.text,
      /log line of checkout, 40× .*"ledger sealed, refused &lt;n&gt; entries"/,
    );
  });

  test("that is no text is answered in one sentence, in the thread where it was shared", async () => {
    const content = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]);
    const ts = await local.workspace.shareFile({ channel, user: ana, name: "core", content });
    const answers = () => local.workspace.replies(channel, ts).filter(({ user }) => user !== ana);
    const [answer] = await see(() => answers().length > 0 && answers());
    assert.equal(answer?.text, "core was not read: it is not text in UTF-8.");
  });
});
