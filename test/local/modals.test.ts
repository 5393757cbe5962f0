import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { WebClient } from "@slack/web-api";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import {
  ana,
  clientOf,
  openReceivingApp,
  refused,
  secrets,
  type ReceivingApp,
} from "./receiving-app.ts";

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

async function trigger(): Promise<string> {
  await slack.command({ user: ana, channel: "general", command: "/hindsight" });
  return app.received.at(-1)?.body["trigger_id"];
}

describe("modals", () => {
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
    const values = payload?.["view"].state.values;
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
