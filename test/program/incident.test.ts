import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Local } from "../../src/program/local.ts";
import { ana, chidi, patienceMs, startRunning, until, type Running } from "./running.ts";

describe("a recorded incident, from its first alert to what the next one learns of it", () => {
  let running: Running;
  let local: Local;
  let channel = "";
  before(async () => {
    running = await startRunning();
    const opened = running.serving.local();
    if (opened === null) throw new Error("the local workspace did not open");
    local = opened;
    channel = await local.play("n-plus-one", 10);
  });
  after(() => running[Symbol.asyncDispose]());

  const ofTheBot = (id: string) =>
    local.workspace.channel(id).messages.filter(({ user, subtype }) => {
      return user === local.workspace.botUserId && subtype === undefined;
    });
  const livingOf = (id: string) => ofTheBot(id).find(({ text }) => /INC-\d+, since/.test(text));
  const listOf = (id: string) => ofTheBot(id).find(({ text }) => text.includes("Expect: "));
  const see = <T>(look: () => T | undefined | false | null): Promise<T> =>
    local.workspace.waitFor(look, patienceMs);
  const buttons = (message: { blocks?: unknown } | undefined) => JSON.stringify(message?.blocks);
  const rollback = async (id: string) => {
    const [row] = await running.sql<{ id: string; position: number; p: number }[]>`
      select s.id, s.position, s.p from suggestion s join incident i on i.id = s.incident_id
      where i.channel_id = ${id} and s.step_id = 'roll-back-deploy' and s.list = 1`;
    if (row === undefined) throw new Error("the rollback was not offered");
    return row;
  };

  test("is joined, read and told in one living message, with steps and their evidence in its thread", async () => {
    const living = await see(() => livingOf(channel));
    assert.match(living.text, /checkout p9\d [\d.]+ (s|ms) \(normal/);
    assert.match(living.text, /What is known\n• /);
    const list = await see(() => listOf(channel));
    assert.equal(list.thread_ts, living.ts);
    assert.match(list.text, /Stop the bleeding/);
    assert.match(buttons(list), /step:claim/);
    assert.match(
      list.text,
      /How \(runbook "checkout is slow or fails"\): `systemctl start checkout@/,
    );
    const runbook = /<(http[^|>]+\/local\/runbooks\/checkout\.md)\|/.exec(buttons(list))?.[1] ?? "";
    assert.match(await (await fetch(runbook)).text(), /^# Runbook: checkout is slow or fails\n/);
    const inChannel = ofTheBot(channel).filter(({ ts, thread_ts: thread = ts }) => thread === ts);
    assert.equal(inChannel.length, 1);
  });

  test("has its message pinned, and a topic that says how it stands", async () => {
    await see(() => livingOf(channel)?.pinned_to !== undefined);
    const topic = () => local.workspace.channel(channel).topic;
    await see(() => /^SEV3 \| investigating \| checkout latency \| no lead$/.test(topic()));
  });

  test("cites what can be opened", async () => {
    const links = [...buttons(livingOf(channel)).matchAll(/<(http[^|>]+)\|[^>]+>/g)];
    assert.ok(links.length > 0);
    for (const [, url = ""] of links) {
      const { status } = await fetch(url);
      assert.equal(status, 200, url);
    }
  });

  test("refuses the click of somebody who is not in the channel, and records nothing", async () => {
    local.workspace.leave(channel, chidi);
    const list = await see(() => listOf(channel));
    const { id } = await rollback(channel);
    const event = { channel, ts: list.ts, actionId: "step:claim", value: id };
    await local.workspace.click({ ...event, user: chidi });
    const [told] = await see(() => {
      const all = local.workspace.ephemerals(channel, chidi);
      return all.length > 0 && all;
    });
    assert.match(told?.text ?? "", /^Only members of #inc-checkout-latency can record outcomes/);
    const rows = await running.sql`select 1 from timeline_entry where kind = 'claimed'`;
    assert.equal(rows.length, 0);
  });

  test("shows who is on it, at a click", async () => {
    const list = await see(() => listOf(channel));
    const { id } = await rollback(channel);
    await local.workspace.click({
      user: ana,
      channel,
      ts: list.ts,
      actionId: "step:claim",
      value: id,
    });
    await see(() => livingOf(channel)?.text.includes(`(<@${ana}> on it)`));
    await see(() => ofTheBot(channel).some(({ text }) => text.startsWith(`<@${ana}> is on:`)));
    assert.equal(local.player.playing()[0]?.phase, "recovery");
  });

  test("shows the recovery at the next reading", async () => {
    await untilRecovered(local, channel);
    const text = `<@${local.workspace.botUserId}> look again`;
    const ts = local.workspace.say({ channel, user: ana, text });
    await see(() => ofTheBot(channel).some(({ thread_ts: thread }) => thread === ts));
    await see(() => livingOf(channel)?.text.includes("back to normal"));
  });

  test("takes what a person says of it into the ledger, once", async () => {
    const { id } = await rollback(channel);
    const value = `${id} resolved`;
    const holder = await see(() =>
      ofTheBot(channel).find((message) => buttons(message).includes(value)),
    );
    const event = { channel, ts: holder.ts, actionId: "step:outcome:resolved", value };
    await local.workspace.click({ ...event, user: ana });
    await local.workspace.click({ ...event, user: ana });
    const rows = await until(
      () => running.sql`select actor, label, confidence, step_id from outcome`,
      (found) => found.length > 0,
    );
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [{ actor: ana, label: "resolved", confidence: 1, step_id: "roll-back-deploy" }],
    );
  });

  test("is resolved by command, and nobody is asked what somebody has said", async () => {
    await local.workspace.command({ user: ana, channel, command: "/hindsight", text: "resolve" });
    await see(() => livingOf(channel)?.text.includes("Resolved after"));
    assert.ok(!ofTheBot(channel).some(({ text }) => text.includes("Which step did it?")));
    const rows = await running.sql`select 1 from outcome`;
    assert.equal(rows.length, 1, "the second click added nothing");
  });

  test("is drafted into a postmortem whose links open, and given out as a file in its thread", async () => {
    const type = (text: string) =>
      local.workspace.command({ user: ana, channel, command: "/postmortem", text });
    await type("draft");
    const stands = await see(() =>
      ofTheBot(channel).find(({ text }) =>
        text.startsWith("Postmortem of INC-1: draft, version 1"),
      ),
    );
    assert.equal(stands.thread_ts, livingOf(channel)?.ts);
    const [draft] = await running.sql<{ markdown: string }[]>`
      select markdown from postmortem_version`;
    assert.match(draft?.markdown ?? "", /“Roll back checkout[^”]*” fixed it, according to Ana/);
    for (const [, url = ""] of (draft?.markdown ?? "").matchAll(/\]\((http[^)]+)\)/g)) {
      const { status } = await fetch(url);
      assert.equal(status, 200, url);
    }
    await type("export");
    const given = await see(() =>
      local.workspace
        .channel(channel)
        .messages.find(({ files }) =>
          files?.some(({ name }) => /^\d{4}-\d\d-\d\d-inc-1\.md$/.test(name)),
        ),
    );
    assert.equal(given.thread_ts, livingOf(channel)?.ts);
  });

  test("has its postmortem edited on a page, by whoever shows that they have it open", async () => {
    const [of] = await running.sql<{ id: string }[]>`
      select incident_id as id from postmortem_version`;
    const url = `${running.serving.url}/postmortems/${of?.id}`;
    const page = await (await fetch(url)).text();
    const [, token = ""] = /name="token" value="(\w+)"/.exec(page) ?? [];
    const [, index = ""] = /id="part-(\d+)">\s*<h2>Lessons</.exec(page) ?? [];
    const form = { version: "1", index, as: ana, text: "Read the diff." };
    const post = (given: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(url, { method: "POST", body: new URLSearchParams({ ...form, token: given }), headers });
    assert.equal((await post("guessed")).status, 403);
    assert.equal((await post(token, { origin: "http://elsewhere.example" })).status, 403);
    assert.match(
      await (await post(token)).text(),
      /Saved\.[^]*<p>Read the diff\.<\/p>|<p>Read the diff\.<\/p>[^]*Saved\./,
    );
    const rows = await running.sql`select author from postmortem_version where version = 2`;
    assert.equal(rows[0]?.["author"], ana);
    await see(() =>
      ofTheBot(channel).find(({ text }) => /^Postmortem of INC-1: .*version 2/.test(text)),
    );
  });

  test("puts the step that fixed it higher in the next of its kind, with its record", async () => {
    const next = await local.play("n-plus-one", 10);
    const list = await see(() => listOf(next));
    assert.match(list.text, /Worked in 1 of 1 similar incidents?/);
    const [earlier, later] = [await rollback(channel), await rollback(next)];
    assert.ok(later.p > earlier.p);
    assert.equal(later.position, 1);
    await see(() => /First: Roll back[^.]*\(worked 1 of 1\)/.test(livingOf(next)?.text ?? ""));
  });
});

/** The recording itself is back to normal at the play's present time. */
async function untilRecovered(local: Local, channel: string): Promise<void> {
  const latency = async (): Promise<number> => {
    const sources = local.player.sourcesFor(channel);
    if (sources === null) throw new Error("nothing is played");
    const to = sources.now;
    const from = new Date(to.getTime() - 60_000);
    const checkout = sources.catalog.services.filter(({ name }) => name === "checkout");
    const signal = AbortSignal.timeout(patienceMs);
    const read = await sources.metrics[0]?.series(checkout, { from, onset: to, to }, signal);
    const p95 = read?.items.find(({ name, callee }) => name === "latency_p95" && !callee);
    return p95?.points.at(-1)?.[1] ?? Number.POSITIVE_INFINITY;
  };
  await until(latency, (seconds) => seconds < 0.5);
}
