import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { WebClient } from "@slack/web-api";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import { ana, clientOf, openReceivingApp, secrets, type ReceivingApp } from "./receiving-app.ts";

let app: ReceivingApp;
let slack: LocalWorkspace;
let client: WebClient;
let clock: { offsetMs: number };

beforeEach(async () => {
  app = await openReceivingApp();
  clock = { offsetMs: 0 };
  slack = await listenLocalWorkspace({
    ...secrets,
    eventsUrl: app.url,
    now: () => new Date(Date.now() + clock.offsetMs),
  });
  client = clientOf(slack);
});
afterEach(async () => {
  await slack.close();
  await app[Symbol.asyncDispose]();
});

const step = [
  { type: "section" as const, text: { type: "mrkdwn" as const, text: "1. Roll back checkout" } },
  {
    type: "actions" as const,
    elements: [
      { type: "button" as const, action_id: "claim", text: plain("I'm on it"), value: "step-1" },
      {
        type: "overflow" as const,
        action_id: "more",
        options: [
          { text: plain("Helped"), value: "helped" },
          { text: plain("Ruled out"), value: "ruled-out" },
        ],
      },
    ],
  },
];

function plain(text: string) {
  return { type: "plain_text" as const, text };
}

const interaction = (type: string) =>
  app.received.map(({ body }) => body).filter((body) => body["type"] === type);

async function postStep(): Promise<string> {
  const posted = await client.chat.postMessage({ channel: "general", text: "step", blocks: step });
  return posted.ts ?? "";
}

describe("buttons and menus", () => {
  test("a click carries who, where, what and a signed way to answer", async () => {
    const ts = await postStep();
    await slack.click({ user: ana, channel: "general", ts, actionId: "claim" });
    const [payload] = interaction("block_actions");
    assert.equal(payload?.["user"].id, ana);
    assert.equal(payload?.["container"].message_ts, ts);
    assert.equal(payload?.["message"].text, "step");
    assert.equal(payload?.["actions"][0].value, "step-1");
    assert.ok(app.received.every((each) => each.isSigned));
    const replaced = await fetch(payload?.["response_url"], {
      method: "POST",
      body: JSON.stringify({ replace_original: true, text: "taken by @ana" }),
    });
    assert.equal(replaced.status, 200);
    const message = slack.messages("general").find((each) => each.ts === ts);
    assert.equal(message?.text, "taken by @ana");
    assert.deepEqual(message?.blocks, []);
  });

  test("an overflow says which option was chosen; one that it lacks cannot be", async () => {
    const ts = await postStep();
    await slack.click({ user: ana, channel: "general", ts, actionId: "more", value: "helped" });
    const [payload] = interaction("block_actions");
    assert.equal(payload?.["actions"][0].selected_option.value, "helped");
    await assert.rejects(
      slack.click({ user: ana, channel: "general", ts, actionId: "more", value: "nonsense" }),
      /no element more nonsense/,
    );
  });

  test("a response address takes five answers and lives half an hour", async () => {
    const ts = await postStep();
    await slack.click({ user: ana, channel: "general", ts, actionId: "claim" });
    const url = interaction("block_actions")[0]?.["response_url"];
    const answer = () => fetch(url, { method: "POST", body: JSON.stringify({ text: "again" }) });
    for (let n = 0; n < 4; n += 1) assert.equal((await answer()).status, 200);
    assert.equal(slack.ephemerals("general", ana).length, 4);
    assert.deepEqual(slack.ephemerals("general", "U000000000BO"), []);
    clock.offsetMs = 31 * 60_000;
    assert.equal((await answer()).status, 404);
    clock.offsetMs = 0;
    assert.equal((await answer()).status, 200);
    assert.equal((await answer()).status, 404);
  });
});

describe("slash commands", () => {
  test("the answer in the response is shown to the person who typed it", async () => {
    app.answer = () => ({
      body: { response_type: "ephemeral", text: "There is no open incident" },
    });
    const body = await slack.command({
      user: ana,
      channel: "general",
      command: "/hindsight",
      text: "resolve",
    });
    assert.deepEqual(body, { response_type: "ephemeral", text: "There is no open incident" });
    assert.equal(slack.ephemerals("general", ana)[0]?.text, "There is no open incident");
    const fields = app.received[0]?.body;
    assert.equal(fields?.["command"], "/hindsight");
    assert.equal(fields?.["text"], "resolve");
    assert.equal(fields?.["channel_name"], "general");
  });

  test("silence is told to the person in Slack's words", async () => {
    app.answer = () => ({ hang: true });
    await assert.rejects(
      slack.command({ user: ana, channel: "general", command: "/hindsight" }),
      /did not answer: timeout/,
    );
    assert.match(slack.ephemerals("general", ana)[0]?.text ?? "", /operation_timeout/);
  });
});
