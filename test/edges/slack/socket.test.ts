import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { openSocket } from "../../../src/edges/slack/socket.ts";
import { listenLocalWorkspace } from "../../../src/local/workspace.ts";
import { secrets } from "../../local/receiving-app.ts";
import { until } from "../../until.ts";

const ana = "U00000000ANA";
const patienceMs = 30_000;

async function openSlack() {
  const slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: "http://127.0.0.1:9/",
    appToken: "xapp-local",
    retryDelaysMs: Array.from({ length: 100 }, () => 100),
  });
  return Object.assign(slack, { [Symbol.asyncDispose]: () => slack.close() });
}

/** What came in, and what a person was told. */
function listening(appToken: string, apiUrl: string) {
  const [taken, told]: [object[], string[]] = [[], []];
  const socket = openSocket(appToken, apiUrl, {
    intake: { put: async ({ body }) => void taken.push(body) },
    now: () => new Date(),
    answer: () => Promise.resolve(undefined),
    onEvent: () => undefined,
    onTrouble: (sentence) => void told.push(sentence),
  });
  return { ...socket, taken, told };
}

describe("Slack's socket", () => {
  test("that Slack refuses is told once, with the setting that mends it", async () => {
    await using slack = await openSlack();
    await using socket = listening("xapp-wrong", slack.apiUrl);
    assert.equal(socket.trouble(), "Slack's socket is being opened.");
    await until("it is told", () => socket.told.length > 0);
    assert.match(socket.trouble() ?? "", /not open \(invalid_auth\); check SLACK_APP_TOKEN/);
    assert.deepEqual(socket.told, [socket.trouble()]);
  });

  test("is opened again as soon as Slack can be reached again, and events come", async () => {
    await using slack = await openSlack();
    await using socket = listening("xapp-local", slack.apiUrl);
    await socket.opened;
    assert.equal(socket.trouble(), null);
    slack.faults.add({ method: "apps.connections.open", kind: "server-error", times: 1_000 });
    slack.disconnectSockets("hang-up");
    await until("it is told", () => socket.told.length > 0);
    assert.match(socket.trouble() ?? "", /not open .*check SLACK_APP_TOKEN/);
    slack.say({ channel: "general", user: ana, text: `<@${slack.botUserId}> help` });
    slack.faults.clear();
    await until("it is open", () => socket.trouble() === null, patienceMs);
    await until("the event is in", () => /help/.test(JSON.stringify(socket.taken)), patienceMs);
    assert.equal(socket.told.length, 1);
  });

  test("that Slack asks to be opened anew is no trouble", async () => {
    await using slack = await openSlack();
    await using socket = listening("xapp-local", slack.apiUrl);
    await socket.opened;
    slack.disconnectSockets("refresh_requested");
    await until("it is closed", () => socket.trouble() !== null);
    await until("it is open", () => socket.trouble() === null);
    assert.deepEqual(socket.told, []);
  });

  test("at an address that takes no socket is told, and given up when asked to stop", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port()}/socket` }));
    });
    server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
    const port = () => (server.address() as AddressInfo).port;
    try {
      await using socket = listening("xapp-local", `http://127.0.0.1:${port()}/api/`);
      await until("it is told", () => socket.told.length > 0, patienceMs);
      assert.match(socket.trouble() ?? "", /not open .*check SLACK_APP_TOKEN/);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
