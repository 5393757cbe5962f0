import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Local } from "../../src/program/local.ts";
import { ana, bo, patienceMs, startRunning, until, type Running } from "./running.ts";

describe("what became of a step, in a running program", () => {
  let running: Running;
  let local: Local;
  let channel = "";
  let fix = "";
  before(async () => {
    running = await startRunning();
    const opened = running.serving.local();
    if (opened === null) throw new Error("the local workspace did not open");
    local = opened;
    channel = await local.play("n-plus-one", 10);
    const [row] = await until(
      () => running.sql<{ id: string }[]>`
        select id from suggestion where step_id = 'roll-back-deploy'`,
      (found) => found.length > 0,
    );
    fix = row?.id ?? "";
  });
  after(() => running[Symbol.asyncDispose]());

  const see = <T>(look: () => T | undefined | false | null): Promise<T> =>
    local.workspace.waitFor(look, patienceMs);
  const ofTheBot = (id: string) =>
    local.workspace.channel(id).messages.filter(({ user }) => user === local.workspace.botUserId);
  const find = (words: string) => ofTheBot(channel).find(({ text }) => text.includes(words));
  const holding = (value: string) =>
    ofTheBot(channel).find(({ blocks }) => JSON.stringify(blocks ?? []).includes(`"${value}"`));
  const rows = (count: number) =>
    until(
      () => running.sql<{ told: string }[]>`
        select concat_ws(' ', actor, label, confidence, source) as told
        from outcome order by recorded_at`,
      (found) => found.length >= count,
    ).then((found) => found.map(({ told }) => told));

  test("a reaction counts, and taking it back is a row of its own", async () => {
    const list = await see(() => holding(fix));
    const event = { channel, ts: list.ts, actionId: "step:claim", value: fix };
    await local.workspace.click({ ...event, user: ana });
    const { ts } = await see(() => find(`<@${ana}> is on:`));
    local.workspace.react({ channel, ts, user: bo, name: "+1" });
    assert.deepEqual(await rows(1), [`${bo} helped 0.6 reaction`]);
    local.workspace.unreact({ channel, ts, user: bo, name: "+1" });
    assert.deepEqual((await rows(2)).slice(1), [`${bo} helped 0 reaction`]);
  });

  test("a plain sentence counts, and asks what pointed there", async () => {
    local.workspace.say({ channel, user: bo, text: "rolled back, that fixed it" });
    assert.deepEqual((await rows(3)).slice(2), [`${bo} resolved 0.6 phrase`]);
    const question = await see(() => find("What pointed you there?"));
    const event = { channel, ts: question.ts, user: bo };
    const value = `${fix} deploy-line`;
    await local.workspace.click({ ...event, actionId: "step:pointer:1", value });
    const links = await until(
      () => running.sql`select pointer, actor from led_to`,
      (found) => found.length > 0,
    );
    assert.deepEqual({ ...links[0] }, { pointer: "deploy-line", actor: bo });
  });

  test("whoever ended it is asked for the kind of cause by direct message, once it is morning", async () => {
    await local.workspace.command({ user: ana, channel, command: "/hindsight", text: "resolve" });
    await until(
      () => running.sql`
        update pgboss.job set start_after = now()
        where data -> 'job' ->> 'kind' = 'ask-cause' returning id`,
      (found) => found.length > 0,
    );
    const [asked] = await until(
      () => running.sql<{ channel: string }[]>`
        select channel_id as channel from outbox where key like 'cause:%' and state = 'sent'`,
      (found) => found.length > 0,
    );
    const direct = asked?.channel ?? "";
    assert.match(direct, /^D/);
    const [question] = ofTheBot(direct);
    assert.match(question?.text ?? "", /^What kind of cause was INC-1 \(/);
    const [, value = ""] =
      /"value":"(inc_[^" ]+ human-error)"/.exec(JSON.stringify(question?.blocks)) ?? [];
    const event = { channel: direct, ts: question?.ts ?? "", actionId: "incident:cause:kind" };
    await local.workspace.click({ ...event, user: ana, value });
    await see(() => ofTheBot(direct)[0]?.text.endsWith(`<@${ana}>: human error.`));
    const labels = await running.sql`select cause, actor from cause_label`;
    assert.deepEqual(
      labels.map((row) => ({ ...row })),
      [{ cause: "human-error", actor: ana }],
    );
  });

  test("sample history is told as what it is, has its page, and counts for nothing else", async () => {
    const ask = (text: string) =>
      local.workspace.command({ user: bo, channel, command: "/hindsight", text });
    const toldTo = (words: string) =>
      see(() => local.workspace.ephemerals(channel, bo).find(({ text }) => text.includes(words)));
    await ask("digest sample");
    const digest = await toldTo("Sample history: made-up incidents");
    assert.match(digest.text, /Week \d+.*: \d+ incidents/);
    const [page = ""] =
      /http[^"\s]*\/digest\/[0-9a-f-]{36}/.exec(JSON.stringify(digest.blocks)) ?? [];
    const html = await (await fetch(page)).text();
    assert.match(html, /class="sample">Sample history: made-up/);
    assert.match(html, /<svg/);
    assert.match(digest.text, /^Open action items: 16 \(\d+ overdue\)\.$/m);
    assert.match(digest.text, /^Postmortems of the week: INC-83 published, INC-84 in work\.$/m);
    const [, postmortem = ""] = /href="(\/postmortems\/[^"]+)">INC-83/.exec(html) ?? [];
    const written = await (await fetch(new URL(postmortem, page))).text();
    assert.match(written, /class="sample">Sample history: made-up/);
    assert.match(written, /published, version \d+ by \w+, [^]*<h2>Lessons<\/h2>\s*<p>\w/);
    assert.match(written, /<h2>Action items<\/h2>[^]*Owner: \w+\. Due: 20/);
    assert.doesNotMatch(written, /<form|nobody has written|For people to write/i);
    await ask("stats sample 60");
    const statistics = (await toldTo("Last 60 days")).text;
    assert.match(
      statistics,
      /^_Sample history[^]*^Postmortems: \d+ of \d+ published, 1 in work\.$/m,
    );
    const [told] = await running.sql<{ messages: number }[]>`
      select count(*)::int as messages from outbox where workspace_id like 'sample-%'`;
    assert.equal(told?.messages, 0, "nobody in Slack hears of it");
    await ask("stats");
    assert.match((await toldTo("Last 91 days")).text, /^Last 91 days: 1 incident,/);
    const [{ count } = { count: 0 }] = await running.sql<{ count: number }[]>`
      select count(*)::int as count from incident where workspace_id like 'sample-%'`;
    assert.equal(count, 84);
    const live = await running.sql<{ id: string }[]>`select id from workspace where not is_sample`;
    assert.deepEqual(
      live.map(({ id }) => id),
      [local.workspace.teamId],
    );
  });
});
