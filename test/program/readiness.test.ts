import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, test } from "node:test";
import { openBed } from "../../bench/bed.ts";
import { startProduct, type Product } from "../../bench/product.ts";
import { listenLocalWorkspace } from "../../src/local/workspace.ts";
import { freshDatabase } from "../database.ts";
import { isReady, isUnready, readiness } from "./ready-of.ts";
import { ana, patienceMs } from "./running.ts";

/** A product on a bed of its own; `others` beside the bed's settings. */
async function openProduct(others: (url: string) => Record<string, string> = () => ({})) {
  await using stack = new AsyncDisposableStack();
  const { url } = stack.use(await freshDatabase());
  const bed = stack.use(await openBed({ databaseUrl: url, sourceDelayMs: 2_000 }));
  const start = async (verb: string): Promise<Product> =>
    kept.use(await startProduct({ ...bed.settings, ...others(bed.slack.apiUrl) }, [verb]));
  const kept = stack.move();
  return { slack: bed.slack, start, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

describe("/readyz", () => {
  test("of a process that works is 503 until Slack says who it is; one that only takes in is ready before", async () => {
    await using opened = await openProduct();
    const { slack, start } = opened;
    slack.faults.add({ method: "auth.test", kind: "server-error", times: 1_000 });
    const [worker, web] = await Promise.all([start("worker"), start("web")]);
    await readiness(web, isReady);
    const { said } = await readiness(worker, (now) => now.said.includes("Slack"));
    assert.match(said, /^Slack does not say who we are \(.*\); check SLACK_BOT_TOKEN/);
    await readiness(worker, isUnready);
    slack.faults.clear();
    await readiness(worker, isReady);
  });

  test("is 503 as soon as stopping begins, and what is under way is finished", async () => {
    await using opened = await openProduct();
    const { slack, start } = opened;
    const product = await start("serve");
    await readiness(product, isReady);
    slack.sendEventsTo(`${product.url}/slack/events`);
    const { id } = slack.createChannel({ name: "inc-1-checkout", by: ana });
    await slack.waitFor(() => slack.channel(id).members.includes(slack.botUserId), patienceMs);
    const asking = await beginRequest(product);
    const ended = product.end("SIGTERM");
    const { said } = await readiness(product, ({ status }) => status !== 200);
    assert.match(said, /stopping/);
    assert.match(await finishRequest(asking), /^HTTP\/1\.1 (200|401|503) /);
    assert.equal(await ended, 0);
  });
});

describe("/readyz in Socket Mode", () => {
  test("is 503 where Slack refuses the app token, and names SLACK_APP_TOKEN", async () => {
    await using opened = await openProduct(() => ({ SLACK_APP_TOKEN: "xapp-wrong" }));
    const product = await opened.start("serve");
    const { said } = await readiness(product, (now) => /SLACK_APP_TOKEN/.test(now.said));
    assert.match(said, /^Slack's socket is not open \(invalid_auth\); check SLACK_APP_TOKEN/);
    await readiness(product, isUnready);
    assert.equal(product.output(), "", "standard output carries data only");
    assert.equal(await product.end("SIGTERM"), 0);
  });

  test("is 503 while the socket is lost, and 200 once it is back", async () => {
    const remote = await listenLocalWorkspace({
      eventsUrl: "http://127.0.0.1:9/",
      signingSecret: "unused",
      botToken: "xoxb-bench",
      appToken: "xapp-local",
    });
    try {
      const settings = { SLACK_APP_TOKEN: "xapp-local", SLACK_API_URL: remote.apiUrl };
      await using opened = await openProduct(() => settings);
      const product = await opened.start("serve");
      await readiness(product, isReady);
      remote.faults.add({ method: "apps.connections.open", kind: "server-error", times: 1_000 });
      remote.disconnectSockets("hang-up");
      await readiness(product, (now) => isUnready(now) && /SLACK_APP_TOKEN/.test(now.said));
      remote.faults.clear();
      await readiness(product, isReady);
      assert.equal(await product.end("SIGTERM"), 0);
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
