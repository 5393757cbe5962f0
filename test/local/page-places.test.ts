import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { listenLocalWorkspace } from "../../src/local/workspace.ts";
import { causeQuestion } from "../../src/message/cause-question.ts";
import { openBrowser, openChatPage, pixel, skip, type ChatPage } from "./chat-page.ts";
import { ana, bo, secrets } from "./receiving-app.ts";
import { livingMessage, step } from "./sample-messages.ts";

let browser: Browser;
let chat: ChatPage;

describe("getting about on the chat page", { skip }, () => {
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  beforeEach(async () => void (chat = await openChatPage(browser)));
  afterEach(async () => {
    await chat[Symbol.asyncDispose]();
    assert.deepEqual(chat.complaints, [], "the page's console stayed silent");
  });

  test("a thread opens beside its channel, takes replies, and Escape closes it", async () => {
    const ts = chat.slack.say({ channel: "general", user: bo, text: "checkout is slow" });
    chat.slack.say({ channel: "general", user: bo, text: "since 14:02", threadTs: ts });
    const page = await chat.open();
    await page.getByRole("button", { name: "1 reply" }).click();
    await page.getByLabel("Reply in the thread").fill("looking");
    await page.keyboard.press("Enter");
    await page.locator(".thread").getByText("looking").waitFor();
    assert.equal(chat.slack.replies("general", ts).at(-1)?.text, "looking");
    await page.keyboard.press("Escape");
    await page.locator(".thread").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "2 replies" }).waitFor();
  });

  test("other channels show what is unread; strangers may look and join", async () => {
    const other = chat.slack.createChannel({ name: "inc-7", by: bo });
    const mine = chat.slack.createChannel({ name: "mine", by: ana });
    chat.slack.say({ channel: "general", user: bo, text: "where everyone lands" });
    const page = await chat.open();
    chat.slack.say({ channel: mine.id, user: bo, text: "<@U00000000ANA> look" });
    await page.getByRole("button", { name: "mine, 1 unread" }).click();
    await page.getByRole("separator").filter({ hasText: "New" }).waitFor();
    await page.getByRole("button", { name: "mine", exact: true }).waitFor();
    await page.getByRole("button", { name: "inc-7" }).click();
    await page.getByRole("button", { name: "Join the channel" }).click();
    await page.getByLabel("Message the channel").waitFor();
    assert.ok(chat.slack.channel(other.id).members.includes(ana));
  });

  test("a direct message of the bot stands among them, and what it asks can be answered there", async () => {
    const { channel } = await chat.client.conversations.open({ users: ana });
    const id = channel?.id ?? "";
    const question = causeQuestion({
      incident: "inc_1",
      name: "INC-1",
      title: "slow",
      answered: null,
    });
    const blocks = JSON.parse(JSON.stringify(question.blocks));
    const page = await chat.open();
    await chat.client.chat.postMessage({ channel: id, text: question.text, blocks });
    await page.getByRole("button", { name: "hindsight, 1 unread" }).click();
    await page.getByText("What kind of cause was INC-1 (slow)?").waitFor();
    await page.getByRole("combobox").selectOption({ label: "Human error" });
    const action = await chat.slack.waitFor(() =>
      chat.app.received
        .map(({ body }) => body["actions"]?.[0])
        .find((each) => each?.action_id === "incident:cause:kind"),
    );
    assert.equal(action.selected_option.value, "inc_1 human-error");
  });

  test("a link to a message opens its channel there, also when it is a reply", async () => {
    const first = chat.slack.say({ channel: "general", user: bo, text: "the first" });
    for (let n = 0; n < 60; n += 1)
      chat.slack.say({ channel: "general", user: bo, text: `line ${n}` });
    const reply = chat.slack.say({ channel: "general", user: bo, text: "aside", threadTs: first });
    const page = await chat.open();
    const channel = chat.slack.channel("general").id;
    for (const [ts, text] of [
      [first, "the first"],
      [reply, "aside"],
    ] as const) {
      const link = await chat.client.chat.getPermalink({ channel, message_ts: ts });
      await page.goto(link.permalink ?? "");
      await page.locator(".message.linked", { hasText: text }).waitFor();
      await page.waitForFunction(
        "document.querySelector('.message.linked').getBoundingClientRect().top > 0",
      );
    }
  });

  test("a recorded incident starts from its panel and its channel opens", async () => {
    const page = await chat.open();
    await page.getByRole("button", { name: "Play an incident" }).click();
    await page.getByText("Checkout slows down").waitFor();
    await page.getByRole("button", { name: "Play ×10" }).click();
    await page.getByRole("heading", { name: "inc-1" }).waitFor();
    assert.deepEqual(chat.started, [{ id: "n-plus-one", speed: 10 }]);
  });

  test("a picture that the app shares is shown", async () => {
    const page = await chat.open();
    const channel = chat.slack.channel("general").id;
    const picture = { filename: "p99.png", file: pixel, alt_text: "p99 rises" };
    await chat.client.filesUploadV2({ channel_id: channel, ...picture });
    await page.getByAltText("p99 rises").waitFor();
    await page.waitForFunction("document.querySelector('.picture img')?.naturalWidth === 1");
  });

  test("a file is attached and can be fetched", async () => {
    const page = await chat.open();
    await page.locator(".pane.channel input[type=file]").setInputFiles({
      name: "trace.log",
      mimeType: "text/plain",
      buffer: Buffer.from("pool exhausted"),
    });
    const link = page.getByRole("link", { name: "trace.log" });
    const address = await link.getAttribute("href");
    assert.equal(await (await fetch(address ?? "")).text(), "pool exhausted");
  });

  test("it says when the workspace is gone, and comes back with it", async () => {
    const page = await chat.open();
    await chat.slack.close();
    await page.getByText("No connection to the local workspace").waitFor();
    chat.slack = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: chat.app.url,
      port: Number(new URL(chat.slack.publicUrl).port),
    });
    chat.slack.say({ channel: "general", user: bo, text: "back again" });
    await page.getByText("back again").waitFor();
    await page.getByText("No connection to the local workspace").waitFor({ state: "hidden" });
    chat.complaints = chat.complaints.filter((each) => !each.includes("ERR_"));
  });

  test("dark is dark, and 360 pixels hold it without scrolling sideways", async () => {
    const blocks = [...livingMessage("F0"), ...step].filter((block) => block.type !== "image");
    const ts = chat.slack.say({ channel: "general", user: bo, text: "x".repeat(400) });
    await chat.client.chat.postMessage({ channel: "general", text: "SEV2", blocks, thread_ts: ts });
    await chat.client.chat.postMessage({ channel: "general", text: "SEV2", blocks });
    const page = await chat.open({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    const luminance = await page.evaluate<number>(
      "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0)",
    );
    assert.ok(luminance < 120, `background of luminance ${luminance}`);
    const fits = async () => {
      const overflow = await page.evaluate<number>(
        "Math.max(...[...document.querySelectorAll('body, .list, .channels')].map((e) => e.scrollWidth - e.clientWidth))",
      );
      assert.equal(overflow, 0);
    };
    await fits();
    await page.getByRole("button", { name: /^general/ }).click();
    await page.getByRole("button", { name: "1 reply" }).waitFor();
    await fits();
    await page.getByRole("button", { name: "1 reply" }).click();
    await page.getByLabel("Reply in the thread").waitFor();
    await fits();
    await page.getByRole("button", { name: "Back to the channel" }).click();
    await page.getByRole("button", { name: "Back to channels" }).click();
    await page.getByRole("button", { name: "New channel" }).waitFor();
  });
});
