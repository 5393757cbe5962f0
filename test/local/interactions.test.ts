import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { WebClient, type WebAPIPlatformError } from "@slack/web-api";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import { openReceivingApp, secrets, type ReceivingApp } from "./receiving-app.ts";

const ana = "U00000000ANA";

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
    answerWithinMs: 300,
    now: () => new Date(Date.now() + clock.offsetMs),
  });
  client = new WebClient(secrets.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
  });
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

const modal = {
  type: "modal" as const,
  callback_id: "rule-out",
  private_metadata: "step-1",
  title: plain("Rule it out"),
  submit: plain("Save"),
  blocks: [
    {
      type: "input" as const,
      block_id: "why",
      label: plain("Why"),
      element: { type: "plain_text_input" as const, action_id: "text" },
    },
    {
      type: "input" as const,
      block_id: "sure",
      label: plain("How sure"),
      element: {
        type: "static_select" as const,
        action_id: "choice",
        options: [
          { text: plain("Sure"), value: "sure" },
          { text: plain("Likely"), value: "likely" },
        ],
        initial_option: { text: plain("Likely"), value: "likely" },
      },
    },
  ],
};

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

describe("modals", () => {
  async function trigger(): Promise<string> {
    await slack.command({ user: ana, channel: "general", command: "/hindsight" });
    return app.received.at(-1)?.body["trigger_id"];
  }

  test("a trigger opens one modal, once, within three seconds", async () => {
    const id = await trigger();
    await client.views.open({ trigger_id: id, view: modal });
    assert.equal(slack.modalOf(ana)?.callback_id, "rule-out");
    await refused(client.views.open({ trigger_id: id, view: modal }), "exchanged_trigger_id");
    const late = await trigger();
    clock.offsetMs = 3500;
    await refused(client.views.open({ trigger_id: late, view: modal }), "expired_trigger_id");
    await refused(client.views.open({ trigger_id: "1.2", view: modal }), "invalid_trigger_id");
  });

  test("a submission carries every input, chosen or left as it was, and closes the modal", async () => {
    await client.views.open({ trigger_id: await trigger(), view: modal });
    await slack.submit({ user: ana, values: { why: "provider is up" } });
    const [payload] = interaction("view_submission");
    assert.equal(payload?.["view"].private_metadata, "step-1");
    const { values } = payload?.["view"].state;
    assert.equal(values.why.text.value, "provider is up");
    assert.equal(values.sure.choice.selected_option.value, "likely");
    assert.equal(slack.modalOf(ana), undefined);
  });

  test("errors keep the modal open with the reason at its input; an update replaces it", async () => {
    const { view } = await client.views.open({ trigger_id: await trigger(), view: modal });
    app.answer = () => ({ body: { response_action: "errors", errors: { why: "Say more" } } });
    await slack.submit({ user: ana, viewId: view?.id ?? "", values: { why: "x" } });
    assert.deepEqual(slack.modalOf(ana)?.errors, { why: "Say more" });
    const next = { ...modal, title: plain("Thanks") };
    app.answer = () => ({ body: { response_action: "update", view: next } });
    await slack.submit({ user: ana, values: { why: "more" } });
    assert.equal(slack.modalOf(ana)?.title.text, "Thanks");
    assert.equal(slack.modalOf(ana)?.id, view?.id);
  });

  test("modals stack three deep and come off one by one", async () => {
    await client.views.open({ trigger_id: await trigger(), view: modal });
    const second = { ...modal, callback_id: "second", notify_on_close: true };
    await client.views.push({ trigger_id: await trigger(), view: second });
    await client.views.push({ trigger_id: await trigger(), view: second });
    await refused(
      client.views.push({ trigger_id: await trigger(), view: second }),
      "push_limit_reached",
    );
    slack.closeModal(ana);
    slack.closeModal(ana);
    assert.equal(slack.modalOf(ana)?.callback_id, "rule-out");
  });

  test("an update with an old hash is refused", async () => {
    const { view } = await client.views.open({ trigger_id: await trigger(), view: modal });
    const change = { view_id: view?.id ?? "", hash: view?.hash ?? "", view: modal };
    await client.views.update(change);
    await refused(client.views.update(change), "hash_conflict");
  });
});

async function refused(call: Promise<unknown>, error: string): Promise<void> {
  await assert.rejects(call, (thrown: WebAPIPlatformError) => {
    assert.equal(thrown.data.error, error);
    return true;
  });
}
