import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser, openChatPage, pixel, skip, type ChatPage } from "./chat-page.ts";
import { ana } from "./receiving-app.ts";
import { livingMessage, modal, step } from "./sample-messages.ts";

let browser: Browser;
let chat: ChatPage;

describe("messages on the chat page", { skip }, () => {
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  beforeEach(async () => void (chat = await openChatPage(browser)));
  afterEach(async () => {
    await chat[Symbol.asyncDispose]();
    assert.deepEqual(chat.complaints, [], "the page's console stayed silent");
  });

  test("what is typed is posted, with mentions and without markup, and answers appear by themselves", async () => {
    const page = await chat.open();
    assert.equal(await page.title(), "Hindsight · local workspace");
    await page.getByLabel("Message the channel").fill("@hindsight is <b>checkout</b> slow?");
    await page.keyboard.press("Enter");
    await page.locator(".message b, .message script").waitFor({ state: "detached" });
    await page.getByText("is <b>checkout</b> slow?").waitFor();
    const message = chat.slack.messages("general").at(-1);
    assert.equal(message?.text, `<@${chat.slack.botUserId}> is &lt;b&gt;checkout&lt;/b&gt; slow?`);
    await chat.client.chat.postMessage({
      channel: "general",
      text: "*p99* is `4.1 s`, see <https://example.com/m|the chart>",
    });
    await page.locator(".message strong", { hasText: "p99" }).waitFor();
    const link = page.getByRole("link", { name: "the chart" });
    assert.equal(await link.getAttribute("href"), "https://example.com/m");
  });

  test("Shift+Enter breaks the line; slash and at-sign offer what can follow", async () => {
    const page = await chat.open();
    const box = page.getByLabel("Message the channel");
    await box.fill("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    assert.equal(await box.inputValue(), "one\ntwo");
    await box.fill("");
    await page.keyboard.type("/hi");
    await page.getByRole("option").filter({ hasText: "/hindsight" }).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await box.inputValue(), "/hindsight ");
    await box.fill("");
    await page.keyboard.type("ask @ch");
    await page.keyboard.press("Enter");
    assert.equal(await box.inputValue(), "ask @chidi ");
  });

  test("blocks are shown, edited in place, and their buttons, menus and questions work", async () => {
    const { file_id: id, upload_url: url } = await chat.client.files.getUploadURLExternal({
      filename: "p99.png",
      length: pixel.length,
    });
    await fetch(url ?? "", { method: "POST", body: pixel });
    await chat.client.files.completeUploadExternal({ files: [{ id: id ?? "" }] });
    const blocks = [...livingMessage(id ?? ""), ...step];
    const posted = await chat.client.chat.postMessage({ channel: "general", text: "SEV2", blocks });
    const page = await chat.open();
    await page.getByAltText("p99 of checkout rises").waitFor();
    await page.waitForFunction("document.querySelector('.picture img')?.naturalWidth === 1");
    await page.getByRole("button", { name: "I'm on it" }).click();
    const pressed = await chat.slack.waitFor(() =>
      clicks().find((each) => each["action_id"] === "claim"),
    );
    assert.equal(pressed["value"], "step-1");

    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const chosen = await heard(() => clicks().find((each) => each["action_id"] === "more"));
    assert.equal(chosen["selected_option"].value, "ruled-out");

    await page.getByRole("button", { name: "Mute" }).click();
    await page.getByRole("button", { name: "Keep posting" }).click();
    await page.getByRole("button", { name: "Mute" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Mute" }).click();
    await heard(() => clicks().find((each) => each["action_id"] === "mute"));
    assert.equal(clicks().filter((each) => each["action_id"] === "mute").length, 1);

    await chat.client.chat.update({
      channel: posted.channel ?? "",
      ts: posted.ts ?? "",
      text: "SEV3 Recovered",
      blocks: [],
    });
    await page.getByText("SEV3 Recovered").waitFor();
    await page.getByText("(edited)").waitFor();
    assert.equal(await page.getByRole("button", { name: "I'm on it" }).count(), 0);
  });

  test("a modal asks, shows problems at their inputs, keeps what was typed, and closes", async () => {
    const page = await chat.open();
    chat.app.answer = ({ body }) => {
      if (body["command"] !== undefined)
        void chat.client.views.open({ trigger_id: body["trigger_id"], view: modal });
      if (body["type"] === "view_submission" && submissions().length === 1)
        return { body: { response_action: "errors", errors: { why: "Say a little more." } } };
      return {};
    };
    await page.getByLabel("Message the channel").fill("/hindsight resolve");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Rule it out" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Please complete this required field.").first().waitFor();
    assert.deepEqual(submissions(), []);
    await dialog.getByLabel("What did you see?").fill("provider is up");
    await dialog.getByLabel("Likely").check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Say a little more.").waitFor();
    assert.equal(await dialog.getByLabel("What did you see?").inputValue(), "provider is up");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    const values = submissions()[1]?.["view"].state.values;
    assert.equal(values.why.text.value, "provider is up");
    assert.equal(values.sure.choice.selected_option.value, "likely");
    assert.equal(values.cause.choice.selected_option, null);
  });

  test("an ephemeral message is marked and only its reader sees it", async () => {
    await chat.client.chat.postEphemeral({ channel: "general", user: ana, text: "INC-42, 23 min" });
    const page = await chat.open();
    await page.locator(".ephemeral", { hasText: "Only visible to you" }).waitFor();
    await page.getByRole("radio", { name: "Bo" }).click();
    await page.getByRole("radio", { name: "Bo", checked: true }).waitFor();
    await page.locator(".pane.channel").getByText("Nothing here yet").waitFor();
    assert.equal(await page.getByText("INC-42, 23 min").count(), 0);
  });

  const payloads = () => chat.app.received.map(({ body }) => body);
  const clicks = () =>
    payloads()
      .filter((body) => body["type"] === "block_actions")
      .map((body) => body["actions"][0]);
  const submissions = () => payloads().filter((body) => body["type"] === "view_submission");
  const heard = <T>(look: () => T | undefined) => chat.slack.waitFor(look);
});
