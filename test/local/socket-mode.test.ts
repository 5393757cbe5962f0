import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import { secrets } from "./receiving-app.ts";

const ana = "U00000000ANA";

let slack: LocalWorkspace;
let app: App;

beforeEach(async () => {
  slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: "http://127.0.0.1:9/",
    appToken: "xapp-local",
    retryDelaysMs: Array.from({ length: 40 }, () => 100),
  });
  app = new App({
    token: secrets.botToken,
    receiver: new SocketModeReceiver({
      appToken: "xapp-local",
      clientPingTimeout: 200,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    }),
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
});
afterEach(async () => {
  await app.stop();
  await slack.waitFor((workspace) => workspace.socketCount() === 0);
  await slack.close();
});

describe("Socket Mode, as the real Bolt sees it", () => {
  test("a mention arrives and is answered", async () => {
    app.event("app_mention", async ({ event, say }) => {
      await say({ text: "Looking", thread_ts: event.ts });
    });
    await app.start();
    const ts = slack.say({ channel: "general", user: ana, text: `<@${slack.botUserId}> help` });
    await slack.waitFor((workspace) => workspace.replies("general", ts).length === 2);
    await slack.waitFor((workspace) =>
      workspace.deliveries().every((each) => each.state === "delivered"),
    );
  });

  test("a command's answer and a modal's errors come in the acknowledgement", async () => {
    app.command("/hindsight", async ({ ack, client, body }) => {
      await ack("Opening");
      await client.views.open({ trigger_id: body.trigger_id, view: modal });
    });
    app.view("name-it", ({ ack }) =>
      ack({ response_action: "errors", errors: { name: "Already taken" } }),
    );
    await app.start();
    await slack.command({ user: ana, channel: "general", command: "/hindsight" });
    assert.equal(slack.ephemerals("general", ana)[0]?.text, "Opening");
    await slack.waitFor((workspace) => workspace.modalOf(ana));
    await slack.submit({ user: ana, values: { name: "inc" } });
    assert.deepEqual(slack.modalOf(ana)?.errors, { name: "Already taken" });
  });

  test("asked to reconnect, or cut off, the client is back and misses nothing", async () => {
    const heard: string[] = [];
    app.message(({ message }) => {
      if ("text" in message) heard.push(message.text ?? "");
      return Promise.resolve();
    });
    await app.start();
    slack.disconnectSockets("hang-up");
    await slack.waitFor((workspace) => workspace.socketCount() === 0);
    await slack.waitFor((workspace) => workspace.socketCount() === 1);
    slack.say({ channel: "general", user: ana, text: "still there" });
    slack.disconnectSockets("refresh_requested");
    await slack.waitFor((workspace) =>
      workspace.deliveries().some((each) => each.state === "delivered"),
    );
    await slack.waitFor((workspace) => workspace.socketCount() === 1);
    slack.say({ channel: "general", user: ana, text: "and now" });
    await slack.waitFor(
      (workspace) =>
        workspace.deliveries().filter((each) => each.state === "delivered").length === 2,
    );
    assert.ok(heard.includes("still there"));
    assert.ok(heard.includes("and now"));
  });

  test("a socket without a ticket is refused", async () => {
    const { WebSocket } = await import("ws");
    const socket = new WebSocket(`${slack.publicUrl.replace("http", "ws")}/socket?ticket=K0`);
    const status = await new Promise((resolve) => {
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.on("error", () => {});
    });
    assert.equal(status, 403);
  });
});

const modal = {
  type: "modal" as const,
  callback_id: "name-it",
  title: { type: "plain_text" as const, text: "Name it" },
  submit: { type: "plain_text" as const, text: "Save" },
  blocks: [
    {
      type: "input" as const,
      block_id: "name",
      label: { type: "plain_text" as const, text: "Name" },
      element: { type: "plain_text_input" as const, action_id: "text" },
    },
  ],
};
