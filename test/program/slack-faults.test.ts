import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBed, type Bed } from "../../bench/bed.ts";
import { freshDatabase } from "../database.ts";
import { ana, patienceMs, startRunning, until, type Running } from "./running.ts";

describe("Slack is not well: each message is posted once", () => {
  const stack = new AsyncDisposableStack();
  let bed: Bed;
  let running: Running;
  before(async () => {
    const { url: databaseUrl } = stack.use(await freshDatabase());
    bed = stack.use(await openBed({ databaseUrl, sourceDelayMs: 0 }));
    running = stack.use(await startRunning({ HOST: "127.0.0.1", ...bed.settings }));
    bed.slack.sendEventsTo(`${running.serving.url}/slack/events`);
  });
  after(() => stack.disposeAsync());

  let channels = 0;
  const teamChannel = (): string => {
    channels += 1;
    const { id } = bed.slack.createChannel({ name: `team-${channels}`, by: ana });
    bed.slack.invite(id, bed.slack.botUserId, ana);
    return id;
  };
  const ask = (channel: string): string =>
    bed.slack.say({ channel, user: ana, text: `<@${bed.slack.botUserId}> help` });
  const answersTo = (channel: string, ts: string) =>
    bed.slack.channel(channel).messages.filter(({ user, thread_ts: thread }) => {
      return user === bed.slack.botUserId && thread === ts;
    });
  const answered = (channel: string, ts: string) =>
    bed.slack.waitFor(() => answersTo(channel, ts).length > 0, patienceMs);

  const kinds = ["rate-limited", "server-error", "hang-up", "answer-lost"] as const;
  for (const kind of kinds) {
    test(`after ${kind}`, async () => {
      const channel = teamChannel();
      bed.slack.faults.add({ method: "chat.postMessage", kind });
      const ts = ask(channel);
      await answered(channel, ts);
      await until(
        () => running.sql`select 1 from outbox where state = 'pending'`,
        (pending) => pending.length === 0,
      );
      assert.equal(answersTo(channel, ts).length, 1);
      bed.slack.faults.clear();
    });
  }

  for (const kind of ["rate-limited", "server-error"] as const) {
    test(`an incident is answered where its channel's messages are not to be had (${kind})`, async () => {
      const history = { method: "conversations.history", kind, times: 100 } as const;
      bed.slack.faults.add(history);
      channels += 1;
      const { id } = bed.slack.createChannel({ name: `inc-${channels}-checkout-latency`, by: ana });
      const living = () =>
        bed.slack.channel(id).messages.find(({ user, text }) => {
          return user === bed.slack.botUserId && text.includes("the channel's messages");
        });
      await bed.slack.waitFor(() => living() !== undefined, patienceMs);
      bed.slack.faults.clear();
      const reason = kind === "server-error" ? "HTTP 500" : "Slack's rate limit";
      assert.ok(living()?.text.includes(`Not read: the channel's messages (${reason})`));
    });
  }

  test("a command that Slack's outage outlasts is told to whoever gave it, and is among the dead", async () => {
    const channel = teamChannel();
    await running.sql`update pgboss.queue set retry_limit = 0 where name = 'slack'`;
    bed.slack.faults.add({ method: "conversations.info", kind: "server-error", times: 100 });
    const text = "declare checkout is slow";
    await bed.slack.command({ channel, user: ana, command: "/hindsight", text });
    const isTold = () =>
      bed.slack
        .ephemerals(channel, ana)
        .some((told) => told.text.startsWith("Your command in this channel"));
    await bed.slack.waitFor(isTold, patienceMs);
    bed.slack.faults.clear();
    await until(
      async () => (await fetch(`${running.serving.url}/metrics`)).text(),
      (metrics) => /hindsight_queue_waiting\{queue="dead"\} [1-9]/.test(metrics),
    );
    await running.sql`update pgboss.queue set retry_limit = 1500 where name = 'slack'`;
  });

  test("an archived channel does not stall the others", async () => {
    const [archived, other] = [teamChannel(), teamChannel()];
    const lost = ask(archived);
    bed.slack.archive(archived);
    const ts = ask(other);
    await answered(other, ts);
    assert.equal(answersTo(archived, lost).length, 0);
  });
});
