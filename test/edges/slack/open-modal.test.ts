import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { chatOn } from "../../../src/edges/slack/chat.ts";
import type { Opening } from "../../../src/flows/chat.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../../src/local/workspace.ts";
import { declareModal } from "../../../src/message/declare-modal.ts";
import { slackClient } from "../../../src/program/slack.ts";
import { ana, openReceivingApp, secrets, type ReceivingApp } from "../../local/receiving-app.ts";
import { silentLog } from "./posting.ts";

let app: ReceivingApp;
let slack: LocalWorkspace;
let clock: { offsetMs: number };

beforeEach(async () => {
  app = await openReceivingApp();
  clock = { offsetMs: 0 };
  const now = () => new Date(Date.now() + clock.offsetMs);
  slack = await listenLocalWorkspace({ ...secrets, eventsUrl: app.url, now });
});
afterEach(async () => {
  await slack.close();
  await app[Symbol.asyncDispose]();
});

/** Opens the form for a command of ana's, after `meanwhile`. */
async function open(meanwhile: () => void): Promise<Opening> {
  await slack.command({ user: ana, channel: "general", command: "/hindsight", text: "declare" });
  const trigger = String(app.received.at(-1)?.body["trigger_id"]);
  const access = { botToken: secrets.botToken, apiUrl: slack.apiUrl };
  const chat = chatOn(slackClient(access, silentLog), () => true);
  meanwhile();
  return chat.openModal(trigger, declareModal(slack.channel("general").id, ""));
}

test("a form that Slack took is open", async () => {
  assert.equal(await open(() => undefined), "open");
});

test("a form whose time was over is refused", async () => {
  assert.equal(await open(() => void (clock.offsetMs = 60_000)), "refused");
});

test("a form that was turned away by the rate limit is refused: it did nothing", async () => {
  const fault = { kind: "rate-limited", method: "views.open" } as const;
  assert.equal(await open(() => slack.faults.add(fault)), "refused");
});

for (const kind of ["answer-lost", "hang-up", "server-error"] as const)
  test(`a form after ${kind} may be open`, async () => {
    assert.equal(await open(() => slack.faults.add({ kind, method: "views.open" })), "unclear");
  });
