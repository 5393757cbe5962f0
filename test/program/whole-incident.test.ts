import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { freePort } from "../../bench/product.ts";
import { openStage, type Stage } from "../../demo/alerts/stage.ts";
import { isAlertmanagerInstalled } from "../edges/hooks/real-alertmanager.ts";
import { skip as withoutGit } from "../edges/git/scratch-repository.ts";
import { isPrometheusInstalled } from "../edges/prometheus/real-prometheus.ts";
import { ana, startRunning, until, type Running } from "./running.ts";

const isThere = (await isAlertmanagerInstalled()) && (await isPrometheusInstalled());
const token = "a-token-of-the-hooks";

describe(
  "an alert of a real Prometheus, from its firing to the next time",
  { skip: isThere ? withoutGit : "prometheus or prometheus-alertmanager is not installed" },
  () => {
    let stack: AsyncDisposableStack;
    let running: Running;
    let stage: Stage;
    before(async () => {
      await using opening = new AsyncDisposableStack();
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/hooks`;
      stage = opening.use(await openStage({ url: `${url}/alertmanager`, token }));
      running = opening.use(
        await startRunning({
          PORT: String(port),
          CATALOG: stage.catalog,
          PROMETHEUS_URL: stage.prometheusUrl,
          HOOK_TOKEN_ALERTMANAGER: token,
          HOOK_TOKEN_GENERIC: token,
          QUIET_AFTER: "10s",
        }),
      );
      await stage.tellDeploy(url, token);
      stack = opening.move();
    });
    after(() => stack.disposeAsync());

    const slack = () => {
      const local = running.serving.local();
      assert.ok(local);
      return local.workspace;
    };
    const ours = (channel: string) =>
      slack()
        .channel(channel)
        .messages.filter(
          ({ user, subtype }) => user === slack().botUserId && subtype === undefined,
        );
    const roots = (channel: string) =>
      ours(channel).filter(({ ts, thread_ts: thread = ts }) => thread === ts);
    const see = (channel: string, pattern: RegExp) =>
      until(
        async () => ours(channel).findLast(({ text }) => pattern.test(text)),
        (found) => found !== undefined,
      ).catch((error: unknown) => {
        throw new Error(`no ${pattern} in ${JSON.stringify(ours(channel), null, 1)}`, {
          cause: error,
        });
      });
    const click = async (channel: string, pattern: RegExp, actionId: string, value?: string) => {
      const message = await see(channel, pattern);
      slack().join(channel, ana);
      const { ts = "" } = message ?? {};
      await slack().click({
        user: ana,
        channel,
        ts,
        actionId,
        ...(value === undefined ? {} : { value }),
      });
    };
    /** Of the newest incident, once there are so many. */
    const channelOf = (number: number) =>
      until(
        () => running.sql<{ channel: string }[]>`
          select channel_id as channel from incident where number = ${number}`,
        ([row]) => row !== undefined,
      ).then(([row]) => row?.channel ?? "");

    test("fires: one message, answered in its thread with what was read", async () => {
      const message = await see(
        "alerts",
        /^● SEV2 HighLatency: p99 above 1 s on checkout\. Firing since/,
      );
      const answer = await see("alerts", /p99 of checkout [\d.]+ m?s → [\d.]+ s/);
      assert.equal(answer?.thread_ts, message?.ts);
      assert.match(answer?.text ?? "", /"Ask for the price of each item"/);
      assert.equal(roots("alerts").length, 1);
    });

    let channel = "";
    test("is declared by a click: a channel with one living message, and steps in its thread", async () => {
      await click("alerts", /^● SEV2 HighLatency/, "alert:declare");
      channel = await channelOf(1);
      const living = await see(channel, /INC-1, since[^]*What is known\n• /);
      assert.match(living?.text ?? "", /^● SEV2 Investigating: checkout p99/);
      assert.match(living?.text ?? "", /Alerts: HighLatency/);
      const list = await see(channel, /Stop the bleeding\n1\. Roll back the last deploy/);
      assert.equal(list?.thread_ts, living?.ts);
    });

    const rollback = async () => {
      const [row] = await running.sql<{ id: string }[]>`
        select id from suggestion where step_id = 'roll-back-deploy'`;
      return row?.id ?? "";
    };

    test("is taken in hand and mended, and a click says what did it", async () => {
      await click(channel, /Stop the bleeding/, "step:claim", await rollback());
      await see(channel, new RegExp(`^<@${ana}> is on: Roll back the last deploy`));
      stage.checkout.mend();
      const value = `${await rollback()} resolved`;
      await click(channel, /is on: Roll back the last deploy/, "step:outcome:resolved", value);
      await until(
        () => running.sql`select label from outcome`,
        ([row]) => row?.["label"] === "resolved",
      );
    });

    test("clears, and once all is quiet it is asked whether it is over", async () => {
      await see("alerts", /^○ HighLatency.*Cleared/);
      await see(channel, /Alerts clear since/);
      const question = await see(channel, /^Alerts clear since .*, quiet since/);
      const [value] = JSON.stringify(question?.blocks).match(/inc_[\w-]+ \d{10}/) ?? [];
      await click(channel, /^Alerts clear since .*, quiet since/, "incident:resolve", value);
      await see(channel, /^○ SEV2 Resolved after/);
    });

    test("fires anew: how often it came and what fixed it is said, and the similar incident is named", async () => {
      stage.checkout.break();
      const again = await see("alerts", /Second time in 7 days/);
      assert.match(again?.text ?? "", /Last: INC-1, fixed by "Roll back the last deploy.*"/);
      await click("alerts", /Second time in 7 days/, "alert:declare");
      const next = await channelOf(2);
      const living = await see(next, /INC-2, since[^]*Seen before: INC-1/);
      assert.match(
        living?.text ?? "",
        /Seen before: INC-1 \(.* ago, same service and symptom\), fixed by "Roll back the last deploy/,
      );
    });

    test("leaves one message a group and one an incident", async () => {
      assert.equal(roots("alerts").length, 2);
      const incidents = await running.sql<
        { channel: string }[]
      >`select channel_id as channel from incident`;
      for (const { channel: each } of incidents) {
        const its = incidents.filter((other) => other.channel === each);
        assert.equal(roots(each).length, its.length);
      }
    });
  },
);
