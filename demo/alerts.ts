/** Plays a whole incident against a real Prometheus and a real Alertmanager, and makes the README's picture of it: `npm run demo:alerts [-- out.gif]`. Needs prometheus, prometheus-alertmanager, chromium and ImageMagick. */

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { freePort } from "../bench/product.ts";
import { openBrowser } from "../test/local/chat-page.ts";
import { startRunning } from "../test/program/running.ts";
import { openStage } from "./alerts/stage.ts";

const [out = join(import.meta.dirname, "../docs/images/alerts.gif")] = process.argv.slice(2);
const size = { width: 900, height: 860 };
const frameSeconds = 5;
const waitMs = 120_000;
const token = "demo";
let shot = 0;

const folder = await mkdtemp(join(tmpdir(), "hindsight-alerts-"));
try {
  await record();
  const run = promisify(execFile);
  const frames = Array.from({ length: shot }, (_, n) => join(folder, `${n + 1}.png`));
  const palette = ["-dither", "None", "-colors", "48", "-layers", "optimize"];
  await run("convert", [
    "-delay",
    `${frameSeconds * 100}`,
    "-loop",
    "0",
    ...frames,
    ...palette,
    out,
  ]);
  process.stderr.write(`${out}\n`);
} finally {
  if (process.env["KEEP"] === undefined) await rm(folder, { recursive: true, force: true });
  else process.stderr.write(`${folder}\n`);
}

async function record(): Promise<void> {
  const port = await freePort();
  const hooks = `http://127.0.0.1:${port}/hooks`;
  await using stage = await openStage({ url: `${hooks}/alertmanager`, token });
  await using running = await startRunning({
    PORT: String(port),
    CATALOG: stage.catalog,
    PROMETHEUS_URL: stage.prometheusUrl,
    HOOK_TOKEN_ALERTMANAGER: token,
    HOOK_TOKEN_GENERIC: token,
    QUIET_AFTER: "15s",
  });
  await stage.tellDeploy(hooks, token);
  await using browser = await openBrowser();
  const page = await browser.newPage({ viewport: size, colorScheme: "light" });
  page.setDefaultTimeout(waitMs);
  await page.goto(`${running.serving.url}/local/`);
  await firstTime(page, () => stage.checkout.mend());
  stage.checkout.break();
  await secondTime(page);
}

/** `mend`: what the rollback does. */
async function firstTime(page: Page, mend: () => void): Promise<void> {
  await openChannel(page, "alerts");
  await openThread(page, /HighLatency/);
  await seen(page, /p99 of checkout/);
  await shoot(page, "An alert fires: one message, and what was read of its service in the thread");
  await page.locator(".thread").getByRole("button", { name: "Declare an incident" }).click();
  await seen(page, /Incident: #inc-/);
  await openChannel(page, "inc-");
  await page.getByRole("button", { name: "Join the channel" }).click();
  await seen(page, /Board/);
  await shoot(page, "Declared by a click: the one message of the incident, edited in place");
  await openThread(page, /Investigating/);
  await seen(page, /Stop the bleeding/);
  await page
    .getByText("Stop the bleeding")
    .last()
    .evaluate((found) => found.closest("[data-ts]")?.scrollIntoView());
  await shoot(page, "Its thread: steps with their evidence, their risk and their record");
  await page.getByRole("button", { name: "I'm on it" }).first().click();
  await seen(page, /is on: /);
  mend();
  await page.getByRole("button", { name: "Fixed it" }).last().click();
  await seen(page, /fixed it, according to/i);
  await shoot(page, "Rolled back: a click says what did it, and the next list is ordered by that");
  await seen(page, /quiet since/);
  await page
    .getByRole("button", { name: /^Resolved at/ })
    .last()
    .click();
  await page
    .locator(".thread")
    .getByText(/Resolved after/)
    .first()
    .waitFor();
  await shoot(page, "The alert clears; once all is quiet it is asked whether it is over");
}

async function secondTime(page: Page): Promise<void> {
  await openChannel(page, "alerts");
  await page.getByText(/Second time in 7 days/).waitFor();
  await openThread(page, /Second time/);
  await seen(page, /p99 of checkout/);
  await shoot(page, "It fires again: how often it came, and what fixed it the last time");
}

async function openChannel(page: Page, name: string): Promise<void> {
  await page.locator(".channels .entry", { hasText: name }).first().click();
}

async function openThread(page: Page, root: RegExp): Promise<void> {
  const message = page.locator(".pane.channel [data-ts]", { hasText: root }).last();
  await message.getByText(/\d+ repl(y|ies)/).click();
}

async function seen(page: Page, pattern: RegExp): Promise<void> {
  await page.getByText(pattern).last().waitFor();
}

async function shoot(page: Page, caption: string): Promise<void> {
  shot += 1;
  await page.mouse.move(1, 1);
  await page
    .locator(".bar")
    .evaluate((bar, words) => void (bar.textContent = words), `${shot}. ${caption}`);
  await page.screenshot({ path: join(folder, `${shot}.png`) });
}
