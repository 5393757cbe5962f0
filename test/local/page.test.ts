import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import { openReceivingApp, secrets, type ReceivingApp } from "./receiving-app.ts";
import { livingMessage, modal, step } from "./sample-messages.ts";

const executablePath = "/usr/bin/chromium";
const skip = existsSync(executablePath) ? false : `${executablePath} is not installed`;
const ana = "U00000000ANA";
const bo = "U000000000BO";
const waitMs = 5000;

describe("the chat page in Chromium", { skip }, () => {
  let browser: Browser;
  let app: ReceivingApp;
  let slack: LocalWorkspace;
  let client: WebClient;
  let started: { id: string; speed: number }[];
  let complaints: string[];

  before(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });
  after(() => browser.close());

  beforeEach(async () => {
    app = await openReceivingApp();
    started = [];
    complaints = [];
    slack = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: app.url,
      commands: [{ command: "/hindsight", description: "Incidents", usageHint: "resolve" }],
      plays: {
        list: () => ({ plays: [play], playing: [] }),
        start: (id, speed) => {
          started.push({ id, speed });
          return Promise.resolve({ channel: slack.createChannel({ name: "inc-1", by: ana }).id });
        },
      },
    });
    client = new WebClient(secrets.botToken, { slackApiUrl: slack.apiUrl });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await slack.close();
    await app[Symbol.asyncDispose]();
    assert.deepEqual(complaints, [], "the page's console stayed silent");
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(waitMs);
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(`${slack.publicUrl}/`);
    await page.locator(".channels .entry").first().waitFor();
    return page;
  }

  test("what is typed is posted, with mentions and without markup, and answers appear by themselves", async () => {
    const page = await open();
    assert.equal(await page.title(), "Hindsight · local workspace");
    await page.getByLabel("Message the channel").fill("@hindsight is <b>checkout</b> slow?");
    await page.keyboard.press("Enter");
    await page.locator(".message b, .message script").waitFor({ state: "detached" });
    await page.getByText("is <b>checkout</b> slow?").waitFor();
    const message = slack.messages("general").at(-1);
    assert.equal(message?.text, `<@${slack.botUserId}> is &lt;b&gt;checkout&lt;/b&gt; slow?`);
    await client.chat.postMessage({
      channel: "general",
      text: "*p99* is `4.1 s`, see <https://example.com/m|the chart>",
    });
    await page.locator(".message strong", { hasText: "p99" }).waitFor();
    const link = page.getByRole("link", { name: "the chart" });
    assert.equal(await link.getAttribute("href"), "https://example.com/m");
  });

  test("Shift+Enter breaks the line; slash and at-sign offer what can follow", async () => {
    const page = await open();
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
    const { file_id: id, upload_url: url } = await client.files.getUploadURLExternal({
      filename: "p99.png",
      length: pixel.length,
    });
    await fetch(url ?? "", { method: "POST", body: pixel });
    await client.files.completeUploadExternal({ files: [{ id: id ?? "" }] });
    const blocks = [...livingMessage(id ?? ""), ...step];
    const posted = await client.chat.postMessage({ channel: "general", text: "SEV2", blocks });
    const page = await open();
    await page.getByAltText("p99 of checkout rises").waitFor();
    await page.waitForFunction("document.querySelector('.picture img')?.naturalWidth === 1");
    await page.getByRole("button", { name: "I'm on it" }).click();
    const pressed = await slack.waitFor(() =>
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

    await client.chat.update({
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
    const page = await open();
    app.answer = ({ body }) => {
      if (body["command"] !== undefined)
        void client.views.open({ trigger_id: body["trigger_id"], view: modal });
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
    await client.chat.postEphemeral({ channel: "general", user: ana, text: "INC-42, 23 min" });
    const page = await open();
    await page.locator(".ephemeral", { hasText: "Only visible to you" }).waitFor();
    await page.getByRole("radio", { name: "Bo" }).click();
    await page.getByRole("radio", { name: "Bo", checked: true }).waitFor();
    await page.locator(".pane.channel").getByText("Nothing here yet").waitFor();
    assert.equal(await page.getByText("INC-42, 23 min").count(), 0);
  });

  test("a thread opens beside its channel, takes replies, and Escape closes it", async () => {
    const ts = slack.say({ channel: "general", user: bo, text: "checkout is slow" });
    slack.say({ channel: "general", user: bo, text: "since 14:02", threadTs: ts });
    const page = await open();
    await page.getByRole("button", { name: "1 reply" }).click();
    await page.getByLabel("Reply in the thread").fill("looking");
    await page.keyboard.press("Enter");
    await page.locator(".thread").getByText("looking").waitFor();
    assert.equal(slack.replies("general", ts).at(-1)?.text, "looking");
    await page.keyboard.press("Escape");
    await page.locator(".thread").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "2 replies" }).waitFor();
  });

  test("other channels show what is unread; strangers may look and join", async () => {
    const other = slack.createChannel({ name: "inc-7", by: bo });
    const mine = slack.createChannel({ name: "mine", by: ana });
    const page = await open();
    slack.say({ channel: mine.id, user: bo, text: "<@U00000000ANA> look" });
    await page.getByRole("button", { name: "mine, 1 unread" }).click();
    await page.getByRole("separator").filter({ hasText: "New" }).waitFor();
    await page.getByRole("button", { name: "mine", exact: true }).waitFor();
    await page.getByRole("button", { name: "inc-7" }).click();
    await page.getByRole("button", { name: "Join the channel" }).click();
    await page.getByLabel("Message the channel").waitFor();
    assert.ok(slack.channel(other.id).members.includes(ana));
  });

  test("a recorded incident starts from its panel and its channel opens", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Play an incident" }).click();
    await page.getByText("Checkout slows down").waitFor();
    await page.getByRole("button", { name: "Play ×10" }).click();
    await page.getByRole("heading", { name: "inc-1" }).waitFor();
    assert.deepEqual(started, [{ id: "n-plus-one", speed: 10 }]);
  });

  test("a file is attached and can be fetched", async () => {
    const page = await open();
    await page.locator(".pane.channel input[type=file]").setInputFiles({
      name: "trace.log",
      mimeType: "text/plain",
      buffer: Buffer.from("pool exhausted"),
    });
    await page.getByRole("link", { name: "trace.log" }).waitFor();
    const file = slack.messages("general").at(-1)?.files?.[0];
    assert.equal(await (await fetch(file?.url_private ?? "")).text(), "pool exhausted");
  });

  test("it says when the workspace is gone, and comes back with it", async () => {
    const page = await open();
    await slack.close();
    await page.getByText("No connection to the local workspace").waitFor();
    slack = await listenLocalWorkspace({
      ...secrets,
      eventsUrl: app.url,
      port: Number(new URL(slack.publicUrl).port),
    });
    slack.say({ channel: "general", user: bo, text: "back again" });
    await page.getByText("back again").waitFor();
    await page.getByText("No connection to the local workspace").waitFor({ state: "hidden" });
    complaints = complaints.filter((complaint) => !complaint.includes("ERR_"));
  });

  test("dark is dark, and 360 pixels hold it without scrolling sideways", async () => {
    const blocks = [...livingMessage("F0"), ...step].filter((block) => block.type !== "image");
    const ts = slack.say({ channel: "general", user: bo, text: "x".repeat(400) });
    await client.chat.postMessage({ channel: "general", text: "SEV2", blocks, thread_ts: ts });
    await client.chat.postMessage({ channel: "general", text: "SEV2", blocks });
    const page = await open({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
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

  const payloads = () => app.received.map(({ body }) => body);
  const clicks = () =>
    payloads()
      .filter((body) => body["type"] === "block_actions")
      .map((body) => body["actions"][0]);
  const submissions = () => payloads().filter((body) => body["type"] === "view_submission");
  const heard = <T>(look: () => T | undefined) => slack.waitFor(look, waitMs);
});

const play = {
  id: "n-plus-one",
  title: "Checkout slows down",
  summary: "A release asks the database once per item of the cart.",
  symptom: "latency",
  durationMinutes: 40,
};

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
