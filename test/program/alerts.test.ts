import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  isAlertmanagerInstalled,
  startAlertmanager,
  type RealAlertmanager,
  type ToldAlert,
} from "../edges/hooks/real-alertmanager.ts";
import { ana, startRunning, until, type Running } from "./running.ts";

const isThere = await isAlertmanagerInstalled();
const token = "a-token-of-alertmanager";

describe(
  "a real Alertmanager and the local workspace",
  { skip: isThere ? false : "prometheus-alertmanager is not installed" },
  () => {
    let stack: AsyncDisposableStack;
    let running: Running;
    let alertmanager: RealAlertmanager;
    before(async () => {
      await using opening = new AsyncDisposableStack();
      running = opening.use(
        await startRunning({ HOOK_TOKEN_ALERTMANAGER: token, AUTO_DECLARE: "sev1" }),
      );
      const url = `${running.serving.url}/hooks/alertmanager`;
      alertmanager = opening.use(await startAlertmanager(url, token));
      stack = opening.move();
    });
    after(() => stack.disposeAsync());

    const slack = () => {
      const local = running.serving.local();
      assert.ok(local);
      return local.workspace;
    };
    const posted = () =>
      slack()
        .messages("alerts")
        .filter(({ subtype }) => subtype === undefined);
    const told = async () => {
      const metrics = await (await fetch(`${running.serving.url}/metrics`)).text();
      const pattern = /hook_events_total\{source="alertmanager",outcome="accepted"\} (\d+)/;
      return Number(pattern.exec(metrics)?.[1] ?? 0);
    };
    const latency = (rest: Partial<ToldAlert> & { pod?: string } = {}): ToldAlert => {
      const { pod = "a", ...more } = rest;
      const labels = { alertname: "HighLatency", service: "checkout", severity: "critical", pod };
      const annotations = { summary: "p99 <!channel> above *1 s*" };
      return { labels, annotations, startsAt: new Date(), ...more };
    };
    const message = (pattern: RegExp, nth = 0) =>
      until(
        async () => posted()[nth]?.text ?? "",
        (text) => pattern.test(text),
      );

    test("firing and grouped: one message, which no label makes a mention of", async () => {
      await alertmanager.tell(latency(), latency({ pod: "b" }));
      const text = await message(/^● SEV2 HighLatency.*Firing since .* \(2 alerts\)\./);
      assert.match(text, /on checkout/);
      assert.doesNotMatch(JSON.stringify(posted()), /<!channel>/);
    });

    test("repeated: the same message, answered once in its thread", async () => {
      const before = await told();
      await until(told, (now) => now >= before + 3);
      assert.equal(posted().length, 1);
      const [root] = posted();
      const thread = await until(
        async () => slack().replies("alerts", root?.ts ?? ""),
        ({ length }) => length > 1,
      );
      assert.equal(thread.length, 2);
    });

    test("resolved, and flapping: the same message, edited, and nobody is told twice", async () => {
      const now = () => new Date();
      const begun = new Date(Date.now() - 60_000);
      const end = () => latency({ startsAt: begun, endsAt: now() });
      await alertmanager.tell(end(), { ...end(), labels: { ...end().labels, pod: "b" } });
      await message(/^○ HighLatency.*Cleared /);
      await alertmanager.tell(latency());
      await message(/^● SEV2 HighLatency/);
      await alertmanager.tell(end());
      await message(/^○ HighLatency/);
      assert.equal(posted().length, 1);
      assert.equal(slack().replies("alerts", posted()[0]?.ts ?? "").length, 2);
    });

    test("grave enough: a channel with its one incident, which is to be asked about once all is clear", async () => {
      const labels = { alertname: "PaymentsDown", service: "payments", severity: "sev1" };
      const startsAt = new Date(Date.now() - 30_000);
      await alertmanager.tell({ labels, startsAt });
      const channel = await until(
        async () =>
          slack()
            .channels()
            .find(({ name }) => name.includes("paymentsdown"))?.id ?? "",
        (id) => id !== "",
      );
      const living = () =>
        slack()
          .messages(channel)
          .filter(({ subtype }) => subtype === undefined);
      const [first] = await until(
        async () => living(),
        (all) => /Alerts: PaymentsDown on payments since/.test(all[0]?.text ?? ""),
      );
      assert.match(first?.text ?? "", /^● SEV1 Investigating/);
      assert.match(posted()[1]?.text ?? "", new RegExp(`Incident: <#${channel}>`));
      await alertmanager.tell({ labels, startsAt, endsAt: new Date() });
      await until(
        async () => living()[0]?.text ?? "",
        (text) => /Alerts clear since/.test(text),
      );
      const asked = await running.sql`select start_after - now() > interval '20 minutes' as later
        from pgboss.job where name = 'flow' and data -> 'job' ->> 'kind' = 'ask-quiet'`;
      assert.deepEqual([...asked], [{ later: true }]);
      assert.equal(living().length, 1);
      assert.equal((await running.sql`select 1 from incident`).length, 1);
      slack().join(channel, ana);
      await slack().click({
        user: ana,
        channel,
        ts: first?.ts ?? "",
        actionId: "incident:resolve",
      });
      await until(
        async () => living()[0]?.text ?? "",
        (text) => /Resolved after/.test(text),
      );
    });
  },
);
