import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { listenLocalWorkspace } from "../../src/local/workspace.ts";
import { secrets } from "./receiving-app.ts";

const ana = "U00000000ANA";

describe("a workspace with a state file", () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "hindsight-local-"))));
  after(() => rm(folder, { recursive: true }));

  const open = () =>
    listenLocalWorkspace({
      ...secrets,
      eventsUrl: "http://127.0.0.1:9/",
      retryDelaysMs: [],
      stateFile: join(folder, "workspace.json"),
      apps: [{ name: "Alertmanager", token: "xoxb-alerts" }],
    });

  test("is the same after a restart: channels, messages, files, bots; new timestamps stay later", async () => {
    const first = await open();
    const channel = first.createChannel({ name: "inc-1", by: ana });
    first.invite(channel.id, first.botUserId);
    const ts = first.say({ channel: channel.id, user: ana, text: "checkout is slow" });
    const client = new WebClient(secrets.botToken, { slackApiUrl: first.apiUrl });
    await client.filesUploadV2({
      channel_id: channel.id,
      filename: "a.txt",
      file: Buffer.from("hello"),
    });
    const alertmanager = first.users.find((user) => user.name === "alertmanager")?.id;
    await first.close();

    const second = await open();
    assert.deepEqual(
      second.messages("inc-1").map((message) => message.text),
      first.messages("inc-1").map((message) => message.text),
    );
    assert.equal(second.users.find((user) => user.name === "alertmanager")?.id, alertmanager);
    assert.ok(Number(second.say({ channel: "inc-1", user: ana, text: "still" })) > Number(ts));
    const file = second.messages("inc-1").flatMap((message) => message.files ?? [])[0];
    const address = `${second.publicUrl}/files/${file?.id}/a.txt`;
    assert.equal(await (await fetch(address)).text(), "hello");
    await second.close();
    assert.ok(!(await readFile(join(folder, "workspace.json"), "utf8")).includes("xoxb"));
  });

  test("does not overwrite a file that is not its own", async () => {
    await writeFile(join(folder, "workspace.json"), "{}");
    await assert.rejects(open(), /not a state file/);
  });
});
