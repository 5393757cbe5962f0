import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, test } from "node:test";
import { openBed } from "../../bench/bed.ts";
import { startProduct, type Product, type Settings } from "../../bench/product.ts";
import { listenLocalWorkspace, type LocalWorkspace } from "../../src/local/workspace.ts";
import { freshDatabase } from "../database.ts";
import { isReady, isUnready, readiness } from "./ready-of.ts";
import { ana, beginRunning, patienceMs, startRunning } from "./running.ts";

const stopWithinMs = 20_000;

interface Bed extends AsyncDisposable {
  readonly slack: LocalWorkspace;
  readonly settings: Settings;
}

/** Between a Slack and sources of its own. */
async function openOwnBed(): Promise<Bed> {
  await using stack = new AsyncDisposableStack();
  const { url } = stack.use(await freshDatabase());
  const { slack, settings } = stack.use(await openBed({ databaseUrl: url, sourceDelayMs: 2_000 }));
  const kept = stack.move();
  return {
    slack,
    settings: { HOST: "127.0.0.1", ...settings },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

describe("/readyz", () => {
  test("of a process that works is 503 until Slack says who it is; one that only takes in is ready before", async () => {
    await using bed = await openOwnBed();
    bed.slack.faults.add({ method: "auth.test", kind: "server-error", times: 1_000 });
    await using worker = await beginRunning(bed.settings, "worker");
    await using web = await beginRunning(bed.settings, "web");
    await readiness(web.serving, isReady);
    const { said } = await readiness(worker.serving, (now) => now.said.includes("Slack"));
    assert.match(said, /^Slack does not say who we are \(.*\); check SLACK_BOT_TOKEN/);
    await readiness(worker.serving, isUnready);
    bed.slack.faults.clear();
    await readiness(worker.serving, isReady);
  });

  test("is 503 as soon as stopping begins; what is under way is finished, and it ends with status 0 within 20 s", async () => {
    await using bed = await openOwnBed();
    const { slack } = bed;
    await using product = await startProduct(bed.settings);
    await readiness(product, isReady);
    slack.sendEventsTo(`${product.url}/slack/events`);
    const { id } = slack.createChannel({ name: "inc-1-checkout", by: ana });
    await slack.waitFor(() => slack.channel(id).members.includes(slack.botUserId), patienceMs);
    const asking = await beginRequest(product);
    const started = Date.now();
    const ended = product.end("SIGTERM");
    const { said } = await readiness(product, ({ status }) => status !== 200);
    assert.match(said, /stopping/);
    assert.match(await finishRequest(asking), /^HTTP\/1\.1 (200|401|503) /);
    assert.equal(await ended, 0);
    assert.ok(Date.now() - started < stopWithinMs);
    assert.equal(product.output(), "", "standard output carries data only");
  });
});

describe("/readyz in Socket Mode", () => {
  test("is 503 where Slack refuses the app token, and names SLACK_APP_TOKEN", async () => {
    await using bed = await openOwnBed();
    const settings = { ...bed.settings, SLACK_APP_TOKEN: "xapp-wrong" };
    await using running = await beginRunning(settings);
    const { said } = await readiness(running.serving, (now) => /SLACK_APP_TOKEN/.test(now.said));
    assert.match(said, /^Slack's socket is not open \(invalid_auth\); check SLACK_APP_TOKEN/);
    await readiness(running.serving, isUnready);
  });

  test("is 503 while the socket is lost, and 200 once it is back", async () => {
    const remote = await listenLocalWorkspace({
      eventsUrl: "http://127.0.0.1:9/",
      signingSecret: "unused",
      botToken: "xoxb-bench",
      appToken: "xapp-local",
    });
    try {
      await using bed = await openOwnBed();
      const socket = { SLACK_APP_TOKEN: "xapp-local", SLACK_API_URL: remote.apiUrl };
      await using running = await startRunning({ ...bed.settings, ...socket });
      remote.faults.add({ method: "apps.connections.open", kind: "server-error", times: 1_000 });
      remote.disconnectSockets("hang-up");
      await readiness(running.serving, (now) => isUnready(now) && /SLACK_APP_TOKEN/.test(now.said));
      remote.faults.clear();
      await readiness(running.serving, isReady);
    } finally {
      await remote.close();
    }
  });
});

/** Half of a request that posts an event. */
async function beginRequest({ url }: Product): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const head = `POST /slack/events HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: 2\r\n\r\n{`;
  await new Promise((sent) => socket.write(head, sent));
  return socket;
}

/** The other half; gives the answer. */
async function finishRequest(socket: Socket): Promise<string> {
  const answer = once(socket, "data");
  socket.write("}");
  const [chunk] = await answer;
  socket.destroy();
  return String(chunk);
}
