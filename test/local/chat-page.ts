/** A local workspace with its chat page in a real Chromium, for tests; complaints of the page's console are kept. */
import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { WebClient } from "@slack/web-api";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import { ana, clientOf, openReceivingApp, secrets, type ReceivingApp } from "./receiving-app.ts";

const executablePath = "/usr/bin/chromium";
/** Why tests of the page are skipped here; false where they run. */
export const skip = existsSync(executablePath) ? false : `${executablePath} is not installed`;
const waitMs = 5000;

export const openBrowser = () =>
  chromium.launch({
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

export interface ChatPage extends AsyncDisposable {
  readonly app: ReceivingApp;
  slack: LocalWorkspace;
  readonly client: WebClient;
  /** Recorded incidents that were started from the page. */
  readonly started: { readonly id: string; readonly speed: number }[];
  /** Errors of the page and of its console. */
  complaints: string[];
  /** Opens the page as Ana. */
  readonly open: (options?: BrowserContextOptions) => Promise<Page>;
}

export async function openChatPage(browser: Browser): Promise<ChatPage> {
  const app = await openReceivingApp();
  const started: { id: string; speed: number }[] = [];
  const slack = await listenLocalWorkspace({
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
  const chat: ChatPage = {
    app,
    slack,
    client: clientOf(slack),
    started,
    complaints: [],
    open: (options = {}) => openPage(browser, chat, options),
    [Symbol.asyncDispose]: async () => {
      for (const context of browser.contexts()) await context.close();
      await chat.slack.close();
      await app[Symbol.asyncDispose]();
    },
  };
  return chat;
}

async function openPage(
  browser: Browser,
  chat: ChatPage,
  options: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(waitMs);
  const page = await context.newPage();
  page.on("pageerror", (error) => chat.complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") chat.complaints.push(message.text());
  });
  await page.goto(`${chat.slack.publicUrl}/`);
  await page.locator(".channels .entry").first().waitFor();
  return page;
}

const play = {
  id: "n-plus-one",
  title: "Checkout slows down",
  summary: "A release asks the database once per item of the cart.",
  symptom: "latency",
  durationMinutes: 40,
};

/** The smallest PNG: one pixel. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
