import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import postgres from "postgres";
import { openBed, type Bed } from "../../bench/bed.ts";
import { startProduct, type Product } from "../../bench/product.ts";
import { freshDatabase } from "../database.ts";
import { startOddServer, type OddServer } from "../edges/odd-server.ts";
import { ana, patienceMs, until } from "./running.ts";

const token = "a-token-of-the-pipeline";
const runbook = `# Checkout is slow
1. Put the last version back
   \`\`\`sh
   kubectl -n shop rollout undo deploy/checkout
   \`\`\`
   Undo: \`kubectl -n shop rollout undo deploy/checkout\`
2. Look at the waits of its pool: \`kubectl -n shop exec deploy/checkout -- cat /proc/1/pool\`
`;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe("changes that are told at the program's hooks", () => {
  let stack: AsyncDisposableStack;
  let bed: Bed;
  let wiki: OddServer;
  let web: Product;
  let worker: Product;
  let sql: postgres.Sql;
  before(async () => {
    await using opening = new AsyncDisposableStack();
    const database = opening.use(await freshDatabase());
    sql = opening.adopt(postgres(database.url, { max: 1 }), (client) => client.end());
    bed = opening.use(await openBed({ databaseUrl: database.url, sourceDelayMs: 0 }));
    wiki = opening.use(
      await startOddServer((_asked, response) => {
        response.writeHead(200, { "content-type": "text/markdown" }).end(runbook);
      }),
    );
    const settings = {
      ...bed.settings,
      HOOK_TOKEN_GENERIC: token,
      HOOK_TOKEN_ALERTMANAGER: token,
      RUNBOOK_ORIGINS: wiki.url,
      ALERT_CHANNEL: "#nowhere",
    };
    web = opening.use(await startProduct(settings, ["web"]));
    worker = opening.use(await startProduct(settings, ["worker"]));
    await Promise.all([web.ready(), worker.ready()]);
    stack = opening.move();
  });
  after(() => stack.disposeAsync());

  const post = async (body: object, to: Product = web, hook = "generic") => {
    const headers = { authorization: `Bearer ${token}` };
    const request = { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`${to.url}/hooks/${hook}`, request)).status;
  };

  test("are taken by web alone, and where their secret is set", async () => {
    const odd = { id: "odd", kind: "config", at: minutesAgo(9_000) };
    assert.deepEqual(
      [await post(odd), await post(odd, worker), await post(odd, web, "unleash")],
      [202, 404, 404],
    );
    const counted = await (await fetch(`${web.url}/metrics`)).text();
    assert.match(counted, /hindsight_hook_events_total\{source="generic",outcome="accepted"\} 1/);
  });

  test("tell whoever runs it at once that alerts would be answered in no channel", async () => {
    await until(
      async () => (await fetch(`${worker.url}/metrics`)).text(),
      (text) => /hindsight_troubles_total\{where="alerts"\} 1/.test(text),
    );
  });

  test("are in flight for the incident: a hostile flag is named, escaped, and whoever turned it is not", async () => {
    const flag = { kind: "flag", before: "off", after: "on", actor: "Zacharias Quill" };
    const about = { service: "checkout", environment: "production" };
    const title = "retry <!channel> <@U1> *x* by Zacharias Quill";
    const events = [
      { ...flag, ...about, id: "1", at: minutesAgo(8), title },
      {
        ...flag,
        id: "2",
        at: minutesAgo(7),
        service: "checkout",
        environment: "staging",
        title: "rehearsed",
      },
    ];
    assert.equal(await post(events), 202);
    const { slack } = bed;
    slack.sendEventsTo(`${web.url}/slack/events`);
    const { id } = slack.createChannel({ name: "inc-1-checkout-latency", by: ana });
    const living = await slack.waitFor(
      () => slack.messages(id).find(({ text }) => text.includes("What is known")),
      patienceMs,
    );
    const rows = await until(
      () => sql<{ flags: string[] }[]>`select flags from suggestion`,
      (found) => found.length > 0,
    );
    assert.ok(
      rows.every(({ flags }) => flags.includes("flag")),
      JSON.stringify(rows),
    );
    const said = JSON.stringify(slack.messages(id));
    assert.match(living.text, /retry/);
    assert.doesNotMatch(said, /<!channel>|<@U1>/);
    assert.doesNotMatch(living.text, /Zacharias|Quill|rehearsed/);
  });

  test("and how an incident stands in another tool, which is shown and overrules nobody here", async () => {
    const channel = "#inc-1-checkout-latency";
    const told = { severity: "sev1", status: "monitoring", lead: "Earline" };
    const event = { id: "inc-1:1", kind: "incident", at: minutesAgo(0), channel, ...told };
    assert.equal(await post(event), 202);
    const words = /Told by a hook: monitoring, SEV1, lead Earline/;
    const living = await bed.slack.waitFor(
      () => bed.slack.messages(channel).find(({ text }) => words.test(text)),
      patienceMs,
    );
    assert.match(living.text, /^● SEV3 Investigating/);
  });

  test("and which runbook an alert names: its steps are in the next list, with its link", async () => {
    const { slack } = bed;
    const channel = "#inc-1-checkout-latency";
    const link = `${wiki.url}/checkout.md`;
    const alert = {
      status: "firing",
      labels: { alertname: "HighLatency", service: "checkout", severity: "warning" },
      annotations: { runbook_url: link },
      startsAt: minutesAgo(4),
    };
    const payload = { version: "4", groupKey: "g", status: "firing", alerts: [alert] };
    assert.equal(await post(payload, web, "alertmanager"), 202);
    const words = /Alerts: .*HighLatency/;
    await slack.waitFor(
      () => slack.messages(channel).find(({ text }) => words.test(text)),
      patienceMs,
    );
    slack.say({ channel, user: ana, text: `<@${slack.botUserId}> look again` });
    const ours = () => slack.channel(channel).messages;
    const list = await slack.waitFor(
      () => ours().find(({ text }) => text.includes('(runbook "Checkout is slow")')),
      patienceMs,
    );
    assert.ok(JSON.stringify(list).includes(`<${link}|`), JSON.stringify(list));
    const kept = await sql`
      select step_id from suggestion where offered->'runbook'->>'link' = ${link}`;
    assert.ok(
      kept.some((row) => row["step_id"] === "roll-back-deploy"),
      JSON.stringify(kept),
    );
  });
});
