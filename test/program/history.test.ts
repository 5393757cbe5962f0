import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBed, type Bed } from "../../bench/bed.ts";
import { freshDatabase } from "../database.ts";
import { ana, bo, patienceMs, startRunning, until, type Running } from "./running.ts";

describe("the history of a channel, read by the whole program", () => {
  const stack = new AsyncDisposableStack();
  let bed: Bed;
  let running: Running;
  let channel = "";
  const start = async () => {
    running = await startRunning({ HOST: "127.0.0.1", ...bed.settings });
    bed.slack.sendEventsTo(`${running.serving.url}/slack/events`);
  };
  before(async () => {
    const { url: databaseUrl } = stack.use(await freshDatabase());
    // What a program that is away does not hear it never hears.
    bed = stack.use(await openBed({ databaseUrl, sourceDelayMs: 0, retryDelaysMs: [] }));
    await start();
  });
  after(async () => {
    await running[Symbol.asyncDispose]();
    await stack.disposeAsync();
  });

  /** Steps of the newest list of the channel's incident; none where there is no list yet. */
  const offered = async (id: string): Promise<string[]> => {
    const rows = await running.sql<{ step_id: string }[]>`
      select s.step_id from suggestion s join incident i on i.id = s.incident_id
      where i.channel_id = ${id} and s.list = (
        select max(t.list) from suggestion t where t.incident_id = i.id)`;
    return rows.map(({ step_id: step }) => step);
  };
  const ofTheBot = (id: string) =>
    bed.slack.channel(id).messages.filter(({ user }) => user === bed.slack.botUserId);

  test("what was done before the bot came is not offered, though it stood in a thread", async () => {
    const fresh = bed.slack.createChannel({ name: "inc-1-checkout-latency", by: ana });
    const steps = await until(
      () => offered(fresh.id),
      (all) => all.length > 0,
    );
    assert.ok(steps.includes("roll-back-deploy"), steps.join());

    channel = bed.slack.createChannel({ name: "checkout-is-slow", by: ana }).id;
    const say = (user: string, text: string, thread?: string) =>
      bed.slack.say({ channel, user, text, ...(thread === undefined ? {} : { threadTs: thread }) });
    const first = say(ana, "checkout is slow, what do we know?");
    say(bo, "I rolled back checkout, no change.", first);
    for (let n = 0; n < 120; n += 1) say(bo, `still looking, ${n}`);
    bed.slack.rename(channel, "inc-2-checkout-latency", ana);

    const left = await until(
      () => offered(channel),
      (all) => all.length > 0 && !all.includes("roll-back-deploy"),
    );
    assert.ok(left.length > 0);
    const [row] = await running.sql`
      select count(*)::int as count from message where channel_id = ${channel}`;
    assert.equal(row?.["count"], 122, "three pages, the thread's answer among them");
    await bed.slack.waitFor(
      () => ofTheBot(channel).some(({ text }) => /left out: the thread has done/.test(text)),
      patienceMs,
    );
    const topLevel = ofTheBot(channel).filter(
      ({ ts, thread_ts: thread = ts, subtype }) => thread === ts && subtype === undefined,
    );
    assert.equal(topLevel.length, 1);
  });

  test("a mention that came while it was away is answered once it is back", async () => {
    await running[Symbol.asyncDispose]();
    const text = `<@${bed.slack.botUserId}> catch me up`;
    const ts = bed.slack.say({ channel, user: ana, text });
    const answers = () => ofTheBot(channel).filter(({ thread_ts: thread }) => thread === ts);
    await start();
    await bed.slack.waitFor(() => answers().length > 0, patienceMs);
    assert.match(answers()[0]?.text ?? "", /^INC-2, SEV3/);
    await until(
      () => running.sql`select 1 from outbox where state = 'pending'`,
      (pending) => pending.length === 0,
    );
    assert.equal(answers().length, 1);
  });
});
